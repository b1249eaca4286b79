// The four YAML files as plain values, with the place of whatever another row may contradict.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/spec/compiler/complaints.hpp"

namespace esentcheck::spec::compiler {

/// Oldest first, as the enumeration Release of spec.hpp.
inline constexpr std::array<std::string_view, 6> releases = {
    "windows-2000", "windows-xp", "windows-server-2003", "windows-vista", "windows-7", "windows-8"};

struct Word {
  std::string text;
  Place place;
};

struct Number {
  std::int64_t value = 0;
  Place place;
};

struct Code {
  Word name;
  Number number;
  std::string meaning;
};

struct Argument {
  Word name;
  std::string c_type;
  std::string type;       ///< an enumerator of ArgumentType
  std::string direction;  ///< an enumerator of Direction
  bool optional = false;
};

struct DocumentedCode {
  Word code;
  std::string when;
  Word since;  ///< empty text: when the function was introduced
  Word until;
  bool in_table = true;
  std::string unreachable;
};

struct Function {
  Word name;
  std::string page;
  std::string tier;
  std::string group;
  std::string introduced_in;
  bool open_set = false;
  bool wide_form = false;
  std::string on_success;
  std::string on_failure;
  std::vector<Argument> arguments;
  std::vector<DocumentedCode> codes;
  std::vector<std::string> remarks;
};

struct Parameter {
  Word name;
  Number number;
  std::string type;   ///< an enumerator of ParameterType
  std::string scope;  ///< an enumerator of ParameterScope
  Place range_place;
  std::uint64_t minimum = 0;
  std::uint64_t maximum = UINT64_MAX;
  std::vector<std::uint64_t> choices;
  std::optional<std::uint64_t> default_number;
  std::string default_text;
  Place default_place;
  bool settable_after_create = true;
  bool settable_after_init = false;
  bool is_protected = false;
  bool read_only = false;
  std::string since;
  std::string page;
  std::string note;
};

struct Bit {
  Word name;
  Number number;
  std::vector<Word> functions;
};

struct Documentation {
  std::vector<Function> functions;
  std::vector<Code> codes;
  std::vector<Parameter> parameters;
  std::vector<Bit> bits;
};

}  // namespace esentcheck::spec::compiler
