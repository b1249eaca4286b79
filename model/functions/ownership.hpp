// Who may go on with a transaction: the thread of its outermost begin, or whoever holds the session context
// under which it was begun (jet-sesid, jetbegintransaction-function, jetsetsessioncontext-function).
#pragma once

#include "model/functions/evaluate.hpp"

namespace esentcheck::model {

/// Whether the open transaction of the call's session belongs to another thread. `may` where no page says.
inline Holds owned_by_another(const Context& c) {
  const Session& session = *c.session;
  if (session.depth == 0) return Holds::no;
  const bool holds_context = session.has_context && session.context_thread == c.call.thread;
  if (session.begun_in_context) {
    const bool documented = c.profile.reading == Reading::documented;
    // The pages let another thread go on under a context of its own; the engine compares the values too.
    if (holds_context && (documented || session.context == session.begun_context)) return Holds::no;
    // Reset inside the transaction: "another thread may set its own context", but nobody has.
    if (!session.has_context && c.profile.reading == Reading::documented) return Holds::may;
    return Holds::must;
  }
  const bool on_owner = session.owner == c.call.thread;
  // A context that was set after the begin "does not work", and no page says how that shows.
  if (session.has_context && c.profile.reading == Reading::documented) return Holds::may;
  return must_if(!on_owner);
}

}  // namespace esentcheck::model
