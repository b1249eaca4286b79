#include "engine/session_parameters.hpp"

#include <cstring>
#include <string_view>

#include "engine/instance.hpp"
#include "engine/parameters.hpp"
#include "engine/session_call.hpp"

namespace esent {
namespace {

// What fits into the smallest log file beside a commit, with room to spare.
constexpr std::uint32_t context_bytes_max = 30000;

JET_ERR set_commit_default(SessionCall& call, const void* value, std::uint32_t bytes) {
  JET_GRBIT grbit = 0;
  if (bytes != sizeof grbit) return JET_errInvalidParameter;
  std::memcpy(&grbit, value, sizeof grbit);
  const ParameterValue wanted{grbit, std::nullopt};
  const JET_ERR err = check_parameter(*find_parameter(JET_paramCommitDefault), wanted);
  if (err == JET_errSuccess) call.found().place->commit_default = tagged(call.found().generation, grbit);
  return err;
}

JET_ERR set_commit_context(SessionCall& call, const void* value, std::uint32_t bytes) {
  if (bytes > context_bytes_max) return JET_errInvalidParameter;
  call.session().set_commit_context({static_cast<const char*>(value), bytes});
  return JET_errSuccess;
}

// A number wants exactly its size, other values at least (jet-sesparam-enumeration has their types).
JET_ERR give_number(std::uint32_t number, void* value, std::uint32_t bytes, std::uint32_t* actual) {
  if (actual != nullptr) *actual = sizeof number;
  if (bytes != sizeof number) return JET_errInvalidBufferSize;
  if (value != nullptr) std::memcpy(value, &number, sizeof number);
  return JET_errSuccess;
}

JET_ERR give_bytes(std::string_view stored, void* value, std::uint32_t bytes, std::uint32_t* actual) {
  if (actual != nullptr) *actual = static_cast<std::uint32_t>(stored.size());
  if (value == nullptr) return JET_errSuccess;
  if (bytes < stored.size()) return JET_errBufferTooSmall;
  std::memcpy(value, stored.data(), stored.size());
  return JET_errSuccess;
}

JET_GRBIT commit_default(const SessionCall& call) {
  const std::uint64_t own = call.found().place->commit_default;
  return has_tag(own, call.found().generation) ? static_cast<JET_GRBIT>(own) : call.instance().commit_default.load();
}

}  // namespace

JET_ERR set_session_parameter(JET_SESID sesid, std::uint32_t id, const void* value, std::uint32_t bytes) {
  SessionCall call;
  const JET_ERR err = call.enter(sesid, session_parameter_gate, JET_errSessionSharingViolation);
  if (err != JET_errSuccess) return err;
  if (value == nullptr && bytes != 0) return JET_errInvalidParameter;
  switch (id) {
    case JET_sesparamCommitDefault: return set_commit_default(call, value, bytes);
    case JET_sesparamCommitGenericContext: return set_commit_context(call, value, bytes);
    // JET_sesparamTransactionLevel can only be read, and others are unknown (jetsetsessionparameter-function).
    default: return JET_errInvalidParameter;
  }
}

JET_ERR get_session_parameter(JET_SESID sesid, std::uint32_t id, void* value, std::uint32_t bytes,
                              std::uint32_t* actual) {
  SessionCall call;
  const JET_ERR err = call.enter(sesid, session_parameter_gate, JET_errSessionSharingViolation);
  if (err != JET_errSuccess) return err;
  if (value == nullptr && actual == nullptr) return JET_errInvalidParameter;
  switch (id) {
    case JET_sesparamCommitDefault: return give_number(commit_default(call), value, bytes, actual);
    case JET_sesparamCommitGenericContext: return give_bytes(call.session().commit_context(), value, bytes, actual);
    case JET_sesparamTransactionLevel: return give_number(call.session().level(), value, bytes, actual);
    default: return JET_errInvalidSesparamId;
  }
}

}  // namespace esent
