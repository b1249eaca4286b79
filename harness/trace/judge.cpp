#include "harness/trace/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "harness/check/words.hpp"
#include "harness/trace/answer.hpp"
#include "harness/trace/candidate.hpp"
#include "harness/trace/names.hpp"
#include "harness/trace/resolve.hpp"

namespace esentcheck::trace {
namespace {

using model::OutcomeSet;
using Stage = Pending::Stage;

class Judge {
 public:
  Judge(const Run& run, const model::Profile& profile, Touched& touched)
      : run_(run), profile_(profile), touched_(touched) {
    candidates_.push_back({.world = model::World(profile), .bindings = {}, .pending = {}});
    for (const Line& line : run.lines) {
      if (line.kind != LineKind::call) continue;
      if (line.call.begin != 0) stamps_.push_back(line.call.begin);
      if (line.call.end_stamp != 0) stamps_.push_back(line.call.end_stamp);
    }
    std::ranges::sort(stamps_);
  }

  Verdict judge() {
    for (std::size_t i = 0; i < run_.lines.size() && !is_over(); ++i) take(run_.lines[i]);
    while (!is_over() && !pending_.empty()) end(*first_to_end());
    return std::move(verdict_);
  }

 private:
  bool is_over() const { return verdict_.refusal.has_value() || left_off_; }

  void take(const Line& line) {
    switch (line.kind) {
      case LineKind::call: return take_call(line);
      case LineKind::set:
        for (const Field& field : line.set) variables_.set(field.name, word_of(field.value, variables_));
        return;
      case LineKind::directory:
        for (Candidate& candidate : candidates_)
          candidate.world.directories.push_back(model::folder_key(line.directory));
        return;
      case LineKind::release: return;  // what it lets go on shows when that ends
      case LineKind::join: return end_calls_of(line.thread);
    }
  }

  void take_call(const Line& line) {
    while (!is_over() && line.call.begin != 0 && ends_before(line.call.begin)) end(*first_to_end());
    if (is_over()) return;
    if (line.call.function && !model::is_modelled(*line.call.function)) return leave_off(line);
    settle();
    if (overlaps(line.call)) return begin(line);
    if (line.call.function)
      take_whole(line);
    else
      pass(line);
  }

  /// Nothing in the model corresponds to the call, and what it does might matter to every later one.
  void leave_off(const Line& line) {
    left_off_ = true;
    for (const Line& left : run_.lines)
      if (left.number >= line.number && left.kind == LineKind::call) ++verdict_.counts.left_off;
  }

  // --- Calls that nothing else overlaps ---

  void take_whole(const Line& line) {
    const Call& seen = line.call;
    const auto& settings = settings_.emplace_back(settings_of(seen, variables_));
    std::vector<Candidate> next;
    std::string mismatch;
    for (const Candidate& candidate : candidates_) {
      const model::Call call = resolve(seen, candidate, variables_, settings);
      follow(candidate, line, call, model::step(candidate.world, call, profile_), next, mismatch);
    }
    if (next.empty()) return refuse_or_pass(line, mismatch);
    candidates_ = std::move(next);
    ++verdict_.counts.judged;
    write_variables(seen);
  }

  /// Adds the candidate behind each outcome that is what was seen.
  void follow(const Candidate& candidate, const Line& line, const model::Call& call, const OutcomeSet& outcomes,
              std::vector<Candidate>& next, std::string& mismatch) {
    for (const model::Outcome& outcome : outcomes.all()) {
      if (!ends_alike(line.call, outcome)) continue;
      std::optional<Candidate> reached = after(candidate, line.call, call, outcome, variables_, mismatch);
      if (!reached) continue;
      touched_.emplace(call.function, outcome.clause);
      add(next, std::move(*reached));
    }
  }

  void pass(const Line& line) {
    ++verdict_.counts.outside;
    for (Candidate& candidate : candidates_)
      note_updates(candidate, line.call, session_of(line.call, candidate, variables_));
    write_variables(line.call);
  }

  static bool updates(const Call& call) {
    const Outsider* outsider = outsider_named(call.name);
    return outsider != nullptr && outsider->updates;
  }

  static void note_updates(Candidate& candidate, const Call& call, model::Handle handle) {
    if (!updates(call) || static_cast<std::int32_t>(call.code) < 0) return;
    if (model::find_session(candidate.world, handle) == nullptr) return;
    model::Session& session = candidate.world.sessions[handle.id];
    session.updated |= session.depth > 0;
  }

  // --- Calls that overlap ---

  /// Whether another call begins or ends inside this one.
  bool overlaps(const Call& call) const {
    if (call.begin == 0 || call.end_stamp == 0) return call.async;
    return *std::ranges::upper_bound(stamps_, call.begin) != call.end_stamp;
  }

  void begin(const Line& line) {
    const auto& settings = settings_.emplace_back(settings_of(line.call, variables_));
    for (Candidate& candidate : candidates_) {
      Pending pending{.line = &line, .session = session_of(line.call, candidate, variables_)};
      if (line.call.function) pending.call = resolve(line.call, candidate, variables_, settings);
      if (pending.session.kind == model::HandleKind::session) enter(candidate, line.call, pending.session);
      candidate.pending.push_back(std::move(pending));
    }
    pending_.push_back(&line);
    settle();
  }

  static void enter(Candidate& candidate, const Call& call, model::Handle handle) {
    model::Session& session = candidate.world.sessions[handle.id];
    ++session.calls_inside;
    if (updates(call)) ++session.inner_levels;
  }

  static void leave(Candidate& candidate, const Pending& pending) {
    if (pending.session.kind != model::HandleKind::session) return;
    model::Session& session = candidate.world.sessions[pending.session.id];
    if (session.calls_inside > 0) --session.calls_inside;
    if (session.inner_levels > 0 && updates(pending.line->call)) --session.inner_levels;
  }

  /// Every candidate that a pending call may have led to by now.
  void settle() {
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      for (std::size_t p = 0; p < candidates_[i].pending.size(); ++p) {
        const Candidate from = candidates_[i];  // the list grows
        settle(from, p);
      }
  }

  void settle(const Candidate& from, std::size_t position) {
    const Pending& pending = from.pending[position];
    if (pending.stage == Stage::done || !pending.line->call.function) return;
    // A call does not stand in its own way.
    Candidate outside = from;
    leave(outside, pending);
    const bool begun = pending.stage == Stage::begun;
    const OutcomeSet outcomes = begun ? model::step_end(outside.world, pending.call, profile_)
                                      : model::step(outside.world, pending.call, profile_);
    std::vector<Candidate> reached;
    std::string mismatch;
    follow(outside, *pending.line, pending.call, outcomes, reached, mismatch);
    for (Candidate& next : reached) {
      next.pending[position].stage = Stage::done;
      add(candidates_, std::move(next));
    }
    if (!begun && model::has_duration(pending.call.function) && model::may_begin(pending.call.function, outcomes))
      add(candidates_, begun_call(std::move(outside), position));
  }

  static Candidate begun_call(Candidate candidate, std::size_t position) {
    Pending& pending = candidate.pending[position];
    pending.stage = Stage::begun;
    const model::Produced produced = model::begin(candidate.world, pending.call);
    // JetInit without an instance makes one; what it is called shows only when the call has returned.
    if (produced.handle.kind == model::HandleKind::instance) pending.call.arguments[0].handle = produced.handle;
    return candidate;
  }

  bool ends_before(std::uint64_t stamp) const {
    return std::ranges::any_of(
        pending_, [&](const Line* line) { return line->call.end_stamp != 0 && line->call.end_stamp < stamp; });
  }

  /// Calls without a stamp end when their thread is joined, or with the run.
  const Line* first_to_end() const {
    return *std::ranges::min_element(pending_, {}, [](const Line* line) { return line->call.end_stamp - 1; });
  }

  void end_calls_of(std::uint8_t thread) {
    while (!is_over()) {
      const auto at = std::ranges::find(pending_, thread, [](const Line* line) { return line->call.thread; });
      if (at == pending_.end()) return;
      end((*at)->call.end_stamp == 0 ? **at : *first_to_end());
    }
  }

  void end(const Line& line) {
    settle();
    std::vector<Candidate> next;
    for (const Candidate& candidate : candidates_) {
      const auto at = std::ranges::find(candidate.pending, &line, &Pending::line);
      const auto position = at - candidate.pending.begin();
      if (line.call.function && at->stage != Stage::done) continue;
      Candidate ended = candidate;
      if (!line.call.function) {
        leave(ended, *at);
        note_updates(ended, line.call, at->session);
      }
      ended.pending.erase(ended.pending.begin() + position);
      add(next, std::move(ended));
    }
    std::erase(pending_, &line);
    if (next.empty()) return refuse_pending(line);
    candidates_ = std::move(next);
    ++(line.call.function ? verdict_.counts.judged : verdict_.counts.outside);
    write_variables(line.call);
  }

  // --- What cannot be explained ---

  void refuse_or_pass(const Line& line, const std::string& mismatch) {
    if (line.call.unstable) {
      ++verdict_.counts.unstable;
      write_variables(line.call);
      return;
    }
    std::vector<std::string> allowed;
    for (const Candidate& candidate : candidates_) {
      const model::Call call = resolve(line.call, candidate, variables_, settings_.back());
      note(allowed, call.function, model::step(candidate.world, call, profile_));
    }
    refuse(line, mismatch, std::move(allowed));
  }

  void refuse_pending(const Line& line) {
    std::vector<std::string> allowed;
    for (const Candidate& candidate : candidates_)
      for (const Pending& pending : candidate.pending)
        if (pending.line == &line)
          note(allowed, pending.call.function,
               pending.stage == Stage::begun ? model::step_end(candidate.world, pending.call, profile_)
                                             : model::step(candidate.world, pending.call, profile_));
    refuse(line, "", std::move(allowed));
  }

  static void note(std::vector<std::string>& allowed, model::Function function, const OutcomeSet& outcomes) {
    for (std::string& words : check::spell(function, outcomes))
      if (std::ranges::find(allowed, words) == allowed.end()) allowed.push_back(std::move(words));
  }

  void refuse(const Line& line, const std::string& mismatch, std::vector<std::string> allowed) {
    const Call& call = line.call;
    std::string sentence;
    if (call.end == End::crashed)
      sentence = fmt::format("{} ended the process", call.name);
    else if (call.end == End::hung)
      sentence = fmt::format("{} did not come back", call.name);
    else
      sentence = fmt::format("{} returned {}", call.name, call.code_name);
    sentence += mismatch.empty() ? ", which no clause allows here" : ": " + mismatch;
    verdict_.refusal = Refusal{line.number, std::move(sentence), spec::row(*call.function).page, std::move(allowed)};
  }

  void write_variables(const Call& call) {
    for (const Field& out : call.out) {
      const bool a_word = out.value.kind == ValueKind::handle || out.value.kind == ValueKind::nil ||
                          out.value.kind == ValueKind::number;
      if (a_word) variables_.set(out.name, word_of(out.value, variables_));
    }
  }

  const Run& run_;
  model::Profile profile_;
  Touched& touched_;
  std::vector<Candidate> candidates_;
  Variables variables_;
  std::deque<std::vector<model::ParameterSetting>> settings_;  // borrowed by calls
  std::vector<const Line*> pending_;
  std::vector<std::uint64_t> stamps_;
  bool left_off_ = false;
  Verdict verdict_;
};

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  judged += other.judged;
  outside += other.outside;
  unstable += other.unstable;
  left_off += other.left_off;
  return *this;
}

Verdict judge(const Run& run, const model::Profile& profile, Touched& touched) {
  return Judge(run, profile, touched).judge();
}

}  // namespace esentcheck::trace
