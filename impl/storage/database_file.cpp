#include "storage/database_file.hpp"

#include <lmdb.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

#include "storage/catalogue.hpp"

namespace esent {
namespace {

// Room in the address space for a database, and the least that LMDB needs to work in. A database that is allowed to become
// larger than any address space has no more room than one without a limit: its catalogue fits many times.
constexpr std::uint64_t map_bytes_most = std::uint64_t{1} << 30;
constexpr std::uint64_t map_bytes_least = std::uint64_t{1} << 20;

std::uint64_t map_bytes(const DatabaseHeader& header) {
  if (header.pages_max == 0) return map_bytes_most;
  return std::clamp(std::uint64_t{header.pages_max} * header.page_size, map_bytes_least, map_bytes_most);
}

JET_ERR error_of_lmdb(int error) {
  switch (error) {
    case MDB_MAP_FULL: return JET_errDiskFull;
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH: return JET_errInvalidDatabase;
    default: return error < 0 ? JET_errDatabaseCorrupted : error_of(error);
  }
}

class Transaction {
 public:
  Transaction(MDB_env* env, bool read_only) {
    error_ = mdb_txn_begin(env, nullptr, read_only ? MDB_RDONLY : 0U, &transaction_);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (transaction_ != nullptr) mdb_txn_abort(transaction_);
  }
  int error() const { return error_; }
  MDB_txn* get() const { return transaction_; }
  int commit() { return mdb_txn_commit(std::exchange(transaction_, nullptr)); }

 private:
  MDB_txn* transaction_ = nullptr;
  int error_ = 0;
};

}  // namespace

DatabaseFile::DatabaseFile(DatabaseFile&& other) noexcept
    : file_(std::move(other.file_)), env_(std::exchange(other.env_, nullptr)), header_(other.header_) {}

DatabaseFile& DatabaseFile::operator=(DatabaseFile&& other) noexcept {
  if (this == &other) return *this;
  close();
  file_ = std::move(other.file_);
  env_ = std::exchange(other.env_, nullptr);
  header_ = other.header_;
  return *this;
}

void DatabaseFile::close() noexcept {
  if (env_ != nullptr) mdb_env_close(std::exchange(env_, nullptr));
  if (!file_.is_open()) return;
  file_.unlock();
  file_.close();
}

JET_ERR DatabaseFile::open_env(const std::string& path, bool read_only) noexcept {
  // Readers are not tracked: nobody writes to a database but under the lock of its instance.
  const unsigned flags = MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOTLS | (read_only ? MDB_RDONLY : 0U);
  int error = mdb_env_create(&env_);
  if (error == 0) error = mdb_env_set_maxdbs(env_, catalogue_trees);
  if (error == 0 && header_.page_size != 0) error = mdb_env_set_mapsize(env_, map_bytes(header_));
  if (error == 0) error = mdb_env_open(env_, path.c_str(), flags, 0666);
  if (error != 0 && env_ != nullptr) mdb_env_close(std::exchange(env_, nullptr));
  return error_of_lmdb(error);
}

int DatabaseFile::write_first(const DatabaseHeader& header) noexcept {
  Transaction transaction(env_, false);
  if (transaction.error() != 0) return transaction.error();
  const int error = write_catalogue(transaction.get(), header);
  return error == 0 ? transaction.commit() : error;
}

JET_ERR DatabaseFile::create(const std::string& path, const DatabaseHeader& header) noexcept {
  int error = file_.create(path);
  if (error == 0) error = file_.try_lock();
  if (error != 0) {
    close();
    return error == EWOULDBLOCK ? JET_errDatabaseInUse : error_of(error);
  }
  header_ = header;
  JET_ERR err = open_env(path, false);
  if (err == JET_errSuccess) err = error_of_lmdb(write_first(header));
  if (err == JET_errSuccess) err = error_of_lmdb(mdb_env_sync(env_, 1));
  if (err != JET_errSuccess) close();
  return err;
}

int DatabaseFile::read_records(Health& health) noexcept {
  const Transaction transaction(env_, true);
  return transaction.error() != 0 ? transaction.error() : read_catalogue(transaction.get(), header_, health);
}

JET_ERR DatabaseFile::open(const std::string& path, bool read_only, Health& health) noexcept {
  health = Health::good;
  int error = read_only ? file_.open_read_only(path) : file_.open_existing(path);
  if (error != 0) return error == EROFS ? JET_errDatabaseFileReadOnly : error_of(error);
  error = read_only ? file_.try_lock_shared() : file_.try_lock();
  if (error != 0) {
    file_.close();
    return error == EWOULDBLOCK ? JET_errDatabaseInUse : error_of(error);
  }
  JET_ERR err = JET_errSuccess;
  PageCheck pages;
  try {
    pages = check_pages(file_, catalogue_index_name);
    err = error_of(pages.error);
  } catch (const std::bad_alloc&) {
    err = JET_errOutOfMemory;
  }
  health = pages.health;
  if (err == JET_errSuccess && health == Health::good) {
    header_ = {};
    err = open_env(path, read_only);
    // LMDB takes a header of which it got a part only for that of no database, and asks once.
    if (err == JET_errInvalidDatabase) err = open_env(path, read_only);
    if (err == JET_errSuccess) err = error_of_lmdb(read_records(health));
  }
  if (err == JET_errSuccess && health == Health::not_a_database) err = JET_errInvalidDatabase;
  const bool usable = env_ != nullptr && (health == Health::good || health == Health::index_damaged);
  if (err != JET_errSuccess || !usable) close();
  return err;
}

JET_ERR DatabaseFile::rebuild_index() noexcept {
  Transaction transaction(env_, false);
  int error = transaction.error();
  if (error == 0) error = rebuild_catalogue_index(transaction.get());
  if (error == 0) error = transaction.commit();
  return error_of_lmdb(error);
}

JET_ERR DatabaseFile::check(Health& health) noexcept {
  try {
    const PageCheck pages = check_pages(file_, catalogue_index_name);
    health = pages.health;
    if (pages.error != 0) return error_of(pages.error);
  } catch (const std::bad_alloc&) {
    return JET_errOutOfMemory;
  }
  return health == Health::good ? error_of_lmdb(read_records(health)) : JET_errSuccess;
}

JET_ERR DatabaseFile::space(DatabaseSpace& space) noexcept {
  if (const int error = file_.size(space.bytes); error != 0) return error_of(error);
  const Transaction transaction(env_, true);
  MDB_envinfo info{};
  MDB_stat shape{};
  int error = transaction.error();
  if (error == 0) error = mdb_env_info(env_, &info);
  if (error == 0) error = mdb_env_stat(env_, &shape);
  if (error != 0) return error_of_lmdb(error);
  // LMDB's own tree of free pages: each value is a list that begins with its length.
  constexpr MDB_dbi free_tree = 0;
  MDB_cursor* cursor = nullptr;
  error = mdb_cursor_open(transaction.get(), free_tree, &cursor);
  if (error != 0) return error_of_lmdb(error);
  MDB_val key{};
  MDB_val value{};
  std::uint64_t pages = 0;
  while ((error = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0)
    pages += *static_cast<std::size_t*>(value.mv_data);
  mdb_cursor_close(cursor);
  const std::uint64_t page = header_.page_size;
  space.owned = (std::uint64_t{info.me_last_pgno} + 1) * shape.ms_psize / page;
  space.available = pages * shape.ms_psize / page;
  return error == MDB_NOTFOUND ? JET_errSuccess : error_of_lmdb(error);
}

JET_ERR DatabaseFile::copy_to(const std::string& path) noexcept {
  File copy;
  int error = copy.create(path);
  if (error == 0) error = mdb_env_copyfd2(env_, copy.descriptor(), 0);
  if (error == 0) error = copy.sync();
  return error_of_lmdb(error);
}

}  // namespace esent
