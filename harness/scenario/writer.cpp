#include "harness/scenario/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "harness/scenario/fault.hpp"
#include "harness/scenario/names.hpp"

namespace esentcheck::scenario {
namespace {

using plan::Plan;
using plan::Step;
using plan::StepKind;
using plan::Symbol;
using plan::SymbolKind;
using plan::Until;

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (text.substr(i, 2) == "${")
      result += "$$";
    else if (c == '"' || c == '\\')
      result += {'\\', c};
    else if (c == '\n')
      result += "\\n";
    else if (c == '\t')
      result += "\\t";
    else if (byte < ' ' || byte == 0x7f)
      result += fmt::format("\\x{:02x}", byte);
    else
      result += c;
  }
  return result + '"';
}

/// Without quotes where YAML and every editor take it for the text that it is.
std::string scalar(std::string_view text) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '.' ||
           c == '_' || c == '/' || c == '-' || c == '(' || c == ')' || c == ';';
  };
  static constexpr std::array<std::string_view, 8> words{"null", "true", "false", "yes", "no", "on", "off", "nil"};
  std::string lower;
  for (const char c : text) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const bool starts_plain = !text.empty() && lower[0] >= 'a' && lower[0] <= 'z' && text.back() != ' ';
  if (starts_plain && std::all_of(text.begin(), text.end(), is_plain) &&
      std::find(words.begin(), words.end(), lower) == words.end())
    return std::string(text);
  return in_quotes(text);
}

template <class Texts>
std::string flow_list(const Texts& texts) {
  std::string result;
  for (const auto& text : texts) result += (result.empty() ? "" : ", ") + scalar(text);
  return '[' + result + ']';
}

std::string code_name(spec::Code code) {
  std::array<char, 12> buffer{};
  return std::string(spec::name_of(code, buffer));
}

std::string parameter_name(std::uint64_t number) {
  const spec::ParameterRow* row = number <= 0xffff'ffff ? spec::row(static_cast<spec::Parameter>(number)) : nullptr;
  return row != nullptr ? std::string(row->name) : std::to_string(number);
}

std::string number_of(const spec::ArgumentRow& row, std::uint64_t number) {
  constexpr std::uint64_t readable = 10;
  if (row.name == "paramid") return parameter_name(number);
  if (row.type == spec::ArgumentType::grbit && number >= readable) return fmt::format("0x{:x}", number);
  return std::to_string(number);
}

std::string settings_of(const Plan& plan, const Symbol& symbol) {
  std::string result;
  for (std::uint64_t i = symbol.number; i < symbol.number + symbol.count; ++i) {
    const plan::Setting& setting = plan.settings.at(i);
    result += fmt::format("{}{{paramid: {}", result.empty() ? "" : ", ", parameter_name(setting.parameter));
    if (setting.number.kind == SymbolKind::number) result += fmt::format(", lParam: {}", setting.number.number);
    if (setting.text.kind == SymbolKind::null) result += ", szParam: null";
    if (setting.text.kind == SymbolKind::text) result += ", szParam: " + in_quotes(plan.text_at(setting.text.number));
    result += '}';
  }
  return '[' + result + ']';
}

std::string buffer_of(const spec::ArgumentRow& row, const Symbol& symbol) {
  const plan::Reading reading = plan::reading_in(symbol.count);
  std::string read;
  if (reading.as == plan::ReadAs::wide_text) read = ", read: wide-text";
  if (reading.as == plan::ReadAs::text && row.type == spec::ArgumentType::result) read = ", read: text";
  if (reading.as == plan::ReadAs::number)
    read = fmt::format(", read: number, at: {}, bytes: {}", reading.at, reading.bytes);
  return fmt::format("{{buffer: {}{}}}", symbol.number, read);
}

std::string argument(const Plan& plan, const spec::ArgumentRow& row, const Symbol& symbol) {
  switch (symbol.kind) {
    case SymbolKind::absent:
    case SymbolKind::null: return "null";
    case SymbolKind::nil: return "nil";
    case SymbolKind::number: return number_of(row, symbol.number);
    case SymbolKind::value: {
      const std::string& name = plan.variables.at(symbol.number);
      return row.type == spec::ArgumentType::integer ? fmt::format("{{variable: {}}}", name) : name;
    }
    case SymbolKind::address: return plan.variables.at(symbol.number);
    case SymbolKind::garbage: return fmt::format("{{garbage: {}}}", symbol.number);
    case SymbolKind::text: return in_quotes(plan.text_at(symbol.number));
    case SymbolKind::callback:
    case SymbolKind::restart_info:
      return symbol.number == 0 ? "succeed"
                                : code_name(static_cast<spec::Code>(static_cast<std::int32_t>(symbol.number)));
    case SymbolKind::parameter_list: return settings_of(plan, symbol);
    case SymbolKind::buffer: return buffer_of(row, symbol);
    case SymbolKind::memory: return fmt::format("{{number: {}, bytes: {}}}", symbol.number, symbol.count);
  }
  return "null";
}

std::string call(const Plan& plan, const Step& step) {
  const spec::FunctionRow& row = spec::row(step.function);
  std::string arguments;
  for (std::size_t i = 0; i < row.arguments.size() && i < step.arguments.size(); ++i) {
    if (step.arguments[i].kind == SymbolKind::absent) continue;
    arguments += fmt::format("{}{}: {}", arguments.empty() ? "" : ", ", row.arguments[i].name,
                             argument(plan, row.arguments[i], step.arguments[i]));
  }
  return fmt::format("{}: {{{}}}", row.name, arguments);
}

std::string expect(const Expectation& expectation) {
  if (expectation.any) return "any";
  std::vector<std::string> names;
  for (const spec::Code code : expectation.codes) names.push_back(code_name(code));
  return names.size() == 1 ? names.front() : flow_list(names);
}

bool expects_success(const Expectation& expectation) {
  return !expectation.any && expectation.codes.size() == 1 && static_cast<std::int64_t>(expectation.codes[0]) == 0;
}

std::vector<std::string> file_lines(const Plan& plan, const Step& step) {
  std::vector<std::string> lines{"file: " + in_quotes(plan.text_at(step.arguments[0].number)),
                                 fmt::format("becomes: {}", plan::name_of(step.event))};
  if (step.event != model::FileEvent::damaged) return lines;
  lines.push_back(fmt::format("at: {}", step.arguments[1].number));
  lines.push_back(fmt::format("bytes: {}", step.arguments[2].number));
  return lines;
}

std::vector<std::string> lines_of(const Plan& plan, const Step& step, const Expectation& expectation) {
  std::vector<std::string> lines;
  const std::string& thread = plan.threads.at(step.thread);
  if (step.kind == StepKind::restart) return {"restart: process"};
  if (step.kind == StepKind::file) return file_lines(plan, step);
  if (step.kind == StepKind::finish) {
    lines.push_back("finish: " + thread);
  } else {
    if (step.thread != 0 && !step.racing) lines.push_back("thread: " + thread);
    lines.push_back(call(plan, step));
    if (step.fault.any()) lines.push_back("fault: " + fault_text(step.fault, expectation));
    if (step.until != Until::returned)
      lines.emplace_back(step.until == Until::callback ? "until: callback" : "until: blocked");
    if (step.callback_session != plan::no_variable)
      lines.push_back("session: " + plan.variables.at(step.callback_session));
  }
  const bool is_default = step.racing ? expectation.any : expects_success(expectation);
  if (step.until == Until::returned && !is_default) lines.push_back("expect: " + expect(expectation));
  if (expectation.gives) {
    const auto* number = std::get_if<std::uint64_t>(&*expectation.gives);
    lines.push_back("gives: " + (number != nullptr ? std::to_string(*number)
                                                   : in_quotes(std::get<std::string>(*expectation.gives))));
  }
  return lines;
}

/// A step as an element of a list that stands so far to the right.
std::string step_text(const Scenario& scenario, std::size_t i, int indent) {
  std::string text;
  std::string_view mark = "- ";
  for (const std::string& line : lines_of(scenario.plan, scenario.plan.steps[i], scenario.expectations.at(i))) {
    text += fmt::format("{:{}}{}{}\n", "", indent, mark, line);
    mark = "  ";
  }
  return text;
}

std::string race_text(const Scenario& scenario, const plan::RaceSteps& race) {
  const Plan& plan = scenario.plan;
  const auto actors = plan::actors_of(plan::racing_steps(plan));
  std::string text = "  - race:\n";
  for (const plan::Thread actor : actors) {
    text += fmt::format("      {}:\n", plan.threads.at(actor));
    for (std::size_t i = race.begin; i < race.end; ++i)
      if (plan.steps[i].thread == actor) text += step_text(scenario, i, 8);
  }
  if (plan.exhaustive) text += fmt::format("    preemptions: {}\n", plan.exhaustive->preemptions);
  if (plan.exhaustive && plan.exhaustive->at_accesses) text += "    points: accesses\n";
  if (!plan.schedule) return text;
  if (plan.schedule->at_accesses) text += "    points: accesses\n";
  text += plan.schedule->switches.empty() ? "    schedule: []\n" : "    schedule:\n";
  for (const simulation::Switch& each : plan.schedule->switches)
    text +=
        fmt::format("      - {{decision: {}, thread: {}}}\n", each.decision, plan::name_of(plan, actors, each.thread));
  return text;
}

/// The variables that a step reads before any writes them; the reader wants them declared.
std::vector<std::string> read_first(const Plan& plan) {
  std::set<std::uint64_t> written;
  std::vector<std::string> names;
  for (const Step& step : plan.steps) {
    if (step.kind != StepKind::call) continue;
    const auto rows = spec::row(step.function).arguments;
    for (std::size_t i = 0; i < rows.size() && i < step.arguments.size(); ++i) {
      const Symbol& symbol = step.arguments[i];
      const bool reads = symbol.kind == SymbolKind::value ||
                         (symbol.kind == SymbolKind::address && rows[i].type == spec::ArgumentType::instance_inout);
      if (reads && written.insert(symbol.number).second) names.push_back(plan.variables.at(symbol.number));
    }
    for (const Symbol& symbol : step.arguments)
      if (symbol.kind == SymbolKind::address) written.insert(symbol.number);
    if (step.callback_session != plan::no_variable) written.insert(step.callback_session);
  }
  return names;
}

std::string head(const Scenario& scenario) {
  std::string text = fmt::format("format: {}\nclaim: {}\n", format_version, scalar(scenario.claim));
  text += "proves: " + flow_list(scenario.proves) + '\n';
  if (!scenario.page.empty()) text += "page: " + scalar(scenario.page) + '\n';
  if (!scenario.why.empty()) text += "why: " + scalar(scenario.why) + '\n';
  if (scenario.profiles != Scenario{}.profiles) {
    std::vector<std::string_view> names;
    for (const model::Reading reading : scenario.profiles)
      for (const ProfileName& profile : profile_names())
        if (profile.reading == reading) names.push_back(profile.name);
    text += "profiles: " + flow_list(names) + '\n';
  }
  const subject::Capabilities shown = needs_of(scenario.plan);
  std::vector<std::string_view> needs;
  for (const NeedName& need : need_names())
    if (scenario.needs.*need.member && !(shown.*need.member)) needs.push_back(need.name);
  if (!needs.empty()) text += "needs: " + flow_list(needs) + '\n';
  if (!scenario.plan.directories.empty()) text += "directories: " + flow_list(scenario.plan.directories) + '\n';
  const std::vector<std::string> variables = read_first(scenario.plan);
  if (!variables.empty()) text += "variables: " + flow_list(variables) + '\n';
  return text;
}

}  // namespace

std::string write_scenario(const Scenario& scenario) {
  std::string text = head(scenario) + "steps:\n";
  const plan::RaceSteps race = plan::race_of(scenario.plan);
  for (std::size_t i = 0; i < scenario.plan.steps.size(); ++i) {
    if (i == race.begin && race.begin != race.end) {
      text += race_text(scenario, race);
      i = race.end - 1;
    } else {
      text += step_text(scenario, i, 2);
    }
  }
  return text;
}

}  // namespace esentcheck::scenario
