// A session: its transaction, and who may use it. Every member is guarded by the busy bit of the session's
// place (session_table.hpp), which the call that is inside the session holds.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/thread_identity.hpp"
#include "esent.h"
#include "storage/database_log.hpp"
#include "storage/database_use.hpp"

namespace esent {

// transactions: "up to 7 levels".
constexpr unsigned transaction_level_max = 7;

class Session {
 public:
  // Unique among all sessions of the process; it stands in the log.
  std::uint64_t number() const noexcept { return number_; }
  void set_number(std::uint64_t number) noexcept { number_ = number; }
  bool in_transaction() const noexcept { return level_ != 0; }
  unsigned level() const noexcept { return level_; }
  bool outermost() const noexcept { return level_ == 1; }
  bool read_only() const noexcept { return read_only_; }

  JET_ERR begin_transaction(ThreadId caller, JET_GRBIT grbit) noexcept;
  // Whether the caller may commit or roll back now: JET_errSuccess, NotInTransaction or SharingViolation.
  JET_ERR may_close_level(ThreadId caller) const noexcept;
  void close_level() noexcept;
  void close_all_levels() noexcept;

  JET_ERR set_context(ThreadId caller, JET_API_PTR context) noexcept;
  JET_ERR reset_context(ThreadId caller) noexcept;
  JET_ERR may_end(ThreadId caller) const noexcept;

  DatabaseUse& databases() noexcept { return databases_; }
  // JET_sesparamCommitGenericContext, and the records that a commit with it writes; both empty without.
  std::string_view commit_context() const noexcept;
  std::span<LogRecord> commit_records() noexcept;
  void set_commit_context(std::string_view context);

 private:
  bool owns_transaction(ThreadId caller) const noexcept;

  std::uint64_t number_ = 0;
  unsigned level_ = 0;
  bool read_only_ = false;
  // A transaction that began under a context belongs to the context's holder, any other to its thread.
  bool follows_context_ = false;
  ThreadId transaction_thread_ = no_thread;
  ThreadId context_thread_ = no_thread;
  JET_API_PTR context_ = 0;
  DatabaseUse databases_;
  struct CommitContext {
    std::string bytes;
    LogGroup records;
  };
  std::unique_ptr<CommitContext> commit_context_;  // few sessions have one
};

}  // namespace esent
