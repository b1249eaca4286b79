// The system parameters as a table: what each one holds, where it applies, and until when it can be set
// (extensible-storage-engine-system-parameters). Where releases differ, the latest documented one is followed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "esent.h"

namespace esent {

enum class Type {
  integer,
  boolean,
  power_of_two,
  tuple_limit,     // an integer whose bad values have a code of their own
  commit_options,  // options of JetCommitTransaction
  text,
  path,
  folder,
  pointer,
  unicode_index,  // a JET_UNICODEINDEX
  error_text,     // JET_paramErrorToString: asked about a code instead of holding a value
};

enum class Scope { instance, global, session };

// From when on a parameter can no longer be set.
enum class Frozen { never, when_initialised, when_created, always };

struct ParameterRow {
  std::uint32_t id;
  Type type;
  Scope scope;
  Frozen frozen;
  bool is_protected;    // by JET_paramEnableAdvanced
  std::uint64_t least;  // of a number, or of the length of a text
  std::uint64_t most;
  JET_API_PTR standard;  // default, and the default of the small configuration
  JET_API_PTR small;
  const char* standard_text;

  constexpr bool holds_text() const { return type == Type::text || type == Type::path || type == Type::folder; }
};

constexpr std::size_t parameter_count = 61;
extern const ParameterRow parameter_rows[parameter_count];

// NULL for an id that is unknown.
const ParameterRow* find_parameter(std::uint32_t id) noexcept;

}  // namespace esent
