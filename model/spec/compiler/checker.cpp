#include "model/spec/compiler/checker.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <string_view>

#include "model/spec/compiler/text.hpp"

namespace esentcheck::spec::compiler {
namespace {

bool is_identifier(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) == 0 &&
         std::ranges::all_of(text,
                             [](unsigned char character) { return std::isalnum(character) != 0 || character == '_'; });
}

/// Names of one kind: prefix, spelling, and that each stands once.
class Names {
 public:
  Names(std::string what, Complaints& complaints) : what_(std::move(what)), complaints_(&complaints) {}

  /// `rest` is what the generated enumerator will be called.
  void add(const Word& name, std::string_view rest) {
    if (name.text.empty()) return;  // the reader has complained
    if (!is_identifier(rest)) {
      complaints_->add(name.place, "'" + name.text + "' is no name for " + what_ + ".");
      return;
    }
    const auto [first, is_new] = lines_.emplace(name.text, name.place.line);
    if (!is_new) {
      complaints_->add(name.place,
                       "the name " + name.text + " is taken by line " + std::to_string(first->second) + ".");
    }
  }

  bool contains(const std::string& name) const { return lines_.count(name) != 0; }

 private:
  std::string what_;
  std::map<std::string, int> lines_;
  Complaints* complaints_;
};

/// What follows one of the prefixes; empty when the name has none of them.
std::string_view after(std::string_view name, std::string_view prefix) {
  return name.starts_with(prefix) ? name.substr(prefix.size()) : std::string_view{};
}

/// The enumerator of a named number; empty when its name does not say what it is for.
std::string named_number(std::string_view name) {
  for (const std::string_view prefix :
       {"JET_bit", "JET_DbInfo", "JET_InstanceMiscInfo", "JET_ErrorInfo", "JET_sesparam"})
    if (!after(name, prefix).empty()) return bit_enumerator(name);
  return {};
}

template <typename Row>
void check_unique_numbers(const std::vector<Row>& rows, Complaints& complaints) {
  std::map<std::int64_t, const Row*> owners;
  for (const Row& row : rows) {
    if (row.name.text.empty()) continue;
    const auto [first, is_new] = owners.emplace(row.number.value, &row);
    if (!is_new) {
      complaints.add(row.number.place, "the number " + std::to_string(row.number.value) + " of " + row.name.text +
                                           " is taken by " + first->second->name.text + " in line " +
                                           std::to_string(first->second->number.place.line) + ".");
    }
  }
}

void check_code(const Code& code, Complaints& complaints) {
  const bool warning = code.name.text.starts_with("JET_wrn");
  const bool success = code.name.text == "JET_errSuccess";
  const std::int64_t number = code.number.value;
  if (success ? number != 0 : warning ? number <= 0 : number >= 0) {
    complaints.add(code.number.place, code.name.text + " is " +
                                          (success   ? "zero"
                                           : warning ? "positive"
                                                     : "negative") +
                                          ", not " + std::to_string(number) + ".");
  }
}

auto rank(std::string_view release) { return std::ranges::find(releases, release); }

void check_function(const Function& function, const Names& codes, Complaints& complaints) {
  Names arguments("an argument", complaints);
  for (const Argument& argument : function.arguments) arguments.add(argument.name, argument.name.text);

  std::map<std::string, int> lines;
  for (const DocumentedCode& row : function.codes) {
    if (row.code.text.empty()) continue;
    if (!codes.contains(row.code.text)) {
      complaints.add(row.code.place, "no code is called " + row.code.text + ".");
    }
    const auto [first, is_new] = lines.emplace(row.code.text, row.code.place.line);
    if (!is_new) {
      complaints.add(row.code.place, function.name.text + " has " + row.code.text + " already in line " +
                                         std::to_string(first->second) + ".");
    }
    const std::string_view since = row.since.text.empty() ? function.introduced_in : row.since.text;
    if (rank(since) < rank(function.introduced_in)) {
      complaints.add(row.since.place, "nothing is returned since " + std::string(since) + " by " + function.name.text +
                                          ", which " + function.introduced_in + " introduced.");
    }
    if (rank(row.until.text) < rank(since)) {
      complaints.add(row.until.place,
                     "'until' is " + row.until.text + ", before the " + std::string(since) + " of 'since'.");
    }
  }
}

void check_parameter(const Parameter& parameter, Complaints& complaints) {
  if (parameter.minimum > parameter.maximum) {
    complaints.add(parameter.range_place, "the range of " + parameter.name.text + " is empty.");
  }
  if (!parameter.default_number) return;
  const std::uint64_t value = *parameter.default_number;
  const bool allowed = parameter.choices.empty()
                           ? value >= parameter.minimum && value <= parameter.maximum
                           : std::ranges::find(parameter.choices, value) != parameter.choices.end();
  if (!allowed) {
    complaints.add(parameter.default_place, "the default " + std::to_string(value) + " of " + parameter.name.text +
                                                " is not one of its values.");
  }
}

}  // namespace

void check(const Documentation& documentation, Complaints& complaints) {
  Names codes("a code", complaints);
  for (const Code& code : documentation.codes) {
    const std::string_view name = code.name.text;
    const bool prefixed = !after(name, "JET_err").empty() || !after(name, "JET_wrn").empty();
    codes.add(code.name, prefixed ? after(name, "JET_") : std::string_view{});
    if (prefixed) check_code(code, complaints);
  }
  check_unique_numbers(documentation.codes, complaints);

  Names functions("a function", complaints);
  for (const Function& function : documentation.functions) {
    const std::string_view name = function.name.text;
    functions.add(function.name, after(name, "Jet").empty() ? std::string_view{} : name);
    check_function(function, codes, complaints);
  }

  Names parameters("a parameter", complaints);
  for (const Parameter& parameter : documentation.parameters) {
    parameters.add(parameter.name, after(parameter.name.text, "JET_param"));
    check_parameter(parameter, complaints);
  }
  check_unique_numbers(documentation.parameters, complaints);

  Names bits("a bit", complaints);
  for (const Bit& bit : documentation.bits) {
    bits.add(bit.name, named_number(bit.name.text));
    for (const Word& function : bit.functions) {
      if (!functions.contains(function.text)) {
        complaints.add(function.place, "no function is called " + function.text + ".");
      }
    }
  }
}

}  // namespace esentcheck::spec::compiler
