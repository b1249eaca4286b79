// Laws that hold besides equality with the model, checked on libesent through its C interface: what is counted here is
// counted without the model.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "harness/check/findings.hpp"
#include "harness/generate/shape.hpp"
#include "harness/scenario/writer.hpp"
#include "harness/subject/tests/builder.hpp"
#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

using subject::Builder;
using subject::End;
using subject::Observation;
using enum spec::Function;
using enum spec::Code;

constexpr auto success = static_cast<std::int32_t>(errSuccess);
constexpr auto out_of_sessions = static_cast<std::int32_t>(errOutOfSessions);

enum class Act : std::uint8_t { begin, dup, end, dup_of_ended, end_twice, null_out, refused_memory, transaction };

struct Deed {
  Act act = Act::begin;
  std::uint8_t which = 0;
};

rc::Gen<std::vector<Deed>> deeds() {
  return rc::gen::container<std::vector<Deed>>(rc::gen::build<Deed>(
      rc::gen::set(&Deed::act,
                   rc::gen::element(Act::begin, Act::begin, Act::dup, Act::dup, Act::end, Act::end, Act::dup_of_ended,
                                    Act::end_twice, Act::null_out, Act::refused_memory, Act::transaction)),
      rc::gen::set(&Deed::which, rc::gen::arbitrary<std::uint8_t>())));
}

/// An instance with a limit, and the sessions that the application believes to have.
class Application {
 public:
  Application(subject::Subject& subject, std::uint64_t limit) : subject_(subject), limit_(limit) {
    for (int i = 0; i < 300; ++i) plan::variable_named(b_.plan, new_name());
    next_ = 0;
    b_.call(JetCreateInstance, {b_.address("i"), b_.text("i")});
    b_.call(JetSetSystemParameter, {b_.address("i"), {}, Builder::number(5), Builder::number(limit)});
    b_.call(JetInit, {b_.address("i")});
    if (const auto problem = subject_.start(b_.plan)) throw std::runtime_error(problem->sentence());
    const subject::Seen given = subject::perform(subject_, b_.plan);
    for (const Observation& seen : given.steps) RC_ASSERT(seen.code == success);
  }

  std::size_t room() const { return limit_ - live_.size(); }

  void perform(const Deed& deed) {
    const bool any = !live_.empty();
    switch (deed.act) {
      case Act::begin: return made(JetBeginSession, b_.value("i"));
      case Act::dup:
        if (any) return made(JetDupSession, b_.value(pick(live_, deed)));
        break;
      case Act::end:
        if (!any) break;
        RC_ASSERT(do_it(JetEndSession, {b_.value(pick(live_, deed))}).code == success);
        ended_.push_back(live_[deed.which % live_.size()]);
        live_.erase(live_.begin() + deed.which % static_cast<std::ptrdiff_t>(live_.size()));
        break;
      case Act::dup_of_ended:
        if (!ended_.empty()) refused(do_it(JetDupSession, {b_.value(pick(ended_, deed)), b_.address("none")}));
        break;
      case Act::end_twice:
        if (!ended_.empty()) refused(do_it(JetEndSession, {b_.value(pick(ended_, deed))}));
        break;
      case Act::null_out: refused(do_it(JetBeginSession, {b_.value("i"), Builder::null()})); break;
      case Act::refused_memory:
        if (any) refuse_memory(pick(live_, deed), static_cast<std::uint32_t>(deed.which % 4 + 1));
        break;
      case Act::transaction:
        if (any) RC_ASSERT(do_it(JetBeginTransaction, {b_.value(pick(live_, deed))}).code <= success);
        break;
    }
  }

  /// Begins sessions until one is refused, ends them again, and gives their number.
  std::size_t count_room() {
    std::vector<std::string> extra;
    while (true) {
      const std::string name = new_name();
      const Observation seen = do_it(JetBeginSession, {b_.value("i"), b_.address(name)});
      if (seen.code != success) {
        RC_ASSERT(seen.code == out_of_sessions);
        break;
      }
      extra.push_back(name);
    }
    for (const std::string& name : extra) RC_ASSERT(do_it(JetEndSession, {b_.value(name)}).code == success);
    return extra.size();
  }

  void end_all() {
    for (const std::string& name : live_) RC_ASSERT(do_it(JetEndSession, {b_.value(name)}).code == success);
    live_.clear();
  }

  /// Everything that calls can tell of every session: whether it is one, and whether it is in a transaction.
  std::vector<std::int32_t> probe() {
    std::vector<std::int32_t> codes;
    for (const auto* names : {&live_, &ended_}) {
      for (const std::string& name : *names) {
        codes.push_back(do_it(JetGetVersion, {b_.value(name), b_.address("v")}).code);
        // Waiting for commits needs no transaction and changes none.
        codes.push_back(do_it(JetCommitTransaction, {b_.value(name), Builder::number(2)}).code);
      }
    }
    codes.push_back(static_cast<std::int32_t>(count_room()));
    return codes;
  }

  std::vector<Deed> refusals() const {
    return {{Act::dup_of_ended, 0}, {Act::end_twice, 1}, {Act::null_out, 0}, {Act::refused_memory, 2}};
  }

 private:
  static const std::string& pick(const std::vector<std::string>& names, const Deed& deed) {
    return names[deed.which % names.size()];
  }
  std::string new_name() { return std::string("s").append(std::to_string(next_++ % 300)); }

  Observation do_it(spec::Function function, std::initializer_list<plan::Symbol> arguments, std::uint32_t memory = 0) {
    b_.plan.steps.clear();
    b_.call(function, arguments).fault = {plan::Operation::memory, memory};
    const Observation seen = subject::perform(subject_, b_.plan)[0];
    RC_ASSERT(seen.end == End::returned);
    return seen;
  }

  void made(spec::Function function, plan::Symbol from) {
    const std::string name = new_name();
    const Observation seen = do_it(function, {from, b_.address(name)});
    RC_ASSERT(seen.code == (room() > 0 ? success : out_of_sessions));
    if (seen.code == success) live_.push_back(name);
  }

  static void refused(const Observation& seen) { RC_ASSERT(seen.code < 0); }

  void refuse_memory(const std::string& from, std::uint32_t allocation) {
    const std::string name = new_name();
    const Observation seen = do_it(JetDupSession, {b_.value(from), b_.address(name)}, allocation);
    if (seen.code == success) live_.push_back(name);
    RC_ASSERT(live_.size() <= limit_);
  }

  subject::Subject& subject_;
  Builder b_;
  std::uint64_t limit_;
  std::vector<std::string> live_;
  std::vector<std::string> ended_;
  std::size_t next_ = 0;
};

subject::Subject& the_library() {
  static const std::unique_ptr<subject::Subject> subject = open(libesent);
  return *subject;
}

RC_GTEST_PROP(Libesent, ConservesItsCapacityUnderEveryMixOfCalls, ()) {
  Application application(the_library(), *rc::gen::inRange<std::uint64_t>(0, 20));
  for (const Deed& deed : *deeds()) application.perform(deed);
  RC_ASSERT(application.count_room() == application.room());
}

RC_GTEST_PROP(Libesent, ChangesNothingWhenItRefuses, ()) {
  Application application(the_library(), *rc::gen::inRange<std::uint64_t>(1, 6));
  for (const Deed& deed : *deeds()) application.perform(deed);
  const std::size_t room = application.room();
  const std::vector<std::int32_t> before = application.probe();
  for (const Deed& refusal : application.refusals()) {
    if (refusal.act == Act::refused_memory && room > 0) continue;  // It might succeed without allocating.
    application.perform(refusal);
    RC_ASSERT(application.probe() == before);
  }
}

RC_GTEST_PROP(Libesent, IsBackAtItsStartWhenEverySessionHasEnded, ()) {
  const std::uint64_t limit = *rc::gen::inRange<std::uint64_t>(1, 20);
  Application application(the_library(), limit);
  for (const Deed& deed : *deeds()) application.perform(deed);
  application.end_all();
  RC_ASSERT(application.count_room() == limit);
}

std::string trace_text(const Sequence& sequence) {
  std::string text = scenario::write_scenario(as_scenario(sequence, "what was seen"));
  for (const reports::TraceLine& line : trace_of(sequence.plan, sequence.plan.steps, sequence.seen))
    text += line.thread + " " + line.call + " " + line.observed + "\n";
  return text;
}

RC_GTEST_PROP(Traces, OfLibesentAreTheSameByteForByteWhenTheyAreReplayed, ()) {
  const generate::Shape shape = generate::shapes(*rc::gen::arbitrary<std::uint64_t>(), 1, true, true).front();
  const Sequence first = run_sequence(the_library(), shape, {});
  RC_ASSERT(!first.deviation.has_value());
  const Sequence again = run_plan(the_library(), first.plan, {});
  RC_ASSERT(trace_text(first) == trace_text(again));

  // … and from the file that it is written to, whose every step expects what was seen.
  scenario::Scenario scenario = as_scenario(first, "what was seen");
  scenario.proves = {"JetDupSession/Success"};
  scenario.expectations.back().any = true;
  const std::string text = scenario::write_scenario(scenario);
  const Play replayed = play_on(the_library(), scenario_of(text), {});
  RC_ASSERT(replayed.status == PlayStatus::shown);
  RC_ASSERT(replayed.performed.size() == first.seen.size());
}

}  // namespace
}  // namespace esentcheck::check
