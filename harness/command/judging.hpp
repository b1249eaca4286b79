// What conform and run have in common: a subject is opened, judged, and reported on.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "harness/check/findings.hpp"
#include "harness/check/ledger.hpp"
#include "harness/check/suite.hpp"
#include "harness/command/exit_status.hpp"
#include "harness/command/options.hpp"
#include "harness/diagnostic.hpp"
#include "reports/result.hpp"

namespace esentcheck::command {

Result<std::unique_ptr<subject::Subject>> open(const SubjectOptions&);

/// Prints the sentence on standard error and gives the status back.
ExitStatus complain(const Diagnostic&, ExitStatus);

/// Makes the report's folder before anything is judged, so that a wrong --out costs no time; says what is wrong with it.
std::optional<Diagnostic> prepare(const std::filesystem::path& out);

/// The part of a result that says who was judged and how.
reports::Result header(const SubjectOptions&, const subject::Subject&, std::uint64_t seed, const std::string& typed);

/// How the replay of a trace is typed for this subject, up to the file.
std::string replay_command(const SubjectOptions&);

/// Progress on standard error: one line that is overwritten on a terminal, some lines elsewhere.
check::Progress progress(std::string what);

/// Judges the result, prints it, writes it to `out` (unless that is empty) and gives the exit status.
ExitStatus report(reports::Result&, const std::filesystem::path& out);

}  // namespace esentcheck::command
