// A log that cannot be written takes the instance down with it (jetcommittransaction-function).
#pragma once

#include "engine/session_call.hpp"

namespace esent {

inline JET_ERR withdraw_if_broken(const SessionCall& call, JET_ERR err) noexcept {
  if (err == JET_errLogWriteFail) call.instance_place().word.fetch_or(InstanceWord::unavailable);
  return err;
}

}  // namespace esent
