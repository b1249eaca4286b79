// What was found wrong, each with its trace.
#include <fmt/format.h>

#include <algorithm>

#include "reports/names.hpp"
#include "reports/terminal_parts.hpp"
#include "reports/text.hpp"

namespace esentcheck::reports {
namespace {

/// Where the columns of a trace are. The thread's is left out when there is only one.
struct TraceColumns {
  std::size_t number = 0;
  std::size_t thread = 0;
  std::size_t call = 0;
  std::size_t observed = 0;
  bool threads = false;
};

/// The observations stand beside the longest call that leaves them room; below a longer one.
TraceColumns columns_of(const Page& page, const std::vector<TraceLine>& trace) {
  TraceColumns at;
  at.number = page.column();
  at.thread = at.number + std::to_string(trace.size()).size() + 2;  // "12. "
  std::size_t thread_wide = 0;
  std::size_t room = 0;  // for the widest observation
  for (const TraceLine& line : trace) {
    at.threads = at.threads || line.thread != trace.front().thread;
    thread_wide = std::max(thread_wide, columns(line.thread));
    const bool last = &line == &trace.back();
    room = std::max(room, columns(line.observed) + (last ? gap + columns(page.signs().here) : 0));
  }
  at.call = at.threads ? at.thread + thread_wide + gap : at.thread;
  at.observed = at.call + gap;
  for (const TraceLine& line : trace) {
    const std::size_t beside = at.call + columns(line.call) + gap;
    if (beside + room <= page.width()) at.observed = std::max(at.observed, beside);
  }
  return at;
}

void write_trace(Page& page, const std::vector<TraceLine>& trace) {
  const TraceColumns at = columns_of(page, trace);
  const std::size_t digits = std::to_string(trace.size()).size();
  for (std::size_t index = 0; index < trace.size(); ++index) {
    const TraceLine& line = trace[index];
    const bool last = index + 1 == trace.size();
    page.to(at.number).put(fmt::format("{:>{}}.", index + 1, digits), Ink::dim);
    if (at.threads) page.to(at.thread).put(line.thread, Ink::dim);
    page.to(at.call).put(line.call);
    if (page.column() + gap > at.observed) page.end();
    page.to(at.observed).put(line.observed, last ? Ink::bad : Ink::plain);
    if (last) page.to(page.column() + gap).put(page.signs().here, Ink::bad);
    page.end();
  }
}

void write_finding(Page& page, const Finding& finding, std::size_t number) {
  constexpr std::size_t label_at = indent + 3;
  constexpr std::size_t value_at = label_at + 12;
  const auto label = [&page](std::string_view text) -> Page& {
    return page.to(label_at).put(text, Ink::dim).to(value_at);
  };
  const auto verbatim = [&label](std::string_view text, const std::string& value) {
    if (!value.empty()) label(text).put(value).end();
  };
  if (number > 1) page.end();
  page.to(indent).put(fmt::format("{}.", number), Ink::bad).to(label_at).prose(finding.title, Ink::bold);
  verbatim("kind", fmt::format("{}, in {}", name(finding.kind), finding.function));
  verbatim("scenario", finding.scenario);
  if (!finding.allowed.empty()) {
    label("allowed");
    for (const std::string& outcome : finding.allowed) page.to(value_at).put(outcome, Ink::good).end();
  }
  if (!finding.why.empty()) label("because").prose(finding.why);
  verbatim("clause", finding.clause);
  verbatim("page", finding.page);
  if (!finding.observed.empty()) label("observed").prose(finding.observed, Ink::bad);
  if (!finding.trace.empty()) {
    label("trace");
    write_trace(page, finding.trace);
  }
  if (!finding.schedule.empty()) {
    label("schedule");
    for (const std::string& step : finding.schedule) page.to(value_at).put(step).end();
  }
  verbatim("written to", finding.trace_file);
  if (!finding.program_file.empty()) verbatim("in C", finding.program_file);
  verbatim("replay", finding.replay);
}

}  // namespace

void write_findings(Page& page, const std::vector<Finding>& findings) {
  if (findings.empty()) return;
  page.heading("Findings");
  for (std::size_t at = 0; at < findings.size(); ++at) write_finding(page, findings[at], at + 1);
}

}  // namespace esentcheck::reports
