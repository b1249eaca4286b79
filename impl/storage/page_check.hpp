// Looks at a database file page by page before LMDB follows anything in it: LMDB keeps no checksums and trusts what it
// reads, so that a damaged page number would lead it anywhere. Only the format of pages and nodes is checked here;
// what records hold is the business of database_file.hpp.
#pragma once

#include "storage/file.hpp"

namespace esent {

enum class Health {
  good,
  not_a_database,
  damaged,        // where everything is reached from: the catalogue itself
  index_damaged,  // the catalogue's index by name, which can be made again from the catalogue
};

struct PageCheck {
  int error = 0;  // an errno: the file could not be read
  Health health = Health::good;
};

// Trees whose name is `index` count as an index. Throws std::bad_alloc.
PageCheck check_pages(const File& file, const char* index);

}  // namespace esent
