#include "storage/catalogue.hpp"

#include <lmdb.h>

#include <cstring>
#include <string_view>

#include "storage/checksum.hpp"

namespace esent {
namespace {

constexpr std::uint64_t header_magic = 0x3142'4454'4E45'5345;  // "ESENTDB1"
constexpr std::uint32_t header_version = 1;
constexpr char header_key[] = "header";

enum class ObjectType : std::uint32_t { table = 1 };

constexpr std::size_t object_name_max = 64;

struct ObjectRecord {
  std::uint32_t checksum;
  ObjectType type;
  std::uint32_t id;
  std::uint32_t name_size;
  char name[object_name_max];

  std::string_view view() const { return {name, name_size}; }
};

struct IndexRecord {
  std::uint32_t checksum;  // seeded with that of the name
  std::uint32_t id;
};

MDB_val value_of(std::string_view text) { return {text.size(), const_cast<char*>(text.data())}; }

template <class T>
MDB_val value_of(T& record) {
  return {sizeof record, &record};
}

// False if the value has another size, or does not fit its checksum.
template <class T>
bool take(const MDB_val& value, T& record, std::uint32_t seed = 0) {
  if (value.mv_size != sizeof record) return false;
  std::memcpy(&record, value.mv_data, sizeof record);
  return record.checksum == checksum_of(record, seed);
}

std::uint32_t name_seed(std::string_view name) { return checksum(std::as_bytes(std::span(name.data(), name.size()))); }

int put_index(MDB_txn* transaction, MDB_dbi index, const ObjectRecord& object) {
  IndexRecord entry{0, object.id};
  entry.checksum = checksum_of(entry, name_seed(object.view()));
  MDB_val key = value_of(object.view());
  MDB_val value = value_of(entry);
  return mdb_put(transaction, index, &key, &value, 0);
}

// A stay at the records of one tree, in order.
class Walk {
 public:
  Walk(MDB_txn* transaction, MDB_dbi tree) { error_ = mdb_cursor_open(transaction, tree, &cursor_); }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;
  ~Walk() {
    if (cursor_ != nullptr) mdb_cursor_close(cursor_);
  }

  bool next(MDB_val& key, MDB_val& value) {
    if (error_ == 0) error_ = mdb_cursor_get(cursor_, &key, &value, MDB_NEXT);
    return error_ == 0;
  }
  // 0 at the end.
  int error() const { return error_ == MDB_NOTFOUND ? 0 : error_; }

 private:
  MDB_cursor* cursor_ = nullptr;
  int error_ = 0;
};

bool good_object(const MDB_val& key, const MDB_val& value, ObjectRecord& object) {
  std::uint32_t id = 0;
  if (key.mv_size != sizeof id || !take(value, object) || object.name_size > object_name_max) return false;
  std::memcpy(&id, key.mv_data, sizeof id);
  return id == object.id;
}

int read_header(MDB_txn* transaction, DatabaseHeader& header, Health& health) {
  MDB_dbi main = 0;
  int error = mdb_dbi_open(transaction, nullptr, 0, &main);
  if (error != 0) return error;
  MDB_val key = value_of(std::string_view(header_key));
  MDB_val value{};
  error = mdb_get(transaction, main, &key, &value);
  if (error == MDB_NOTFOUND) {
    health = Health::not_a_database;
    return 0;
  }
  if (error != 0) return error;
  const bool good = take(value, header) && header.magic == header_magic && header.version == header_version;
  if (!good) health = Health::damaged;
  return 0;
}

// Whether the index leads to the object.
int find_in_index(MDB_txn* transaction, MDB_dbi index, const ObjectRecord& object, bool& found) {
  MDB_val key = value_of(object.view());
  MDB_val value{};
  const int error = mdb_get(transaction, index, &key, &value);
  if (error != 0 && error != MDB_NOTFOUND) return error;
  IndexRecord entry{};
  found = error == 0 && take(value, entry, name_seed(object.view())) && entry.id == object.id;
  return 0;
}

int open_tree(MDB_txn* transaction, const char* name, Health if_missing, MDB_dbi& tree, Health& health) {
  const int error = mdb_dbi_open(transaction, name, 0, &tree);
  if (error != MDB_NOTFOUND && error != MDB_INCOMPATIBLE) return error;
  health = if_missing;
  return 0;
}

}  // namespace

int write_catalogue(MDB_txn* transaction, const DatabaseHeader& given) {
  DatabaseHeader header = given;
  header.magic = header_magic;
  header.version = header_version;
  header.checksum = checksum_of(header);
  MDB_dbi main = 0;
  MDB_dbi objects = 0;
  MDB_dbi index = 0;
  int error = mdb_dbi_open(transaction, nullptr, 0, &main);
  if (error == 0) error = mdb_dbi_open(transaction, catalogue_name, MDB_CREATE, &objects);
  if (error == 0) error = mdb_dbi_open(transaction, catalogue_index_name, MDB_CREATE, &index);
  if (error != 0) return error;
  MDB_val key = value_of(std::string_view(header_key));
  MDB_val value = value_of(header);
  error = mdb_put(transaction, main, &key, &value, 0);
  ObjectRecord self{0, ObjectType::table, 1, 0, {}};
  self.name_size = static_cast<std::uint32_t>(std::strlen(catalogue_name));
  std::memcpy(self.name, catalogue_name, self.name_size);
  self.checksum = checksum_of(self);
  MDB_val id = value_of(self.id);
  MDB_val record = value_of(self);
  if (error == 0) error = mdb_put(transaction, objects, &id, &record, 0);
  return error == 0 ? put_index(transaction, index, self) : error;
}

int read_catalogue(MDB_txn* transaction, DatabaseHeader& header, Health& health) {
  MDB_dbi objects = 0;
  MDB_dbi index = 0;
  int error = read_header(transaction, header, health);
  if (error != 0 || health != Health::good) return error;
  error = open_tree(transaction, catalogue_name, Health::damaged, objects, health);
  if (error != 0 || health != Health::good) return error;
  error = open_tree(transaction, catalogue_index_name, Health::index_damaged, index, health);
  if (error != 0) return error;
  Walk walk(transaction, objects);
  MDB_val key{};
  MDB_val value{};
  std::size_t count = 0;
  while (walk.next(key, value)) {
    ObjectRecord object{};
    if (!good_object(key, value, object)) {
      health = Health::damaged;
      return 0;
    }
    ++count;
    if (health != Health::good) continue;
    bool found = false;
    if (error = find_in_index(transaction, index, object, found); error != 0) return error;
    if (!found) health = Health::index_damaged;
  }
  if (walk.error() != 0) return walk.error();
  if (count == 0) health = Health::damaged;
  MDB_stat entries{};
  if (health == Health::good) {
    error = mdb_stat(transaction, index, &entries);
    if (entries.ms_entries != count) health = Health::index_damaged;
  }
  return error;
}

int rebuild_catalogue_index(MDB_txn* transaction) {
  MDB_dbi objects = 0;
  MDB_dbi index = 0;
  int error = mdb_dbi_open(transaction, catalogue_name, 0, &objects);
  if (error == 0) error = mdb_dbi_open(transaction, catalogue_index_name, MDB_CREATE, &index);
  if (error == 0) error = mdb_drop(transaction, index, 0);
  if (error != 0) return error;
  Walk walk(transaction, objects);
  MDB_val key{};
  MDB_val value{};
  while (walk.next(key, value)) {
    ObjectRecord object{};
    if (!good_object(key, value, object)) return MDB_CORRUPTED;
    if (error = put_index(transaction, index, object); error != 0) return error;
  }
  return walk.error();
}

}  // namespace esent
