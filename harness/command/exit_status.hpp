// How the program tells other programs what came of it. Documented in --help and in the README; only main exits.
#pragma once

namespace esentcheck::command {

enum class ExitStatus : int {
  conforms = 0,
  deviates = 1,    ///< the subject did what the model does not allow
  bad_input = 2,   ///< an option, a scenario file or another input is wrong
  incomplete = 3,  ///< nothing deviated, but not everything was shown
  no_subject = 4,  ///< the subject could not be opened or started
  no_output = 5,   ///< the report could not be written
};

inline constexpr const char* exit_status_help =
    "Exit status:\n"
    "  0  the subject conforms; with run and replay: nothing deviated and every claim played was shown\n"
    "  1  deviations were found\n"
    "  2  bad usage or input: an option, a scenario file\n"
    "  3  nothing deviated, but something was not shown: a code that no scenario tries, a claim\n"
    "  4  the subject could not be opened or started\n"
    "  5  the report could not be written\n";

}  // namespace esentcheck::command
