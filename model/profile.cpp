#include "model/profile.hpp"

#include <array>
#include <utility>

namespace esentcheck::model {
namespace {

constexpr std::array<std::pair<Reading, std::string_view>, 3> readings{{
    {Reading::documented, "documented"},
    {Reading::engine, "engine"},
    {Reading::engine_fast, "engine-fast"},
}};

}  // namespace

std::string_view name_of(Reading reading) {
  for (const auto& [value, name] : readings)
    if (value == reading) return name;
  return {};
}

std::optional<Reading> reading_named(std::string_view name) {
  for (const auto& [value, spelling] : readings)
    if (spelling == name) return value;
  return std::nullopt;
}

}  // namespace esentcheck::model
