// The session paths of the model allocate nothing once a world has room: each call of the counting operator new is seen.
#include <cstdlib>
#include <new>

#include "model/tests/support.hpp"

namespace {
std::size_t allocations = 0;

void* counted(std::size_t size) {
  ++allocations;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace esentcheck::model::testing {
namespace {

/// One call, with every outcome that it may have asked for and the first success, or else the first, taken.
Handle make(World& world, const Call& made, const Profile& profile) {
  const OutcomeSet allowed = step(world, made, profile);
  const Outcome* outcome = allowed.find(Code::errSuccess);
  return apply(world, made, outcome == nullptr ? allowed.front() : *outcome).handle;
}

class Allocations : public ::testing::TestWithParam<Reading> {};
INSTANTIATE_TEST_SUITE_P(Of, Allocations, ::testing::Values(Reading::documented, Reading::engine, Reading::engine_fast),
                         [](const auto& reading) {
                           std::string name(name_of(reading.param));
                           std::erase(name, '-');
                           return name;
                         });

TEST_P(Allocations, AreNotMadeOnTheSessionPaths) {
  OneSession p;
  const Profile profile{GetParam()};
  reserve_sessions(p.world, 200);
  make(p.world, dup(garbage), profile);  // Tables that are built once.

  const std::size_t before = allocations;
  for (int round = 0; round < 3; ++round) {
    // Up to the limit and beyond it, by begin and by dup, then back.
    for (int i = 0; i < 50; ++i) {
      make(p.world, begin_session(p.instance), profile);
      make(p.world, dup(p.session), profile);
    }
    for (int i = 0; i < 9; ++i) make(p.world, begin_transaction(p.session), profile);
    make(p.world, on(2, commit(p.session)), profile);
    make(p.world, commit(p.session), profile);
    make(p.world, rollback(p.session, bit::RollbackAll), profile);
    make(p.world, set_context(p.session, 7), profile);
    make(p.world, set_context(p.session, 8), profile);
    make(p.world, reset_context(p.session), profile);
    make(p.world, get_version(p.session), profile);
    for (const Handle bad : {zero, nil, ended, garbage}) {
      make(p.world, dup(bad), profile);
      make(p.world, end(bad), profile);
      make(p.world, begin_session(bad), profile);
      make(p.world, begin_transaction(bad), profile);
    }
    for (std::uint32_t i = 1; i < 101; ++i) make(p.world, end(handle_of(SessionId{i})), profile);
  }
  EXPECT_EQ(allocations - before, 0u);
  EXPECT_EQ(p[p.instance].session_count, 1u);
}

TEST(CountedAllocations, AreSeen) {
  World world;
  const std::size_t before = allocations;
  world.sessions.reserve(10);
  EXPECT_EQ(allocations - before, 1u) << "the counter itself";
}

}  // namespace
}  // namespace esentcheck::model::testing
