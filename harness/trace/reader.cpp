#include "harness/trace/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "harness/trace/json_line.hpp"
#include "harness/trace/names.hpp"
#include "harness/trace/text_lines.hpp"
#include "harness/trace/value_reader.hpp"

namespace esentcheck::trace {
namespace {

using nlohmann::json;

std::string did_you_mean(std::string_view nearest) {
  return nearest.empty() ? "" : fmt::format("; did you mean {}?", nearest);
}

/// "T1" as a number; threads are few, and their numbers are those of their names.
std::uint8_t thread_in(const JsonLine& line, const char* member) {
  const std::string name = line.text(member);
  std::uint8_t number = 0;
  const auto [end, error] =
      std::from_chars(name.data() + std::min<std::size_t>(1, name.size()), name.data() + name.size(), number);
  if (!name.starts_with('T') || error != std::errc() || end != name.data() + name.size() || number == 0)
    line.complain(member, fmt::format("\"{}\" is not a thread; threads are T1, T2, … T255", name));
  return number;
}

spec::Code code_in(const JsonLine& line, const char* member, bool judged) {
  const json& value = line.required(member);
  if (value.is_number_integer()) return static_cast<spec::Code>(value.get<std::int32_t>());
  const std::string name = line.text(member);
  const auto code = spec::code_named(name);
  if (!code && judged)
    line.complain(member, fmt::format("no code is called \"{}\"{}", name, did_you_mean(spec::nearest_code(name))));
  return code.value_or(name.find("_err") == std::string::npos || name == "JET_errSuccess" ? spec::Code{}
                                                                                          : spec::Code{-1});
}

void read_function(const JsonLine& line, Call& call) {
  call.name = line.text("call");
  call.function = spec::function_named(call.name);
  if (call.function || outsider_named(call.name) != nullptr) return;
  std::string_view nearest = spec::nearest_function(call.name);
  if (nearest.empty()) nearest = nearest_outsider(call.name);
  line.complain("call", fmt::format("no function is called \"{}\"{}", call.name, did_you_mean(nearest)));
}

const json& object_in(const JsonLine& line, const char* member) {
  const json& value = line.required(member);
  if (!value.is_object()) line.complain(member, fmt::format("\"{}\" must be an object", member));
  return value;
}

/// In the page's order, each one there.
void read_arguments(const JsonLine& line, Call& call) {
  const json& given = object_in(line, "args");
  if (!call.function) {
    for (const auto& [name, value] : given.items()) call.arguments.push_back({name, argument_of(line, name, value)});
    return;
  }
  const auto page = spec::row(*call.function).arguments;
  for (const spec::ArgumentRow& argument : page) {
    const std::string name(argument.name);
    const auto value = given.find(name);
    if (value == given.end()) line.complain("args", fmt::format("{} lacks its argument \"{}\"", call.name, name));
    call.arguments.push_back({name, argument_of(line, name, *value)});
  }
  for (const auto& [name, value] : given.items())
    if (std::ranges::none_of(page, [&name = name](const spec::ArgumentRow& row) { return row.name == name; }))
      line.complain(name, fmt::format("{} has no argument \"{}\"", call.name, name));
}

void read_end(const JsonLine& line, Call& call) {
  const bool crashed = line.ending("crash");
  const bool hung = line.ending("hang");
  if (crashed && hung) line.complain("hang", "a call cannot both crash and hang");
  if (!crashed && !hung) {
    if (line.find("code") == nullptr)
      line.complain({}, "the field \"code\" is missing, and neither \"crash\" nor \"hang\" stands in its place");
    call.code = code_in(line, "code", call.function.has_value());
    const json& code = line.required("code");
    call.code_name = code.is_string() ? code.get<std::string>() : code.dump();
  } else if (line.find("code") != nullptr) {
    line.complain("code", "a call that did not return has no code");
  }
  call.end = crashed ? End::crashed : hung ? End::hung : End::returned;
}

void read_stamps(const JsonLine& line, Call& call) {
  call.begin = line.stamp("begin");
  call.end_stamp = line.stamp("end");
  if (call.begin == 0 && call.end_stamp != 0) line.complain("end", "an \"end\" needs a \"begin\"");
  if (call.begin != 0 && call.end_stamp == 0 && call.end == End::returned)
    line.complain("begin", "the call returned, so its \"begin\" needs an \"end\"");
  if (call.end_stamp != 0 && call.end_stamp <= call.begin) line.complain("end", "the call ends before it begins");
}

void read_faults(const JsonLine& line, Call& call) {
  const json* faults = line.find("faults");
  if (faults == nullptr) return;
  if (!faults->is_array()) line.complain("faults", "\"faults\" must be a list");
  for (const json& fault : *faults) {
    if (fault == "memory")
      call.memory_refused = true;
    else if (fault == "log")
      call.log_fails = true;
    else
      line.complain("faults", "a fault is \"memory\" or \"log\"");
  }
}

Call read_call(const JsonLine& line) {
  line.allow_only({"scenario", "engine", "n", "thread", "call", "args", "code", "crash", "hang", "out", "begin", "end",
                   "async", "until", "unstable", "also", "low_half", "faults"});
  Call call;
  call.thread = thread_in(line, "thread");
  read_function(line, call);
  read_arguments(line, call);
  read_end(line, call);
  if (line.find("out") != nullptr)
    for (const auto& [name, value] : object_in(line, "out").items())
      call.out.push_back({name, output_of(line, name, value)});
  read_stamps(line, call);
  read_faults(line, call);
  call.unstable = line.flag("unstable");
  call.async = line.flag("async");
  if (line.find("also") != nullptr) call.also = code_in(line, "also", call.function.has_value());
  return call;
}

Line read_line(const JsonLine& json_line) {
  Line line;
  line.number = json_line.number();
  if (json_line.find("call") != nullptr) {
    line.call = read_call(json_line);
  } else if (json_line.find("set") != nullptr) {
    json_line.allow_only({"scenario", "engine", "n", "set"});
    line.kind = LineKind::set;
    for (const auto& [name, value] : object_in(json_line, "set").items())
      line.set.push_back({name, argument_of(json_line, name, value)});
  } else if (json_line.find("mkdir") != nullptr) {
    json_line.allow_only({"scenario", "engine", "n", "mkdir"});
    line.kind = LineKind::directory;
    const Value folder = argument_of(json_line, "mkdir", json_line.required("mkdir"));
    if (folder.kind != ValueKind::text) json_line.complain("mkdir", "\"mkdir\" needs a text");
    line.directory = folder.text;
  } else {
    const bool release = json_line.find("release") != nullptr;
    if (!release && json_line.find("join") == nullptr)
      json_line.complain({}, "the line makes no call, and is no \"set\", \"mkdir\", \"release\" or \"join\" either");
    json_line.allow_only({"scenario", "engine", "n", release ? "release" : "join"});
    line.kind = release ? LineKind::release : LineKind::join;
    line.thread = thread_in(json_line, release ? "release" : "join");
  }
  return line;
}

std::string label(const JsonLine& line, const char* member) {
  return line.find(member) == nullptr ? std::string() : line.text(member);
}

std::string engine_in(const JsonLine& line) {
  std::string name = label(line, "engine");
  if (!name.empty() && name != "validating" && name != "fast")
    line.complain("engine", fmt::format("\"{}\" is not an engine; it is \"validating\" or \"fast\"", name));
  return name;
}

/// Stamps number all begins and ends of a run, so they never go back from line to line.
void check_order(const JsonLine& line, const Run& run, const Line& next) {
  if (next.kind != LineKind::call || next.call.begin == 0 || run.lines.empty()) return;
  for (auto at = run.lines.rbegin(); at != run.lines.rend(); ++at) {
    if (at->kind != LineKind::call) continue;
    if (at->call.begin >= next.call.begin) line.complain("begin", "the call begins before the one of the line above");
    return;
  }
}

}  // namespace

Result<Trace> read_trace(std::string name, std::span<const std::string> lines) {
  Trace trace{.file = std::move(name), .runs = {}};
  std::map<std::pair<std::string, std::string>, std::size_t> runs;
  try {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].find_first_not_of(" \t") == std::string::npos) continue;
      const JsonLine json_line(trace.file, static_cast<std::uint32_t>(i + 1), lines[i]);
      std::pair key(label(json_line, "scenario"), engine_in(json_line));
      const auto [at, is_new] = runs.try_emplace(key, trace.runs.size());
      if (is_new) trace.runs.push_back({key.first, key.second, {}});
      Run& run = trace.runs[at->second];
      Line line = read_line(json_line);
      check_order(json_line, run, line);
      run.lines.push_back(std::move(line));
    }
  } catch (const Complaint& complaint) {
    return fail(complaint.where, complaint.message);
  }
  if (trace.runs.empty()) return fail(trace.file, "the trace is empty");
  return trace;
}

Result<Trace> read_trace(const std::filesystem::path& file) {
  const auto lines = lines_of(file);
  if (!lines) return tl::unexpected(lines.error());
  return read_trace(file.string(), *lines);
}

}  // namespace esentcheck::trace
