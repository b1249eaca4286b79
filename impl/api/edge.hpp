// The edge of the library: no exception crosses it, and memory that was refused is a code.
#pragma once

#include <new>
#include <optional>
#include <string>

#include "engine/text.hpp"
#include "esent.h"

namespace esent {

template <class Call>
JET_ERR guarded(Call call) noexcept {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return JET_errOutOfMemory;
  } catch (...) {
    return JET_errInternalError;
  }
}

// A text argument as UTF-8. Nothing for NULL; `bad` for UTF-16 that is none.
struct TextArgument {
  std::optional<std::string> text;
  bool bad = false;
};
inline TextArgument text_argument(const char* text) {
  if (text == nullptr) return {};
  return {std::string(text), false};
}
inline TextArgument text_argument(const JET_WCHAR* text) {
  if (text == nullptr) return {};
  std::optional<std::string> converted = to_utf8(text);
  return {converted, !converted};
}

}  // namespace esent
