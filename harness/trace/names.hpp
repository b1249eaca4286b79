// Names that a trace may use and the specification of this surface has no row for.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace esentcheck::trace {

/// A constant of the header: a system parameter, an option bit, or one of the numbers that select what a call is about.
std::optional<std::uint64_t> constant_named(std::string_view name);

/// What a function outside the surface may do to the world that the surface sees.
struct Outsider {
  std::string_view name;
  bool updates = false;  ///< it changes data, so that its transaction has something to undo
};

/// A function of the interface that is not of the surface, or nullptr.
const Outsider* outsider_named(std::string_view name);

/// The outsider closest to a misspelt name; empty when nothing is near.
std::string_view nearest_outsider(std::string_view misspelt);

}  // namespace esentcheck::trace
