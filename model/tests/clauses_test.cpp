// The clauses against the pages: every documented pair has one, none claims more than its page says, and each that
// does not come from a page's table says why it is there.
#include <algorithm>
#include <map>
#include <set>

#include "model/tests/support.hpp"

namespace esentcheck::model {
namespace {

using ::testing::PrintToString;

struct Listed {
  Function function;
  const Clause* clause;
  bool at_end;
  bool is_success;  ///< the last of its list

  std::string id() const { return id_of(function, *clause); }
};

std::vector<Listed> every_clause() {
  std::vector<Listed> result;
  for (const spec::FunctionRow& row : spec::functions())
    for (const bool at_end : {false, true}) {
      const auto list = at_end ? end_clauses_of(row.function) : clauses_of(row.function);
      for (const Clause& clause : list) result.push_back({row.function, &clause, at_end, &clause == &list.back()});
    }
  return result;
}

const spec::DocumentedCode* in_table(Function function, Code code) {
  for (const spec::DocumentedCode& listed : spec::row(function).codes)
    if (listed.code == code && listed.in_table) return &listed;
  return nullptr;
}

TEST(Clauses, CoverEveryCoreFunctionAndNoOther) {
  for (const spec::FunctionRow& row : spec::functions())
    EXPECT_EQ(is_modelled(row.function), row.tier == "core") << row.name;
  EXPECT_TRUE(clauses_of(Function::JetOpenFile).empty());
  EXPECT_TRUE(end_clauses_of(Function::JetDupSession).empty());
}

TEST(Clauses, HaveUniqueIdsThatResolveBack) {
  std::set<std::string> seen;
  for (const Listed& listed : every_clause()) {
    const std::string id = listed.id();
    EXPECT_TRUE(seen.insert(id).second) << id << " stands for two clauses";
    EXPECT_EQ(clause_named(id), listed.clause) << id;
    EXPECT_EQ(function_of_clause(id), listed.function) << id;
  }
}

TEST(Clauses, AreSpeltByFunctionAndCode) {
  EXPECT_NE(clause_named("JetDupSession/OutOfSessions"), nullptr);
  EXPECT_NE(clause_named("JetDupSession/InvalidParameter.NullOut"), nullptr);
  EXPECT_NE(clause_named("JetTerm2/end/Success"), nullptr);
  EXPECT_NE(clause_named("JetBackupInstance/CodeOfCallback"), nullptr);
  EXPECT_EQ(clause_named("JetDupSession/OutOfBuffers"), nullptr);
  EXPECT_EQ(clause_named(""), nullptr);
  EXPECT_EQ(function_of_clause("JetDupSession"), std::nullopt);
}

TEST(Clauses, LeaveNoPairOfAPagesTableOut) {
  for (const spec::FunctionRow& row : spec::functions()) {
    if (!is_modelled(row.function)) continue;
    for (const spec::DocumentedCode& documented : row.codes) {
      if (!documented.in_table) continue;
      const auto says_it = [&](const Clause& clause) {
        return clause.code == documented.code && !clause.code_of_callback && (clause.readings & documented_only) != 0;
      };
      EXPECT_TRUE(std::ranges::any_of(clauses_of(row.function), says_it))
          << row.name << " lists " << PrintToString(documented.code)
          << ", and no clause of the documented reading does";
    }
  }
}

TEST(Clauses, ThatClaimATableAreInIt) {
  for (const Listed& listed : every_clause()) {
    if (listed.is_success || listed.clause->basis != Basis::table) continue;
    EXPECT_NE(in_table(listed.function, listed.clause->code), nullptr) << listed.id() << " is in no table";
  }
}

TEST(Clauses, ThatComeFromNoTableSayWhyTheyExist) {
  for (const Listed& listed : every_clause()) {
    if (listed.is_success || listed.clause->basis == Basis::table) continue;
    EXPECT_FALSE(listed.clause->reason.empty()) << listed.id();
  }
}

TEST(Clauses, ThatOneReadingLacksSayWhy) {
  for (const Listed& listed : every_clause()) {
    if (listed.clause->readings == all_readings) continue;
    EXPECT_FALSE(listed.clause->reason.empty()) << listed.id();
  }
}

TEST(Clauses, ThatNothingCanMakeHoldSayWhy) {
  std::set<std::string> seen;
  for (const Listed& listed : every_clause()) {
    if (can_hold(*listed.clause)) continue;
    seen.insert(listed.id());
    EXPECT_FALSE(listed.clause->reason.empty()) << listed.id();
    EXPECT_EQ(listed.clause->readings, documented_only) << listed.id();
    EXPECT_FALSE(in_table(listed.function, listed.clause->code)->unreachable.empty())
        << listed.id() << ": its row has to argue why no scenario can show it";
  }
  // A list that grows is a hole that grows: whoever adds to it meets this test.
  EXPECT_EQ(seen, (std::set<std::string>{
                      "JetBackup/SessionSharingViolation",
                      "JetBackupInstance/SessionSharingViolation",
                      "JetCreateDatabase/DatabaseInvalidPages",
                      "JetGetErrorInfoW/DisabledFunctionality",
                      "JetSetSessionParameter/AlreadyInitialized",
                      "JetSetSessionParameter/IndexTuplesInvalidLimits",
                      "JetSetSessionParameter/InvalidInstance",
                      "JetSetSessionParameter/InvalidPath",
                  }));
}

TEST(Clauses, AreNotAllowedBeforeTheReleaseThatTheirPageNames) {
  std::map<std::pair<Function, Code>, spec::Release> earliest;
  for (const Listed& listed : every_clause()) {
    if (listed.is_success || listed.clause->basis != Basis::table) continue;
    const spec::Release since = std::max(listed.clause->since, spec::row(listed.function).introduced_in);
    const auto [known, is_new] = earliest.try_emplace({listed.function, listed.clause->code}, since);
    if (!is_new) known->second = std::min(known->second, since);
  }
  // A page may confine one of several cases of a code to later releases; the first of them counts.
  for (const auto& [pair, since] : earliest) {
    const spec::DocumentedCode* documented = in_table(pair.first, pair.second);
    ASSERT_NE(documented, nullptr);
    EXPECT_EQ(spec::name_of(since), spec::name_of(documented->since))
        << PrintToString(pair.first) << ' ' << PrintToString(pair.second);
  }
}

TEST(Clauses, EndEachListWithSuccessWhichHasNoGuard) {
  for (const Listed& listed : every_clause()) {
    EXPECT_TRUE(!listed.is_success || listed.clause->code == Code::errSuccess) << listed.id();
    EXPECT_EQ(listed.clause->guard == nullptr, listed.is_success) << listed.id();
  }
}

TEST(Clauses, FitIntoASetOfOutcomes) {
  constexpr std::size_t room = 40;
  for (const spec::FunctionRow& row : spec::functions()) {
    const auto counts = [](const Clause& clause) {
      return (clause.readings & documented_only) != 0 && can_hold(clause);
    };
    EXPECT_LE(std::ranges::count_if(clauses_of(row.function), counts), std::ptrdiff_t{room}) << row.name;
  }
}

TEST(Clauses, WithADurationAreThoseOfThePagesThatHaveOne) {
  std::set<std::string_view> lasting;
  for (const spec::FunctionRow& row : spec::functions())
    if (!end_clauses_of(row.function).empty()) lasting.insert(row.name);
  EXPECT_EQ(lasting,
            (std::set<std::string_view>{"JetBackup", "JetBackupInstance", "JetInit", "JetInit2", "JetInit3",
                                        "JetRestore", "JetRestore2", "JetRestoreInstance", "JetTerm", "JetTerm2"}));
}

}  // namespace
}  // namespace esentcheck::model
