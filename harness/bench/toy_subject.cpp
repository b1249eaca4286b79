#include "harness/bench/toy_subject.hpp"

namespace esentcheck::bench {

using plan::Step;
using plan::Symbol;
using plan::SymbolKind;
using spec::Function;
using subject::Observation;

std::optional<Diagnostic> ToySubject::start(const plan::Plan& plan) {
  engine_ = ToyEngine();
  variables_.assign(plan.variables.size(), 0);
  return std::nullopt;
}

std::uint64_t ToySubject::word(const Symbol& symbol) const {
  if (symbol.kind == SymbolKind::value) [[likely]]
    return variables_[symbol.number];
  switch (symbol.kind) {
    case SymbolKind::number: return symbol.number;
    case SymbolKind::nil: return ~std::uint64_t{0};
    case SymbolKind::garbage: return 0x5eed00005ee00000 + (symbol.number * 8);
    default: return 0;
  }
}

void ToySubject::perform(const subject::Batch& batch) {
  for (std::size_t i = 0; i < batch.steps.size(); ++i) {
    const Step& step = batch.steps[i];
    Observation& seen = batch.observations[i];
    seen = {};
    seen.end = subject::End::returned;
    const Symbol& out = step.arguments[1];
    std::uint64_t handle = 0;
    std::uint64_t* const where = out.kind == SymbolKind::address ? &handle : nullptr;
    switch (step.function) {
      case Function::JetBeginSession: seen.code = engine_.begin_session(word(step.arguments[0]), where); break;
      case Function::JetDupSession: seen.code = engine_.dup_session(word(step.arguments[0]), where); break;
      case Function::JetEndSession: seen.code = engine_.end_session(word(step.arguments[0])); break;
      case Function::JetCreateInstance: handle = ToyEngine::instance_handle; [[fallthrough]];
      default:  // Parameters and JetInit: accepted.
        seen.code = ToyEngine::success;
        if (step.function == Function::JetCreateInstance) {
          seen.out_written = true;
          seen.out = variables_[step.arguments[0].number] = handle;
        }
        continue;
    }
    if (seen.code == ToyEngine::success && handle != 0) {
      seen.out_written = true;
      seen.out = variables_[out.number] = handle;
    }
  }
}

}  // namespace esentcheck::bench
