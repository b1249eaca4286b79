// Laws that hold in every world that calls can reach, whichever of the allowed outcomes they had.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "model/tests/out_of_reach.hpp"
#include "model/tests/walk.hpp"

namespace esentcheck::model::testing {
namespace {

/// The same walks in every run, unless somebody asks for others.
[[maybe_unused]] const int same_seed = setenv("RC_PARAMS", "seed=20001026", 0);

using Choices = std::vector<std::uint32_t>;

Profile draw_profile() {
  return {*rc::gen::element(Reading::documented, Reading::documented, Reading::engine, Reading::engine_fast),
          *rc::gen::element(spec::newest_release, Release::windows_2000, Release::windows_xp)};
}

Choices draw_choices() { return *rc::gen::resize(250, rc::gen::arbitrary<Choices>()); }

bool same(const OutcomeSet& a, const OutcomeSet& b) {
  return std::ranges::equal(
      a.all(), b.all(), [](const Outcome& x, const Outcome& y) { return x.clause == y.clause && x.code == y.code; });
}

std::string what_is_wrong(const World& world, const Profile& profile) {
  std::uint32_t running = 0;
  std::uint32_t present = 0;
  for (std::uint32_t i = 0; i < world.instances.size(); ++i) {
    const Instance& instance = world.instances[i];
    std::uint32_t users = 0;
    std::uint32_t open = 0;
    for (const Session& session : world.sessions) {
      if (!session.live || session.instance != InstanceId{i}) continue;
      users += session.internal ? 0 : 1;
      open += session.depth > 0 ? 1 : 0;
      if (instance.phase == Phase::absent) return "a session of no instance";
    }
    if (users != instance.session_count) return "session_count";
    if (open != instance.open_transactions) return "open_transactions";
    if (instance.phase == Phase::absent && !(instance == Instance{})) return "an absent instance with a past";
    const std::uint32_t surplus = profile.reading == Reading::documented ? 0 : 65;
    if (users > 0 && users > instance.session_limit + surplus) return "more sessions than the limit";
    if (instance.phase == Phase::created && users > 0) return "a session of an instance that does not run";
    if (instance.phase == Phase::running || (instance.phase == Phase::terminating && !instance.never_ran)) ++running;
    if (instance.phase != Phase::absent) ++present;
  }
  if (running != world.running_instances) return "running_instances";
  if (world.mode == Mode::undecided && present != 0) return "an instance and no mode";
  if (world.mode == Mode::single && present != 1) return "single-instance mode without the one instance";

  std::size_t free = 0;
  for (std::uint32_t next = world.first_free_session; next < world.sessions.size();
       next = world.sessions[next].next_free) {
    if (world.sessions[next].live || ++free > world.sessions.size()) return "the free list";
  }
  if (free != static_cast<std::size_t>(std::ranges::count(world.sessions, false, &Session::live)))
    return "a free position is lost";
  for (const Session& session : world.sessions) {
    if (session.depth > 7) return "a level that no release has";
    if (session.depth == 0 && (session.begun_in_context || session.owner != ThreadId{})) return "an owner of nothing";
  }
  return {};
}

// --- Every move ---

RC_GTEST_PROP(EveryCall, MayEndInSomeWayAndInTheSameWaysWhenAskedAgain, ()) {
  Walk walk(draw_profile());
  for (const std::uint32_t choice : draw_choices()) {
    const Walk::Move move = walk.advance(choice);
    RC_ASSERT(move.allowed.size() > 0);
    const World copy = *move.before;
    const OutcomeSet again =
        move.at_end ? step_end(copy, move.call, walk.profile) : step(copy, move.call, walk.profile);
    RC_ASSERT(same(move.allowed, again));
  }
}

RC_GTEST_PROP(EveryOutcome, LeavesAWorldWhoseCountsAgreeWithItsContents, ()) {
  Walk walk(draw_profile());
  for (const std::uint32_t choice : draw_choices()) {
    const Walk::Move move = walk.advance(choice);
    for (const Outcome& outcome : move.allowed.all()) {
      World after = *move.before;
      apply(after, move.call, outcome);
      RC_ASSERT(what_is_wrong(after, walk.profile) == "");
    }
    RC_ASSERT(what_is_wrong(walk.world, walk.profile) == "");
  }
}

RC_GTEST_PROP(EveryFailure, WithoutAnEffectOfItsOwnLeavesTheWorldAsItWas, ()) {
  Walk walk(draw_profile());
  for (const std::uint32_t choice : draw_choices()) {
    const Walk::Move move = walk.advance(choice);
    for (const Outcome& outcome : move.allowed.all()) {
      if (static_cast<std::int32_t>(outcome.code) >= 0) continue;
      World after = *move.before;
      const Produced produced = apply(after, move.call, outcome);
      RC_ASSERT(produced.handle == Handle{});
      if (outcome.clause->effect == nullptr) RC_ASSERT(after == *move.before);
    }
  }
}

RC_GTEST_PROP(EveryOutcomeOfTheEngine, ComesFromAClauseThatTheEngineHas, ()) {
  const auto reading = *rc::gen::element(Reading::documented, Reading::engine, Reading::engine_fast);
  Walk walk({reading});
  for (const std::uint32_t choice : draw_choices()) {
    const Walk::Move move = walk.advance(choice);
    std::size_t sure = 0;
    for (const Outcome& outcome : move.allowed.all())
      RC_ASSERT((outcome.clause->readings & static_cast<std::uint8_t>(reading)) != 0);
    for (const Outcome& outcome : move.allowed.all()) sure += outcome.clause->guard == nullptr ? 1 : 0;
    // Success once at most, and last.
    RC_ASSERT(sure <= 1);
    if (sure == 1) RC_ASSERT(move.allowed.all().back().clause->guard == nullptr);
  }
}

RC_GTEST_PROP(SessionCalls, ChangeNothingOutsideTheirInstance, ()) {
  Walk walk(draw_profile());
  for (const std::uint32_t choice : draw_choices()) {
    const Walk::Move move = walk.advance(choice);
    const std::string_view group = spec::row(move.call.function).group;
    if (group != "session" && group != "transaction") continue;
    const Session* session = find_session(*move.before, move.call[0].handle);
    const Instance* instance = session != nullptr
                                   ? &move.before->instances[static_cast<std::uint32_t>(session->instance)]
                                   : served_instance(*move.before, move.call[0].handle);
    for (std::size_t i = 0; i < move.before->instances.size(); ++i)
      if (&move.before->instances[i] != instance) RC_ASSERT(walk.world.instances[i] == move.before->instances[i]);
    RC_ASSERT(walk.world.globals == move.before->globals);
    RC_ASSERT(walk.world.mode == move.before->mode);
  }
}

// --- Every world ---

RC_GTEST_PROP(Capacity, IsTheLimitLessTheLiveSessions, ()) {
  Walk walk({Reading::documented});
  for (const std::uint32_t choice : draw_choices()) walk.advance(choice);
  for (std::uint32_t i = 0; i < walk.world.instances.size(); ++i) {
    const Instance& instance = walk.world.instances[i];
    if (instance.phase != Phase::running || instance.service_stopped) continue;
    if (instance.availability == Availability::withdrawn) continue;
    World world = walk.world;
    const Call more = begin_session(handle_of(InstanceId{i}));
    std::uint32_t begun = 0;
    for (OutcomeSet allowed = step(world, more, walk.profile); allowed.find(Code::errSuccess) != nullptr;
         allowed = step(world, more, walk.profile)) {
      apply(world, more, *allowed.find(Code::errSuccess));
      ++begun;
    }
    RC_ASSERT(begun == instance.session_limit - instance.session_count);
  }
}

RC_GTEST_PROP(EndingEverything, ReturnsToTheStart, ()) {
  Walk walk(draw_profile());
  for (const std::uint32_t choice : draw_choices()) walk.advance(choice);
  walk.end_pending();
  // Where the engine has kept a lock of the process, nothing ends any more.
  if (walk.world.lock_kept) return;
  for (std::uint32_t i = 0; i < walk.world.instances.size(); ++i) {
    const Handle instance = handle_of(InstanceId{i});
    if (find_instance(walk.world, instance) == nullptr) continue;
    const Call last = term2(instance, bit::TermDirty);
    const OutcomeSet allowed = step(walk.world, last, walk.profile);
    const Outcome* done = allowed.find(Code::errSuccess);
    if (done == nullptr) done = allowed.find(Code::errDirtyShutdown);
    RC_ASSERT(done != nullptr);
    apply(walk.world, last, *done);
    RC_ASSERT(find_instance(walk.world, instance) == nullptr);
  }
  // What outlives the instances: global parameters, files, and a multi-instance mode that no instance ever used.
  World start(walk.profile);
  start.globals = walk.world.globals;
  start.files = walk.world.files;
  start.directories = walk.world.directories;
  start.backups = walk.world.backups;
  start.log_folders = walk.world.log_folders;
  start.checkpoints = walk.world.checkpoints;
  World end = canonical(walk.world);
  if (end.mode == Mode::multi) end.mode = Mode::undecided;
  RC_ASSERT(end == canonical(start));
}

// --- Positions ---

struct Renumbered {
  World world;
  std::vector<std::uint32_t> instances;  ///< new position of each old one
  std::vector<std::uint32_t> sessions;

  SessionId moved(SessionId id) const { return SessionId{sessions[static_cast<std::uint32_t>(id)]}; }
  Handle of(Handle handle) const {
    if (handle.kind == HandleKind::instance && handle.id < instances.size()) handle.id = instances[handle.id];
    if (handle.kind == HandleKind::session && handle.id < sessions.size()) handle.id = sessions[handle.id];
    return handle;
  }
};

std::vector<std::uint32_t> shuffled(std::size_t count, Dice& dice) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[dice.below(i)]);
  return order;
}

Renumbered renumber(const World& world, Dice& dice) {
  Renumbered result{world, shuffled(world.instances.size(), dice), shuffled(world.sessions.size(), dice)};
  for (std::size_t i = 0; i < world.instances.size(); ++i)
    result.world.instances[result.instances[i]] = world.instances[i];
  result.world.first_free_session = static_cast<std::uint32_t>(world.sessions.size());
  for (std::size_t i = 0; i < world.sessions.size(); ++i) {
    Session& moved = result.world.sessions[result.sessions[i]] = world.sessions[i];
    if (moved.live) moved.instance = InstanceId{result.instances[static_cast<std::uint32_t>(moved.instance)]};
  }
  for (Database& database : result.world.databases) {
    if (database.attached)
      database.instance = InstanceId{result.instances[static_cast<std::uint32_t>(database.instance)]};
    if (database.attacher_is_live) database.attacher = result.moved(database.attacher);
    if (database.is_exclusive) database.exclusive_to = result.moved(database.exclusive_to);
  }
  for (Open& open : result.world.opens)
    if (open.live) open.session = result.moved(open.session);
  for (std::uint32_t i = 0; i < result.world.sessions.size(); ++i) {
    if (result.world.sessions[i].live) continue;
    result.world.sessions[i].next_free = result.world.first_free_session;
    result.world.first_free_session = i;
  }
  return result;
}

RC_GTEST_PROP(Positions, MakeNoDifferenceToTheCanonicalForm, ()) {
  Walk walk(draw_profile());
  for (const std::uint32_t choice : draw_choices()) walk.advance(choice);
  Dice dice(*rc::gen::arbitrary<std::uint32_t>());
  const World once = canonical(walk.world);
  const World renumbered = canonical(renumber(walk.world, dice).world);
  RC_ASSERT(renumbered == once);
  RC_ASSERT(hash_of(renumbered) == hash_of(once));
  RC_ASSERT(canonical(once) == once);
}

RC_GTEST_PROP(Positions, MakeNoDifferenceToWhatACallMayDo, ()) {
  Walk walk(draw_profile());
  for (const std::uint32_t choice : draw_choices()) walk.advance(choice);
  Dice dice(*rc::gen::arbitrary<std::uint32_t>());
  const Renumbered other = renumber(walk.world, dice);
  for (int i = 0; i < 50; ++i) {
    const Call made = walk.draw(dice);
    Call moved = made;
    for (Argument& argument : moved.arguments) argument.handle = other.of(argument.handle);
    const OutcomeSet here = step(walk.world, made, walk.profile);
    const OutcomeSet there = step(other.world, moved, walk.profile);
    RC_ASSERT(same(here, there));
    for (const Outcome& outcome : here.all()) {
      World left = walk.world;
      World right = other.world;
      apply(left, made, outcome);
      apply(right, moved, outcome);
      RC_ASSERT(canonical(left) == canonical(right));
    }
  }
}

RC_GTEST_PROP(Hash, TellsAWorldFromTheOneAfterItsNextChange, ()) {
  Walk walk(draw_profile());
  for (const std::uint32_t choice : draw_choices()) {
    const Walk::Move move = walk.advance(choice);
    const World copy = walk.world;
    RC_ASSERT(hash_of(copy) == hash_of(walk.world));
    // 64 bits: a collision among the few thousand worlds of a run would be a bug of the function.
    if (!(walk.world == *move.before)) RC_ASSERT(hash_of(walk.world) != hash_of(*move.before));
  }
}

// --- Sometimes: the walks above are not vacuous ---

struct Reached {
  std::set<Phase> phases;
  std::set<Availability> availabilities;
  std::set<Mode> modes;
  std::set<std::pair<Function, const Clause*>> clauses;
  int at_the_limit = 0;
  int at_the_deepest_level = 0;
};

void walk_far(Reached& reached, const Profile& profile, std::uint64_t first_seed, std::uint64_t end) {
  for (std::uint64_t seed = first_seed; seed < end; ++seed) {
    Walk walk(profile);
    walk.keeps_before = false;
    Dice dice(seed);
    for (int i = 0; i < 400; ++i) {
      const Walk::Move move = walk.advance(dice.below(std::uint64_t{1} << 32));
      reached.modes.insert(walk.world.mode);
      for (const Instance& instance : walk.world.instances) {
        reached.phases.insert(instance.phase);
        reached.availabilities.insert(instance.availability);
      }
      for (const Outcome& outcome : move.allowed.all()) {
        reached.at_the_limit += outcome.code == Code::errOutOfSessions ? 1 : 0;
        reached.at_the_deepest_level += outcome.code == Code::errTransTooDeep ? 1 : 0;
        reached.clauses.emplace(move.call.function, outcome.clause);
      }
    }
  }
}

TEST(Walks, ReachEveryStateThatAWorldCanBeIn) {
  Reached reached;
  walk_far(reached, documented, 0, 100);
  EXPECT_EQ(reached.phases.size(), 6u);
  EXPECT_EQ(reached.availabilities.size(), 3u);
  EXPECT_EQ(reached.modes.size(), 3u);
  EXPECT_GE(reached.at_the_limit, 100) << "about once in each walk";
  EXPECT_GE(reached.at_the_deepest_level, 10);
}

/// What walks under that reading should have met and have not, and what they met although it is out of reach.
struct Verdict {
  std::string missed;
  std::string listed_in_vain;
};

Verdict compare(const Reached& reached, const Profile& profile) {
  const auto reading = static_cast<std::uint8_t>(profile.reading);
  Verdict verdict;
  for (const spec::FunctionRow& row : spec::functions())
    for (const auto list : {clauses_of(row.function), end_clauses_of(row.function)})
      for (const Clause& clause : list) {
        if ((clause.readings & reading) == 0 || !can_hold(clause)) continue;
        const std::string id = id_of(row.function, clause);
        const bool is_reached = reached.clauses.contains({row.function, &clause});
        if (!is_reached && !is_out_of_reach(id, reading)) verdict.missed += id + '\n';
        if (is_reached && is_out_of_reach(id, reading)) verdict.listed_in_vain += id + '\n';
      }
  return verdict;
}

TEST(Walks, ReachEveryClauseOfEachReadingAndNoneThatIsOutOfReach) {
  constexpr std::uint64_t at_a_time = 250;
  constexpr std::uint64_t most_seeds = 8000;
  for (const Profile& profile : {documented, engine, engine_fast}) {
    Reached reached;
    // Some clauses are confined to old releases.
    if (profile.reading == Reading::documented) walk_far(reached, {Reading::documented, Release::windows_xp}, 0, 100);
    Verdict verdict;
    for (std::uint64_t seed = 0; seed < most_seeds; seed += at_a_time) {
      walk_far(reached, profile, seed, seed + at_a_time);
      verdict = compare(reached, profile);
      if (verdict.missed.empty()) break;
    }
    EXPECT_EQ(verdict.missed, "") << name_of(profile.reading);
    EXPECT_EQ(verdict.listed_in_vain, "") << name_of(profile.reading);
  }
}

}  // namespace
}  // namespace esentcheck::model::testing
