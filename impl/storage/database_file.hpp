// One database: a file that LMDB keeps, held by a lock of our own for as long as it is attached. LMDB's lock file is not
// used, since it would keep nobody out and would lie beside every database.
//
// What is in it: a header, and the catalogue MSysObjects, a record for each object, with an index by name. The catalogue
// holds itself; tables come to stand there too.
#pragma once

#include <cstdint>
#include <string>

#include "storage/page_check.hpp"

struct MDB_env;
struct MDB_txn;

namespace esent {

// Written once, when the file is made.
struct DatabaseHeader {
  std::uint32_t checksum;
  std::uint32_t version;
  std::uint64_t magic;
  std::uint64_t signature;
  std::uint64_t created;    // seconds since 1970
  std::uint32_t page_size;  // bytes; JET_paramDatabasePageSize
  std::uint32_t pages_max;  // 0: no limit
};

struct DatabaseSpace {
  std::uint64_t bytes = 0;  // of the file
  std::uint64_t owned = 0;
  std::uint64_t available = 0;
};

class DatabaseFile {
 public:
  DatabaseFile() = default;
  DatabaseFile(DatabaseFile&& other) noexcept;
  DatabaseFile& operator=(DatabaseFile&& other) noexcept;
  ~DatabaseFile() { close(); }

  // Makes a whole database in a new file and brings it to disk.
  JET_ERR create(const std::string& path, const DatabaseHeader& header) noexcept;
  // JET_errDatabaseInUse if another process has it, JET_errInvalidDatabase if it is none; damage is in `health` and no
  // error, but leaves the file closed unless it can be repaired.
  JET_ERR open(const std::string& path, bool read_only, Health& health) noexcept;
  void close() noexcept;

  // Makes the index by name again from the catalogue.
  JET_ERR rebuild_index() noexcept;
  JET_ERR check(Health& health) noexcept;
  JET_ERR space(DatabaseSpace& space) noexcept;
  // Copies it as it is now to a new file and brings that to disk.
  JET_ERR copy_to(const std::string& path) noexcept;

  bool is_open() const noexcept { return env_ != nullptr; }
  const DatabaseHeader& header() const noexcept { return header_; }

 private:
  JET_ERR open_env(const std::string& path, bool read_only) noexcept;
  int write_first(const DatabaseHeader& header) noexcept;
  int read_records(Health& health) noexcept;

  File file_;
  MDB_env* env_ = nullptr;
  DatabaseHeader header_{};
};

}  // namespace esent
