// Databases: made, attached, opened, closed, detached, asked about.
#include <string>

#include "harness/generate/walk.hpp"

namespace esentcheck::generate {

using model::Function;
using plan::Step;
using plan::Symbol;
using plan::Variable;
namespace bit = spec::bit;
namespace level = spec::level;

/// Two files get half of the calls, so that sessions and instances meet in them; the others fill an instance up.
void Walk::name_files() {
  databases_ = make_pool("d", 10);
  openers_.assign(databases_.variables.size(), plan::no_variable);
  list_ = plan::variable_named(plan_, "l");
  for (const std::string_view folder : {"backup", "older", "restored"}) {
    plan_.directories.emplace_back(folder);
    backups_.push_back(plan::text_symbol(plan_, folder));
  }
  backups_.push_back(plan::text_symbol(plan_, "nowhere"));
  backups_.push_back(null());
  for (const std::string_view name : {"a", "b", "1", "2", "3", "4", "5", "6", "7", "restored/a"})
    files_.push_back(plan::text_symbol(plan_, std::string(name) + ".edb"));
  odd_paths_ = {null(), plan::text_symbol(plan_, ""), plan::text_symbol(plan_, "older"),
                plan::text_symbol(plan_, "nowhere/z.edb")};
  settings_ = {plan::SymbolKind::parameter_list, 1, plan_.settings.size()};
  plan_.settings.push_back(
      {.parameter = static_cast<std::uint32_t>(spec::Parameter::MaxSessions), .number = number(3)});
}

/// A file that is attached meets more than one that is not.
Symbol Walk::some_file(Luck& luck) {
  if (recent_file_.kind == plan::SymbolKind::text && luck.chance(200)) return recent_file_;
  if (bad(luck) && luck.chance(500)) return odd_paths_[random_.below(static_cast<std::uint32_t>(odd_paths_.size()))];
  return files_[luck.chance(500) ? random_.below(2) : random_.below(static_cast<std::uint32_t>(files_.size()))];
}

Symbol Walk::any_database(Luck& luck) {
  if (databases_.live == 0 || bad(luck)) return bad_handle(databases_, sessions_);
  return value(pick_live(databases_, luck));
}

Symbol Walk::new_database() {
  if (random_.chance(shape_.bad_arguments) && random_.chance(200)) return null();
  const std::size_t dead = databases_.variables.size() - databases_.live;
  return address(dead == 0 ? value_
                           : databases_.variables[databases_.live + random_.below(static_cast<std::uint32_t>(dead))]);
}

void Walk::make_database_call(Action action, Step& step, Luck luck) {
  constexpr std::array<std::uint32_t, 10> attach_bits{
      0, 0, 0, 0, bit::DbReadOnly, bit::DbDeleteCorruptIndexes, 0x11, 0x40, 0x400, 0x10000};
  constexpr std::array<std::uint32_t, 10> create_bits{0,
                                                      0,
                                                      0,
                                                      0,
                                                      bit::DbReadOnly,
                                                      bit::DbRecoveryOff,
                                                      bit::DbShadowingOff,
                                                      bit::DbOverwriteExisting,
                                                      bit::DbOverwriteExisting,
                                                      0x10000};
  constexpr std::array<std::uint32_t, 8> open_bits{0,   0, 0, 0, bit::DbReadOnly, bit::DbExclusive, bit::DbExclusive,
                                                   0x40};
  auto& arguments = step.arguments;
  arguments[0] = any_session(luck);
  const bool again = recent_session_.kind == plan::SymbolKind::value && luck.chance(250);
  if (again) arguments[0] = recent_session_;
  const Symbol path = again && luck.chance(500) ? recent_file_ : some_file(luck);
  switch (action) {
    case Action::create_database: {
      const bool sized = luck.chance(400);
      step.function = sized ? Function::JetCreateDatabase2 : Function::JetCreateDatabase;
      arguments[1] = path;
      if (sized) arguments[2] = number(luck.chance(100) ? 0x7fffffff : luck.chance(500) ? 256 : 0);
      arguments[3] = new_database();
      arguments[4] = one_of(create_bits);
      return;
    }
    case Action::attach_database: {
      const bool sized = luck.chance(400);
      step.function = sized ? Function::JetAttachDatabase2 : Function::JetAttachDatabase;
      arguments[1] = path;
      if (sized) arguments[2] = number(0);
      arguments[sized ? 3 : 2] = one_of(attach_bits);
      return;
    }
    case Action::detach_database: {
      const bool forced = luck.chance(400);
      step.function = forced ? Function::JetDetachDatabase2 : Function::JetDetachDatabase;
      arguments[1] = luck.chance(100) ? null() : path;
      if (forced) arguments[2] = number(random_.below(5));
      return;
    }
    case Action::open_database:
      step.function = Function::JetOpenDatabase;
      arguments[1] = path;
      arguments[3] = new_database();
      arguments[4] = one_of(open_bits);
      return;
    default: break;
  }
  const Symbol database = any_database(luck);
  const bool is_pooled = database.kind == plan::SymbolKind::value && databases_.has(database.number);
  if (is_pooled && luck.chance(750)) {
    const Variable opener = openers_[database.number - databases_.origin];
    if (opener != plan::no_variable) arguments[0] = value(opener);
  }
  arguments[1] = database;
  if (action == Action::close_database) {
    step.function = Function::JetCloseDatabase;
    arguments[2] = number(bad(luck) ? 1 : 0);
    return;
  }
  constexpr std::array<std::uint32_t, 4> sizes{4, 4, 260, 3};
  step.function = Function::JetGetDatabaseInfo;
  const std::uint32_t size = sizes[random_.below(sizes.size())];
  const std::uint64_t which = luck.chance(300) ? level::DbInfoOptions : luck.chance(50) ? 5000 : random_.below(20);
  const plan::Reading reading{.as = plan::ReadAs::number, .bytes = 4};
  arguments[2] = bad(luck) ? null() : size < 4 ? result(size) : result(size, reading);
  arguments[3] = number(size);
  arguments[4] = number(which);
}

void Walk::observe_databases(const Step& step, const check::Foresight::Expected& expected,
                             const check::Foresight& foresight) {
  for (std::size_t i = 0; i < databases_.place.size(); ++i) {
    const auto variable = static_cast<Variable>(databases_.origin + i);
    databases_.set_live(variable, foresight.database(variable).kind == model::HandleKind::database);
  }
  const bool attaches = step.function != Function::JetCloseDatabase && step.function != Function::JetDetachDatabase &&
                        step.function != Function::JetDetachDatabase2;
  if (attaches && expected.code >= 0) {
    recent_file_ = step.arguments[1];
    recent_session_ = step.arguments[0];
  }
  if (!expected.gives_handle || !databases_.has(expected.variable)) return;
  const Symbol& session = step.arguments[0];
  openers_[expected.variable - databases_.origin] =
      session.kind == plan::SymbolKind::value ? static_cast<Variable>(session.number) : plan::no_variable;
}

}  // namespace esentcheck::generate
