#include "harness/subject/open.hpp"

#include <array>
#include <utility>

#include "harness/subject/in_process.hpp"
#include "harness/subject/isolated.hpp"

namespace esentcheck::subject {
namespace {

using plan::Symbol;
using plan::SymbolKind;
using spec::Function;

/// What a few calls in a process of its own tell.
struct Probed {
  bool validates_handles = false;
  std::string version;
};

bool is_an_error(const Observation& seen) { return seen.end == End::returned && seen.code < 0; }

/// A subject validates handles when it diagnoses one that it never gave out, both while it has no instance and while one
/// is up: an engine that has nothing yet may refuse every session without looking at it.
Probed probe(Subject& subject) {
  plan::Plan plan;
  const Symbol instance_out{SymbolKind::address, 0, plan::variable_named(plan, "instance")};
  const Symbol session_out{SymbolKind::address, 0, plan::variable_named(plan, "session")};
  const Symbol version_out{SymbolKind::address, 0, plan::variable_named(plan, "version")};
  const Symbol instance{SymbolKind::value, 0, instance_out.number};
  const Symbol session{SymbolKind::value, 0, session_out.number};
  const Symbol garbage{SymbolKind::garbage, 0, 1};
  const auto step = [&](Function function, std::initializer_list<Symbol> arguments) {
    plan::Step& made = plan.steps.emplace_back();
    made.function = function;
    std::size_t i = 0;
    for (const Symbol& argument : arguments) made.arguments[i++] = argument;
  };
  enum { before, created, up, after, begun, asked, steps };
  step(Function::JetDupSession, {garbage, session_out});
  step(Function::JetCreateInstance, {instance_out, plan::text_symbol(plan, "probe")});
  step(Function::JetInit, {instance_out});
  step(Function::JetDupSession, {garbage, session_out});
  step(Function::JetBeginSession, {instance, session_out});
  step(Function::JetGetVersion, {session, version_out});

  Probed probed;
  std::array<Observation, steps> seen;
  if (subject.start(plan)) return probed;
  subject.perform({.plan = &plan, .steps = plan.steps, .observations = seen, .text = nullptr});

  const bool is_up = seen[up].end == End::returned && seen[up].code >= 0;
  probed.validates_handles = is_an_error(seen[before]) && (!is_up || is_an_error(seen[after]));
  if (is_up && seen[asked].end == End::returned && seen[asked].code >= 0 && seen[asked].out_written)
    probed.version = std::to_string(seen[asked].out);
  return probed;
}

/// The subject's description, completed by what was probed.
class Described final : public Subject {
 public:
  Described(std::unique_ptr<Subject> subject, const Probed& probed)
      : subject_(std::move(subject)), description_(subject_->describe()) {
    description_.version = probed.version;
    description_.capabilities.validates_handles = probed.validates_handles;
  }
  const Description& describe() const override { return description_; }
  std::optional<Diagnostic> start(const plan::Plan& plan) override { return subject_->start(plan); }
  std::optional<Diagnostic> start_simulated(const plan::Plan& plan) override { return subject_->start_simulated(plan); }
  std::optional<Diagnostic> start_at_large(const plan::Plan& plan) override { return subject_->start_at_large(plan); }
  void race(const Batch& batch, const simulation::Order& order, RaceResult& result) override {
    subject_->race(batch, order, result);
  }
  std::optional<Diagnostic> restart() override { return subject_->restart(); }
  std::optional<Diagnostic> change_file(const plan::Plan& plan, const plan::Step& step) override {
    return subject_->change_file(plan, step);
  }
  void perform(const Batch& batch) override { subject_->perform(batch); }

 private:
  std::unique_ptr<Subject> subject_;
  Description description_;
};

}  // namespace

Result<std::unique_ptr<Subject>> open_subject(std::string_view address, Isolation isolation, const Options& options) {
  const std::string path(address);
  for (const std::string_view scheme : {"wine:", "exec:"}) {
    if (address.starts_with(scheme))
      return fail(path, std::string(scheme) + " subjects are not supported yet, only paths of shared libraries");
  }

  // Each start() of an isolated subject has a process of its own, so that the probe's can be thrown away.
  auto isolated = isolation == Isolation::process || options.probe ? open_isolated(path, options)
                                                                   : Result<std::unique_ptr<Subject>>(nullptr);
  if (!isolated && isolation == Isolation::process) return isolated;
  // In this process nothing is probed: without a host program nothing is known about the subject's handles.
  const Probed probed = options.probe && isolated ? probe(**isolated) : Probed{};
  auto subject = isolation == Isolation::process ? std::move(isolated) : open_in_process(path);
  if (!subject) return subject;
  return std::make_unique<Described>(std::move(*subject), probed);
}

}  // namespace esentcheck::subject
