// Whether an allowed outcome is what a call was seen to do, and the candidate behind it.
#pragma once

#include <optional>
#include <string>

#include "harness/trace/candidate.hpp"
#include "harness/trace/resolve.hpp"

namespace esentcheck::trace {

/// The candidate after that outcome; nothing when the out-values are others, and `mismatch` then says which.
std::optional<Candidate> after(const Candidate&, const Call& seen, const model::Call&, const model::Outcome&,
                               const Variables&, std::string& mismatch);

/// Whether the outcome ends as the call did: its code, a crash, a hang.
bool ends_alike(const Call& seen, const model::Outcome&);

}  // namespace esentcheck::trace
