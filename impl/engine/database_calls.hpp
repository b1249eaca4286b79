// JetCreateDatabase, JetAttachDatabase, JetDetachDatabase, JetOpenDatabase and JetCloseDatabase. Paths are UTF-8, and
// nothing for NULL.
#pragma once

#include <optional>
#include <string>

#include <cstdint>

#include "esent.h"

namespace esent {

// jetcreatedatabase2-function: the most pages that a limit can be.
constexpr std::uint32_t database_pages_max = 0x7FFFFFFE;

using DatabasePath = std::optional<std::string>;

JET_ERR create_database(JET_SESID sesid, const DatabasePath& path, std::uint32_t pages_max, JET_DBID& dbid,
                        JET_GRBIT grbit);
JET_ERR attach_database(JET_SESID sesid, const DatabasePath& path, JET_GRBIT grbit);
JET_ERR detach_database(JET_SESID sesid, const DatabasePath& path, JET_GRBIT grbit);
JET_ERR open_database(JET_SESID sesid, const DatabasePath& path, JET_DBID& dbid, JET_GRBIT grbit);
JET_ERR close_database(JET_SESID sesid, JET_DBID dbid);

}  // namespace esent
