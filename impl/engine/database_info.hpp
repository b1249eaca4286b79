// JetGetDatabaseInfo: what each level tells, and the buffer that it wants.
#pragma once

#include <cstdint>

#include "esent.h"

namespace esent {

enum class TextForm { utf8, utf16 };

JET_ERR get_database_info(JET_SESID sesid, JET_DBID dbid, void* result, std::uint32_t bytes, std::uint32_t level,
                          TextForm form);

}  // namespace esent
