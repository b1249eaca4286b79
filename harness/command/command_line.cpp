#include "harness/command/command_line.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <limits>
#include <optional>
#include <string_view>

#include "harness/command/exit_status.hpp"
#include "harness/version.hpp"
#include "model/spec/edit_distance.hpp"

namespace esentcheck::command {
namespace {

constexpr const char* examples =
    "Examples:\n"
    "  esentcheck conform --subject ./libesent.so\n"
    "  esentcheck conform --subject ./libmine.so --profile engine --seed 7 --out report\n"
    "  esentcheck run --subject ./libmine.so scenarios/JetDupSession my-claim.yaml\n"
    "  esentcheck replay --subject ./libmine.so report/traces/01-JetDupSession.yaml\n"
    "  esentcheck check recorded.jsonl --profile engine\n"
    "  esentcheck explain JetDupSession/OutOfSessions\n"
    "  esentcheck explain documented engine\n\n";

/// Of the commands that judge nothing.
constexpr const char* answer_status_help =
    "Exit status:\n"
    "  0  it was printed\n"
    "  2  bad usage or input\n";

constexpr const char* explain_status_help =
    "Exit status:\n"
    "  0  it was printed\n"
    "  2  bad usage or input\n"
    "  5  the scenarios could not be written\n";

constexpr const char* check_status_help =
    "Exit status:\n"
    "  0  every run is explained\n"
    "  1  a run is not explained\n"
    "  2  bad usage or input: an option, a trace\n";

constexpr std::array list_kinds{"functions", "clauses", "codes", "scenarios"};

template <class Words>
std::string one_of(const Words& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

/// A word that stands for a value, such as a profile's name.
template <class Value, class Parse>
CLI::Validator word(Value& value, Parse parse, std::string choices) {
  return CLI::Validator(
      [&value, parse, choices = std::move(choices)](const std::string& text) {
        const auto parsed = parse(text);
        if (parsed) value = *parsed;
        return parsed ? std::string() : fmt::format("\"{}\" is not one of {}", text, choices);
      },
      "", "");
}

template <class Value, std::unsigned_integral Number>
CLI::Validator whole_number(Value& value, Number least, Number most) {
  return CLI::Validator(
      [&value, least, most](const std::string& text) {
        Number parsed = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
        const bool right =
            error == std::errc() && end == text.data() + text.size() && parsed >= least && parsed <= most;
        if (right) value = parsed;
        return right ? std::string() : fmt::format("\"{}\" is not a whole number from {} to {}", text, least, most);
      },
      "", "");
}

std::optional<subject::Isolation> isolation_named(std::string_view name) {
  if (name == "process") return subject::Isolation::process;
  if (name == "none") return subject::Isolation::none;
  return std::nullopt;
}

std::string releases() {
  std::vector<std::string_view> names;
  for (int release = 0; release <= static_cast<int>(spec::newest_release); ++release)
    names.push_back(spec::name_of(static_cast<spec::Release>(release)));
  return one_of(names);
}

class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", std::string("esentcheck ") + version, "Print the version");
    app_.set_help_flag("--help", "Print this help; behind a command, the command's");
    app_.footer(std::string(examples) + exit_status_help);
    app_.get_formatter()->column_width(30);
    app_.get_formatter()->label("SUBCOMMAND", "COMMAND");
    app_.get_formatter()->label("Subcommands", "Commands");
    add_conform();
    add_run();
    add_replay();
    add_check();
    add_list();
    add_explain();
  }

  Result<Request> parse(std::span<const char* const> arguments) {
    std::vector<std::string> backwards(arguments.rbegin(), arguments.rend());
    try {
      app_.parse(std::move(backwards));
    } catch (const CLI::CallForHelp&) {
      return Information{app_.help()};
    } catch (const CLI::CallForVersion&) {
      return Information{app_.version() + "\n"};
    } catch (const CLI::ParseError& error) {
      return tl::unexpected(what_is_wrong(error, arguments));
    }
    if (conform_.command->parsed()) return checked(conform_);
    if (run_.command->parsed()) return checked(run_);
    if (replay_.command->parsed()) return checked(replay_);
    if (check_.command->parsed()) return Options(check_.options);
    if (list_.command->parsed()) return Options(list_.options);
    return Options(explain_.options);
  }

 private:
  template <class CommandOptions>
  struct Command {
    CLI::App* command = nullptr;
    CommandOptions options;
  };

  CLI::App& add(const char* name, const char* help, const char* status_help = exit_status_help) {
    CLI::App& command = *app_.add_subcommand(name, help);
    command.footer(status_help);
    return command;
  }

  static void add_subject(CLI::App& command, SubjectOptions& options) {
    command.add_option("--subject", options.address, "The library to judge, such as ./libesent.so")
        ->type_name("LIBRARY")
        ->required();
    command.add_option("--profile", "What counts as right: documented (default), engine, engine-fast")
        ->type_name("NAME")
        ->check(word(options.profile.reading, model::reading_named, "documented, engine, engine-fast"));
    add_release(command, options.profile.release);
    command.add_option("--isolation", "Where it runs: process (default), one of its own; none, inside esentcheck")
        ->type_name("NAME")
        ->check(word(options.isolation, isolation_named, "process, none"));
    command.add_option("--time-limit", "Seconds after which a call counts as hung (default: 10)")
        ->type_name("NUMBER")
        ->check(whole_number(options.time_limit_seconds, 1U, 3600U));
  }

  static void add_release(CLI::App& command, spec::Release& release) {
    const std::string help = "The Windows release that it claims to be (default: the newest), of\n" + releases();
    command.add_option("--release", help)->type_name("NAME")->check(word(release, spec::release_named, releases()));
  }

  static void add_folder(CLI::App& command, const char* name, std::filesystem::path& folder, const char* help) {
    command.add_option(name, folder, help)->type_name("FOLDER");
  }

  void add_conform() {
    conform_.command = &add("conform", "Judge a library on every documented return code, and write a report");
    ConformOptions& options = conform_.options;
    options.scenarios = own_scenarios();
    add_subject(*conform_.command, options.subject);
    conform_.command->add_option("--seed", "Of everything that is generated (default: 1)")
        ->type_name("NUMBER")
        ->check(whole_number(options.seed, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()));
    conform_.command
        ->add_option("--budget",
                     "How much is generated and made to fail: quick, full, or so many seconds (default: what\n"
                     "takes half a minute here, and no more than a minute)")
        ->type_name("HOW MUCH")
        ->check(word(options.budget, budget_named, "quick, full, and the whole numbers of seconds from 1 to 1000000"));
    conform_.command->add_option("--sequences", "How many sequences of calls are generated (default: by the budget)")
        ->type_name("NUMBER")
        ->check(whole_number(options.sequences, 0U, 1'000'000U));
    conform_.command
        ->add_option("--races",
                     "How many programs of several threads are generated and simulated (default: by the budget)")
        ->type_name("NUMBER")
        ->check(whole_number(options.races, 0U, 1'000'000U));
    conform_.command->add_option("--schedules", "Under how many schedules each (default: by the budget)")
        ->type_name("NUMBER")
        ->check(whole_number(options.schedules, 1U, 1'000'000U));
    conform_.command
        ->add_option("--faults",
                     "How many operations inside calls of scenarios fail, of memory, of files and by\npower cuts "
                     "(default: by the budget)")
        ->type_name("NUMBER")
        ->check(whole_number(options.faults, 0U, 100'000'000U));
    conform_.command->add_flag(
        "--check-determinism", options.check_determinism,
        "Also run the first 100 generated sequences and races in a second process, under another\n"
        "address layout and environment, and show the first step that differs");
    add_folder(*conform_.command, "--scenarios", options.scenarios, "Scenarios (default: those of esentcheck)");
    add_folder(*conform_.command, "--out", options.out,
               "For report.json, junit.xml and traces (default: esentcheck-report)");
  }

  void add_run() {
    run_.command = &add("run", "Play scenario files or folders");
    run_.command->add_option("path", run_.options.paths, "Scenario files or folders")->type_name("PATH")->required();
    add_subject(*run_.command, run_.options.subject);
    add_folder(*run_.command, "--out", run_.options.out, "For report.json, junit.xml and traces (default: none)");
  }

  void add_replay() {
    replay_.command = &add("replay", "Play one scenario or trace and show every step");
    replay_.command->add_option("file", replay_.options.file, "A scenario or a trace")->type_name("FILE")->required();
    add_subject(*replay_.command, replay_.options.subject);
  }

  void add_check() {
    CheckOptions& options = check_.options;
    check_.command = &add("check", "Say whether the model explains recorded traces", check_status_help);
    check_.command->add_option("trace", options.traces, "Traces, a JSON object on each line, plain or compressed by xz")
        ->type_name("TRACE")
        ->required();
    check_.command
        ->add_option("--profile",
                     "What must explain them: documented, engine, engine-fast (default: what each\n"
                     "run's \"engine\" says; without one, documented)")
        ->type_name("NAME")
        ->check(word(options.reading, model::reading_named, "documented, engine, engine-fast"));
    add_release(*check_.command, options.release);
    check_.command->add_flag("--untouched", options.untouched,
                             "List the clauses of the profiles used that explained nothing");
  }

  void add_list() {
    list_.command = &add("list", "List what esentcheck knows, a name on each line", answer_status_help);
    list_.options.scenarios = own_scenarios();
    const std::string kind_help = "What is listed: " + one_of(list_kinds);
    list_.command->add_option("kind", kind_help)
        ->type_name("KIND")
        ->required()
        ->check(word(
            list_.options.what,
            [](const std::string& text) {
              return std::ranges::find(list_kinds, text) != list_kinds.end() ? std::optional(text) : std::nullopt;
            },
            one_of(list_kinds)));
    add_folder(*list_.command, "--scenarios", list_.options.scenarios, "Scenarios (default: those of esentcheck)");
  }

  void add_explain() {
    explain_.command = &add("explain", "Say what the documentation and the model hold on a name", explain_status_help);
    explain_.command
        ->add_option("name", explain_.options.name,
                     "A function, a code, a parameter or a clause; with a second name, a profile")
        ->type_name("NAME")
        ->required();
    explain_.command
        ->add_option("other", explain_.options.other,
                     "Another profile: what are the shortest calls that tell the two apart?\n"
                     "documented, engine, engine-fast; engine:windows-xp is that of a release")
        ->type_name("PROFILE");
    explain_.command
        ->add_option("--depth", explain_.options.depth, "How many calls at most tell profiles apart (default: 5)")
        ->type_name("CALLS")
        ->check(whole_number(explain_.options.depth, 1U, 8U));
    add_folder(*explain_.command, "--out", explain_.options.out, "For a scenario of each sequence (default: none)");
  }

  template <class CommandOptions>
  static Result<Request> checked(const Command<CommandOptions>& given) {
    const SubjectOptions& subject = given.options.subject;
    if (subject.address.empty()) return fail("--subject", "the name of the library is empty");
    if (subject.isolation == subject::Isolation::none && given.command->count("--time-limit") > 0)
      return fail("--time-limit", "a call is only timed in a process of its own, not with --isolation none");
    return Options(given.options);
  }

  std::vector<std::string> commands() const {
    std::vector<std::string> names;
    for (const CLI::App* command : app_.get_subcommands([](const CLI::App*) { return true; }))
      names.push_back(command->get_name());
    return names;
  }

  /// What the parser's own error amounts to, found out from its state: its messages name types and counts.
  Diagnostic what_is_wrong(const CLI::ParseError& error, std::span<const char* const> arguments) const {
    const auto parsed = app_.get_subcommands();
    const CLI::App& at = parsed.empty() ? app_ : *parsed.front();
    if (const auto left = app_.remaining(true); !left.empty()) return unknown(at, left.front());
    if (arguments.empty() || parsed.empty())
      return {"", fmt::format("no command was given; the commands are {}", one_of(commands()))};
    // "--seed: …" and "Could not convert: …" name the option first; all of our values are checked by the validators here.
    if (error.get_name() == "ValidationError") return {"", error.what()};
    for (const CLI::Option* option : at.get_options()) {
      if (error.get_name() == "ArgumentMismatch" &&
          std::string_view(error.what()).starts_with(option->get_name() + ":"))
        return {option->get_name(), option->count() > 1 ? "it is given twice" : "its value is missing"};
      if (error.get_name() == "RequiredError" && option->get_required() && option->count() == 0)
        return {at.get_name(), fmt::format("{} is missing: {}", option->get_name(), option->get_description())};
    }
    return {"", error.what()};
  }

  Diagnostic unknown(const CLI::App& at, const std::string& name) const {
    std::vector<std::string> candidates;
    const bool option = name.starts_with('-');
    if (option) {
      for (const CLI::Option* known : at.get_options())
        if (known->get_name().starts_with('-')) candidates.push_back(known->get_name());
    } else if (&at == &app_) {
      candidates = commands();
    } else {
      return {at.get_name(), fmt::format("there is one argument too many: \"{}\"", name)};
    }
    const auto distance = [&name](const std::string& known) { return spec::edit_distance(name, known); };
    const auto nearest = std::ranges::min_element(candidates, {}, distance);
    const bool near = nearest != candidates.end() && distance(*nearest) <= 1 + name.size() / 4;
    return {option && &at != &app_ ? at.get_name() : "",
            fmt::format("no {} is called \"{}\"{}", option ? "option" : "command", name,
                        near ? fmt::format("; did you mean {}?", *nearest) : "")};
  }

  CLI::App app_{"Proves that a library which claims to be ESENT is right about instances and sessions", "esentcheck"};
  Command<ConformOptions> conform_;
  Command<RunOptions> run_;
  Command<ReplayOptions> replay_;
  Command<CheckOptions> check_;
  Command<ListOptions> list_;
  Command<ExplainOptions> explain_;
};

}  // namespace

Result<Request> parse(std::span<const char* const> arguments) { return CommandLine().parse(arguments); }

std::string as_typed(std::span<const char* const> arguments) {
  std::string typed = "esentcheck";
  for (const char* argument : arguments) typed += std::string(" ") + argument;
  return typed;
}

}  // namespace esentcheck::command
