#include "reports/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/names.hpp"
#include "reports/text.hpp"
#include "reports/verdict.hpp"

namespace esentcheck::reports {
namespace {

constexpr std::size_t least_width = 40;
constexpr std::size_t indent = 2;
constexpr std::size_t label_end = 14;  // of the rows at the top and at the bottom
constexpr std::size_t gap = 2;         // between columns

enum class Ink : std::uint8_t { plain, bold, dim, good, bad, doubtful };

/// The escape sequence that starts each ink, in the order of the enumeration. The terminal's own sixteen
/// colours, so that the reader's theme decides about shades.
constexpr std::string_view escapes[] = {"", "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[1;31m", "\x1b[33m"};

/// Signs that are drawn in two character sets.
struct Signs {
  std::string_view reached, deviates, unreachable, not_tried, rule, here;
};
constexpr Signs unicode_signs{"✓", "✗", "·", "?", "─", "◀ here"};
constexpr Signs ascii_signs{"+", "X", "-", "?", "-", "<- here"};

std::string_view mark(const Signs& signs, CellStatus status) {
  switch (status) {
    case CellStatus::reached:
      return signs.reached;
    case CellStatus::deviates:
      return signs.deviates;
    case CellStatus::unreachable:
      return signs.unreachable;
    case CellStatus::not_tried:
      return signs.not_tried;
  }
  return "?";
}

Ink ink(CellStatus status) {
  switch (status) {
    case CellStatus::reached:
      return Ink::good;
    case CellStatus::deviates:
      return Ink::bad;
    case CellStatus::unreachable:
      return Ink::dim;
    case CellStatus::not_tried:
      return Ink::doubtful;
  }
  return Ink::plain;
}

Ink ink(Verdict verdict) {
  switch (verdict) {
    case Verdict::conforms:
      return Ink::good;
    case Verdict::deviates:
      return Ink::bad;
    case Verdict::incomplete:
      return Ink::doubtful;
  }
  return Ink::plain;
}

/// A code as the matrix shows it: nearly all start with JET_err, which would be a third of the page.
std::string_view short_code(std::string_view code) {
  constexpr std::string_view prefix = "JET_err";
  return code.size() > prefix.size() && code.substr(0, prefix.size()) == prefix ? code.substr(prefix.size())
                                                                                : code;
}

/// "1 call", "2 calls": of words that take an s.
std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

/// "9 of 9 reached", followed by what the rest is.
std::string summary(const CellCounts& counts) {
  std::string text = fmt::format("{} of {} reached", grouped(counts.reached), grouped(counts.total()));
  if (counts.deviates != 0) {
    text += fmt::format(", {} {}", grouped(counts.deviates), counts.deviates == 1 ? "deviates" : "deviate");
  }
  if (counts.unreachable != 0) text += fmt::format(", {} unreachable", grouped(counts.unreachable));
  if (counts.not_tried != 0) text += fmt::format(", {} not tried", grouped(counts.not_tried));
  return text;
}

std::string summary(const ScenarioCounts& counts) {
  std::string text = fmt::format("{} of {} passed", grouped(counts.passed), grouped(counts.total()));
  if (counts.failed != 0) text += fmt::format(", {} failed", grouped(counts.failed));
  if (counts.skipped != 0) text += fmt::format(", {} skipped", grouped(counts.skipped));
  if (counts.invalid != 0) text += fmt::format(", {} invalid", grouped(counts.invalid));
  return text;
}

std::string summary(const GeneratedResult& generated) {
  return fmt::format("{}, {}, {}", counted(generated.sequences, "sequence"), counted(generated.calls, "call"),
                     counted(generated.deviations, "deviation"));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

/// Items under the key that they share, keys in order of first appearance. Keys are few; a search from the
/// end finds the usual neighbour at once.
template <typename Item>
class Groups {
 public:
  void add(const std::string& key, Item item) {
    const auto found = std::find_if(groups_.rbegin(), groups_.rend(),
                                    [&key](const auto& group) { return group.first == key; });
    if (found != groups_.rend()) {
      found->second.push_back(std::move(item));
    } else {
      groups_.emplace_back(key, std::vector<Item>{std::move(item)});
    }
  }

  [[nodiscard]] bool empty() const { return groups_.empty(); }
  [[nodiscard]] auto begin() const { return groups_.begin(); }
  [[nodiscard]] auto end() const { return groups_.end(); }

 private:
  std::vector<std::pair<std::string, std::vector<Item>>> groups_;
};

using CellGroups = Groups<const Cell*>;

/// The page as it grows. Keeps the column that the next text starts at, so that callers can align and wrap.
class Page {
 public:
  explicit Page(TerminalStyle style)
      : colour_(style.colour),
        width_(std::max(least_width, static_cast<std::size_t>(std::max(style.width, 0)))),
        signs_(style.unicode ? unicode_signs : ascii_signs) {}

  [[nodiscard]] const Signs& signs() const { return signs_; }
  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] std::size_t column() const { return column_; }

  Page& put(std::string_view text, Ink with = Ink::plain) {
    const bool painted = colour_ && with != Ink::plain && !text.empty();
    if (text.empty()) return *this;
    text_.append(pending_, ' ');
    column_ += columns(text);
    pending_ = 0;
    if (painted) text_ += escapes[static_cast<std::size_t>(with)];
    text_ += one_line(text);
    if (painted) text_ += "\x1b[0m";
    return *this;
  }

  /// Goes on at `column`, at least one space after what is there. Spaces at the end of a line are never
  /// written.
  Page& to(std::size_t column) {
    const bool at_text = column_ != 0 && pending_ == 0;
    const std::size_t spaces = column > column_ ? column - column_ : (at_text ? 1 : 0);
    pending_ += spaces;
    column_ += spaces;
    return *this;
  }

  Page& rule(std::size_t to_column) {
    std::string line;
    for (std::size_t at = column_; at < to_column; ++at) line += signs_.rule;
    return put(line, Ink::dim);
  }

  /// Prose from the current column to the right margin; further lines start at the same column. Ends the
  /// line.
  Page& prose(std::string_view text, Ink with = Ink::plain) {
    const std::size_t left = column_;
    const std::size_t room = width_ > left ? width_ - left : 1;
    for (const std::string& line : wrap(text, room)) to(left).put(line, with).end();
    return *this;
  }

  Page& end() {
    text_ += '\n';
    pending_ = 0;
    column_ = 0;
    return *this;
  }

  Page& heading(std::string_view title) { return end().put(title, Ink::bold).end().end(); }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  bool colour_;
  std::size_t width_;
  Signs signs_;
  std::string text_;
  std::size_t pending_ = 0;
  std::size_t column_ = 0;
};

// --- who and how ---

void write_header(Page& page, const Result& result) {
  const Subject& subject = result.subject;
  const auto row = [&page](std::string_view label, std::string_view value) {
    page.to(indent).put(label, Ink::dim).to(label_end).prose(value);
  };
  const auto verbatim = [&page](std::string_view label, std::string_view value) {
    page.to(indent).put(label, Ink::dim).to(label_end).put(value).end();
  };
  page.put(fmt::format("esentcheck {}", result.version), Ink::bold).end().end();
  verbatim("subject", fmt::format("{} {}", subject.name, subject.version));
  verbatim("address", subject.address);
  row("isolation", subject.isolation);
  row("can",
      subject.capabilities.empty() ? "nothing beyond the calls themselves" : joined(subject.capabilities));
  if (!subject.not_implemented.empty()) row("lacks", joined(subject.not_implemented));
  row("profile", fmt::format("{}, release {}", result.profile, result.release));
  row("seed", std::to_string(result.seed));
  verbatim("command", result.command);
  verbatim("date", result.date);
}

// --- the matrix ---

void write_legend(Page& page) {
  page.to(indent);
  for (const CellStatus status :
       {CellStatus::reached, CellStatus::deviates, CellStatus::unreachable, CellStatus::not_tried}) {
    page.put(mark(page.signs(), status), ink(status)).to(page.column() + 1);
    page.put(status == CellStatus::not_tried ? "not tried" : name(status), Ink::dim)
        .to(page.column() + gap + 1);
  }
  page.end().to(indent).put("Codes are written without their JET_err.", Ink::dim).end();
}

/// As many columns as fit, filled from top to bottom like a directory listing: codes stay in page order that
/// way, and the eye runs down them.
void write_codes(Page& page, const std::vector<const Cell*>& cells, std::size_t wide) {
  constexpr std::size_t left = indent + 2;
  const std::size_t fit = (page.width() - left + gap) / (wide + gap);
  const std::size_t across = std::max<std::size_t>(1, fit);
  const std::size_t down = (cells.size() + across - 1) / across;
  for (std::size_t row = 0; row < down; ++row) {
    for (std::size_t at = row; at < cells.size(); at += down) {
      const Cell& cell = *cells[at];
      page.to(left + (at / down) * (wide + gap)).put(mark(page.signs(), cell.status), ink(cell.status));
      page.to(page.column() + 1);
      page.put(short_code(cell.code), cell.status == CellStatus::reached ? Ink::plain : ink(cell.status));
    }
    page.end();
  }
}

void write_function(Page& page, const std::string& function, const std::vector<const Cell*>& cells,
                    std::size_t wide) {
  CellCounts counts;
  for (const Cell* cell : cells) counts.add(cell->status);
  const std::string total = summary(counts);
  const std::size_t right = page.width() > columns(total) + 1 ? page.width() - columns(total) - 1 : 0;
  page.end().to(indent).put(function, Ink::bold).to(page.column() + 1).rule(right).to(page.column() + 1);
  page.put(total, counts.reached == counts.total() ? Ink::good : Ink::plain).end();
  write_codes(page, cells, wide);
}

void write_matrix(Page& page, const std::vector<Cell>& cells) {
  page.heading("Functions and their documented codes");
  if (cells.empty()) {
    page.to(indent).put("No function was asked about.", Ink::doubtful).end();
    return;
  }
  write_legend(page);
  CellGroups functions;
  std::size_t wide = 0;
  for (const Cell& cell : cells) {
    functions.add(cell.function, &cell);
    wide = std::max(wide, 2 + columns(short_code(cell.code)));  // mark, space, code
  }
  for (const auto& [function, its_cells] : functions) write_function(page, function, its_cells, wide);
}

/// Each reason once, and below it the cells that share it; `otherwise` for those that give none.
void write_reasons(Page& page, const std::vector<Cell>& cells, CellStatus status, std::string_view title,
                   const std::string& otherwise) {
  CellGroups reasons;
  std::size_t wide = 0;
  for (const Cell& cell : cells) {
    if (cell.status != status) continue;
    reasons.add(cell.reason.empty() ? otherwise : cell.reason, &cell);
    wide = std::max(wide, columns(cell.function));
  }
  if (reasons.empty()) return;
  page.heading(title);
  for (const auto& [reason, its_cells] : reasons) {
    page.to(indent).put(mark(page.signs(), status), ink(status)).to(page.column() + 1).prose(reason);
    Groups<std::string> functions;
    for (const Cell* cell : its_cells) functions.add(cell->function, std::string(short_code(cell->code)));
    for (const auto& [function, codes] : functions) {
      page.to(indent + 2).put(function, Ink::dim).to(indent + 2 + wide + gap).prose(joined(codes), Ink::dim);
    }
  }
}

// --- findings ---

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
  verbatim("written to", finding.trace_file);
  verbatim("replay", finding.replay);
}

void write_findings(Page& page, const std::vector<Finding>& findings) {
  if (findings.empty()) return;
  page.heading("Findings");
  for (std::size_t at = 0; at < findings.size(); ++at) write_finding(page, findings[at], at + 1);
}

// --- scenarios ---

/// A file once, however many of its examples are meant.
std::vector<std::string> by_file(const std::vector<const ScenarioResult*>& scenarios) {
  std::vector<std::string> lines;
  for (std::size_t at = 0, next = 0; at < scenarios.size(); at = next) {
    const ScenarioResult& first = *scenarios[at];
    while (next < scenarios.size() && scenarios[next]->file == first.file) ++next;
    if (next - at > 1) lines.push_back(fmt::format("{} [{} examples]", first.file, next - at));
    else lines.push_back(first.example.empty() ? first.file : fmt::format("{} [{}]", first.file, first.example));
  }
  return lines;
}

/// More files than this are only counted: those for another profile are many, and nobody reads them here.
constexpr std::size_t most_files = 12;

/// Scenarios of one status with their details, those of one detail together: a missing capability skips many.
void write_scenarios_that(Page& page, const Result& result, ScenarioStatus status, std::string_view title,
                          Ink with) {
  Groups<const ScenarioResult*> details;
  for (const ScenarioResult& scenario : result.scenarios)
    if (scenario.status == status)
      details.add(scenario.detail.empty() ? "no reason is given" : scenario.detail, &scenario);
  if (details.empty()) return;
  page.heading(title);
  for (const auto& [detail, scenarios] : details) {
    page.to(indent).prose(detail, with);
    const std::vector<std::string> files = by_file(scenarios);
    for (std::size_t at = 0; at < std::min(files.size(), most_files); ++at)
      page.to(indent + 2).put(files[at], Ink::dim).end();
    if (files.size() > most_files)
      page.to(indent + 2).put(fmt::format("and {} more, which the report names", files.size() - most_files), Ink::dim).end();
  }
}

// --- the bottom line ---

void write_totals(Page& page, const Result& result) {
  const auto row = [&page](std::string_view label, std::string_view value, Ink with = Ink::plain) {
    page.to(indent).put(label, Ink::dim).to(label_end).prose(value, with);
  };
  page.end().rule(page.width()).end();
  row("cells", summary(count(result.cells)));
  row("scenarios", summary(count(result.scenarios)));
  row("generated", summary(result.generated));
  row("judged", fmt::format("{} {}, profile {}, release {}, seed {}", result.subject.name,
                            result.subject.version, result.profile, result.release, result.seed));
  row("verdict", fmt::format("{}: {}", name(result.verdict), because(result)), ink(result.verdict));
}

}  // namespace

std::string terminal(const Result& result, TerminalStyle style) {
  Page page(style);
  write_header(page, result);
  write_matrix(page, result.cells);
  write_reasons(page, result.cells, CellStatus::unreachable, "Unreachable here", "no reason is given");
  write_reasons(page, result.cells, CellStatus::not_tried, "Not tried",
                "no scenario and no generated sequence tries these");
  write_findings(page, result.findings);
  write_scenarios_that(page, result, ScenarioStatus::invalid, "Invalid scenarios", Ink::bad);
  write_scenarios_that(page, result, ScenarioStatus::failed, "Failed scenarios", Ink::bad);
  write_scenarios_that(page, result, ScenarioStatus::skipped, "Skipped scenarios", Ink::doubtful);
  write_totals(page, result);
  return page.take();
}

}  // namespace esentcheck::reports
