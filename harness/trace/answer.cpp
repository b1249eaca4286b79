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

bool bind(Candidate& candidate, Handle handle, std::uint64_t word) {
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

std::string check_nothing_made(const Call& seen, spec::ArgumentType type, const Produced& produced, const Left& left,
                               std::uint64_t before) {
  if (static_cast<std::int32_t>(seen.code) < 0) {
    const bool nothing = !left.written || left.word == 0 || left.word == nil || left.word == before;
    return check::is_handle(type) && !nothing ? "the refused call left something that looks like a handle" : "";
  }
  if (!produced.has_number || (left.written && left.word == produced.number)) return "";
  return "it gave " + (left.written ? std::to_string(left.word) : std::string("nothing")) + " for " +
         std::to_string(produced.number);
}

std::string check_output(Candidate& candidate, const Call& seen, const model::Call& call, const Produced& produced,
                         const Variables& variables) {
  const check::Signature& signature = check::signature_of(call.function);
  if (signature.output < 0) return "";
  const auto position = static_cast<std::size_t>(signature.output);
  if (call[position].kind != ArgumentKind::pointer) {
    if (produced.handle.kind == HandleKind::instance) candidate.bindings.forget(model::InstanceId{produced.handle.id});
    return "";
  }
  const std::string& variable = seen.arguments[position].value.text;
  const Left left = left_in(variable, seen, variables);
  if (produced.handle.kind != HandleKind::zero) return check_handle(candidate, produced.handle, left);
  return check_nothing_made(seen, signature.types[position], produced, left, variables[variable]);
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
