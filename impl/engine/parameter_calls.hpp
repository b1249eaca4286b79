// JetSetSystemParameter and JetGetSystemParameter: whose value is meant, and whether it may change now.
#pragma once

#include <string>

#include "engine/parameters.hpp"
#include "esent.h"

namespace esent {

JET_ERR set_parameter(const JET_INSTANCE* pinstance, JET_SESID sesid, std::uint32_t id, const ParameterValue& value);

// A value as it is stored. For JET_paramErrorToString `integer` is the code on the way in.
struct StoredParameter {
  Type type = Type::integer;
  JET_API_PTR integer = 0;
  std::string text;
};
JET_ERR get_parameter(JET_INSTANCE instance, JET_SESID sesid, std::uint32_t id, StoredParameter& stored);

// Sets a default of the process; needs the registry's mutex.
JET_ERR set_default(std::uint32_t id, const ParameterValue& value);

}  // namespace esent
