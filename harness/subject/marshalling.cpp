#include "harness/subject/marshalling.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace esentcheck::subject {
namespace {

/// What stands in a caller's buffer before the call; no text begins with it.
constexpr char unwritten = '\xa5';
constexpr char16_t unwritten_unit = 0xa5a5;

/// Halves of a surrogate pair stay two characters: no name of ours needs them.
void append_utf8(char16_t unit, std::string& text) {
  if (unit < 0x80) {
    text += static_cast<char>(unit);
    return;
  }
  if (unit < 0x800) {
    text += static_cast<char>(0xc0 | unit >> 6);
  } else {
    text += static_cast<char>(0xe0 | unit >> 12);
    text += static_cast<char>(0x80 | (unit >> 6 & 0x3f));
  }
  text += static_cast<char>(0x80 | (unit & 0x3f));
}

/// "one(a.edb, b.edb)": an instance's name and its databases in the order of the alphabet, without their folders, which
/// each library spells in its own way.
std::string spell(const abi::JET_INSTANCE_INFO_A& instance) {
  std::vector<std::string> databases;
  for (std::size_t i = 0; instance.szDatabaseFileName != nullptr && i < instance.cDatabases; ++i) {
    const std::string_view path = instance.szDatabaseFileName[i] != nullptr ? instance.szDatabaseFileName[i] : "";
    databases.emplace_back(path.substr(path.find_last_of("/\\") + 1));
  }
  std::ranges::sort(databases);
  std::string text = instance.szInstanceName != nullptr ? instance.szInstanceName : "";
  text += '(';
  for (const std::string& database : databases) text += (text.back() == '(' ? "" : ", ") + database;
  return text + ')';
}

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
      reading_ = plan::reading_in(symbol.count);
      buffer_.reset(new char[buffer_size_]);
      std::fill_n(buffer_.get(), buffer_size_, unwritten);
      return pointer(buffer_.get());
    case plan::SymbolKind::memory:
      memory_ = std::make_unique<char[]>(symbol.count);
      for (std::size_t i = 0; i < std::min<std::size_t>(symbol.count, sizeof symbol.number); ++i)
        memory_[i] = static_cast<char>(symbol.number >> (8 * i));
      return pointer(memory_.get());
    default: return plain(symbol);
  }
}

/// Without a terminating zero the text ends where the call stopped writing.
std::string_view Storage::text() const {
  const std::string_view all(buffer_.get(), buffer_size_);
  return all.substr(0, std::min(all.find('\0'), all.find_last_not_of(unwritten) + 1));
}

std::string Storage::wide_text() const {
  std::string text;
  for (std::size_t i = 0; i + 1 < buffer_size_; i += 2) {
    const auto low = static_cast<unsigned char>(buffer_[i]);
    const auto high = static_cast<unsigned char>(buffer_[i + 1]);
    const auto unit = static_cast<char16_t>(low | high << 8);
    if (unit == 0 || unit == unwritten_unit) break;
    append_utf8(unit, text);
  }
  return text;
}

void Storage::observe(Observation& seen, TextSink& sink) const {
  const std::string_view all(buffer_.get(), buffer_size_);
  if (reading_.as == plan::ReadAs::nothing || all.find_first_not_of(unwritten) == std::string_view::npos) return;
  if (reading_.as == plan::ReadAs::number) {
    const std::string_view bytes = all.substr(std::min<std::size_t>(reading_.at, all.size()), reading_.bytes);
    if (bytes.find_first_not_of(unwritten) == std::string_view::npos) return;
    seen.has_number = true;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      seen.number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return;
  }
  seen.has_text = true;
  seen.text_offset = sink.append(reading_.as == plan::ReadAs::text ? std::string(text()) : wide_text());
}

Word Storage::observe_list(std::size_t count, Observation& seen, TextSink& sink) const {
  std::vector<std::string> instances;
  for (std::size_t i = 0; list_ != nullptr && i < count; ++i) instances.push_back(spell(list_[i]));
  std::ranges::sort(instances);
  std::string text;
  for (const std::string& instance : instances) text += (text.empty() ? "" : " ") + instance;
  seen.has_text = true;
  seen.text_offset = sink.append(text);
  return reinterpret_cast<std::uintptr_t>(list_);
}

}  // namespace esentcheck::subject
