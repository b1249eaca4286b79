#include "engine/path_text.hpp"

#include <algorithm>

namespace esent {

std::string native_path(std::string_view path) {
  std::string native(path.empty() ? std::string_view(".") : path);
  std::ranges::replace(native, '\\', '/');
  return native;
}

bool has_forbidden_character(std::string_view path) {
  return std::ranges::any_of(path, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || std::string_view("*?\"<>|").find(c) != std::string_view::npos;
  });
}

}  // namespace esent
