#include <algorithm>
#include <numeric>
#include <sstream>

#include "model/spec/compiler/text.hpp"
#include "model/spec/compiler/writer.hpp"

namespace esentcheck::spec::compiler {
namespace {

std::string literal(std::string_view text) {
  std::string result = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') result += '\\';
    if (character == '\n') {
      result += "\\n";
    } else {
      result += character;
    }
  }
  return result + '"';
}

std::string_view literal(bool value) {
  return value ? "true" : "false";
}

std::string release(std::string_view name) {
  std::string result = "Release::" + std::string(name);
  std::ranges::replace(result, '-', '_');
  return result;
}

std::string_view kind(const Code& code) {
  if (code.number.value == 0) return "success";
  return code.number.value > 0 ? "warning" : "error";
}

/// constexpr T NAME[] = {…}; nothing for an empty list, whose span is written as {}.
template <typename Element, typename Write>
void write_list(std::ostream& out, std::string_view type, const std::string& name,
                const std::vector<Element>& elements, Write write) {
  if (elements.empty()) return;
  out << "constexpr " << type << " " << name << "[] = {\n";
  for (const Element& element : elements) {
    out << "    ";
    write(element);
    out << ",\n";
  }
  out << "};\n";
}

template <typename Element>
std::string list_or_nothing(const std::string& name, const std::vector<Element>& elements) {
  return elements.empty() ? "{}" : name;
}

template <typename Row>
std::vector<Row> by_number(std::vector<Row> rows) {
  std::ranges::sort(rows, {}, [](const Row& row) { return row.number.value; });
  return rows;
}

template <typename Row>
void write_name_order(std::ostream& out, const std::string& name, const std::vector<Row>& rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return rows[i].name.text; });
  write_list(out, "std::uint16_t", name, order, [&](std::size_t i) { out << i; });
  out << '\n';
}

void write_function_lists(std::ostream& out, const Function& function) {
  const std::string& name = function.name.text;
  write_list(out, "ArgumentRow", name + "_arguments", function.arguments, [&](const Argument& argument) {
    out << '{' << literal(argument.name.text) << ", " << literal(argument.c_type)
        << ", ArgumentType::" << argument.type << ", Direction::" << argument.direction << ", "
        << literal(argument.optional) << '}';
  });
  write_list(out, "DocumentedCode", name + "_codes", function.codes, [&](const DocumentedCode& code) {
    const std::string_view since = code.since.text.empty() ? function.introduced_in : code.since.text;
    out << "{Code::" << code_enumerator(code.code.text) << ", " << literal(code.when) << ", " << release(since) << ", "
        << literal(code.in_table) << ", " << release(code.until.text) << ", " << literal(code.unreachable) << '}';
  });
  write_list(out, "std::string_view", name + "_remarks", function.remarks,
             [&](const std::string& remark) { out << literal(remark); });
}

void write_functions(std::ostream& out, const std::vector<Function>& functions) {
  for (const Function& function : functions) write_function_lists(out, function);
  out << '\n';
  write_list(out, "FunctionRow", "function_rows", functions, [&](const Function& function) {
    const std::string& name = function.name.text;
    out << "{Function::" << name << ", " << literal(name) << ", " << literal(function.page) << ", "
        << literal(function.tier) << ", " << literal(function.group) << ", "
        << release(function.introduced_in) << ", " << literal(function.open_set) << ", "
        << literal(function.wide_form) << ", " << literal(function.on_success) << ", "
        << literal(function.on_failure) << ", " << list_or_nothing(name + "_arguments", function.arguments)
        << ", " << list_or_nothing(name + "_codes", function.codes) << ", "
        << list_or_nothing(name + "_remarks", function.remarks) << '}';
  });
}

void write_codes(std::ostream& out, const std::vector<Code>& codes) {
  write_list(out, "CodeRow", "code_rows", codes, [&](const Code& code) {
    out << "{Code::" << code_enumerator(code.name.text) << ", " << literal(code.name.text)
        << ", CodeKind::" << kind(code) << ", " << literal(code.meaning) << '}';
  });
}

void write_parameters(std::ostream& out, const std::vector<Parameter>& parameters) {
  for (const Parameter& parameter : parameters) {
    write_list(out, "std::uint64_t", parameter_enumerator(parameter.name.text) + "_choices",
               parameter.choices, [&](std::uint64_t choice) { out << choice << "u"; });
  }
  write_list(out, "ParameterRow", "parameter_rows", parameters, [&](const Parameter& parameter) {
    const std::string name = parameter_enumerator(parameter.name.text);
    const bool choices = !parameter.choices.empty();
    out << "{Parameter::" << name << ", " << literal(parameter.name.text)
        << ", ParameterType::" << parameter.type << ", ParameterScope::" << parameter.scope << ", "
        << (choices ? *std::ranges::min_element(parameter.choices) : parameter.minimum) << "u, "
        << (choices ? *std::ranges::max_element(parameter.choices) : parameter.maximum) << "u, "
        << list_or_nothing(name + "_choices", parameter.choices) << ", ";
    if (parameter.default_number) {
      out << *parameter.default_number << "u";
    } else {
      out << "std::nullopt";
    }
    out << ", " << literal(parameter.default_text) << ", "
        << literal(parameter.settable_after_create && !parameter.read_only) << ", "
        << literal(parameter.settable_after_init && !parameter.read_only) << ", "
        << literal(parameter.is_protected) << ", " << literal(parameter.read_only) << ", "
        << release(parameter.since) << ", " << literal(parameter.page) << ", " << literal(parameter.note)
        << '}';
  });
}

void write_bits(std::ostream& out, const std::vector<Bit>& bits) {
  for (const Bit& bit : bits) {
    write_list(out, "Function", bit_enumerator(bit.name.text) + "_functions", bit.functions,
               [&](const Word& function) { out << "Function::" << function.text; });
  }
  write_list(out, "BitRow", "bit_rows", bits, [&](const Bit& bit) {
    out << '{' << literal(bit.name.text) << ", " << bit.number.value << "u, "
        << list_or_nothing(bit_enumerator(bit.name.text) + "_functions", bit.functions) << '}';
  });
}

constexpr std::string_view uniqueness = R"(
template <typename Row, std::size_t size, typename Number>
constexpr bool ascending(const Row (&rows)[size], Number number) {
  for (std::size_t i = 1; i < size; ++i) {
    if (!(number(rows[i - 1]) < number(rows[i]))) return false;
  }
  return true;
}

static_assert(ascending(function_rows, [](const FunctionRow& row) { return row.function; }),
              "function_rows is indexed by Function");
static_assert(ascending(code_rows, [](const CodeRow& row) { return row.code; }), "numbers of codes are unique");
static_assert(ascending(parameter_rows, [](const ParameterRow& row) { return row.parameter; }),
              "numbers of parameters are unique");
static_assert(ascending(functions_in_name_order, [](std::uint16_t i) { return function_rows[i].name; }));
static_assert(ascending(codes_in_name_order, [](std::uint16_t i) { return code_rows[i].name; }));
static_assert(ascending(parameters_in_name_order, [](std::uint16_t i) { return parameter_rows[i].name; }));
static_assert(ascending(bits_in_name_order, [](std::uint16_t i) { return bit_rows[i].name; }));

}  // namespace

constinit const std::span<const FunctionRow> functions = function_rows;
constinit const std::span<const CodeRow> codes = code_rows;
constinit const std::span<const ParameterRow> parameters = parameter_rows;
constinit const std::span<const BitRow> bits = bit_rows;

constinit const std::span<const std::uint16_t> functions_by_name = functions_in_name_order;
constinit const std::span<const std::uint16_t> codes_by_name = codes_in_name_order;
constinit const std::span<const std::uint16_t> parameters_by_name = parameters_in_name_order;
constinit const std::span<const std::uint16_t> bits_by_name = bits_in_name_order;

}  // namespace esentcheck::spec::tables
)";

}  // namespace

std::string tables(const Documentation& documentation) {
  const auto codes = by_number(documentation.codes);
  const auto parameters = by_number(documentation.parameters);
  std::ostringstream out;
  out << generated_from << "#include \"model/spec/tables.hpp\"\n\n"
      << "namespace esentcheck::spec::tables {\nnamespace {\n\n";
  write_functions(out, documentation.functions);
  write_name_order(out, "functions_in_name_order", documentation.functions);
  write_codes(out, codes);
  write_name_order(out, "codes_in_name_order", codes);
  write_parameters(out, parameters);
  write_name_order(out, "parameters_in_name_order", parameters);
  write_bits(out, documentation.bits);
  write_name_order(out, "bits_in_name_order", documentation.bits);
  out << uniqueness;
  return out.str();
}

}  // namespace esentcheck::spec::compiler
