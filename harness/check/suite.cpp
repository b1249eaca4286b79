#include "harness/check/suite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/check/words.hpp"
#include "harness/scenario/names.hpp"
#include "harness/scenario/reader.hpp"

namespace esentcheck::check {
namespace {

namespace fs = std::filesystem;

using reports::ScenarioResult;
using reports::ScenarioStatus;
using scenario::Scenario;

std::string nearest_clause(std::string_view id) {
  const std::string_view function = id.substr(0, id.find('/'));
  if (spec::function_named(function)) return {};
  const std::string_view near = spec::nearest_function(function);
  return near.empty() ? std::string() : std::string(near) + std::string(id.substr(function.size()));
}

scenario::ClauseCheck clause_check() {
  return {[](std::string_view id) { return model::clause_named(id) != nullptr; }, nearest_clause};
}

bool tests_the_runner(const fs::path& folder) {
  return folder.filename() == "rejected" || folder.filename() == "must-fail";
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && tests_the_runner(entry->path()))
      entry.disable_recursion_pending();
    else if (entry->path().extension() == ".yaml")
      files.push_back(entry->path());
  }
  std::ranges::sort(files);
  return files;
}

class SuitePlayer {
 public:
  SuitePlayer(subject::Subject& subject, const model::Profile& profile, Ledger& ledger, Findings& findings,
              std::uint64_t most_schedules)
      : subject_(subject),
        profile_(profile),
        ledger_(ledger),
        findings_(findings),
        most_schedules_(most_schedules) {}

  std::vector<ScenarioResult> play(const ScenarioFile& file) {
    std::vector<ScenarioResult> results;
    if (!file.scenarios) {
      results.push_back(
          {.file = file.name, .status = ScenarioStatus::invalid, .detail = file.scenarios.error().sentence()});
      return results;
    }
    std::set<std::string> rehearsed_clauses;
    bool rehearsed_all = true;
    for (const Scenario& scenario : *file.scenarios) {
      ScenarioResult& result = results.emplace_back();
      result.file = file.name;
      result.example = scenario.example;
      result.claim = scenario.claim;
      rehearsed_all = play_one(scenario, result, rehearsed_clauses) && rehearsed_all;
    }
    if (rehearsed_all) check_proofs(file, rehearsed_clauses, results);
    return results;
  }

 private:
  /// False when the scenario was not rehearsed to its end.
  bool play_one(const Scenario& scenario, ScenarioResult& result, std::set<std::string>& clauses) {
    if (const std::string reason = why_not(scenario, subject_.describe().capabilities, profile_); !reason.empty()) {
      result.status = ScenarioStatus::skipped;
      result.detail = reason;
      withhold(scenario, reason);
      return false;
    }
    const Play rehearsal = rehearse(scenario, profile_);
    if (rehearsal.status != PlayStatus::shown) {
      const scenario::Expectation& at =
          scenario.expectations[std::min(rehearsal.step, scenario.expectations.size() - 1)];
      result.status = ScenarioStatus::invalid;
      result.detail = fmt::format("{}:{}:{}: the model does not agree with the scenario under profile {}: {}",
                                  result.file, at.line, at.column, model::name_of(profile_.reading), rehearsal.detail);
      return false;
    }
    for (const Hit& hit : rehearsal.hits) clauses.insert(model::id_of(hit.function, *hit.clause));

    const Play play = play_on(subject_, scenario, profile_, most_schedules_);
    result.calls = play.performed.size();
    result.schedules = play.schedules;
    result.detail = play.detail;
    switch (play.status) {
      case PlayStatus::shown:
        if (!play.all_schedules) result.detail = fmt::format("left after {} schedules of its race", play.schedules);
        enter(scenario, play, result.file); break;
      case PlayStatus::other_answer:
        result.status = ScenarioStatus::skipped;
        result.detail = "the pages allow another answer as well: " + play.detail;
        enter(scenario, play, result.file);
        withhold(scenario, result.detail);
        break;
      case PlayStatus::deviates:
        result.status = ScenarioStatus::failed;
        deviate(scenario, play, result.file);
        break;
      case PlayStatus::not_started: result.status = ScenarioStatus::failed; break;
    }
    return true;
  }

  /// The pairs that the scenario says it proves and that really showed.
  void enter(const Scenario& scenario, const Play& play, const std::string& name) {
    for (const std::string& id : scenario.proves) {
      const model::Clause* clause = model::clause_named(id);
      const model::Function function = *model::function_of_clause(id);
      const bool hit = std::ranges::any_of(
          play.hits, [&](const Hit& h) { return h.function == function && h.clause->code == clause->code; });
      if (hit) ledger_.reached(function, clause->code, name);
    }
  }

  void withhold(const Scenario& scenario, std::string_view reason) {
    for (const std::string& id : scenario.proves)
      ledger_.withheld(*model::function_of_clause(id), model::clause_named(id)->code, reason);
  }

  void deviate(const Scenario& scenario, const Play& play, const std::string& name) {
    for (const std::string& id : scenario.proves) {
      const model::Clause* clause = model::clause_named(id);
      const model::Function function = *model::function_of_clause(id);
      if (play.deviation->kind == reports::FindingKind::not_implemented)
        ledger_.withheld(function, clause->code, "the library does not export what the scenario needs");
      else
        ledger_.deviated(function, clause->code, name);
    }
    findings_.add(as_sequence(scenario.plan, play), name);
  }

  /// An id without a name stands for all clauses of its pair, since profiles have different ones.
  static bool is_shown(const std::string& id, const std::set<std::string>& shown) {
    const auto named = shown.lower_bound(id + '.');
    return shown.contains(id) || (named != shown.end() && named->starts_with(id + '.'));
  }

  /// A file must not claim to prove what no step of it shows.
  void check_proofs(const ScenarioFile& file, const std::set<std::string>& shown,
                    std::vector<ScenarioResult>& results) {
    for (const std::string& id : file.scenarios->front().proves) {
      if (is_shown(id, shown)) continue;
      results.front().status = ScenarioStatus::invalid;
      results.front().detail = fmt::format("{}: it says that it proves {}, which no step of it shows", file.name, id);
    }
  }

  subject::Subject& subject_;
  const model::Profile& profile_;
  Ledger& ledger_;
  Findings& findings_;
  std::uint64_t most_schedules_;
};

}  // namespace

std::string why_not(const Scenario& scenario, const subject::Capabilities& has, const model::Profile& profile) {
  if (std::ranges::find(scenario.profiles, profile.reading) == scenario.profiles.end())
    return fmt::format("not for profile {}", model::name_of(profile.reading));
  for (const scenario::NeedName& need : scenario::need_names())
    if (scenario.needs.*need.member && !(has.*need.member)) return fmt::format("for lack of {}", need.name);
  return {};
}

Result<std::vector<ScenarioFile>> read_suite(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return fail(path.string(), "there is no such file or folder");
  const bool folder = fs::is_directory(path, error);
  const std::vector<fs::path> paths = folder ? files_below(path) : std::vector{path};
  if (paths.empty()) return fail(path.string(), "there is no scenario (*.yaml) in it");
  std::vector<ScenarioFile> files;
  for (const fs::path& file : paths) {
    const std::string name = folder ? fs::relative(file, path).generic_string() : file.filename().generic_string();
    files.push_back({name, scenario::read_scenarios(file.string(), clause_check())});
  }
  return files;
}

std::vector<std::string> unproven_pairs(const std::vector<ScenarioFile>& files) {
  std::set<std::pair<model::Function, model::Code>> proven;
  for (const ScenarioFile& file : files) {
    if (!file.scenarios) continue;
    const Scenario& scenario = file.scenarios->front();
    if (std::ranges::find(scenario.profiles, model::Reading::documented) == scenario.profiles.end()) continue;
    for (const std::string& id : scenario.proves)
      proven.emplace(*model::function_of_clause(id), model::clause_named(id)->code);
  }
  std::vector<std::string> pairs;
  for (const spec::FunctionRow& row : spec::functions()) {
    if (!model::is_modelled(row.function)) continue;
    for (const spec::DocumentedCode& documented : row.codes)
      if (documented.in_table && documented.unreachable.empty() && !proven.contains({row.function, documented.code}))
        pairs.push_back(fmt::format("{}/{}", row.name, spec::row(documented.code)->name));
  }
  return pairs;
}

std::vector<ScenarioResult> play_suite(const std::vector<ScenarioFile>& files, subject::Subject& subject,
                                       const model::Profile& profile, Ledger& ledger, Findings& findings,
                                       const Progress& progress, std::uint64_t most_schedules) {
  SuitePlayer player(subject, profile, ledger, findings, most_schedules);
  std::vector<ScenarioResult> results;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (progress) progress(i, files.size(), files[i].name);
    std::ranges::move(player.play(files[i]), std::back_inserter(results));
  }
  if (progress) progress(files.size(), files.size(), {});
  return results;
}

}  // namespace esentcheck::check
