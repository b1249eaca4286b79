#include "harness/command/judging.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "harness/scenario/names.hpp"
#include "harness/version.hpp"
#include "reports/terminal.hpp"
#include "reports/verdict.hpp"
#include "reports/write.hpp"

namespace esentcheck::command {
namespace {

namespace fs = std::filesystem;

/// The date of the report's header, the only thing in it that comes from a clock. SOURCE_DATE_EPOCH fixes it.
std::string today() {
  std::time_t now = std::time(nullptr);
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH"))
    now = static_cast<std::time_t>(std::strtoll(fixed, nullptr, 10));
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

std::vector<std::string> names_of(const subject::Capabilities& has) {
  std::vector<std::string> names;
  for (const scenario::NeedName& need : scenario::need_names())
    if (has.*need.member) names.emplace_back(need.name);
  return names;
}

reports::TerminalStyle style() {
  reports::TerminalStyle style;
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  style.colour = terminal && std::getenv("NO_COLOR") == nullptr;
  winsize size{};
  if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    style.width = std::min<int>(size.ws_col, 120);
  return style;
}

}  // namespace

Result<std::unique_ptr<subject::Subject>> open(const SubjectOptions& options) {
  return subject::open_subject(options.address, options.isolation,
                               {.time_limit = std::chrono::seconds(options.time_limit_seconds)});
}

ExitStatus complain(const Diagnostic& diagnostic, ExitStatus status) {
  fmt::print(stderr, "esentcheck: {}\n", diagnostic.sentence());
  return status;
}

std::optional<Diagnostic> prepare(const fs::path& out) {
  if (out.empty()) return std::nullopt;
  std::error_code error;
  fs::create_directories(out, error);
  if (!error && !fs::is_directory(out, error)) error = std::make_error_code(std::errc::not_a_directory);
  if (!error && access(out.c_str(), W_OK) != 0) error = {errno, std::generic_category()};
  if (!error) return std::nullopt;
  return Diagnostic{"--out", fmt::format("{} cannot be written: {}", out.string(), error.message())};
}

reports::Result header(const SubjectOptions& options, const subject::Subject& subject, std::uint64_t seed,
                       const std::string& typed) {
  const subject::Description& description = subject.describe();
  reports::Result result;
  result.date = today();
  result.version = version;
  result.subject = {.address = options.address,
                    .name = description.name,
                    .version = description.version,
                    .isolation = description.isolation,
                    .capabilities = names_of(description.capabilities)};
  for (const spec::Function function : description.not_implemented)
    result.subject.not_implemented.emplace_back(spec::row(function).name);
  result.profile = model::name_of(options.profile.reading);
  result.release = spec::name_of(options.profile.release);
  result.seed = seed;
  result.command = typed;
  return result;
}

std::string replay_command(const SubjectOptions& options) {
  std::string command = fmt::format("esentcheck replay --subject {}", options.address);
  if (options.profile.reading != model::Reading::documented)
    command += fmt::format(" --profile {}", model::name_of(options.profile.reading));
  if (options.profile.release != spec::newest_release)
    command += fmt::format(" --release {}", spec::name_of(options.profile.release));
  if (options.isolation == subject::Isolation::none) command += " --isolation none";
  return command;
}

check::Progress progress(std::string what) {
  const bool terminal = isatty(STDERR_FILENO) != 0;
  return [what = std::move(what), terminal](std::size_t done, std::size_t total, const std::string&) {
    if (terminal)
      fmt::print(stderr, "\r{} {}/{}{}", what, done, total, done == total ? "\n" : "");
    else if (total > 0 && (done == total || done % std::max<std::size_t>(total / 4, 1) == 0))
      fmt::print(stderr, "{} {}/{}\n", what, done, total);
  };
}

ExitStatus report(reports::Result& result, const fs::path& out) {
  result.verdict = reports::judge(result);
  fmt::print("{}", reports::terminal(result, style()));
  if (!out.empty()) {
    if (const auto problem = reports::write_all(result, out)) return complain({"", *problem}, ExitStatus::no_output);
    fmt::print("report: {}\n", (out / "report.json").string());
  }
  switch (result.verdict) {
    case reports::Verdict::conforms: return ExitStatus::conforms;
    case reports::Verdict::deviates: return ExitStatus::deviates;
    case reports::Verdict::incomplete: return ExitStatus::incomplete;
  }
  return ExitStatus::incomplete;
}

}  // namespace esentcheck::command
