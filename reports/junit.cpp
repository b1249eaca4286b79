#include "reports/junit.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <string_view>

#include "reports/names.hpp"
#include "reports/text.hpp"

namespace esentcheck::reports {
namespace {

void set(pugi::xml_node node, const char* attribute, std::string_view value) {
  node.append_attribute(attribute).set_value(one_line(value).c_str());
}

/// What a build server shows under a failed test: the finding without its title, which is the failure's
/// message.
std::string text_of(const Finding& finding) {
  std::string text = "\n";
  const auto line = [&text](std::string_view label, std::string_view value) {
    if (!value.empty()) text += fmt::format("{}: {}\n", label, value);
  };
  line("scenario", finding.scenario);
  for (const std::string& outcome : finding.allowed) line("allowed", outcome);
  line("because", finding.why);
  line("clause", finding.clause);
  line("page", finding.page);
  line("observed", finding.observed);
  for (std::size_t at = 0; at < finding.trace.size(); ++at) {
    const TraceLine& step = finding.trace[at];
    text += fmt::format("{:>4}. {}: {} = {}\n", at + 1, step.thread, step.call, step.observed);
  }
  for (const std::string& step : finding.schedule) line("schedule", step);
  line("written to", finding.trace_file);
  if (!finding.program_file.empty()) line("in C", finding.program_file);
  line("replay", finding.replay);
  return text;
}

/// A testsuite under construction. Its totals are attributes in front of its content, so they are set at the
/// end.
class Suite {
 public:
  Suite(pugi::xml_node root, const char* name) : node_(root.append_child("testsuite")) {
    set(node_, "name", name);
    for (const char* total : {"tests", "failures", "errors", "skipped"}) node_.append_attribute(total);
  }

  void property(const char* name, std::string_view value) {
    if (!properties_) properties_ = node_.append_child("properties");
    pugi::xml_node property = properties_.append_child("property");
    set(property, "name", name);
    set(property, "value", value);
  }

  pugi::xml_node test(std::string_view classname, std::string_view name) {
    ++tests_;
    pugi::xml_node node = node_.append_child("testcase");
    set(node, "classname", classname);
    set(node, "name", name);
    return node;
  }

  void fail(pugi::xml_node test, std::string_view type, std::string_view message,
            std::string_view text = {}) {
    ++failures_;
    outcome(test, "failure", type, message, text);
  }

  void error(pugi::xml_node test, std::string_view type, std::string_view message) {
    ++errors_;
    outcome(test, "error", type, message, {});
  }

  void skip(pugi::xml_node test, std::string_view message) {
    ++skipped_;
    outcome(test, "skipped", {}, message, {});
  }

  void finish() {
    node_.attribute("tests").set_value(tests_);
    node_.attribute("failures").set_value(failures_);
    node_.attribute("errors").set_value(errors_);
    node_.attribute("skipped").set_value(skipped_);
  }

 private:
  static void outcome(pugi::xml_node test, const char* element, std::string_view type,
                      std::string_view message, std::string_view text) {
    pugi::xml_node node = test.append_child(element);
    if (!type.empty()) set(node, "type", type);
    set(node, "message", message);
    if (!text.empty()) node.text().set(printable(text).c_str());
  }

  pugi::xml_node node_;
  pugi::xml_node properties_;
  std::uint64_t tests_ = 0;
  std::uint64_t failures_ = 0;
  std::uint64_t errors_ = 0;
  std::uint64_t skipped_ = 0;
};

/// "JetDupSession/limit.yaml" lives in "JetDupSession"; a file beside the folders in "scenarios".
std::string_view folder_of(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  return slash == std::string_view::npos ? "scenarios" : file.substr(0, slash);
}

std::string test_name(const ScenarioResult& scenario) {
  const std::string& said = scenario.claim.empty() ? scenario.file : scenario.claim;
  return scenario.example.empty() ? said : fmt::format("{} [{}]", said, scenario.example);
}

using Findings = std::set<const Finding*>;

/// The finding that a failed scenario names. Examples of one file may fail with one title; each gets its own
/// finding.
const Finding* finding_of(const ScenarioResult& scenario, const std::vector<Finding>& findings,
                          const Findings& shown) {
  for (const Finding& finding : findings) {
    if (finding.scenario != scenario.file || finding.title != scenario.detail) continue;
    if (shown.count(&finding) == 0) return &finding;
  }
  return nullptr;
}

void write_properties(Suite& suite, const Result& result) {
  suite.property("version", result.version);
  suite.property("subject", fmt::format("{} {}", result.subject.name, result.subject.version));
  suite.property("address", result.subject.address);
  suite.property("profile", result.profile);
  suite.property("release", result.release);
  suite.property("seed", std::to_string(result.seed));
  suite.property("command", result.command);
  suite.property("verdict", name(result.verdict));
}

/// Gives back the findings that it has shown.
Findings write_scenarios(pugi::xml_node root, const Result& result) {
  Suite suite(root, "scenarios");
  write_properties(suite, result);
  Findings shown;
  for (const ScenarioResult& scenario : result.scenarios) {
    pugi::xml_node test = suite.test(folder_of(scenario.file), test_name(scenario));
    set(test, "file", scenario.file);
    if (scenario.status == ScenarioStatus::failed) {
      const Finding* finding = finding_of(scenario, result.findings, shown);
      if (finding != nullptr) shown.insert(finding);
      suite.fail(test, finding != nullptr ? name(finding->kind) : name(scenario.status), scenario.detail,
                 finding != nullptr ? text_of(*finding) : "");
    } else if (scenario.status == ScenarioStatus::skipped) {
      suite.skip(test, scenario.detail);
    } else if (scenario.status == ScenarioStatus::invalid) {
      suite.error(test, name(scenario.status), scenario.detail);
    }
  }
  suite.finish();
  return shown;
}

void write_ledger(pugi::xml_node root, const Result& result) {
  Suite suite(root, "ledger");
  for (const Cell& cell : result.cells) {
    const pugi::xml_node test = suite.test(cell.function, cell.code);
    switch (cell.status) {
      case CellStatus::reached:
        break;
      case CellStatus::deviates:
        suite.fail(test, name(cell.status), fmt::format("{} deviates", cell.clause));
        break;
      case CellStatus::unreachable:
        suite.skip(test, cell.reason);
        break;
      case CellStatus::not_tried:
        suite.fail(test, name(cell.status),
                   cell.reason.empty() ? fmt::format("nothing tries {}", cell.clause) : cell.reason);
        break;
    }
  }
  suite.finish();
}

void write_generated(pugi::xml_node root, const Result& result, const Findings& shown) {
  Suite suite(root, "generated");
  const GeneratedResult& generated = result.generated;
  if (generated.sequences != 0) {
    const pugi::xml_node test = suite.test("generated", "the model allows what every sequence observed");
    if (generated.deviations != 0) {
      suite.fail(test, "deviates",
                 fmt::format("{} of {} sequences deviate", generated.deviations, generated.sequences));
    }
  }
  if (result.races.programs != 0) {
    const pugi::xml_node test = suite.test("races", "some order of the calls explains what every race observed");
    if (result.races.deviations != 0)
      suite.fail(test, "deviates",
                 fmt::format("{} of {} programs deviate", result.races.deviations, result.races.programs));
  }
  if (result.faults.points() != 0) {
    const pugi::xml_node test = suite.test("faults", "the model allows what every call has done in which something failed");
    if (result.faults.deviations != 0)
      suite.fail(test, "deviates",
                 fmt::format("{} of {} failures deviate", result.faults.deviations, result.faults.points()));
  }
  for (const Finding& finding : result.findings) {
    if (shown.count(&finding) != 0) continue;
    const std::string_view where = finding.scenario.empty() ? "generated" : folder_of(finding.scenario);
    const pugi::xml_node test =
        suite.test(finding.scenario == "generated" ? "generated" : where, finding.title);
    suite.fail(test, name(finding.kind), finding.title, text_of(finding));
  }
  suite.finish();
}

}  // namespace

std::string junit(const Result& result) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node root = document.append_child("testsuites");
  set(root, "name", "esentcheck");
  set(root, "timestamp", result.date);
  const Findings shown = write_scenarios(root, result);
  write_ledger(root, result);
  write_generated(root, result, shown);
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

}  // namespace esentcheck::reports
