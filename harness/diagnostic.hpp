// What we say when something that a user gave us is wrong: one sentence, and where it points to.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace esentcheck {

/// A bad input of the user's, as a value. A promise of our own that is broken is an assertion, never one of these.
struct Diagnostic {
  std::string where;    ///< "file:line:column" or an option's name; may be empty
  std::string message;  ///< one sentence without a full stop

  std::string sentence() const { return where.empty() ? message : where + ": " + message; }
};

template <class T>
using Result = tl::expected<T, Diagnostic>;

inline tl::unexpected<Diagnostic> fail(std::string where, std::string message) {
  return tl::unexpected(Diagnostic{std::move(where), std::move(message)});
}

}  // namespace esentcheck
