// One set of parameter values: the defaults of the process, or those of an instance. Not synchronised; the
// owner says which mutex guards it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/parameter_table.hpp"

namespace esent {

// What a caller wants a parameter to be; which member counts depends on the parameter's type.
struct ParameterValue {
  JET_API_PTR integer = 0;
  std::optional<std::string_view> text;
};

// Whether the value is one that the parameter can have.
JET_ERR check_parameter(const ParameterRow& row, const ParameterValue& value);

class Parameters {
 public:
  Parameters();

  JET_API_PTR integer(std::uint32_t id) const noexcept;
  const std::string& text(std::uint32_t id) const noexcept;
  bool flag(std::uint32_t id) const noexcept { return integer(id) != 0; }

  // Checks and stores. A protected parameter is left alone, with success, while JET_paramEnableAdvanced is
  // false (meta-parameters). JET_paramConfiguration resets the others; those of the process only if `global`.
  JET_ERR set(const ParameterRow& row, const ParameterValue& value, bool global);

 private:
  struct Value {
    JET_API_PTR integer = 0;
    std::string text;
  };
  void reset(bool small, bool global);

  std::array<Value, parameter_count> values_;
};

}  // namespace esent
