// The documentation as data, compiled in: functions with their parameters and documented codes, error codes, system
// parameters, option bits. The rows live in the YAML files beside this header; spec/compiler turns them into constant
// tables when the project is built, so that the model reads no file at run time.
//
// Everything here is immutable and may be used from any thread. Views point into static storage.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/spec/identifiers.hpp"  // generated: enum class Function, Code, Parameter; namespace bit

namespace esentcheck::spec {

/// A Windows release that the pages name, oldest first. A code that a page confines to "Windows XP and later" is not
/// allowed from a subject that claims windows_2000.
enum class Release : std::uint8_t {
  windows_2000,
  windows_xp,
  windows_server_2003,
  windows_vista,
  windows_7,
  windows_8,
};

inline constexpr Release newest_release = Release::windows_8;

/// "windows-2000", "windows-xp", … as options and scenario files spell it; empty result for any other spelling.
std::string_view name_of(Release);
std::optional<Release> release_named(std::string_view name);

enum class CodeKind : std::uint8_t { success, warning, error };

/// One row of errors.yaml.
struct CodeRow {
  Code code;
  std::string_view name;  ///< as in the header, "JET_errOutOfSessions"
  CodeKind kind;
  std::string_view meaning;
};

/// How a function's argument travels: what kind of thing a call passes there.
enum class ArgumentType : std::uint8_t {
  instance,        ///< JET_INSTANCE by value
  instance_out,    ///< JET_INSTANCE*, written
  instance_inout,  ///< JET_INSTANCE*, read and written
  session,         ///< JET_SESID by value
  session_out,     ///< JET_SESID*, written
  grbit,           ///< JET_GRBIT
  integer,         ///< unsigned long, JET_API_PTR and other numbers by value
  integer_out,     ///< pointer to a number that the function writes (or reads and writes)
  text,            ///< a zero-terminated string, may be NULL where optional
  text_out,        ///< a caller's buffer for a string
  callback,        ///< JET_PFNSTATUS
  restart_info,    ///< JET_RSTINFO*
  parameter_list,  ///< JET_SETSYSPARAM*
  database,        ///< JET_DBID by value
  database_out,    ///< JET_DBID*, written
  memory,          ///< memory of the caller that the function reads; what it holds depends on another argument
  result,          ///< memory of the caller that the function writes; what to depends on another argument
  instance_list,   ///< JET_INSTANCE_INFO**: an array that the function allocates
  engine_memory,   ///< what the engine has allocated, by value
  other,           ///< anything that no function of the modelled surface takes
};

enum class Direction : std::uint8_t { in, out, inout };

struct ArgumentRow {
  std::string_view name;    ///< as on the page, "psesid"
  std::string_view c_type;  ///< as on the page, "JET_SESID*"
  ArgumentType type;
  Direction direction;
  bool optional;
};

/// One (function, code) pair of a page's return-code table, or a code that the page names elsewhere.
struct DocumentedCode {
  Code code;
  std::string_view when;
  Release since;  ///< first release that may return it
  bool in_table;  ///< false: the page names it in its prose only
  Release until;  ///< last release that may return it
  std::string_view unreachable;  ///< why a library that is right may never return it; empty: it can be made to
};

/// One page of the documentation.
struct FunctionRow {
  Function function;
  std::string_view name;   ///< "JetDupSession"
  std::string_view page;   ///< "jetdupsession-function"
  std::string_view tier;   ///< "core" or "adjacent"
  std::string_view group;  ///< "session", "instance", …
  Release introduced_in;
  bool open_set;       ///< the page itself allows codes that it does not list
  bool has_wide_form;  ///< exported as …A and …W as well
  std::string_view on_success;
  std::string_view on_failure;
  std::span<const ArgumentRow> arguments;
  std::span<const DocumentedCode> codes;  ///< in page order
  std::span<const std::string_view> remarks;
};

enum class ParameterType : std::uint8_t { integer, boolean, grbit, text, folder, path, pointer };
enum class ParameterScope : std::uint8_t { instance, global, instance_or_session };

/// One system parameter. Where a page gives values per release, the newest release's stands here.
struct ParameterRow {
  Parameter parameter;  ///< its numeric value is the paramid
  std::string_view name;
  ParameterType type;
  ParameterScope scope;
  std::uint64_t minimum;  ///< of the value, or of the length in characters for texts
  std::uint64_t maximum;
  std::span<const std::uint64_t> choices;       ///< not empty: the only values allowed
  std::optional<std::uint64_t> default_number;  ///< empty: not stated
  std::string_view default_text;
  bool settable_after_create;  ///< while any instance exists
  bool settable_after_init;    ///< on an initialised instance
  bool is_protected;           ///< a set is ignored while JET_paramEnableAdvanced is off
  bool read_only;
  Release since;
  std::string_view page;
  std::string_view note;
};

/// A named number that an argument takes: an option bit of a grbit ({"JET_bitTermComplete", 1}), an information level, a
/// session parameter.
struct BitRow {
  std::string_view name;
  std::uint32_t value;
  std::span<const Function> functions;  ///< that take it; values repeat between functions
};

std::span<const FunctionRow> functions();
std::span<const CodeRow> codes();
std::span<const ParameterRow> parameters();
std::span<const BitRow> bits();

const FunctionRow& row(Function);
const ParameterRow* row(Parameter);  ///< nullptr: an id that no page describes
/// nullptr for a number that is no code of the documentation; a subject may return any number.
const CodeRow* row(Code);

/// By exact name ("JetDupSession", "JET_errOutOfSessions", …); empty when there is none.
std::optional<Function> function_named(std::string_view name);
std::optional<Code> code_named(std::string_view name);
std::optional<Parameter> parameter_named(std::string_view name);
std::optional<std::uint32_t> bit_named(std::string_view name);

/// "JET_errOutOfSessions", or the number in decimal for a code without a row. `buffer` is used in that case only.
std::string_view name_of(Code, std::span<char, 12> buffer);

/// The name of the same kind that is closest to a misspelt one ("did you mean …"); empty when nothing is near.
std::string_view nearest_function(std::string_view misspelt);
std::string_view nearest_code(std::string_view misspelt);
std::string_view nearest_parameter(std::string_view misspelt);

}  // namespace esentcheck::spec
