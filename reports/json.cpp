#include "reports/json.hpp"

#include <nlohmann/json.hpp>

#include "reports/names.hpp"

namespace esentcheck::reports {
namespace {

using Json = nlohmann::ordered_json;

/// Changes when a reader of the old format could misunderstand the new one. The schema has the same word.
constexpr const char* schema = "esentcheck-report/1";

Json value(const Subject& subject) {
  return {
      {"address", subject.address},           {"name", subject.name},
      {"version", subject.version},           {"isolation", subject.isolation},
      {"capabilities", subject.capabilities}, {"not_implemented", subject.not_implemented},
  };
}

Json value(const Cell& cell) {
  return {
      {"function", cell.function},   {"code", cell.code},           {"clause", cell.clause},
      {"status", name(cell.status)}, {"scenarios", cell.scenarios}, {"reason", cell.reason},
  };
}

Json value(const TraceLine& line) {
  return {{"thread", line.thread}, {"call", line.call}, {"observed", line.observed}};
}

Json value(const ScenarioResult& scenario) {
  return {
      {"file", scenario.file},           {"example", scenario.example}, {"claim", scenario.claim},
      {"status", name(scenario.status)}, {"detail", scenario.detail},   {"calls", scenario.calls},
      {"schedules", scenario.schedules},
  };
}

Json value(const Finding& finding);
Json value(const Frequency& frequency);

template <typename Item>
Json values(const std::vector<Item>& items) {
  Json array = Json::array();
  for (const Item& item : items) array.push_back(value(item));
  return array;
}

Json value(const Frequency& frequency) {
  return {{"state", frequency.state},
          {"function", frequency.function},
          {"code", frequency.code},
          {"calls", frequency.calls}};
}

Json value(const GeneratedResult& generated) {
  return {{"sequences", generated.sequences},
          {"calls", generated.calls},
          {"deviations", generated.deviations},
          {"frequencies", values(generated.frequencies)}};
}

Json value(const RacesResult& races) {
  return {{"simulated", races.simulated},   {"programs", races.programs},   {"schedules", races.schedules},
          {"calls", races.calls},
          {"deviations", races.deviations}, {"undecided", races.undecided}, {"reason", races.reason}};
}

Json value(const FaultsResult& faults) {
  return {{"calls", faults.calls},          {"memory", faults.memory},         {"files", faults.files},
          {"powerCuts", faults.power_cuts}, {"deviations", faults.deviations}, {"complete", faults.complete},
          {"reason", faults.reason}};
}

Json value(const Finding& finding) {
  return {
      {"kind", name(finding.kind)},
      {"title", finding.title},
      {"scenario", finding.scenario},
      {"function", finding.function},
      {"clause", finding.clause},
      {"page", finding.page},
      {"why", finding.why},
      {"allowed", finding.allowed},
      {"observed", finding.observed},
      {"trace", values(finding.trace)},
      {"schedule", finding.schedule},
      {"trace_file", finding.trace_file},
      {"program_file", finding.program_file},
      {"replay", finding.replay},
  };
}

}  // namespace

std::string json(const Result& result) {
  const Json report = {
      {"schema", schema},
      {"date", result.date},
      {"version", result.version},
      {"subject", value(result.subject)},
      {"profile", result.profile},
      {"release", result.release},
      {"seed", result.seed},
      {"command", result.command},
      {"verdict", name(result.verdict)},
      {"cells", values(result.cells)},
      {"findings", values(result.findings)},
      {"scenarios", values(result.scenarios)},
      {"generated", value(result.generated)},
      {"races", value(result.races)},
      {"faults", value(result.faults)},
  };
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace esentcheck::reports
