#include "harness/scenario/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/scenario/names.hpp"

namespace esentcheck::scenario {
namespace {

using plan::Symbol;
using plan::SymbolKind;
using spec::ArgumentRow;
using spec::ArgumentType;

constexpr std::uint64_t largest_word = ~std::uint64_t{0};
constexpr std::uint64_t largest_grbit = 0xffff'ffff;
constexpr std::uint64_t largest_buffer = 1024ULL * 1024;

/// Reads one argument of the call at hand after another.
class ArgumentReader {
 public:
  ArgumentReader(Builder& builder, CallTemplate& call) : builder_(builder), source_(builder.source()), call_(call) {}

  Symbol read(const ArgumentRow& row, const YAML::Node& node) {
    switch (row.type) {
      case ArgumentType::instance:
      case ArgumentType::session:
      case ArgumentType::database: return handle(row, node);
      case ArgumentType::instance_out:
      case ArgumentType::session_out:
      case ArgumentType::database_out:
      case ArgumentType::instance_list: return address(row, node, false, true);
      case ArgumentType::instance_inout: return address(row, node, true, true);
      case ArgumentType::integer_out: return address(row, node, false, false);
      case ArgumentType::grbit: return grbit(row, node);
      case ArgumentType::integer: return integer(row.name, node);
      case ArgumentType::text: return text(row.name, node);
      case ArgumentType::text_out: return buffer(row, node);
      case ArgumentType::callback: return callback(row, node, SymbolKind::callback);
      case ArgumentType::restart_info: return callback(row, node, SymbolKind::restart_info);
      case ArgumentType::parameter_list: return parameter_list(row, node);
      case ArgumentType::memory: return memory(row, node);
      case ArgumentType::result: return result(row, node);
      case ArgumentType::engine_memory: return engine_memory(row, node);
      case ArgumentType::other: break;
    }
    if (node.IsNull()) return {SymbolKind::null, 0, 0};
    source_.complain(node, fmt::format("{} is a {}, which scenarios can only give as null", row.name, row.c_type));
    return {};
  }

 private:
  Symbol reference(SymbolKind kind, const YAML::Node& at, std::string name, bool reads, bool writes, bool hands_out) {
    if (!is_variable_name(name, true)) source_.complain(at, fmt::format("\"{}\" is no name for a variable", name));
    call_.references.push_back({at, std::move(name), reads, writes, hands_out});
    return {kind, 0, call_.references.size() - 1};
  }

  static bool is_null(const YAML::Node& node) {
    return node.IsNull() || (node.IsScalar() && (node.Scalar() == "0" || node.Scalar() == "null"));
  }

  Symbol handle(const ArgumentRow& row, const YAML::Node& node) {
    if (is_null(node)) return {SymbolKind::null, 0, 0};
    if (node.IsMap()) {
      static constexpr std::array<std::string_view, 1> keys{"garbage"};
      const Fields fields = source_.fields(node, fmt::format("the handle {}", row.name), keys);
      const Field* garbage = fields.find("garbage");
      if (garbage != nullptr) return {SymbolKind::garbage, 0, source_.number(garbage->value, "garbage", 0, 0xffff)};
      source_.complain(node, fmt::format("the handle {} lacks the key \"garbage\"", row.name));
      return {};
    }
    if (!node.IsScalar() || parse_number(node.Scalar())) {
      source_.complain(node, fmt::format("{} is a handle: a variable, nil, null or {{garbage: 1}}, not {}", row.name,
                                         kind_of(node)));
      return {};
    }
    std::string name = source_.text(node, row.name);
    if (name == "nil") return {SymbolKind::nil, 0, 0};
    return reference(SymbolKind::value, node, std::move(name), true, false, false);
  }

  Symbol address(const ArgumentRow& row, const YAML::Node& node, bool reads, bool hands_out) {
    if (is_null(node)) return {SymbolKind::null, 0, 0};
    if (!node.IsScalar() || parse_number(node.Scalar()) || node.Scalar() == "nil") {
      source_.complain(node, fmt::format("{} is an out-pointer: a variable or null, not {}", row.name, kind_of(node)));
      return {};
    }
    call_.has_out_pointer = true;
    return reference(SymbolKind::address, node, source_.text(node, row.name), reads, true, hands_out);
  }

  std::uint64_t bit(const ArgumentRow& row, const YAML::Node& node) {
    const std::string name = source_.text(node, row.name);
    if (const std::optional<Number> number = parse_number(name)) {
      if (!number->negative && number->value <= largest_grbit) return number->value;
      source_.complain(node, fmt::format("{} has 32 bits, and {} needs more", row.name, name));
      return 0;
    }
    if (const auto value = spec::bit_named(name)) return *value;
    source_.complain(node, fmt::format("no bit is called \"{}\"{}", name, hint(nearest_number(name))));
    return 0;
  }

  static std::string_view nearest_number(std::string_view name) {
    std::vector<std::string_view> names;
    for (const spec::BitRow& known : spec::bits()) names.push_back(known.name);
    return nearest(name, names);
  }

  Symbol grbit(const ArgumentRow& row, const YAML::Node& node) {
    std::uint64_t bits = 0;
    if (node.IsSequence())
      for (const YAML::Node& each : node) bits |= bit(row, each);
    else
      bits = bit(row, node);
    return {SymbolKind::number, 0, bits};
  }

  Symbol integer(std::string_view what, const YAML::Node& node) {
    if (node.IsMap()) {
      static constexpr std::array<std::string_view, 1> keys{"variable"};
      const Fields fields = source_.fields(node, fmt::format("the number {}", what), keys);
      if (const Field* variable = fields.find("variable"))
        return reference(SymbolKind::value, variable->value, source_.text(variable->value, "variable"), true, false,
                         false);
      source_.complain(node, fmt::format("the number {} lacks the key \"variable\"", what));
      return {};
    }
    if (!node.IsScalar()) {
      source_.complain(node, fmt::format("{} must be a number, not {}", what, kind_of(node)));
      return {};
    }
    const std::string written = source_.text(node, what);
    if (const std::optional<Number> number = parse_number(written)) return {SymbolKind::number, 0, number->value};
    if (const auto parameter = spec::parameter_named(written))
      return {SymbolKind::number, 0, static_cast<std::uint64_t>(*parameter)};
    if (const auto named = spec::bit_named(written)) return {SymbolKind::number, 0, *named};
    if (written.rfind("JET_param", 0) == 0)
      source_.complain(node,
                       fmt::format("no parameter is called \"{}\"{}", written, hint(spec::nearest_parameter(written))));
    else if (written.rfind("JET_", 0) == 0)
      source_.complain(node, fmt::format("no number is called \"{}\"{}", written, hint(nearest_number(written))));
    else
      source_.complain(node, fmt::format("{} must be a number, not \"{}\"", what, written));
    return {};
  }

  Symbol text(std::string_view what, const YAML::Node& node) {
    if (node.IsNull()) return {SymbolKind::null, 0, 0};
    return plan::text_symbol(builder_.plan(), source_.text_or_empty(node, what));
  }

  Symbol buffer(const ArgumentRow& row, const YAML::Node& node) {
    if (is_null(node)) return {SymbolKind::null, 0, 0};
    static constexpr std::array<std::string_view, 1> keys{"buffer"};
    const Fields fields = source_.fields(node, fmt::format("the buffer {}", row.name), keys);
    call_.has_out_pointer = true;
    if (const Field* size = fields.find("buffer"))
      return {SymbolKind::buffer, 0, source_.number(size->value, "buffer", 0, largest_buffer)};
    source_.complain(node, fmt::format("the buffer {} lacks the key \"buffer\"", row.name));
    return {};
  }

  /// Memory for a result: how large it is, and what is read from it afterwards.
  Symbol result(const ArgumentRow& row, const YAML::Node& node) {
    if (is_null(node)) return {SymbolKind::null, 0, 0};
    static constexpr std::array<std::string_view, 4> keys{"buffer", "read", "at", "bytes"};
    const Fields fields = source_.fields(node, fmt::format("the buffer {}", row.name), keys);
    const Field* size = fields.find("buffer");
    if (size == nullptr) {
      source_.complain(node, fmt::format("the buffer {} lacks the key \"buffer\"", row.name));
      return {};
    }
    const std::uint64_t bytes = source_.number(size->value, "buffer", 0, largest_buffer);
    const plan::Reading reading = read_back(fields, bytes);
    call_.has_out_pointer |= reading.as != plan::ReadAs::nothing;
    return {SymbolKind::buffer, plan::packed(reading), bytes};
  }

  plan::Reading read_back(const Fields& fields, std::uint64_t size) {
    plan::Reading reading{.as = plan::ReadAs::nothing};
    const Field* read = fields.find("read");
    const std::string word = read == nullptr ? "" : source_.text(read->value, "read");
    if (word == "text")
      reading.as = plan::ReadAs::text;
    else if (word == "wide-text")
      reading.as = plan::ReadAs::wide_text;
    else if (word == "number")
      return number_read_back(fields, size);
    else if (read != nullptr)
      source_.complain(read->value, fmt::format("read is number, text or wide-text, not {}", kind_of(read->value)));
    for (const std::string_view key : {"at", "bytes"})
      if (const Field* field = fields.find(key))
        source_.complain(field->key_node, fmt::format("{} goes only with \"read: number\"", key));
    return reading;
  }

  plan::Reading number_read_back(const Fields& fields, std::uint64_t size) {
    const Field* at = fields.find("at");
    const Field* bytes = fields.find("bytes");
    const std::uint64_t begin = at == nullptr ? 0 : source_.number(at->value, "at", 0, 0xffff);
    const std::uint64_t width = bytes == nullptr ? size : source_.number(bytes->value, "bytes", 1, 8);
    const YAML::Node& where = bytes != nullptr ? bytes->value : fields.at();
    if (width != 1 && width != 2 && width != 4 && width != 8)
      source_.complain(where, fmt::format("a number has 1, 2, 4 or 8 bytes, not {}", width));
    else if (begin + width > size)
      source_.complain(where, fmt::format("{} bytes at {} reach out of a buffer of {}", width, begin, size));
    return {plan::ReadAs::number, static_cast<std::uint8_t>(width), static_cast<std::uint16_t>(begin)};
  }

  /// Memory that the call reads: a number with zeros behind it.
  Symbol memory(const ArgumentRow& row, const YAML::Node& node) {
    if (is_null(node)) return {SymbolKind::null, 0, 0};
    static constexpr std::array<std::string_view, 2> keys{"number", "bytes"};
    const Fields fields = source_.fields(node, fmt::format("the memory {}", row.name), keys);
    const Field* number = fields.find("number");
    const Field* bytes = fields.find("bytes");
    if (number == nullptr || bytes == nullptr) {
      source_.complain(
          node, fmt::format("the memory {} lacks the key \"{}\"", row.name, number == nullptr ? "number" : "bytes"));
      return {};
    }
    const auto size = static_cast<std::uint32_t>(source_.number(bytes->value, "bytes", 1, largest_buffer));
    std::uint64_t value = 0;
    if (number->value.IsScalar() && number->value.Scalar().rfind("JET_err", 0) == 0)
      value = static_cast<std::uint64_t>(static_cast<std::int64_t>(read_code(source_, number->value, "number")));
    else
      value = plain_integer(*number, largest_word);
    // What does not fit is not in the memory.
    if (size < sizeof value) value &= (std::uint64_t{1} << (8 * size)) - 1;
    return {SymbolKind::memory, size, value};
  }

  Symbol engine_memory(const ArgumentRow& row, const YAML::Node& node) {
    if (is_null(node)) return {SymbolKind::null, 0, 0};
    if (!node.IsScalar() || parse_number(node.Scalar()) || node.Scalar() == "nil") {
      source_.complain(node, fmt::format("{} is what the engine has allocated: a variable or null, not {}", row.name,
                                         kind_of(node)));
      return {};
    }
    return reference(SymbolKind::value, node, source_.text(node, row.name), true, false, false);
  }

  Symbol callback(const ArgumentRow& row, const YAML::Node& node, SymbolKind kind) {
    if (is_null(node)) return {SymbolKind::null, 0, 0};
    call_.has_callback = true;
    const std::string word = node.IsScalar() ? source_.text(node, row.name) : std::string{};
    if (word == "succeed") return {kind, 0, 0};
    if (word.rfind("JET_", 0) != 0) {
      source_.complain(node, fmt::format("{} is a callback: succeed, the code that it returns, or null, not {}",
                                         row.name, kind_of(node)));
      return {};
    }
    const auto code = static_cast<std::int64_t>(read_code(source_, node, row.name));
    return {kind, 0, static_cast<std::uint64_t>(code)};
  }

  Symbol parameter_list(const ArgumentRow& row, const YAML::Node& node) {
    if (is_null(node)) return {SymbolKind::null, 0, 0};
    auto& settings = builder_.plan().settings;
    const std::uint64_t first = settings.size();
    for (const YAML::Node& each : source_.list(node, row.name)) {
      static constexpr std::array<std::string_view, 3> keys{"paramid", "lParam", "szParam"};
      const Fields fields = source_.fields(each, fmt::format("an element of {}", row.name), keys);
      plan::Setting setting;
      if (const Field* id = fields.find("paramid"))
        setting.parameter = static_cast<std::uint32_t>(plain_integer(*id, 0xffff'ffff));
      else
        source_.complain(each, fmt::format("an element of {} lacks the key \"paramid\"", row.name));
      if (const Field* number = fields.find("lParam"))
        setting.number = {SymbolKind::number, 0, plain_integer(*number, largest_word)};
      if (const Field* string = fields.find("szParam")) setting.text = text("szParam", string->value);
      settings.push_back(setting);
    }
    return {SymbolKind::parameter_list, static_cast<std::uint32_t>(settings.size() - first), first};
  }

  std::uint64_t plain_integer(const Field& field, std::uint64_t largest) {
    if (field.value.IsMap()) {
      source_.complain(field.value, fmt::format("{} must be a number here, not a mapping", field.key));
      return 0;
    }
    const Symbol symbol = integer(field.key, field.value);
    if (symbol.number > largest)
      source_.complain(field.value, fmt::format("{} has 32 bits, and {} needs more", field.key, symbol.number));
    return symbol.number;
  }

  Builder& builder_;
  Source& source_;
  CallTemplate& call_;
};

bool is_handle(ArgumentType type) {
  return type == ArgumentType::instance || type == ArgumentType::session || type == ArgumentType::database;
}

/// Leaving out what a call cannot do without is more often a slip than a test; null says that it is meant. A session
/// beside an instance is the exception: the parameter calls take either.
bool may_be_omitted(const spec::FunctionRow& function, const ArgumentRow& row) {
  if (row.optional) return true;
  const bool beside_instance =
      row.type == ArgumentType::session &&
      std::any_of(function.arguments.begin(), function.arguments.end(), [](const ArgumentRow& other) {
        return other.type == ArgumentType::instance || other.type == ArgumentType::instance_inout;
      });
  if (beside_instance) return true;
  return !is_handle(row.type) && row.direction == spec::Direction::in;
}

}  // namespace

CallTemplate read_call(Builder& builder, const Field& field) {
  Source& source = builder.source();
  CallTemplate call;
  const auto function = spec::function_named(field.key);
  if (!function) {
    source.complain(field.key_node,
                    fmt::format("no function is called \"{}\"{}", field.key, hint(spec::nearest_function(field.key))));
    return call;
  }
  const spec::FunctionRow& row = spec::row(*function);
  call.step.function = *function;
  if (row.arguments.size() > call.step.arguments.size()) {
    source.complain(field.key_node, fmt::format("{} takes more arguments than scenarios can spell", row.name));
    return call;
  }
  std::vector<std::string_view> names;
  for (const ArgumentRow& argument : row.arguments) names.push_back(argument.name);
  if (names.empty() && field.value.IsMap() && field.value.size() > 0)
    source.complain(field.value, fmt::format("{} takes no arguments", row.name));
  const Fields fields = field.value.IsNull() ? Fields(field.value) : source.fields(field.value, field.key, names);
  ArgumentReader reader(builder, call);
  bool list_before = false;
  for (std::size_t i = 0; i < row.arguments.size(); ++i) {
    const ArgumentRow& argument = row.arguments[i];
    const Field* given = fields.find(argument.name);
    if (given != nullptr) {
      call.step.arguments[i] = reader.read(argument, given->value);
    } else if (!may_be_omitted(row, argument)) {
      source.complain(field.key_node,
                      fmt::format("{} needs {}; null says that NULL is meant", row.name, argument.name));
    } else if (list_before && argument.type == ArgumentType::integer) {
      source.complain(field.key_node,
                      fmt::format("{} needs {}, the number of elements of the list", row.name, argument.name));
    }
    list_before = given != nullptr && call.step.arguments[i].kind == SymbolKind::parameter_list;
  }
  return call;
}

plan::Step repetition(Builder& builder, const CallTemplate& call, std::uint64_t n) {
  plan::Step step = call.step;
  std::vector<plan::Variable> variables(call.references.size());
  for (const bool writes : {false, true})
    for (std::size_t i = 0; i < call.references.size(); ++i) {
      const CallTemplate::Reference& reference = call.references[i];
      const std::string name = numbered(reference.name, n);
      if (!writes && reference.reads) variables[i] = builder.reading(reference.at, name);
      if (writes && reference.writes) variables[i] = builder.writing(reference.at, name);
    }
  for (Symbol& symbol : step.arguments)
    if (symbol.kind == SymbolKind::value || symbol.kind == SymbolKind::address)
      symbol.number = variables[symbol.number];
  return step;
}

spec::Code read_code(Source& source, const YAML::Node& node, std::string_view what) {
  const std::string name = source.text(node, what);
  if (const auto code = spec::code_named(name)) return *code;
  if (source.failed()) return {};
  std::string meant(spec::nearest_code(name));
  for (const std::string_view prefix : {"JET_err", "JET_wrn"})
    if (spec::code_named(std::string(prefix) + name)) meant = std::string(prefix) + name;
  if (const auto number = parse_number(name)) {
    const spec::CodeRow* row = spec::row(static_cast<spec::Code>(static_cast<std::int64_t>(number->value)));
    meant = row != nullptr ? std::string(row->name) : std::string{};
    source.complain(node, fmt::format("a code is spelled by its name, not as {}{}", name, hint(meant)));
    return {};
  }
  source.complain(node, fmt::format("no code is called \"{}\"{}", name, hint(meant)));
  return {};
}

std::string numbered(std::string_view name, std::uint64_t n) {
  std::string result;
  for (const char c : name) {
    if (c == '#')
      result += std::to_string(n);
    else
      result += c;
  }
  return result;
}

}  // namespace esentcheck::scenario
