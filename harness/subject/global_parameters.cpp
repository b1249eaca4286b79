#include "harness/subject/global_parameters.hpp"

#include <algorithm>
#include <array>

namespace esentcheck::subject {
namespace {

using abi::Word;
using abi::Words;

Word address_of(void* memory) { return reinterpret_cast<Word>(memory); }

bool is_text(spec::ParameterType type) {
  return type == spec::ParameterType::text || type == spec::ParameterType::folder || type == spec::ParameterType::path;
}

}  // namespace

GlobalParameters::GlobalParameters(const Library& library) : values_(read(library)) {}

std::vector<GlobalParameters::Value> GlobalParameters::read(const Library& library) {
  std::vector<Value> values;
  const Library::Entry& get = library.entry(spec::Function::JetGetSystemParameter);
  if (get.address == nullptr) return values;
  for (const spec::ParameterRow& row : spec::parameters()) {
    if (row.type == spec::ParameterType::pointer || row.read_only) continue;
    Value value{.parameter = row.parameter, .is_text = is_text(row.type)};
    std::array<char, 1024> text{};
    const auto id = static_cast<Word>(row.parameter);
    const abi::JET_ERR code =
        value.is_text ? get.invoke(get.address, Words{0, 0, id, 0, address_of(text.data()), Word{text.size()}})
                      : get.invoke(get.address, Words{0, 0, id, address_of(&value.number), 0, 0});
    value.text = text.data();
    if (code == 0) values.push_back(std::move(value));
  }
  return values;
}

void GlobalParameters::put_back(const Library& library) const {
  const Library::Entry& set = library.entry(spec::Function::JetSetSystemParameter);
  if (set.address == nullptr) return;
  // Twice: some cannot be set while others forbid it.
  for (int round = 0; round < 2; ++round) {
    const std::vector<Value> now = read(library);
    for (const Value& value : values_) {
      if (std::ranges::find(now, value) != now.end()) continue;
      std::string text = value.text;
      set.invoke(set.address, Words{0, 0, static_cast<Word>(value.parameter), value.number,
                                    value.is_text ? address_of(text.data()) : 0, 0});
    }
  }
}

}  // namespace esentcheck::subject
