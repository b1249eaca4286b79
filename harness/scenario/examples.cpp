#include "harness/scenario/examples.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/scenario/names.hpp"
#include "harness/scenario/reader.hpp"

namespace esentcheck::scenario {
namespace {

void add(Source& source, const Field& field, const YAML::Node& value, Example& example) {
  if (!is_variable_name(field.key, false))
    source.complain(field.key_node, fmt::format("\"{}\" is no name for an example", field.key));
  example.values.emplace_back(field.key, source.text_or_empty(value, fmt::format("example {}", field.key)));
}

std::vector<std::string_view> names_of(const Example& example) {
  std::vector<std::string_view> names;
  for (const auto& entry : example.values) names.push_back(entry.first);
  return names;
}

}  // namespace

std::vector<Example> read_examples(Source& source, const YAML::Node& node) {
  std::vector<Example> examples;
  if (node.IsMap()) {
    const Fields fields = source.fields(node, "examples");
    if (fields.all().size() != 1) {
      source.complain(node, "examples with several names are a list of rows, as in [{a: 1, b: 2}, {a: 3, b: 4}]");
      return examples;
    }
    const Field& only = fields.all().front();
    for (const YAML::Node& value : source.list(only.value, fmt::format("example {}", only.key)))
      add(source, only, value, examples.emplace_back());
  } else {
    for (const YAML::Node& row : source.list(node, "examples")) {
      const Fields fields = source.fields(row, "a row of examples");
      Example& example = examples.emplace_back();
      for (const Field& field : fields.all()) add(source, field, field.value, example);
      const auto expected = names_of(examples.front()), names = names_of(example);
      if (names.empty())
        source.complain(row, "a row of examples must not be empty");
      else if (!std::is_permutation(names.begin(), names.end(), expected.begin(), expected.end()))
        source.complain(row, fmt::format("every row of examples has the same names, here {}", enumerate(expected)));
    }
  }
  if (examples.empty()) source.complain(node, "examples must not be empty");
  if (examples.size() > most_examples)
    source.complain(node, fmt::format("a scenario has at most {} examples", most_examples));
  return examples;
}

}  // namespace esentcheck::scenario
