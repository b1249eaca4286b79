#include "harness/subject/marshalling.hpp"

#include <algorithm>
#include <string_view>

namespace esentcheck::subject {
namespace {

/// What stands in a caller's buffer before the call; no text begins with it.
constexpr char unwritten = '\xa5';

}  // namespace

Word Storage::hold(const plan::Symbol& symbol, const Referents& referents, abi::JET_PFNSTATUS callback) {
  const auto plain = [&](const plan::Symbol& inner) {
    Word word = 0;
    decode(inner, referents, word);
    return word;
  };
  const auto pointer = [](auto* object) { return Word{reinterpret_cast<std::uintptr_t>(object)}; };

  switch (symbol.kind) {
    case plan::SymbolKind::callback: return pointer(callback);
    case plan::SymbolKind::restart_info:
      restart_.cbStruct = sizeof restart_;
      restart_.pfnStatus = callback;
      return pointer(&restart_);
    case plan::SymbolKind::parameter_list:
      for (std::uint32_t i = 0; i < symbol.count; ++i) {
        const plan::Setting& setting = referents.settings[symbol.number + i];
        parameters_.push_back({.paramid = setting.parameter,
                               .lParam = static_cast<abi::JET_API_PTR>(plain(setting.number)),
                               .sz = abi::from_word<const char*>(plain(setting.text)),
                               .err = 0});
      }
      return pointer(parameters_.data());
    case plan::SymbolKind::buffer:
      buffer_size_ = static_cast<std::size_t>(symbol.number);
      buffer_.reset(new char[buffer_size_]);
      std::fill_n(buffer_.get(), buffer_size_, unwritten);
      return pointer(buffer_.get());
    default: return plain(symbol);
  }
}

void Storage::observe(Observation& seen, TextSink& sink) const {
  const std::string_view all(buffer_.get(), buffer_size_);
  if (all.find_first_not_of(unwritten) == std::string_view::npos) return;
  // Without a terminating zero the text ends where the call stopped writing.
  const auto end = std::min(all.find('\0'), all.find_last_not_of(unwritten) + 1);
  seen.has_text = true;
  seen.text_offset = sink.append(all.substr(0, end));
}

}  // namespace esentcheck::subject
