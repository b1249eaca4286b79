#include "harness/check/resolve.hpp"

namespace esentcheck::check {
namespace {

Signature make_signature(const spec::FunctionRow& row) {
  Signature signature;
  for (const spec::ArgumentRow& argument : row.arguments) {
    if (signature.count == model::most_arguments) break;
    // JetSetSystemParameter's instance pointer is marked in/out but is never written.
    const bool written = is_output(argument.type) && row.function != model::Function::JetSetSystemParameter;
    if (written) signature.output = static_cast<std::int8_t>(signature.count);
    signature.types[signature.count++] = argument.type;
  }
  return signature;
}

// Made before main: a function-local table would cost a test of its guard at each call.
const auto signatures = [] {
  std::array<Signature, spec::function_count> all;
  for (const spec::FunctionRow& row : spec::functions())
    all[static_cast<std::size_t>(row.function)] = make_signature(row);
  return all;
}();

}  // namespace

const Signature& signature_of(model::Function function) { return signatures[static_cast<std::size_t>(function)]; }

}  // namespace esentcheck::check
