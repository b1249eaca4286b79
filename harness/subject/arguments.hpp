// The arguments of one call, from its step's symbols to what the call has left behind them.
#pragma once

#include <optional>

#include "harness/subject/marshalling.hpp"

namespace esentcheck::subject {

/// Has to stay where it is until the call has returned.
struct Arguments {
  Words words{};
  bool takes_callback = false;
  abi::JET_ERR callback_code = 0;  ///< what its status callbacks return

  /// `callback` is what the library is given as its JET_PFNSTATUS.
  void gather(const Library::Entry&, const plan::Step&, const Referents&, abi::JET_PFNSTATUS callback);

  /// Fills in what was seen besides the code, and puts into the variables what the call wrote, and only that.
  void observe(const Library::Entry&, const plan::Step&, Observation&, Word* variables, TextSink&) const;

 private:
  void observe_list(const Library::Entry&, const plan::Step&, Observation&, Word* variables, TextSink&) const;

  std::optional<OutSlot> slot_;
  Storage storage_;
};

}  // namespace esentcheck::subject
