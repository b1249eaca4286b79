#include "engine/instance.hpp"
#include "engine/lifecycle.hpp"
#include "engine/registry.hpp"

namespace esent {
namespace {

constexpr JET_GRBIT term_options = JET_bitTermComplete | JET_bitTermAbrupt | JET_bitTermStopBackup | JET_bitTermDirty;

// What a call makes of transactions that are open.
enum class Transactions { end, end_if_lost, refuse };

Transactions by_options(JET_GRBIT grbit) {
  return (grbit & JET_bitTermComplete) != 0 ? Transactions::refuse : Transactions::end;
}

bool any_transaction(const Instance& instance) {
  for (const std::uint32_t number : instance.session_places) {
    if ((session_table().at(number).word.load() & SessionPlace::in_transaction) != 0) return true;
  }
  return false;
}

// Nobody can commit or undo what is open once all data is withdrawn or everything has been stopped.
bool refused_for(Transactions transactions, InstanceWord word, const Instance& instance) {
  if (transactions == Transactions::end) return false;
  const bool lost = word.has(InstanceWord::unavailable) || word.has(InstanceWord::stopped_all);
  return !(lost && transactions == Transactions::end_if_lost) && any_transaction(instance);
}

// jetterm-function: a backup keeps the instance alive unless it is to be stopped. A backup cannot be waited for
// by its own status callback.
JET_ERR refuse_for_backup(InstanceWord word, const Instance* instance, JET_GRBIT grbit) {
  if (!word.has(InstanceWord::backup)) return JET_errSuccess;
  if ((grbit & JET_bitTermStopBackup) == 0) return JET_errBackupInProgress;
  const bool own = instance != nullptr && instance->backup_thread == this_thread();
  return own ? JET_errBackupInProgress : JET_errSuccess;
}

bool sessions_are_idle(InstancePlace& place) {
  const Instance& instance = *place.instance;
  if (instance.session_places.empty()) return true;
  std::uint32_t idle = place.count_free_sessions();
  for (const std::uint32_t number : instance.session_places) {
    const std::uint64_t word = session_table().at(number).word.load();
    if ((word & SessionPlace::busy) != 0) return false;
    if ((word & SessionPlace::live) != 0) ++idle;
  }
  // Otherwise a call has ended its session and not yet given the place back.
  return idle == instance.session_limit();
}

// From here on nothing is a usage error any more: the instance is gone afterwards (jetterm-function).
JET_ERR shut_down(Pin& pin, JET_GRBIT grbit) noexcept {
  const bool orderly = (grbit & JET_bitTermDirty) == 0 && !pin.place().load().has(InstanceWord::unavailable);
  const JET_ERR err = orderly ? pin.instance().storage->finish() : JET_errSuccess;
  pin.instance().storage.reset();
  registry().remove(pin, true);
  return err;
}

}  // namespace

void wait_until_alone(Pin& pin) noexcept {
  InstancePlace& place = pin.place();
  std::unique_lock lock(place.mutex);
  place.left.wait(lock, [&] { return place.load().pins() == 1 && sessions_are_idle(place); });
}

namespace {

JET_ERR terminate_with(JET_INSTANCE handle, JET_GRBIT grbit, Transactions transactions) {
  Pin pin;
  bool started = false;
  JET_ERR err = pin.enter(meant_instance(handle), JET_errInvalidParameter, [&started](InstanceWord word) {
    started = word.phase() == Phase::running;
    return termination_gate(word);
  });
  if (err != JET_errSuccess) return err;
  const auto refused = [&] {
    // The sessions of an instance that is merely created may be in the making by JetInit meanwhile.
    return started && refused_for(transactions, pin.place().load(), pin.instance());
  };
  if (refused()) return JET_errTooManyActiveUsers;
  err = pin.place().update(
      [&](InstanceWord word) {
        started = word.phase() == Phase::running;
        const JET_ERR gate = termination_gate(word);
        return gate != JET_errSuccess ? gate : refuse_for_backup(word, &pin.instance(), grbit);
      },
      [](InstanceWord word) { return word.with(Phase::terminating); });
  if (err != JET_errSuccess) return err;
  wait_until_alone(pin);
  if (refused()) {
    // One began before the instance closed; the call is refused after all.
    pin.place().set_phase(Phase::running);
    return JET_errTooManyActiveUsers;
  }
  if (started) return shut_down(pin, grbit);
  registry().remove(pin);
  return JET_errSuccess;
}

}  // namespace

JET_ERR terminate(JET_INSTANCE handle, JET_GRBIT grbit) {
  constexpr JET_GRBIT both = JET_bitTermComplete | JET_bitTermAbrupt;
  if ((grbit & ~term_options) != 0 || (grbit & both) == both) return JET_errInvalidGrbit;
  return terminate_with(handle, grbit, by_options(grbit));
}

// jetterm-function has no options and yet the code of JET_bitTermComplete for open transactions.
JET_ERR terminate(JET_INSTANCE handle) { return terminate_with(handle, 0, Transactions::end_if_lost); }

}  // namespace esent
