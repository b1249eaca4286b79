#include "harness/trace/answer.hpp"

#include <algorithm>
#include <utility>

#include "harness/check/resolve.hpp"

namespace esentcheck::trace {
namespace {

using model::ArgumentKind;
using model::Handle;
using model::HandleKind;
using model::Produced;

constexpr std::uint64_t nil = ~std::uint64_t{0};

/// What the call left in a variable, and whether that is another value than before.
struct Left {
  std::uint64_t word = 0;
  bool written = false;
};

Left left_in(const std::string& variable, const Call& seen, const Variables& variables) {
  const auto out = std::ranges::find(seen.out, variable, &Field::name);
  if (out == seen.out.end() || out->value.kind == ValueKind::unchanged) return {variables[variable], false};
  return {word_of(out->value, variables), true};
}

/// The engine may give one id for each open of a database, so an id is taken only by another database.
bool bind_database(Candidate& candidate, Handle handle, std::uint64_t word) {
  const model::Open& open = *model::find_open(candidate.world, handle);
  const Handle session = model::handle_of(open.session);
  const model::Open* known =
      model::find_open(candidate.world, candidate.bindings.database(candidate.world, word, session));
  if (known != nullptr && known->session == open.session && known->database != open.database) return false;
  candidate.bindings.bind(model::OpenId{handle.id}, word & check::nil_database);
  return true;
}

bool bind(Candidate& candidate, Handle handle, std::uint64_t word) {
  if (handle.kind == HandleKind::database) return bind_database(candidate, handle, word);
  const bool session = handle.kind == HandleKind::session;
  const Handle known =
      session ? candidate.bindings.session(candidate.world, word) : candidate.bindings.instance(candidate.world, word);
  if (known.kind == handle.kind) return known == handle;
  if (session)
    candidate.bindings.bind(model::SessionId{handle.id}, word);
  else
    candidate.bindings.bind(model::InstanceId{handle.id}, word);
  return true;
}

std::string check_handle(Candidate& candidate, Handle made, const Left& left) {
  if (left.word == 0 || left.word == nil) return "it succeeded without giving a handle";
  return bind(candidate, made, left.word) ? "" : "the handle that it gave belongs to another live object";
}

bool is_unknown(const Candidate& candidate, spec::ArgumentType type, std::uint64_t word) {
  const Handle known = check::handle_kind(type) == HandleKind::session
                           ? candidate.bindings.session(candidate.world, word)
                           : candidate.bindings.instance(candidate.world, word);
  return known.kind == HandleKind::garbage;
}

std::string check_nothing_made(const Candidate& candidate, const Call& seen, spec::ArgumentType type,
                               const Produced& produced, const Left& left, std::uint64_t before) {
  if (static_cast<std::int32_t>(seen.code) < 0) {
    // A variable that held a value that nobody gave out keeps it, under a name that is new in the trace.
    const bool still_garbage = before != 0 && before != nil && is_unknown(candidate, type, left.word);
    const bool nothing = !left.written || left.word == 0 || left.word == nil || left.word == before || still_garbage;
    return check::is_handle(type) && !nothing ? "the refused call left something that looks like a handle" : "";
  }
  if (!produced.has_number || (left.written && left.word == produced.number)) return "";
  return "it gave " + (left.written ? std::to_string(left.word) : std::string("nothing")) + " for " +
         std::to_string(produced.number);
}

/// A number in memory of the caller's; a trace spells what stands at its begin.
std::string check_result(const Call& seen, const check::Signature& signature, const Produced& produced,
                         const Variables& variables) {
  if (!produced.has_value || produced.value_at != 0) return "";
  for (std::size_t i = 0; i < signature.count; ++i) {
    const Value& given = seen.arguments[i].value;
    if (signature.types[i] != spec::ArgumentType::result || given.kind != ValueKind::address) continue;
    const auto out = std::ranges::find(seen.out, given.text, &Field::name);
    if (out == seen.out.end() || out->value.kind != ValueKind::number) continue;
    if (const std::uint64_t word = word_of(out->value, variables); word != produced.value)
      return "it gave " + std::to_string(word) + " for " + std::to_string(produced.value);
  }
  return "";
}

std::string check_output(Candidate& candidate, const Call& seen, const model::Call& call, const Produced& produced,
                         const Variables& variables) {
  const check::Signature& signature = check::signature_of(call.function);
  if (std::string problem = check_result(seen, signature, produced, variables); !problem.empty()) return problem;
  if (signature.output < 0) return "";
  const auto position = static_cast<std::size_t>(signature.output);
  if (call[position].kind != ArgumentKind::pointer) {
    if (produced.handle.kind == HandleKind::instance) candidate.bindings.forget(model::InstanceId{produced.handle.id});
    return "";
  }
  const std::string& variable = seen.arguments[position].value.text;
  const Left left = left_in(variable, seen, variables);
  if (produced.handle.kind != HandleKind::zero) return check_handle(candidate, produced.handle, left);
  return check_nothing_made(candidate, seen, signature.types[position], produced, left, variables[variable]);
}

}  // namespace

bool ends_alike(const Call& seen, const model::Outcome& outcome) {
  switch (outcome.clause->ending) {
    case model::Ending::returns: return seen.end == End::returned && seen.code == outcome.code;
    case model::Ending::crashes: return seen.end == End::crashed;
    case model::Ending::hangs: return seen.end == End::hung;
  }
  return false;
}

std::optional<Candidate> after(const Candidate& before, const Call& seen, const model::Call& call,
                               const model::Outcome& outcome, const Variables& variables, std::string& mismatch) {
  Candidate next = before;
  const Produced produced = model::apply(next.world, call, outcome);
  if (seen.end != End::returned) return next;
  std::string problem = check_output(next, seen, call, produced, variables);
  if (problem.empty()) return next;
  mismatch = std::move(problem);
  return std::nullopt;
}

}  // namespace esentcheck::trace
