// esentcheck: the command line becomes values, a command does the work, and only main ends the process.
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "harness/command/command_line.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/judging.hpp"

namespace esentcheck::command {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

ExitStatus perform(const Options& options, const std::string& typed) {
  return std::visit(
      Overloaded{[&](const ConformOptions& o) { return conform(o, typed); },
                 [&](const RunOptions& o) { return run(o, typed); }, [](const ReplayOptions& o) { return replay(o); },
                 [](const ListOptions& o) { return list(o); }, [](const ExplainOptions& o) { return explain(o); },
                 [](const CheckOptions& o) { return check_traces(o); }},
      options);
}

ExitStatus guarded_main(std::span<const char* const> arguments) {
  const auto request = parse(arguments);
  if (!request) return complain(request.error(), ExitStatus::bad_input);
  if (const auto* asked = std::get_if<Information>(&*request)) {
    fmt::print("{}", asked->text);
    return ExitStatus::conforms;
  }
  return perform(std::get<Options>(*request), as_typed(arguments));
}

}  // namespace
}  // namespace esentcheck::command

int main(int argc, char** argv) {
  using esentcheck::command::ExitStatus;
  try {
    const std::span<const char* const> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    return static_cast<int>(esentcheck::command::guarded_main(arguments));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "esentcheck: %s\n", error.what());
    return static_cast<int>(ExitStatus::bad_input);
  }
}
