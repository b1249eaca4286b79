// What the pages say of a parameter's value, apart from any instance: which values are refused, and how one
// is stored.
#pragma once

#include <algorithm>

#include "model/call.hpp"
#include "model/parameters.hpp"

namespace esentcheck::model {

enum class SettingFault : std::uint8_t {
  none,
  unknown,       ///< no such parameter
  refused,       ///< out of range, too long, read-only
  path,          ///< a path that may not be one
  tuple_limits,  ///< an illegal limit of tuple indexes, which has a code of its own
};

inline bool is_tuple_limit(spec::Parameter p) {
  return p == spec::Parameter::IndexTuplesLengthMin || p == spec::Parameter::IndexTuplesLengthMax ||
         p == spec::Parameter::IndexTuplesToIndexMax;
}

inline bool is_text(spec::ParameterType type) {
  return type == spec::ParameterType::text || type == spec::ParameterType::folder || type == spec::ParameterType::path;
}

inline bool number_allowed(const spec::ParameterRow& row, std::uint64_t number) {
  if (!row.choices.empty()) return std::ranges::find(row.choices, number) != row.choices.end();
  return number >= row.minimum && number <= row.maximum;
}

inline SettingFault fault_of(const ParameterSetting& setting) {
  const spec::ParameterRow* row = spec::row(setting.parameter);
  if (row == nullptr) return SettingFault::unknown;
  if (row->read_only) return SettingFault::refused;
  if (is_text(row->type)) {
    if (setting.text.size() < row->minimum || setting.text.size() > row->maximum) return SettingFault::refused;
    return row->type == spec::ParameterType::text ? SettingFault::none : SettingFault::path;
  }
  if (number_allowed(*row, setting.number)) return SettingFault::none;
  return is_tuple_limit(setting.parameter) ? SettingFault::tuple_limits : SettingFault::refused;
}

inline void store(Parameters& parameters, const ParameterSetting& setting) {
  const spec::ParameterRow* row = spec::row(setting.parameter);
  if (row == nullptr) return;
  if (is_text(row->type))
    parameters.set(setting.parameter, setting.text);
  else
    parameters.set(setting.parameter, setting.number);
}

}  // namespace esentcheck::model
