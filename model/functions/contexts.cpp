// JetSetSessionContext and JetResetSessionContext: a session that may move between threads.
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;

void set_context(World& world, const Call& call, Produced&) {
  Session& session = world.sessions[call[0].handle.id];
  session.has_context = true;
  session.context = call[1].number;
  session.context_thread = call.thread;
}

void reset_context(World& world, const Call& call, Produced&) {
  Session& session = world.sessions[call[0].handle.id];
  session.has_context = false;
  session.context = 0;
  session.context_thread = ThreadId{};
}

constexpr auto set_context_clauses = join(
    session_gate,
    clauses({
        {.code = Code::errInvalidParameter,
         .guard =
             [](const Context& c) { return must_if(c.call[1].number == 0 || c.call[1].number == ~std::uint64_t{0}); }},
        {.code = Code::errSessionContextAlreadySet,
         .guard = [](const Context& c) { return must_if(c.session != nullptr && c.session->has_context); }},
        {.code = Code::errSessionSharingViolation,
         .guard =
             [](const Context& c) {
               return may_if(c.session != nullptr && c.session->depth > 0 && !c.session->begun_in_context);
             },
         .readings = documented_only,
         .basis = Basis::prose,
         .name = "TooLate",
         .reason = "must be called before the transaction is opened; the page names no code for a call that "
                   "comes too late"},
        {.code = Code::errSuccess, .guard = nullptr, .effect = set_context},
    }));

constexpr auto reset_context_clauses = join(
    session_gate_without_stop, clauses({
                                   {.code = Code::errSessionContextNotSetByThisThread,
                                    .guard =
                                        [](const Context& c) {
                                          if (c.session == nullptr) return Holds::no;
                                          if (c.session->has_context)
                                            return must_if(c.session->context_thread != c.call.thread);
                                          return c.profile.reading == Reading::documented ? Holds::may : Holds::must;
                                        },
                                    .reason = "no code is given for a session whose context was never set"},
                                   {.code = Code::errSuccess, .guard = nullptr, .effect = reset_context},
                               }));

}  // namespace

std::span<const FunctionModel> context_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetSetSessionContext, Addressing::session,
                    &evaluate<Addressing::session, set_context_clauses>, set_context_clauses},
      FunctionModel{Function::JetResetSessionContext, Addressing::session,
                    &evaluate<Addressing::session, reset_context_clauses>, reset_context_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
