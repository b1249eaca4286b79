#include <unistd.h>

#include <array>
#include <filesystem>

#include "harness/command/options.hpp"

namespace esentcheck::command {

/// Beside an installed program, else in the sources that it was built from.
std::filesystem::path own_scenarios() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path installed = program.parent_path().parent_path() / "share/esentcheck/scenarios";
  return std::filesystem::is_directory(installed, error) ? installed : std::filesystem::path(ESENTCHECK_SCENARIOS);
}

}  // namespace esentcheck::command
