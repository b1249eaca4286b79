#include "harness/bench/rapidcheck_toy.hpp"

#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <array>
#include <ostream>
#include <string>
#include <unordered_map>

#include "harness/bench/toy.hpp"

namespace esentcheck::bench {
namespace {

constexpr std::uint32_t variables = ToyEngine::limit + 6;

/// Commands are drawn before any of them runs, so the state speaks of variables and not of handles.
struct State {
  std::array<bool, variables> live{};
  std::uint32_t count = 0;
};

struct Sut {
  ToyEngine engine;
  std::array<std::uint64_t, variables> handles{};
  std::uint64_t calls = 0;
};

using Command = rc::state::Command<State, Sut>;

std::uint32_t pick(const State& state, bool live) {
  const std::uint32_t among = live ? state.count : variables - state.count;
  std::uint32_t at = *rc::gen::inRange<std::uint32_t>(0, among);
  std::uint32_t variable = 0;
  for (;; ++variable)
    if (state.live[variable] == live && at-- == 0) return variable;
}

/// A tenth of the handles is bad; where none is good, all are.
bool draw_good(bool any) { return any && *rc::gen::inRange(0, 10) != 0; }

struct NewSession : Command {
  std::uint32_t into = 0;

  virtual std::int32_t expected(const State& state) const = 0;

  void apply(State& state) const override {
    if (expected(state) != ToyEngine::success) return;
    state.live[into] = true;
    ++state.count;
  }

  void compare(const State& state, Sut& sut, std::int32_t code, std::uint64_t made) const {
    ++sut.calls;
    RC_ASSERT(code == expected(state));
    if (code != ToyEngine::success) {
      RC_ASSERT(made == 0U);
      return;
    }
    RC_ASSERT(made != 0U);
    for (std::uint32_t i = 0; i < variables; ++i) RC_ASSERT(!state.live[i] || sut.handles[i] != made);
    sut.handles[into] = made;
  }
};

struct Begin final : NewSession {
  bool good = true;

  explicit Begin(const State& state) : good(draw_good(true)) { into = pick(state, false); }

  std::int32_t expected(const State& state) const override {
    if (!good) return ToyEngine::invalid_parameter;
    return state.count == ToyEngine::limit ? ToyEngine::out_of_sessions : ToyEngine::success;
  }
  void run(const State& state, Sut& sut) const override {
    std::uint64_t made = 0;
    const std::int32_t code = sut.engine.begin_session(good ? ToyEngine::instance_handle : 0x5eed, &made);
    compare(state, sut, code, made);
  }
  void show(std::ostream& out) const override { out << "begin"; }
};

struct Dup final : NewSession {
  bool good = true;
  std::uint32_t from = 0;

  explicit Dup(const State& state) : good(draw_good(state.count > 0)), from(pick(state, good)) {
    into = pick(state, false);
  }

  std::int32_t expected(const State& state) const override {
    if (!state.live[from]) return ToyEngine::invalid_sesid;
    return state.count == ToyEngine::limit ? ToyEngine::out_of_sessions : ToyEngine::success;
  }
  void run(const State& state, Sut& sut) const override {
    std::uint64_t made = 0;
    const std::int32_t code = sut.engine.dup_session(sut.handles[from], &made);
    compare(state, sut, code, made);
  }
  void show(std::ostream& out) const override { out << "dup"; }
};

struct End final : Command {
  std::uint32_t which = 0;

  explicit End(const State& state) : which(pick(state, draw_good(state.count > 0))) {}

  void apply(State& state) const override {
    state.count -= state.live[which] ? 1 : 0;
    state.live[which] = false;
  }
  void run(const State& state, Sut& sut) const override {
    ++sut.calls;
    const std::int32_t code = sut.engine.end_session(sut.handles[which]);
    RC_ASSERT(code == (state.live[which] ? ToyEngine::success : ToyEngine::invalid_sesid));
  }
  void show(std::ostream& out) const override { out << "end"; }
};

/// RapidCheck says on standard error how a property went; here the result is enough.
struct Silent final : rc::detail::TestListener {
  void onTestCaseFinished(const rc::detail::CaseDescription&) override {}
  void onShrinkTried(const rc::detail::CaseDescription&, bool) override {}
  void onTestFinished(const rc::detail::TestMetadata&, const rc::detail::TestResult&) override {}
};

}  // namespace

RapidCheckRun rapidcheck_toy(std::uint64_t seed) {
  RapidCheckRun result;
  const auto property = [&] {
    Sut sut;
    rc::state::check(State(), sut, rc::state::gen::execOneOfWithArgs<Begin, Dup, End>());
    result.calls += sut.calls;
  };
  Silent silent;
  rc::detail::TestParams parameters;
  parameters.seed = seed;
  // All arguments, so that RapidCheck does not look for a configuration and announce it.
  const std::unordered_map<std::string, rc::detail::Reproduce> nothing_to_reproduce;
  const rc::detail::TestResult outcome =
      rc::detail::checkTestable(property, rc::detail::TestMetadata(), parameters, silent, nothing_to_reproduce);
  result.passed = outcome.is<rc::detail::SuccessResult>();
  return result;
}

}  // namespace esentcheck::bench
