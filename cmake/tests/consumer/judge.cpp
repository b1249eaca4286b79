// A tool: asks the model what a call may do, and has a scenario played on a subject.
#include <cstdio>

#include "harness/check/play.hpp"
#include "harness/scenario/reader.hpp"
#include "harness/subject/open.hpp"
#include "harness/version.hpp"
#include "model/step.hpp"
#include "reports/names.hpp"

namespace model = esentcheck::model;
namespace check = esentcheck::check;

namespace {

bool refuses_a_dup_before_init() {
  model::Call call{.function = model::Function::JetDupSession};
  call.arguments[0] = {.kind = model::ArgumentKind::handle, .handle = {model::HandleKind::garbage}};
  call.arguments[1] = {.kind = model::ArgumentKind::pointer};
  const model::OutcomeSet outcomes = model::step(model::World{}, call, model::Profile{});
  return outcomes.find(model::Code::errSuccess) == nullptr && outcomes.size() > 0;
}

bool is_shown(const char* subject_path, const char* scenario_path) {
  const auto scenarios = esentcheck::scenario::read_scenarios(
      scenario_path, {.exists = [](std::string_view id) { return model::clause_named(id) != nullptr; }, .nearest = {}});
  if (!scenarios) return std::puts(scenarios.error().sentence().c_str()), false;
  const auto subject = esentcheck::subject::open_subject(subject_path, esentcheck::subject::Isolation::process);
  if (!subject) return std::puts(subject.error().sentence().c_str()), false;
  const check::Play play = check::play_on(**subject, scenarios->front(), model::Profile{});
  std::printf("%zu calls %s\n", play.performed.size(), play.detail.c_str());
  return play.status == check::PlayStatus::shown;
}

}  // namespace

int main(int argc, char** argv) {
  std::printf("esentcheck %s, where %s is a verdict\n", esentcheck::version,
              std::string(esentcheck::reports::name(esentcheck::reports::Verdict::conforms)).c_str());
  return argc == 3 && refuses_a_dup_before_init() && is_shown(argv[1], argv[2]) ? 0 : 1;
}
