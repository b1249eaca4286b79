#include "harness/subject/arguments.hpp"

namespace esentcheck::subject {

void Arguments::gather(const Library::Entry& entry, const plan::Step& step, const Referents& referents,
                       abi::JET_PFNSTATUS callback) {
  for (std::size_t i = 0; i < entry.arguments; ++i) {
    const plan::Symbol& symbol = step.arguments[i];
    if (decode(symbol, referents, words[i])) continue;
    if (symbol.kind == plan::SymbolKind::address) {
      if (static_cast<std::int8_t>(i) == entry.out) {
        slot_.emplace(entry, referents.variables[symbol.number]);
        words[i] = slot_->address(entry);
      } else if (static_cast<std::int8_t>(i) == entry.list) {
        words[i] = storage_.hold_list();
      }
      continue;  // elsewhere there is nothing that such an address could mean: NULL
    }
    if (symbol.kind == plan::SymbolKind::callback || symbol.kind == plan::SymbolKind::restart_info) {
      takes_callback = true;
      callback_code = static_cast<abi::JET_ERR>(symbol.number);
    }
    words[i] = storage_.hold(symbol, referents, callback);
  }
}

void Arguments::observe(const Library::Entry& entry, const plan::Step& step, Observation& seen, Word* variables,
                        TextSink& sink) const {
  if (slot_) slot_->observe(entry, seen, variables[step.arguments[static_cast<std::uint8_t>(entry.out)].number]);
  storage_.observe(seen, sink);
  if (entry.list >= 0) observe_list(entry, step, seen, variables, sink);
}

/// A list is read where the call succeeded and has said how long it is; otherwise there is none, and none to free.
void Arguments::observe_list(const Library::Entry& entry, const plan::Step& step, Observation& seen, Word* variables,
                             TextSink& sink) const {
  const plan::Symbol& symbol = step.arguments[static_cast<std::uint8_t>(entry.list)];
  if (symbol.kind != plan::SymbolKind::address) return;
  variables[symbol.number] = 0;
  if (seen.code < 0) return;
  const std::size_t count = seen.out_written ? seen.out : 0;
  variables[symbol.number] = storage_.observe_list(count, seen, sink);
}

}  // namespace esentcheck::subject
