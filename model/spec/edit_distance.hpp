// How far a misspelt name is from a right one.
#pragma once

#include <cstddef>
#include <string_view>

namespace esentcheck::spec {

/// Fewest insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
/// Upper and lower case count as the same letter.
std::size_t edit_distance(std::string_view, std::string_view);

}  // namespace esentcheck::spec
