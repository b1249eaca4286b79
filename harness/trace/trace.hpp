// A recorded trace as values: what was called, in which order, and what came back. The README of this folder has the
// format; `reader.hpp` makes these from a file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/spec/spec.hpp"

namespace esentcheck::trace {

enum class ValueKind : std::uint8_t {
  number,     ///< a number by value; also a constant of the header, by its name
  null,       ///< a NULL pointer
  nil,        ///< all bits set
  variable,   ///< the value of variable `text`
  address,    ///< the address of variable `text`
  text,       ///< a string
  garbage,    ///< the made-up value `number`
  offset,     ///< the value of variable `text`, plus `number`
  zeros,      ///< the address of `number` zero bytes
  pointed,    ///< the address of a number
  callback,   ///< a status callback that returns the code `number`
  handle,     ///< out-values only: the `number`-th handle value of the run
  unchanged,  ///< out-values only: not written
  written,    ///< out-values only: something that is not spelled out
  list,       ///< elements without names
  structure,  ///< named members
};

struct Field;

struct Value {
  ValueKind kind = ValueKind::null;
  std::uint64_t number = 0;
  std::string text;
  std::vector<Field> fields;  ///< of a list or a structure
};

struct Field {
  std::string name;
  Value value;
};

/// How a call ended.
enum class End : std::uint8_t {
  returned,
  crashed,  ///< it ended the process
  hung,     ///< it never came back
};

/// One call, from its begin to its end.
struct Call {
  std::optional<spec::Function> function;  ///< empty: outside the surface of instances and sessions
  std::string name;
  std::uint8_t thread = 0;
  std::vector<Field> arguments;  ///< in the page's order for a function of the surface
  End end = End::returned;
  spec::Code code{};
  std::string code_name;  ///< as written
  std::vector<Field> out;
  std::optional<spec::Code> also;  ///< what a second recording had here
  bool unstable = false;           ///< a second recording differed here
  bool async = false;              ///< the next lines go on meanwhile
  bool memory_refused = false;     ///< the environment refused memory inside the call
  bool log_fails = false;          ///< the environment let a write or a sync fail inside the call
  std::uint64_t begin = 0;         ///< 0: not stamped
  std::uint64_t end_stamp = 0;
};

enum class LineKind : std::uint8_t {
  call,
  set,        ///< variables are given values
  directory,  ///< a folder is made
  release,    ///< a callback is let go on
  join,       ///< the call of a thread has ended
};

struct Line {
  LineKind kind = LineKind::call;
  std::uint32_t number = 0;  ///< in its file, from 1
  Call call;
  std::vector<Field> set;
  std::string directory;
  std::uint8_t thread = 0;  ///< of release and join
};

/// The lines of one process in one empty folder.
struct Run {
  std::string scenario;  ///< empty: a trace without scenarios
  std::string engine;    ///< "validating", "fast", or empty
  std::vector<Line> lines;
};

struct Trace {
  std::string file;
  std::vector<Run> runs;  ///< in the file's order
};

}  // namespace esentcheck::trace
