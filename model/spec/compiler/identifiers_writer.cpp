#include <sstream>

#include "model/spec/compiler/text.hpp"
#include "model/spec/compiler/writer.hpp"

namespace esentcheck::spec::compiler {
namespace {

void write_argument_positions(std::ostream& out, const Function& function) {
  if (function.arguments.empty()) return;
  out << "namespace " << function.name.text << " {\ninline constexpr std::size_t ";
  for (std::size_t i = 0; i < function.arguments.size(); ++i) {
    out << (i == 0 ? "" : ", ") << function.arguments[i].name.text << " = " << i;
  }
  out << ";\n}\n";
}

}  // namespace

std::string identifiers(const Documentation& documentation) {
  std::ostringstream out;
  out << generated_from << "#pragma once\n\n#include <cstddef>\n#include <cstdint>\n\n"
      << "// The names are the documentation's own.\n// NOLINTBEGIN(readability-identifier-naming)\n"
      << "namespace esentcheck::spec {\n\n/// In the order of functions.yaml; usable as an index.\n"
      << "enum class Function : std::uint8_t {\n";
  for (const Function& function : documentation.functions) out << "  " << function.name.text << ",\n";
  out << "};\n\ninline constexpr std::size_t function_count = " << documentation.functions.size() << ";\n\n"
      << "/// Without the prefix JET_. A subject may return other numbers.\nenum class Code : std::int32_t "
         "{\n";
  for (const Code& code : documentation.codes) {
    out << "  " << code_enumerator(code.name.text) << " = " << code.number.value << ",\n";
  }
  out << "};\n\n/// Without the prefix JET_param. A call may pass other numbers.\n"
      << "enum class Parameter : std::uint32_t {\n";
  for (const Parameter& parameter : documentation.parameters) {
    out << "  " << parameter_enumerator(parameter.name.text) << " = " << parameter.number.value << ",\n";
  }
  out << "};\n\n/// Option bits, without the prefix JET_bit.\nnamespace bit {\n";
  for (const Bit& bit : documentation.bits) {
    out << "inline constexpr std::uint32_t " << bit_enumerator(bit.name.text) << " = " << bit.number.value
        << "u;\n";
  }
  out << "}  // namespace bit\n\n/// Positions of arguments: argument::JetDupSession::psesid is 1.\n"
      << "namespace argument {\n";
  for (const Function& function : documentation.functions) write_argument_positions(out, function);
  out << "}  // namespace argument\n\n}  // namespace esentcheck::spec\n// NOLINTEND(readability-identifier-naming)\n";
  return out.str();
}

}  // namespace esentcheck::spec::compiler
