// Text crosses the interface as UTF-8 or as UTF-16 and is UTF-8 inside.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "esent.h"

namespace esent {

// Nothing if a surrogate is not paired.
std::optional<std::string> to_utf8(std::u16string_view text);
// Bytes that are not UTF-8 become U+FFFD.
std::u16string to_utf16(std::string_view text);

}  // namespace esent
