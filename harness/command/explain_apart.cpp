#include "harness/command/explain_apart.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>

#include "harness/command/judging.hpp"
#include "harness/explore/alphabet.hpp"
#include "harness/explore/apart.hpp"
#include "harness/scenario/writer.hpp"

namespace esentcheck::command {
namespace {

using explore::Apart;
using explore::Separation;

std::string_view reading_part(std::string_view text) { return text.substr(0, text.find(':')); }

Result<model::Profile> read_profile(const std::string& text) {
  model::Profile profile;
  const auto reading = model::reading_named(reading_part(text));
  if (!reading) return fail("explain", fmt::format("\"{}\" is not one of documented, engine, engine-fast", text));
  profile.reading = *reading;
  if (const std::size_t at = text.find(':'); at != std::string::npos) {
    const auto release = spec::release_named(text.substr(at + 1));
    if (!release) return fail("explain", fmt::format("no release is called \"{}\"", text.substr(at + 1)));
    profile.release = *release;
  }
  return profile;
}

const plan::Step& step_at(std::size_t position) { return explore::alphabet().plan.steps[position]; }

std::string codes_of(const std::vector<const model::Clause*>& clauses) {
  std::vector<std::string_view> names;
  for (const model::Clause* clause : clauses)
    if (const std::string_view name = spec::row(clause->code)->name; std::ranges::find(names, name) == names.end())
      names.push_back(name);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string spelled(const scenario::Given& given) {
  if (const auto* number = std::get_if<std::uint64_t>(&given)) return fmt::format(", giving {}", *number);
  return fmt::format(", giving \"{}\"", std::get<std::string>(given));
}

void print_calls(const Separation& separation) {
  for (std::size_t i = 0; i < separation.calls.size(); ++i)
    fmt::print("    {}. {}{}\n", i + 1, plan::spell(explore::alphabet().plan, step_at(separation.calls[i])),
               i < separation.codes.size() ? fmt::format("  {}", spec::row(separation.codes[i])->name) : "");
}

void print_answers(const ExplainOptions& options, const Separation& separation) {
  const spec::Function function = step_at(separation.calls.back()).function;
  const std::array names{options.name, options.other};
  for (std::size_t side = 0; side < 2; ++side) {
    const std::optional<scenario::Given>& gives = separation.gives[side];
    fmt::print("       {} answers {}{}\n", names[side], codes_of(separation.allowed[side]),
               gives ? spelled(*gives) : "");
    for (const model::Clause* clause : separation.allowed[side])
      fmt::print("         {}\n", model::id_of(function, *clause));
  }
}

void print(const ExplainOptions& options, const Apart& apart) {
  if (apart.by_function.empty()) {
    fmt::print("Nothing tells {} from {} in up to {} calls of {} kinds, on {} states.\n", options.name, options.other,
               apart.depth, explore::alphabet().plan.steps.size(), apart.states);
    return;
  }
  fmt::print("The shortest calls that tell {} from {}, by the function of the last one:\n\n", options.name,
             options.other);
  for (const Separation& separation : apart.by_function) {
    fmt::print("  {}, {} call{}\n", spec::row(step_at(separation.calls.back()).function).name, separation.calls.size(),
               separation.calls.size() == 1 ? "" : "s");
    print_calls(separation);
    print_answers(options, separation);
  }
  fmt::print("\n{} functions tell them apart in up to {} calls of {} kinds, on {} states; nothing shorter does.\n",
             apart.by_function.size(), apart.depth, explore::alphabet().plan.steps.size(), apart.states);
}

/// One file for each function that tells them apart.
std::optional<Diagnostic> write(const ExplainOptions& options, const Apart& apart, const model::Profile& one,
                                const model::Profile& other) {
  if (auto problem = prepare(options.out)) return problem;
  for (const Separation& separation : apart.by_function) {
    const std::string_view function = spec::row(step_at(separation.calls.back()).function).name;
    const std::filesystem::path path = options.out / fmt::format("{}.yaml", function);
    std::ofstream file(path);
    file << scenario::write_scenario(explore::as_scenario(separation, one, other));
    file.close();
    if (!file) return Diagnostic{path.string(), "cannot be written"};
    fmt::print("{}\n", path.string());
  }
  return std::nullopt;
}

}  // namespace

bool is_profile(std::string_view text) { return model::reading_named(reading_part(text)).has_value(); }

ExitStatus explain_apart(const ExplainOptions& options) {
  if (!is_profile(options.name))
    return complain({"explain", fmt::format("there is one argument too many: \"{}\"", options.other)},
                    ExitStatus::bad_input);
  if (options.other.empty())
    return complain({"explain", fmt::format("{} is a profile, and the one to tell it from is missing", options.name)},
                    ExitStatus::bad_input);
  const auto one = read_profile(options.name);
  if (!one) return complain(one.error(), ExitStatus::bad_input);
  const auto other = read_profile(options.other);
  if (!other) return complain(other.error(), ExitStatus::bad_input);
  const Apart apart = explore::tell_apart(*one, *other, {.depth = options.depth});
  print(options, apart);
  if (!options.out.empty())
    if (const auto problem = write(options, apart, *one, *other)) return complain(*problem, ExitStatus::no_output);
  return ExitStatus::conforms;
}

}  // namespace esentcheck::command
