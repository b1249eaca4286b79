// Which calls an instance lets in, by its phase and flags. The order is ours: the pages list the codes and say
// nothing about which wins. The phase comes first, since it passes; then what stays until the end of the
// instance, a fatal error before a stopped service.
#pragma once

#include "engine/instance_table.hpp"

namespace esent {

// What a stopped service makes of a call. The pages of JetStopService and JetStopServiceInstance let six calls go on; that
// of JetStopServiceInstance2 lets none, and two of the six list the code: they go on after the former, and not after a
// stop of everything by the latter.
enum class Stopped { refused, refused_after_all, allowed };

inline bool refuses(InstanceWord word, Stopped stopped) noexcept {
  switch (stopped) {
    case Stopped::refused: return word.has(InstanceWord::stopped);
    case Stopped::refused_after_all: return word.has(InstanceWord::stopped_all);
    case Stopped::allowed: break;
  }
  return false;
}

// Calls on a session, and those that begin one.
inline JET_ERR session_gate(InstanceWord word, Stopped stopped) noexcept {
  switch (word.phase()) {
    case Phase::running:
      if (word.has(InstanceWord::unavailable)) return JET_errInstanceUnavailable;
      return refuses(word, stopped) ? JET_errClientRequestToStopJetService : JET_errSuccess;
    case Phase::terminating: return JET_errTermInProgress;
    case Phase::restoring: return JET_errRestoreInProgress;
    case Phase::created:
    case Phase::initialising:
    case Phase::none: break;
  }
  return JET_errNotInitialized;
}

// JetBeginSession and JetDupSession.
inline JET_ERR begin_gate(InstanceWord word) noexcept { return session_gate(word, Stopped::refused); }

// JetSetSystemParameter and JetGetSystemParameter on an instance.
inline JET_ERR parameter_gate(InstanceWord word) noexcept {
  switch (word.phase()) {
    case Phase::initialising: return JET_errInitInProgress;
    case Phase::terminating: return JET_errTermInProgress;
    case Phase::restoring: return JET_errRestoreInProgress;
    case Phase::none:
    case Phase::created:
    case Phase::running: break;
  }
  return JET_errSuccess;
}

// The same with a session, which is subject to what sessions are subject to.
inline JET_ERR session_parameter_gate(InstanceWord word) noexcept {
  const JET_ERR err = parameter_gate(word);
  return err != JET_errSuccess ? err : session_gate(word, Stopped::refused);
}

// JetTerm and JetTerm2.
inline JET_ERR termination_gate(InstanceWord word) noexcept {
  switch (word.phase()) {
    case Phase::initialising: return JET_errNotInitialized;
    case Phase::terminating: return JET_errTermInProgress;
    case Phase::restoring: return JET_errRestoreInProgress;
    case Phase::none:
    case Phase::created:
    case Phase::running: break;
  }
  return JET_errSuccess;
}

// JetInit and its kin.
inline JET_ERR initialisation_gate(InstanceWord word) noexcept {
  switch (word.phase()) {
    case Phase::initialising: return JET_errInitInProgress;
    case Phase::running: return JET_errAlreadyInitialized;
    case Phase::terminating: return JET_errTermInProgress;
    case Phase::restoring: return JET_errRestoreInProgress;
    case Phase::none:
    case Phase::created: break;
  }
  return JET_errSuccess;
}

// JetRestoreInstance.
inline JET_ERR restore_gate(InstanceWord word) noexcept { return initialisation_gate(word); }

// JetBackupInstance.
inline JET_ERR backup_gate(InstanceWord word) noexcept {
  if (word.phase() == Phase::initialising) return JET_errBackupNotAllowedYet;
  if (const JET_ERR err = session_gate(word, Stopped::refused); err != JET_errSuccess) return err;
  return word.has(InstanceWord::backup) ? JET_errBackupInProgress : JET_errSuccess;
}

// JetStopServiceInstance and its kin: an instance that does not run is not a valid argument.
inline JET_ERR stop_gate(InstanceWord word) noexcept {
  if (word.phase() == Phase::terminating) return JET_errTermInProgress;
  if (word.phase() == Phase::restoring) return JET_errRestoreInProgress;
  return word.phase() == Phase::running ? JET_errSuccess : JET_errInvalidParameter;
}

}  // namespace esent
