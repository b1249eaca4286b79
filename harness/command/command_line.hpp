// From what was typed to values. Everything that a command line can say wrong is said here, in one sentence that names
// the option.
#pragma once

#include <span>
#include <string>
#include <variant>

#include "harness/command/options.hpp"
#include "harness/diagnostic.hpp"

namespace esentcheck::command {

/// --help or --version: the text is all that was asked for.
struct Information {
  std::string text;
};

using Request = std::variant<Information, Options>;

/// `arguments` are without the program's name.
Result<Request> parse(std::span<const char* const> arguments);

/// "esentcheck" and the arguments, as they go into the report.
std::string as_typed(std::span<const char* const> arguments);

}  // namespace esentcheck::command
