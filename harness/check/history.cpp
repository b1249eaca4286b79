#include "harness/check/history.hpp"

#include <algorithm>
#include <bitset>
#include <optional>
#include <unordered_set>

#include "harness/check/resolve.hpp"

namespace esentcheck::check {
namespace {

using subject::End;
using subject::Observation;
using Calls = std::bitset<most_history>;

constexpr std::size_t most_states = 200'000;

/// The word that a variable held when a call of the history read it: each is written by one actor alone, and once.
std::uint64_t word_in(const Referee& before, const History& history, plan::Variable variable) {
  for (std::size_t i = 0; i < history.steps.size(); ++i)
    for (const plan::Symbol& symbol : history.steps[i].arguments)
      if (symbol.kind == plan::SymbolKind::address && symbol.number == variable && history.seen[i].out_written)
        return history.seen[i].out;
  return before.value_of(variable);
}

bool overlap(const subject::Span& a, const subject::Span& b) {
  return a.begun != 0 && b.begun != 0 && (a.ended == 0 || b.begun < a.ended) && (b.ended == 0 || a.begun < b.ended);
}

struct Event {
  std::uint32_t moment = 0;
  std::size_t call = 0;
  bool ends = false;
};

/// A part of an order: what has had its effect so far.
struct State {
  Referee referee;
  Calls begun;  ///< calls that take time, between their two moments
  Calls done;
  std::vector<std::size_t> placed;
  std::vector<Hit> hits;
};

class Search {
 public:
  Search(const Referee& before, const History& history) : before_(before), history_(history) {
    for (std::size_t call = 0; call < history.steps.size(); ++call) {
      const subject::Span& span = history.spans[call];
      if (span.begun != 0) events_.push_back({span.begun, call, false});
      if (span.ended != 0) events_.push_back({span.ended, call, true});
    }
    std::ranges::sort(events_, {}, &Event::moment);
    result_.explained = follow(State{before, {}, {}, {}, {}}, 0, {});
  }

  Explanation result() && { return std::move(result_); }

 private:
  /// From the event at that position on; `open` are the calls that have begun and not ended.
  bool follow(State state, std::size_t position, Calls open) {
    for (; position < events_.size(); ++position) {
      const Event& event = events_[position];
      if (!event.ends) {
        open.set(event.call);
        continue;
      }
      if (!state.done[event.call]) return place(state, position, open);
      open.reset(event.call);
    }
    result_.hits = std::move(state.hits);
    return true;
  }

  /// Some open call has its effect now, since one of them has to be done before it ends.
  bool place(const State& state, std::size_t position, const Calls& open) {
    if (!seen_.insert(key_of(state, position)).second) return false;
    if (seen_.size() > most_states) {
      result_.undecided = true;
      return false;
    }
    const std::size_t due = events_[position].call;
    if (place(due, state, position, open)) return true;
    note_failure(due, state, position);
    for (std::size_t call = 0; call < history_.steps.size(); ++call)
      if (call != due && open[call] && !state.done[call] && place(call, state, position, open)) return true;
    return false;
  }

  bool place(std::size_t call, const State& state, std::size_t position, const Calls& open) {
    plan::Step step = history_.steps[call];
    if (state.begun[call]) {
      step.kind = plan::StepKind::finish;
      return answered(call, step, state, position, open);
    }
    if (history_.spans[call].ended != 0) {
      if (answered(call, step, state, position, open)) return true;
      if (met_another_in_its_session(call)) return passed_over(call, state, position, open);
    }
    if (!model::has_duration(step.function)) return false;
    State next = state;
    next.referee.begin(step);
    next.begun.set(call);
    return follow(std::move(next), position, open);
  }

  /// Goes on behind the moment of a call, if the model allows what it answered.
  bool answered(std::size_t call, const plan::Step& step, const State& state, std::size_t position, const Calls& open) {
    State next = state;
    const Observation& seen = history_.seen[call];
    const std::string_view text = seen.has_text ? history_.text.data() + seen.text_offset : std::string_view{};
    const Judgement judgement = next.referee.judge(step, seen, text);
    if (judgement.deviation) return false;
    next.done.set(call);
    next.begun.reset(call);
    next.placed.push_back(call);
    if (judgement.clause != nullptr) next.hits.push_back({judgement.function, judgement.clause});
    return follow(std::move(next), position, open);
  }

  /// No page lets two calls be under way with one session, and none says what becomes of the second: to refuse it as being
  /// in use is right.
  bool met_another_in_its_session(std::size_t call) const {
    const auto code = static_cast<spec::Code>(history_.seen[call].code);
    if (code != spec::Code::errSessionSharingViolation && code != spec::Code::errSessionInUse) return false;
    const std::optional<std::uint64_t> session = session_of(call);
    for (std::size_t other = 0; session && other < history_.steps.size(); ++other)
      if (other != call && session_of(other) == session && overlap(history_.spans[call], history_.spans[other]))
        return true;
    return false;
  }

  std::optional<std::uint64_t> session_of(std::size_t call) const {
    const plan::Step& step = history_.steps[call];
    if (signature_of(step.function).roles[0].handle != model::HandleKind::session ||
        step.arguments[0].kind != plan::SymbolKind::value)
      return std::nullopt;
    return word_in(before_, history_, static_cast<plan::Variable>(step.arguments[0].number));
  }

  bool passed_over(std::size_t call, const State& state, std::size_t position, const Calls& open) {
    State next = state;
    next.done.set(call);
    next.placed.push_back(call);
    return follow(std::move(next), position, open);
  }

  void note_failure(std::size_t call, const State& state, std::size_t position) {
    if (position < deepest_) return;
    if (position > deepest_ || result_.placed.empty()) result_.placed = state.placed;
    if (position > deepest_) result_.allowed = {};
    deepest_ = position;
    result_.culprit = call;
    plan::Step step = history_.steps[call];
    if (state.begun[call]) step.kind = plan::StepKind::finish;
    const model::OutcomeSet allowed = state.referee.allowed(step, history_.seen[call].faults_hit);
    for (const model::Outcome& outcome : allowed.all())
      if (std::ranges::none_of(result_.allowed.all(),
                               [&](const model::Outcome& known) { return known.clause == outcome.clause; }))
        result_.allowed.add(*outcome.clause, outcome.code);
  }

  static std::uint64_t key_of(const State& state, std::size_t position) {
    const std::uint64_t parts[] = {state.referee.fingerprint(), position, std::hash<Calls>{}(state.begun),
                                   std::hash<Calls>{}(state.done)};
    std::uint64_t key = 0;
    for (const std::uint64_t part : parts) {
      key = (key ^ part) * 0x9e3779b97f4a7c15;
      key ^= key >> 32;
    }
    return key;
  }

  const Referee& before_;
  const History& history_;
  std::vector<Event> events_;
  std::unordered_set<std::uint64_t> seen_;
  std::size_t deepest_ = 0;
  Explanation result_;
};

/// A call that makes a session while another call ends one may be given the handle that becomes free by that: it has had its
/// effect while the other session was there, and chosen its handle when it was gone. What it gave is then called by a name
/// of its own. False: there is no such call.
bool rename_reused(const Referee& before, const History& history, std::vector<Observation>& seen) {
  bool any = false;
  for (std::size_t made = 0; made < history.steps.size(); ++made) {
    if (!seen[made].out_written || seen[made].code < 0) continue;
    for (std::size_t other = 0; other < history.steps.size(); ++other) {
      const plan::Step& end = history.steps[other];
      if (end.function != model::Function::JetEndSession || end.arguments[0].kind != plan::SymbolKind::value ||
          !overlap(history.spans[made], history.spans[other]))
        continue;
      if (word_in(before, history, static_cast<plan::Variable>(end.arguments[0].number)) != history.seen[made].out)
        continue;
      seen[made].out = ~std::uint64_t{1} - made;
      any = true;
    }
  }
  return any;
}

}  // namespace

Explanation explain(const Referee& before, const History& history) {
  Explanation found = Search(before, history).result();
  if (found.explained || found.undecided) return found;
  std::vector<Observation> renamed(history.seen.begin(), history.seen.end());
  if (!rename_reused(before, history, renamed)) return found;
  Explanation again = Search(before, {history.steps, renamed, history.spans, history.text}).result();
  return again.explained ? again : found;
}

}  // namespace esentcheck::check
