// Short traces for the tests.
#pragma once

#include <string>
#include <vector>

#include "harness/trace/judge.hpp"
#include "harness/trace/reader.hpp"

namespace esentcheck::trace::testing {

using Lines = std::vector<std::string>;

inline constexpr model::Profile documented{model::Reading::documented};
inline constexpr model::Profile engine{model::Reading::engine};
inline constexpr model::Profile engine_fast{model::Reading::engine_fast};

inline std::string call(const std::string& name, const std::string& args, const std::string& rest,
                        const std::string& thread = "T1") {
  return R"({"thread":")" + thread + R"(","call":")" + name + R"(","args":{)" + args + "}," + rest + "}";
}

inline std::string returns(const std::string& code, const std::string& out = "") {
  return R"("code":"JET_)" + code + "\"" + (out.empty() ? "" : R"(,"out":{)" + out + "}");
}

inline std::string begin_session(const std::string& variable, const std::string& rest) {
  return call("JetBeginSession",
              R"("instance":"i","psesid":"&)" + variable + R"(","szUserName":null,"szPassword":null)", rest);
}

inline std::string dup(const std::string& from, const std::string& variable, const std::string& rest) {
  return call("JetDupSession", R"("sesid":")" + from + R"(","psesid":"&)" + variable + "\"", rest);
}

/// A running instance i.
inline Lines running() {
  return {call("JetCreateInstance", R"("pinstance":"&i","szInstanceName":{"text":"one"})",
               returns("errSuccess", R"("i":"h1")")),
          call("JetInit", R"("pinstance":"&i")", returns("errSuccess", R"("i":"h1")"))};
}

/// … and a session s of it.
inline Lines with_session() {
  Lines lines = running();
  lines.push_back(begin_session("s", returns("errSuccess", R"("s":"h2")")));
  return lines;
}

inline Lines operator+(Lines lines, const std::string& line) {
  lines.push_back(line);
  return lines;
}

/// The sentence about a bad trace, or "" for a good one.
inline std::string complaint(const Lines& lines) {
  const auto trace = read_trace("t", lines);
  return trace ? "" : trace.error().sentence();
}

inline Verdict judged(const Lines& lines, const model::Profile& profile) {
  const auto trace = read_trace("t", lines);
  Touched touched;
  return judge(trace.value().runs.front(), profile, touched);
}

/// "line: sentence", or "" where the run is explained.
inline std::string refusal(const Lines& lines, const model::Profile& profile = engine) {
  const Verdict verdict = judged(lines, profile);
  return verdict.refusal ? std::to_string(verdict.refusal->line) + ": " + verdict.refusal->sentence : "";
}

}  // namespace esentcheck::trace::testing
