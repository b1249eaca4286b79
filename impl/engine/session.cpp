#include "engine/session.hpp"

#include <utility>

namespace esent {

bool Session::owns_transaction(ThreadId caller) const noexcept {
  return caller == (follows_context_ ? context_thread_ : transaction_thread_);
}

// jetbegintransaction-function: the session is tied to the calling thread from the outermost begin on.
JET_ERR Session::begin_transaction(ThreadId caller, JET_GRBIT grbit) noexcept {
  if (level_ != 0 && !owns_transaction(caller)) return JET_errSessionSharingViolation;
  if (level_ == transaction_level_max) return JET_errTransTooDeep;
  if (level_ == 0) {
    transaction_thread_ = caller;
    follows_context_ = context_thread_ != no_thread;
    read_only_ = (grbit & JET_bitTransactionReadOnly) != 0;
  }
  ++level_;
  return JET_errSuccess;
}

JET_ERR Session::may_close_level(ThreadId caller) const noexcept {
  if (level_ == 0) return JET_errNotInTransaction;
  return owns_transaction(caller) ? JET_errSuccess : JET_errSessionSharingViolation;
}

void Session::close_level() noexcept {
  if (--level_ == 0) close_all_levels();
}

void Session::close_all_levels() noexcept {
  level_ = 0;
  read_only_ = false;
  follows_context_ = false;
  transaction_thread_ = no_thread;
}

// jetsetsessioncontext-function. Inside a transaction the call succeeds, but the open transaction keeps its
// owner: the page only says that the context must come first for the association to work.
JET_ERR Session::set_context(ThreadId caller, JET_API_PTR context) noexcept {
  if (context == 0 || context == ~JET_API_PTR{0}) return JET_errInvalidParameter;
  if (context_thread_ != no_thread) return JET_errSessionContextAlreadySet;
  context_ = context;
  context_thread_ = caller;
  return JET_errSuccess;
}

JET_ERR Session::reset_context(ThreadId caller) noexcept {
  if (context_thread_ != caller) return JET_errSessionContextNotSetByThisThread;
  context_ = 0;
  context_thread_ = no_thread;
  return JET_errSuccess;
}

std::string_view Session::commit_context() const noexcept {
  return commit_context_ ? std::string_view(commit_context_->bytes) : std::string_view();
}

std::span<LogRecord> Session::commit_records() noexcept {
  return commit_context_ ? std::span(commit_context_->records) : std::span<LogRecord>();
}

void Session::set_commit_context(std::string_view context) {
  std::unique_ptr<CommitContext> made;
  // Made now, so that a commit takes no memory.
  if (!context.empty()) {
    made = std::make_unique<CommitContext>(CommitContext{std::string(context), commit_group(context, number_)});
  }
  commit_context_ = std::move(made);
}

// jetendsession-function: JET_errSessionInUse when another thread uses the session or holds its context.
JET_ERR Session::may_end(ThreadId caller) const noexcept {
  if (context_thread_ != no_thread && context_thread_ != caller) return JET_errSessionInUse;
  if (level_ != 0 && !owns_transaction(caller)) return JET_errSessionInUse;
  return JET_errSuccess;
}

}  // namespace esent
