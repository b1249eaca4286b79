// What machine words denote, held up to a plain map.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "harness/check/bindings.hpp"

namespace esentcheck::check {
namespace {

using model::HandleKind;

struct Event {
  bool binds = true;
  std::uint64_t word = 0;
  std::uint32_t position = 0;
};

/// Few words and few positions, so that both are met again and again; words as alike as handles of a real library.
rc::Gen<std::vector<Event>> events() {
  const auto word = rc::gen::oneOf(rc::gen::map(rc::gen::inRange(1, 20), [](int n) { return std::uint64_t(n); }),
                                   rc::gen::map(rc::gen::inRange(1, 400), [](int n) { return std::uint64_t(n) << 32; }),
                                   rc::gen::arbitrary<std::uint64_t>());
  return rc::gen::container<std::vector<Event>>(rc::gen::build<Event>(
      rc::gen::set(&Event::binds, rc::gen::element(true, true, true, false)), rc::gen::set(&Event::word, word),
      rc::gen::set(&Event::position, rc::gen::inRange<std::uint32_t>(0, 30))));
}

RC_GTEST_PROP(Words, AnswerLikeAPlainMapHoweverOftenTheyAreUsedAgain, ()) {
  Words words;
  std::map<std::uint64_t, std::uint32_t> position_of;
  std::map<std::uint32_t, std::uint64_t> word_of;
  for (const Event& event : *events()) {
    if (event.binds) {
      words.bind(event.word, event.position);
      position_of[event.word] = event.position;
      word_of[event.position] = event.word;
    } else {
      words.forget(event.position);
      word_of.erase(event.position);
    }
    const std::uint32_t* found = words.find(event.word);
    RC_ASSERT((found != nullptr) == position_of.contains(event.word));
  }
  for (const auto& [word, position] : position_of) {
    RC_ASSERT(words.find(word) != nullptr);
    RC_ASSERT(*words.find(word) == position);
    RC_ASSERT(words.find(word ^ 0x8000'0000'0000'0001) == nullptr ||
              position_of.contains(word ^ 0x8000'0000'0000'0001));
  }
  for (std::uint32_t position = 0; position < 40; ++position)
    RC_ASSERT(words.word_of(position) == (word_of.contains(position) ? word_of[position] : 0));
}

TEST(Words, FindTenThousandAmongTenThousand) {
  Words words;
  for (std::uint32_t i = 0; i < 10'000; ++i) words.bind(std::uint64_t{i} << 12 | 1, i);
  for (std::uint32_t i = 0; i < 10'000; ++i) ASSERT_EQ(*words.find(std::uint64_t{i} << 12 | 1), i);
  EXPECT_EQ(words.find(0), nullptr) << "an empty place is no word";
}

class Bindings_ : public testing::Test {
 protected:
  Bindings_() : instance(model::add_instance(world, "i", true)) {}

  model::SessionId begin(std::uint64_t word) {
    const model::SessionId id = model::add_session(world, instance, false);
    bindings.bind(id, word);
    return id;
  }

  model::World world;
  model::InstanceId instance;
  Bindings bindings;
};

TEST_F(Bindings_, ZeroAndNilDenoteNothingWhateverWasGivenOut) {
  begin(8);
  EXPECT_EQ(bindings.session(world, 0).kind, HandleKind::zero);
  EXPECT_EQ(bindings.session(world, ~std::uint64_t{0}).kind, HandleKind::nil);
}

TEST_F(Bindings_, AWordThatWasNeverGivenOutIsGarbage) {
  begin(8);
  EXPECT_EQ(bindings.session(world, 16).kind, HandleKind::garbage);
}

TEST_F(Bindings_, AWordDenotesItsSessionUntilThatEnds) {
  const model::SessionId id = begin(8);
  EXPECT_EQ(bindings.session(world, 8), model::handle_of(id));
  model::remove_session(world, id);
  EXPECT_EQ(bindings.session(world, 8).kind, HandleKind::ended);
}

TEST_F(Bindings_, AWordThatIsGivenOutAgainDenotesTheNewSession) {
  const model::SessionId other = begin(8);
  const model::SessionId first = begin(16);
  model::remove_session(world, other);
  model::remove_session(world, first);
  const model::SessionId next = begin(8);
  EXPECT_EQ(bindings.session(world, 8), model::handle_of(next));
}

TEST_F(Bindings_, AnOldWordDoesNotDenoteTheSessionThatTookItsPosition) {
  const model::SessionId first = begin(8);
  model::remove_session(world, first);
  const model::SessionId second = begin(16);
  ASSERT_EQ(first, second) << "the position is given out again";
  EXPECT_EQ(bindings.session(world, 8).kind, HandleKind::ended);
  EXPECT_EQ(bindings.session(world, 16), model::handle_of(second));
}

TEST_F(Bindings_, OneIdMayStandForEveryOpenOfADatabase) {
  const model::SessionId first = begin(8);
  const model::SessionId second = begin(16);
  const std::uint32_t database = model::attach_database(world, first, "x.edb", false);
  const model::OpenId a = model::open_database(world, first, database);
  const model::OpenId b = model::open_database(world, second, database);
  bindings.bind(a, 7);
  bindings.bind(b, 7);
  EXPECT_EQ(bindings.database(world, 7, model::handle_of(first)), model::handle_of(a));
  EXPECT_EQ(bindings.database(world, 7, model::handle_of(second)), model::handle_of(b));
  model::close_database(world, a);
  EXPECT_EQ(bindings.database(world, 7, model::handle_of(first)), model::handle_of(b)) << "now somebody else's";
  model::close_database(world, b);
  EXPECT_EQ(bindings.database(world, 7, model::handle_of(first)).kind, HandleKind::ended);
  EXPECT_EQ(bindings.database(world, 6, model::handle_of(first)).kind, HandleKind::garbage);
}

TEST_F(Bindings_, EachOpenMayHaveAnIdOfItsOwn) {
  const model::SessionId session = begin(8);
  const std::uint32_t database = model::attach_database(world, session, "x.edb", false);
  const model::OpenId a = model::open_database(world, session, database);
  const model::OpenId b = model::open_database(world, session, database);
  bindings.bind(a, 1);
  bindings.bind(b, 2);
  model::close_database(world, a);
  EXPECT_EQ(bindings.database(world, 1, model::handle_of(session)).kind, HandleKind::ended);
  EXPECT_EQ(bindings.database(world, 2, model::handle_of(session)), model::handle_of(b));
  bindings.bind(model::open_database(world, session, database), 3);
  EXPECT_EQ(bindings.database(world, 1, model::handle_of(session)).kind, HandleKind::ended)
      << "its position was given to another";
}

TEST_F(Bindings_, ADatabaseIdHas32Bits) {
  EXPECT_EQ(bindings.database(world, 0xffff'ffff, {}).kind, HandleKind::nil);
  EXPECT_EQ(bindings.database(world, ~std::uint64_t{0}, {}).kind, HandleKind::nil);
  EXPECT_EQ(bindings.database(world, std::uint64_t{1} << 32, {}).kind, HandleKind::zero);
}

TEST_F(Bindings_, SessionsAndInstancesMayHaveTheSameWords) {
  const model::SessionId id = begin(8);
  bindings.bind(instance, 8);
  EXPECT_EQ(bindings.session(world, 8), model::handle_of(id));
  EXPECT_EQ(bindings.instance(world, 8), model::handle_of(instance));
}

TEST_F(Bindings_, AnInstanceWithoutAWordIsNotTheOneThatHadItsPosition) {
  bindings.bind(instance, 8);
  model::remove_instance(world, instance);
  const model::InstanceId next = model::add_instance(world, "next", true);
  ASSERT_EQ(instance, next);
  bindings.forget(next);
  EXPECT_EQ(bindings.instance(world, 8).kind, HandleKind::ended);
  EXPECT_EQ(bindings.word_of(next), 0u);
}

}  // namespace
}  // namespace esentcheck::check
