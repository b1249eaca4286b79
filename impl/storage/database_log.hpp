// What is done to databases as it stands in the log. An operation is a group of records: a head, and then its text, 16
// bytes a record. A group that is not whole was never acknowledged and means nothing.
//
// Creating a file takes two operations: `creating` before the file is written under another name, `created` once it is
// on disk there and before it gets its own name. Between the two a crash leaves a file to delete, after the second a
// file to rename. `attached` behind them says that the creation has come to its end.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/log_format.hpp"

namespace esent {

enum class DatabaseAction : std::uint8_t { creating = 1, created = 2, abandoned = 3, attached = 4, detached = 5 };

struct DatabaseOperation {
  DatabaseAction action = DatabaseAction::creating;
  std::uint64_t signature = 0;
  std::string path;
};

using LogGroup = std::vector<LogRecord>;

LogGroup group_of(const DatabaseOperation& operation);
// A head of the given kind with bytes that the application attached to a commit, and the commit itself.
LogGroup commit_group(std::string_view context, std::uint64_t session);

// The name under which a database is written before it is whole.
std::string fresh_database(const std::string& path);

// Puts operations together again from the records of a log, in order.
class OperationReader {
 public:
  std::optional<DatabaseOperation> take(const LogRecord& record);

 private:
  DatabaseOperation operation_;
  std::size_t missing_ = 0;  // bytes of text
};

// What the operations up to now have come to.
struct DatabaseHistory {
  std::map<std::string, std::uint64_t> attached;  // path and signature
  std::optional<DatabaseOperation> unfinished;    // creating or created, with nothing after it

  void apply(const DatabaseOperation& operation);
  // An orderly JetTerm detaches everything.
  void clear();
};

}  // namespace esent
