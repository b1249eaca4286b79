// Where a step's call puts what it gives besides its out-pointer.
#pragma once

#include "harness/plan/plan.hpp"
#include "model/clause.hpp"

namespace esentcheck::check {

/// The buffer that the call may write to, or nullptr.
inline const plan::Symbol* buffer_of(const plan::Step& step) {
  for (const plan::Symbol& symbol : step.arguments)
    if (symbol.kind == plan::SymbolKind::buffer) return &symbol;
  return nullptr;
}

/// Whether the step looks at the place where the model knows a value.
inline bool reads_value(const plan::Step& step, const model::Produced& produced) {
  const plan::Symbol* buffer = buffer_of(step);
  if (buffer == nullptr) return false;
  const plan::Reading reading = plan::reading_in(buffer->count);
  return reading.as == plan::ReadAs::number && reading.at == produced.value_at;
}

}  // namespace esentcheck::check
