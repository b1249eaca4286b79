#include "harness/scenario/fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/scenario/names.hpp"

namespace esentcheck::scenario {
namespace {

using plan::Failure;
using plan::Fault;
using plan::Operation;
using plan::Times;

constexpr std::array<std::string_view, 12> fault_keys{"memory", "file", "open", "read",  "write",  "sync",
                                                      "rename", "map",  "as",   "times", "chance", "draw"};
constexpr std::array operations{Operation::memory, Operation::file, Operation::open,   Operation::read,
                                Operation::write,  Operation::sync, Operation::rename, Operation::map};
constexpr std::array failures{Failure::error, Failure::full, Failure::interrupted, Failure::part, Failure::power_cut};
constexpr std::uint64_t most_operations = 0xffff'ffff;

/// The one operation that the fault names, or nullptr after a complaint.
const Field* read_operation(Source& source, const YAML::Node& node, const Fields& fields, Fault& fault) {
  const Field* found = nullptr;
  for (const Operation operation : operations) {
    const Field* field = fields.find(name_of(operation));
    if (field == nullptr) continue;
    if (found != nullptr)
      source.complain(field->key_node, fmt::format("a fault has one operation, and {} is the second", field->key));
    found = field;
    fault.operation = operation;
  }
  if (found == nullptr) {
    std::vector<std::string_view> names;
    names.reserve(operations.size());
    for (const Operation operation : operations) names.push_back(name_of(operation));
    source.complain(node, fmt::format("a fault names an operation: {}", enumerate(names)));
  }
  return found;
}

void read_failure(Source& source, const Field& field, Fault& fault) {
  const std::string name = source.text(field.value, "as");
  std::vector<std::string_view> names;
  names.reserve(failures.size());
  for (const Failure failure : failures) {
    names.push_back(name_of(failure));
    if (name_of(failure) == name) fault.how = failure;
  }
  if (!source.failed() && std::ranges::find(names, name) == names.end())
    source.complain(field.value, fmt::format("an operation fails as {}, not \"{}\"", enumerate(names), name));
}

void read_times(Source& source, const Fields& fields, Fault& fault) {
  if (const Field* field = fields.find("times")) {
    const std::string name = source.text(field->value, "times");
    if (name == "once")
      fault.times = Times::once;
    else if (name != "always")
      source.complain(field->value, fmt::format("times is always or once, not \"{}\"", name));
  }
  if (const Field* field = fields.find("chance")) {
    if (fields.find("times") != nullptr) source.complain(field->key_node, "a fault has times or a chance, not both");
    fault.times = Times::by_chance;
    fault.chance = static_cast<std::uint8_t>(source.number(field->value, "chance", 1, 99));
  }
}

bool suits(Failure how, Operation operation) {
  switch (how) {
    case Failure::error: return true;
    case Failure::full:
      return operation == Operation::file || operation == Operation::open || operation == Operation::write ||
             operation == Operation::sync || operation == Operation::rename;
    case Failure::interrupted: return operation >= Operation::file && operation <= Operation::sync;
    case Failure::part:
      return operation == Operation::file || operation == Operation::read || operation == Operation::write;
    case Failure::power_cut: return operation >= Operation::file;
  }
  return false;
}

void check(Source& source, const Fields& fields, const Fault& fault) {
  const Field* as = fields.find("as");
  if (as != nullptr && !suits(fault.how, fault.operation))
    source.complain(as->value, fmt::format("{} does not fail as {}", name_of(fault.operation), name_of(fault.how)));
  if (fault.how == Failure::interrupted && fault.times == Times::always)
    source.complain(as->value,
                    "what is interrupted each time never comes to its end; say \"times: once\", or give a chance");
  if (fault.cuts_power())
    for (const std::string_view key : {"times", "chance"})
      if (const Field* field = fields.find(key))
        source.complain(field->key_node, fmt::format("the power is cut once, and has no {}", key));
  if (const Field* draw = fields.find("draw"); draw != nullptr && !fault.cuts_power() && fault.chance == 0)
    source.complain(draw->key_node, "draw decides a chance, or what survives a power cut, and here is neither");
}

}  // namespace

void read_fault(Source& source, const YAML::Node& node, Fault& fault, Expectation& expectation) {
  const Fields fields = source.fields(node, "fault", fault_keys);
  if (source.failed()) return;
  const Field* operation = read_operation(source, node, fields, fault);
  if (source.failed()) return;
  if (fault.of_memory() && operation->value.IsScalar() && operation->value.Scalar() == "each") {
    expectation.sweep = true;
    fault.from = 1;
    if (fields.all().size() > 1) source.complain(node, "\"memory: each\" stands alone in a fault");
    return;
  }
  fault.from = static_cast<std::uint32_t>(source.number(operation->value, operation->key, 1, most_operations));
  if (const Field* as = fields.find("as")) read_failure(source, *as, fault);
  read_times(source, fields, fault);
  if (const Field* draw = fields.find("draw"))
    fault.draw = static_cast<std::uint8_t>(source.number(draw->value, "draw", 0, 255));
  if (!source.failed()) check(source, fields, fault);
}

std::string fault_text(const Fault& fault, const Expectation& expectation) {
  if (expectation.sweep) return "{memory: each}";
  std::string text = fmt::format("{{{}: {}", name_of(fault.operation), fault.from);
  if (fault.how != Failure::error) text += fmt::format(", as: {}", name_of(fault.how));
  if (fault.times == Times::once && !fault.cuts_power()) text += ", times: once";
  if (fault.times == Times::by_chance) text += fmt::format(", chance: {}", fault.chance);
  if (fault.draw != 0) text += fmt::format(", draw: {}", fault.draw);
  return text + '}';
}

}  // namespace esentcheck::scenario
