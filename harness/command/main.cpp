// esentcheck: the command line. Options become values here and nowhere else, and only main exits the process.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "harness/command/commands.hpp"
#include "harness/version.hpp"

namespace esentcheck::command {
namespace {

template <class Value, class Parse>
CLI::Validator spelled(Value& value, const Parse& parse, const char* choices) {
  return CLI::Validator(
      [&value, parse, choices](std::string& text) {
        const auto parsed = parse(text);
        if (parsed) value = *parsed;
        return parsed ? std::string() : fmt::format("\"{}\" is not one of {}", text, choices);
      },
      "", "");
}

class CommandLine {
 public:
  CommandLine() : app_("Proves that a library which claims to be ESENT is right about instances and sessions", "esentcheck") {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", std::string("esentcheck ") + version);
    app_.footer(exit_status_help);
    app_.get_formatter()->column_width(34);
    add_conform();
    add_run();
    add_replay();
    add_list();
    add_explain();
  }

  CLI::App& app() { return app_; }

  ExitStatus perform(const std::string& typed) const {
    if (conform_command_->parsed()) return conform(conform_, typed);
    if (run_command_->parsed()) return run(run_, typed);
    if (replay_command_->parsed()) return replay(replay_);
    if (list_command_->parsed()) return list(list_);
    return explain(explain_);
  }

 private:
  CLI::App* add(const char* name, const char* help) {
    CLI::App* command = app_.add_subcommand(name, help);
    command->footer(exit_status_help);
    return command;
  }

  void add_subject(CLI::App& command, SubjectOptions& options) {
    command.add_option("--subject", options.address, "The library to judge: a path such as ./libesent.so")->required();
    command
        .add_option_function<std::string>("--isolation",
                                          [&options](const std::string& text) {
                                            options.isolation = text == "none" ? subject::Isolation::none
                                                                               : subject::Isolation::process;
                                          },
                                          "Where the subject runs: process (default), a process of its own, or none")
        ->check(CLI::IsMember({"process", "none"}));
    command
        .add_option("--profile", "What counts as right: documented (default), engine or engine-fast")
        ->check(spelled(options.profile.reading, model::reading_named, "documented, engine, engine-fast"));
    command
        .add_option("--release", "The Windows release that it claims to be, such as windows-xp (default: the newest)")
        ->check(spelled(options.profile.release, spec::release_named,
                        "windows-2000, windows-xp, windows-server-2003, windows-vista, windows-7, windows-8"));
    command.add_option("--time-limit", options.time_limit_seconds, "Seconds after which a call counts as hung")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
  }

  void add_conform() {
    conform_command_ = add("conform", "Judge a library on every documented return code, and write a report");
    add_subject(*conform_command_, conform_.subject);
    conform_.scenarios = own_scenarios();
    conform_command_->add_option("--seed", conform_.seed, "Of everything that is generated")->capture_default_str();
    conform_command_->add_option("--sequences", conform_.sequences, "Number of generated sequences of calls")
        ->capture_default_str();
    conform_command_->add_option("--scenarios", conform_.scenarios, "Folder of scenarios (default: those of esentcheck)");
    conform_command_->add_option("--out", conform_.out, "Folder for report.json, junit.xml and traces")
        ->capture_default_str();
  }

  void add_run() {
    run_command_ = add("run", "Play scenario files or folders");
    add_subject(*run_command_, run_.subject);
    run_command_->add_option("path", run_.paths, "Scenario files or folders")->required();
    run_command_->add_option("--out", run_.out, "Folder for report.json, junit.xml and traces (default: none is written)");
  }

  void add_replay() {
    replay_command_ = add("replay", "Play one scenario or trace and show every step");
    add_subject(*replay_command_, replay_.subject);
    replay_command_->add_option("file", replay_.file, "A scenario or a trace")->required();
  }

  void add_list() {
    list_command_ = add("list", "List functions, clauses, codes or scenarios");
    list_.scenarios = own_scenarios();
    list_command_->add_option("what", list_.what, "functions, clauses, codes or scenarios")
        ->required()
        ->check(CLI::IsMember({"functions", "clauses", "codes", "scenarios"}));
    list_command_->add_option("--scenarios", list_.scenarios, "Folder of scenarios (default: those of esentcheck)");
  }

  void add_explain() {
    explain_command_ = add("explain", "Say what the documentation and the model hold on a name");
    explain_command_->add_option("name", explain_.name, "A function, a code, a parameter or a clause")->required();
  }

  CLI::App app_;
  CLI::App* conform_command_ = nullptr;
  CLI::App* run_command_ = nullptr;
  CLI::App* replay_command_ = nullptr;
  CLI::App* list_command_ = nullptr;
  CLI::App* explain_command_ = nullptr;
  ConformOptions conform_;
  RunOptions run_;
  ReplayOptions replay_;
  ListOptions list_;
  ExplainOptions explain_;
};

std::string as_typed(int argc, const char* const* argv) {
  std::string typed = "esentcheck";
  for (int i = 1; i < argc; ++i) typed += std::string(" ") + argv[i];
  return typed;
}

int guarded_main(int argc, const char* const* argv) {
  CommandLine line;
  try {
    line.app().parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return line.app().exit(help);
  } catch (const CLI::CallForVersion& asked) {
    return line.app().exit(asked);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "esentcheck: {}; see --help\n", error.what());
    return static_cast<int>(ExitStatus::bad_input);
  }
  return static_cast<int>(line.perform(as_typed(argc, argv)));
}

}  // namespace
}  // namespace esentcheck::command

int main(int argc, char** argv) {
  try {
    return esentcheck::command::guarded_main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "esentcheck: %s\n", error.what());
    return static_cast<int>(esentcheck::command::ExitStatus::bad_input);
  }
}
