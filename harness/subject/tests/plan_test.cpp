// Plans and how they are spelled.
#include "harness/plan/plan.hpp"

#include <gtest/gtest.h>
#include "harness/subject/tests/builder.hpp"

namespace esentcheck::plan {
namespace {

using subject::Builder;
using namespace spec;

TEST(Plan, FindsATextAgain) {
  Plan plan;
  const Symbol first = text_symbol(plan, "logs/");
  const Symbol second = text_symbol(plan, "");
  EXPECT_EQ(text_symbol(plan, "logs/"), first);
  EXPECT_EQ(plan.text_at(first.number), "logs/");
  EXPECT_EQ(plan.text_at(second.number), "");
}

TEST(Plan, NumbersVariablesAndThreadsByName) {
  Plan plan;
  EXPECT_EQ(thread_named(plan, "main"), 0);
  EXPECT_EQ(thread_named(plan, "other"), 1);
  EXPECT_EQ(variable_named(plan, "a"), 0);
  EXPECT_EQ(variable_named(plan, "b"), 1);
  EXPECT_EQ(variable_named(plan, "a"), 0);
}

TEST(Plan, SpellsStepsForPeople) {
  Builder b;
  EXPECT_EQ(spell(b.plan, b.call(Function::JetDupSession, {b.value("s"), b.address("t")})), "JetDupSession(s, &t)");
  EXPECT_EQ(spell(b.plan, b.call(Function::JetDupSession, {b.garbage(2), b.null()})), "JetDupSession(garbage 2, NULL)");
  Step& fault = b.call_on("other", Function::JetCommitTransaction, {b.value("s")});
  fault.fault = {Operation::write, 2};
  EXPECT_EQ(spell(b.plan, fault), "other: JetCommitTransaction(s, 0), write 2 and all later ones fail");
  EXPECT_EQ(spell(b.plan, b.finish("other")), "other: finish");
  Step& restore = b.call(Function::JetRestoreInstance, {b.value("i"), b.text("backup"), b.null(), b.callback(-3)});
  restore.until = Until::callback;
  EXPECT_EQ(spell(b.plan, restore), "JetRestoreInstance(i, \"backup\", NULL, callback -3), until it calls back");
}

}  // namespace
}  // namespace esentcheck::plan
