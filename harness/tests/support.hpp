// Subjects by name, scenarios from texts, folders that go away: what the tests of the checking share.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/check/findings.hpp"
#include "harness/check/suite.hpp"
#include "harness/scenario/reader.hpp"
#include "harness/subject/open.hpp"

namespace esentcheck::check {

inline const std::string libesent = LIBESENT;

inline std::string seeded_path(const std::string& name) { return SEEDED "/" + name + ".so"; }

/// Isolated. Far more time than any call takes, so that a busy machine is not a finding.
inline std::unique_ptr<subject::Subject> open(const std::string& path,
                                              std::chrono::milliseconds time_limit = std::chrono::seconds(60)) {
  auto opened = subject::open_subject(path, subject::Isolation::process, {.time_limit = time_limit});
  if (!opened) throw std::runtime_error(opened.error().sentence());
  return std::move(*opened);
}

/// A folder of this test's own.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::path(testing::TempDir()) / "esentcheck-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The model knows which clauses there are.
inline scenario::ClauseCheck clauses_of_the_model() {
  return {[](std::string_view id) { return model::clause_named(id) != nullptr; }, {}};
}

/// The only scenario of a text.
inline scenario::Scenario scenario_of(const std::string& yaml) {
  auto read = scenario::read_scenarios_from(yaml, "test.yaml", clauses_of_the_model());
  if (!read) throw std::runtime_error(read.error().sentence());
  return read->front();
}

/// The scenarios of these files and folders of scenarios/.
inline std::vector<ScenarioFile> suite_of(const std::vector<std::string>& names) {
  std::vector<ScenarioFile> files;
  for (const std::string& name : names) {
    auto read = read_suite(std::filesystem::path(SCENARIOS) / name);
    if (!read) throw std::runtime_error(read.error().sentence());
    for (ScenarioFile& file : *read) files.push_back({name + "/" + file.name, std::move(file.scenarios)});
  }
  return files;
}

inline std::vector<std::string> spelled(const plan::Plan& plan) {
  std::vector<std::string> lines;
  for (const plan::Step& step : plan.steps) lines.push_back(plan::spell(plan, step));
  return lines;
}

inline bool same_plan(const plan::Plan& a, const plan::Plan& b) {
  return a.steps == b.steps && a.threads == b.threads && a.variables == b.variables && a.texts == b.texts &&
         a.directories == b.directories;
}

}  // namespace esentcheck::check
