#include "model/parameters.hpp"

#include <algorithm>

namespace esentcheck::model {
namespace {

std::size_t position_of(spec::Parameter parameter) {
  const spec::ParameterRow* row = spec::row(parameter);
  return row == nullptr ? spec::parameters().size() : static_cast<std::size_t>(row - spec::parameters().data());
}

}  // namespace

Parameters Parameters::defaults() {
  Parameters result;
  for (const spec::ParameterRow& row : spec::parameters()) {
    result.numbers_.push_back(row.default_number.value_or(0));
    result.texts_.emplace_back(row.default_text);
  }
  return result;
}

Parameters Parameters::defaults(const Profile& profile) {
  Parameters result = defaults();
  if (profile.reading == Reading::documented) return result;
  result.set(spec::Parameter::EnableIndexChecking, 1);
  result.set(spec::Parameter::ExceptionAction, 4);
  return result;
}

std::uint64_t Parameters::number(spec::Parameter parameter) const {
  const std::size_t position = position_of(parameter);
  return position < numbers_.size() ? numbers_[position] : 0;
}

std::string_view Parameters::text(spec::Parameter parameter) const {
  const std::size_t position = position_of(parameter);
  return position < texts_.size() ? std::string_view(texts_[position]) : std::string_view();
}

void Parameters::set(spec::Parameter parameter, std::uint64_t value) {
  const std::size_t position = position_of(parameter);
  if (position < numbers_.size()) numbers_[position] = value;
}

void Parameters::set(spec::Parameter parameter, std::string_view value) {
  const std::size_t position = position_of(parameter);
  if (position < texts_.size()) texts_[position] = value;
}

std::string folder_key(std::string_view folder) {
  std::string key(folder);
  std::ranges::replace(key, '\\', '/');
  while (key.starts_with("./")) key.erase(0, 2);
  while (key.size() > 1 && key.ends_with('/')) key.pop_back();
  return key.empty() ? "." : key;
}

}  // namespace esentcheck::model
