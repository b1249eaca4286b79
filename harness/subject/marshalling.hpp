// From the symbols of a step to the words of a call, and from what the call left behind to an observation.
//
// Symbols that are plain words are decoded in place, for the sake of speed; the ones that need memory of their own (a
// buffer, a parameter array, restart information) have it in a Storage that outlives the call.
#pragma once

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/subject/abi.hpp"
#include "harness/subject/library.hpp"
#include "harness/subject/work.hpp"

namespace esentcheck::subject {

using abi::Word;
using abi::Words;

/// What stands in an out-parameter before the call: no handle, number or pointer that a library would write.
inline constexpr Word untouched = 0xd15e'a5ed'0dd8'a11d;

/// The n-th handle that was never given out. Far from small numbers, from any address that a process has and from each
/// other, also in its lower half, which is all that a database id has; aligned, so that a library which follows it fails
/// at the access and not before.
constexpr Word garbage_handle(std::uint64_t n) { return 0x5eed'0000'5ee0'0000 + (n * 8); }

/// What symbols refer to.
struct Referents {
  Word* variables = nullptr;
  const char* texts = nullptr;
  const plan::Setting* settings = nullptr;
};

/// False: the symbol needs memory; it is left alone, and so is an address, which belongs to an OutSlot.
inline bool decode(const plan::Symbol& symbol, const Referents& referents, Word& word) {
  using enum plan::SymbolKind;
  switch (symbol.kind) {
    case absent:
    case null: word = 0; return true;
    case nil: word = ~Word{0}; return true;
    case number: word = symbol.number; return true;
    case value: word = referents.variables[symbol.number]; return true;
    case garbage: word = garbage_handle(symbol.number); return true;
    case text: word = reinterpret_cast<std::uintptr_t>(referents.texts + symbol.number); return true;
    case address:
    case callback:
    case restart_info:
    case parameter_list:
    case buffer:
    case memory: break;
  }
  return false;
}

/// The memory behind an out-parameter.
///
/// Before a call it holds `untouched`, or what the variable holds where the call reads it. It counts as written
/// afterwards when it has changed; an integer that is read, too, counts as written by every call that succeeds, since
/// reading a parameter that already has the variable's value is indistinguishable from writing nothing.
class OutSlot {
 public:
  OutSlot(const Library::Entry& entry, Word variable) : before_(entry.out_is_read ? variable : untouched) {
    if (entry.out_width == sizeof narrow_) before_ = static_cast<std::uint32_t>(before_);
    wide_ = before_;
    narrow_ = static_cast<std::uint32_t>(before_);
  }

  Word address(const Library::Entry& entry) {
    return entry.out_width == sizeof narrow_ ? reinterpret_cast<std::uintptr_t>(&narrow_)
                                             : reinterpret_cast<std::uintptr_t>(&wide_);
  }

  /// Fills in what was seen, and stores in the variable what the call wrote, and only that.
  void observe(const Library::Entry& entry, Observation& seen, Word& variable) const {
    const Word now = entry.out_width == sizeof narrow_ ? narrow_ : wide_;
    const bool number_was_read = entry.out_is_read && !entry.out_is_instance && seen.code >= 0;
    seen.out_written = now != before_ || number_was_read;
    if (seen.out_written) variable = now;
    seen.out = seen.out_written || entry.out_is_read ? now : 0;
  }

 private:
  Word before_;
  std::uintptr_t wide_ = 0;
  std::uint32_t narrow_ = 0;
};

/// Memory for the arguments of one call that are more than a word.
class Storage {
 public:
  /// Gives the word for a symbol that decode() refuses, addresses excepted.
  Word hold(const plan::Symbol&, const Referents&, abi::JET_PFNSTATUS callback);

  /// Gives the address where the call is to put a list of instances.
  Word hold_list() { return reinterpret_cast<std::uintptr_t>(&list_); }

  /// Reads what the call wrote to its buffer, if it did.
  void observe(Observation&, TextSink&) const;

  /// The list that the call has made, spelled out in `seen`, and its address. `count` is what the call says of its length.
  Word observe_list(std::size_t count, Observation& seen, TextSink& sink) const;

 private:
  std::string_view text() const;
  std::string wide_text() const;
  std::vector<abi::JET_SETSYSPARAM_A> parameters_;
  abi::JET_RSTINFO restart_{};
  std::unique_ptr<char[]> buffer_;  // exactly as large as the call is told, so that a sanitizer sees an overrun
  std::size_t buffer_size_ = 0;
  plan::Reading reading_;
  std::unique_ptr<char[]> memory_;
  abi::JET_INSTANCE_INFO_A* list_ = nullptr;
};

}  // namespace esentcheck::subject
