// JetSetSessionParameter and JetGetSessionParameter.
#pragma once

#include <cstdint>

#include "esent.h"

namespace esent {

JET_ERR set_session_parameter(JET_SESID sesid, std::uint32_t id, const void* value, std::uint32_t bytes);
JET_ERR get_session_parameter(JET_SESID sesid, std::uint32_t id, void* value, std::uint32_t bytes,
                              std::uint32_t* actual);

}  // namespace esent
