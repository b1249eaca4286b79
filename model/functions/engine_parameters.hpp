// What the real engine makes of a system parameter where that differs from the parameter's page, and the parameters that
// it has without one.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "model/functions/parameter_values.hpp"

namespace esentcheck::model::engine {

/// Header only: no page describes them.
inline constexpr auto db_extension_size = static_cast<spec::Parameter>(18);
inline constexpr auto transaction_level = static_cast<spec::Parameter>(38);

inline bool is_known(spec::Parameter parameter) {
  return spec::row(parameter) != nullptr || parameter == db_extension_size || parameter == transaction_level;
}

/// May be set while the instance runs, although the page says otherwise or there is none.
inline bool settable_after_init(spec::Parameter parameter) {
  using enum spec::Parameter;
  if (parameter == db_extension_size || parameter == EnableIndexChecking || parameter == CreatePathIfNotExist)
    return true;
  const spec::ParameterRow* row = spec::row(parameter);
  return row != nullptr && row->settable_after_init;
}

/// One for the whole process, settable until its mode is chosen.
inline bool fixed_with_mode(spec::Parameter parameter) {
  const spec::ParameterRow* row = spec::row(parameter);
  return row != nullptr && row->scope == spec::ParameterScope::global && !row->settable_after_create;
}

/// JET_paramOneDatabasePerSession belongs to each instance.
inline bool is_of_instance(const spec::ParameterRow& row) {
  return row.scope != spec::ParameterScope::global || row.parameter == spec::Parameter::OneDatabasePerSession;
}

inline std::uint64_t largest(const spec::ParameterRow& row) {
  return row.parameter == spec::Parameter::MaxInstances ? 10240 : row.maximum;
}

inline bool value_allowed(const spec::ParameterRow& row, const ParameterSetting& setting) {
  if (is_text(row.type)) return setting.text.size() >= row.minimum && setting.text.size() <= row.maximum;
  if (!row.choices.empty()) return number_allowed(row, setting.number);
  return setting.number >= row.minimum && setting.number <= largest(row);
}

}  // namespace esentcheck::model::engine
