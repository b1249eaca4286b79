// The records inside a database: its header, and the catalogue of objects with its index by name. Every record carries a
// checksum. Functions give 0, an errno or one of LMDB's own codes.
#pragma once

#include "storage/database_file.hpp"

namespace esent {

constexpr const char* catalogue_name = "MSysObjects";
constexpr const char* catalogue_index_name = "MSysObjects.Name";
constexpr unsigned catalogue_trees = 16;

int write_catalogue(MDB_txn* transaction, const DatabaseHeader& header);
// `health` is not_a_database if the header is missing.
int read_catalogue(MDB_txn* transaction, DatabaseHeader& header, Health& health);
int rebuild_catalogue_index(MDB_txn* transaction);

}  // namespace esent
