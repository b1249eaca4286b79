#include "harness/check/answering.hpp"

#include "harness/check/outputs.hpp"

namespace esentcheck::check {
namespace {

/// What the step reads as a number from a buffer.
void give_value(const plan::Step& call, const model::Produced& produced, std::optional<std::uint64_t> otherwise,
                subject::Observation& seen) {
  const plan::Symbol* buffer = buffer_of(call);
  if (buffer == nullptr || plan::reading_in(buffer->count).as != plan::ReadAs::number) return;
  seen.has_number = true;
  if (produced.has_value && reads_value(call, produced))
    seen.number = produced.value;
  else
    seen.number = otherwise.value_or(0);
}

}  // namespace

void Answering::give(const plan::Step& step, const Referee& referee, subject::Observation& seen,
                     std::optional<std::uint64_t> otherwise) {
  if (seen.code < 0) return;
  const plan::Step* pending = referee.pending_on(step.thread);
  const plan::Step& call = step.kind == plan::StepKind::finish && pending != nullptr ? *pending : step;
  // Found by trying the call on a copy of the world.
  const model::Produced produced = referee.foresee(step, seen);
  give_value(call, produced, otherwise, seen);
  const int position = output_position(call.function);
  if (position < 0) return;
  const plan::Symbol& symbol = call.arguments[static_cast<std::size_t>(position)];
  if (symbol.kind != plan::SymbolKind::address) return;
  const auto variable = static_cast<plan::Variable>(symbol.number);
  seen.out_written = true;
  if (produced.has_number)
    seen.out = produced.number;
  else if (otherwise)
    seen.out = *otherwise;
  else if (produced.handle.kind == model::HandleKind::instance &&
           referee.instance_in(variable).kind == model::HandleKind::instance)
    seen.out = referee.value_of(variable);
  else
    seen.out = next_word();
}

}  // namespace esentcheck::check
