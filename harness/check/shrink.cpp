#include "harness/check/shrink.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace esentcheck::check {
namespace {

using plan::Plan;
using plan::Step;
using plan::Symbol;
using plan::SymbolKind;

Symbol numeral(std::uint64_t value) { return {SymbolKind::number, 0, value}; }

enum class Denotes : std::uint8_t { session, instance, database, neither };

Denotes denotes(model::Function function, std::size_t position) {
  using spec::ArgumentType;
  const auto arguments = spec::row(function).arguments;
  if (position >= arguments.size()) return Denotes::neither;
  switch (arguments[position].type) {
    case ArgumentType::session:
    case ArgumentType::session_out: return Denotes::session;
    case ArgumentType::instance:
    case ArgumentType::instance_out:
    case ArgumentType::instance_inout: return Denotes::instance;
    case ArgumentType::database:
    case ArgumentType::database_out: return Denotes::database;
    default: return Denotes::neither;
  }
}

bool starts_an_instance(const Step& step) {
  const SymbolKind named = step.arguments[0].kind;
  return step.kind == plan::StepKind::call && (named == SymbolKind::address || named == SymbolKind::null) &&
         (step.function == model::Function::JetInit || step.function == model::Function::JetInit2 ||
          step.function == model::Function::JetInit3);
}

bool makes_a_session(const Step& step) {
  return step.kind == plan::StepKind::call && step.arguments[1].kind == SymbolKind::address &&
         (step.function == model::Function::JetBeginSession || step.function == model::Function::JetDupSession);
}

class Shrinker {
 public:
  Shrinker(subject::Subject& subject, const Sequence& found, const model::Profile& profile, const ShrinkLimits& limits,
           const Better& better)
      : better_(better),
        subject_(subject),
        profile_(profile),
        limits_(limits),
        best_(found),
        deadline_(Clock::now() + limits.patience) {}

  Sequence shrink() {
    bool better = true;
    while (better && !spent()) {
      better = drop_steps();
      better = lower_limits() || better;
      better = simplify_steps() || better;
      better = unify_objects() || better;
    }
    return keep_compact();
  }

 private:
  // Patience only: what is found within it depends on runs, and those are counted.
  using Clock = std::chrono::steady_clock;

  bool spent() const { return runs_ >= limits_.runs || Clock::now() > deadline_; }

  /// Keeps the candidate when it still deviates alike, in fewer steps than `below`.
  bool try_plan(Plan candidate, std::size_t below = std::numeric_limits<std::size_t>::max()) {
    if (spent()) return false;
    ++runs_;
    Sequence result = run_plan(subject_, std::move(candidate), profile_);
    if (!result.deviation || !alike(*result.deviation, *best_.deviation)) return false;
    if (result.plan.steps.size() >= below || blames_for_a_handle(*result.deviation)) return false;
    best_ = std::move(result);
    if (better_) better_(best_);
    return true;
  }

  /// Whether the candidate lost the handle that the deviation was about, on a subject whose answer to a handle that
  /// denotes nothing is nobody's business.
  bool blames_for_a_handle(const Deviation& deviation) const {
    const auto may_refuse_a_handle = [](const Deviation& d) {
      using enum model::Code;
      return d.allowed.find(errInvalidSesid) != nullptr || d.allowed.find(errInvalidInstance) != nullptr ||
             d.allowed.find(errInvalidParameter) != nullptr;
    };
    return !subject_.describe().capabilities.validates_handles && may_refuse_a_handle(deviation) &&
           !may_refuse_a_handle(*best_.deviation);
  }

  /// Says a small limit where an instance starts: fewer sessions fill it, and what goes wrong does so earlier. Sessions
  /// that only filled the larger limit go at the same time.
  bool lower_limits() {
    bool better = false;
    const auto sessions = std::ranges::count_if(best_.plan.steps, makes_a_session);
    // Saying a limit is a step, too: it has to save more than that.
    for (std::size_t i = 0; sessions > 3 && i < best_.plan.steps.size() && !spent(); ++i) {
      if (!starts_an_instance(best_.plan.steps[i])) continue;
      if (!say_a_limit(i)) continue;
      better = true;
      ++i;  // The start is one further now.
    }
    for (std::size_t i = 0; i < best_.plan.steps.size() && !spent();)
      if (!lower_limit_at(i))
        ++i;
      else
        better = true;
    return better;
  }

  bool say_a_limit(std::size_t start) {
    for (const std::uint64_t limit : {0, 1, 2, 3, 4}) {
      for (std::size_t kept :
           {best_.plan.steps.size(), std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
        Step set{.thread = best_.plan.steps[start].thread, .function = model::Function::JetSetSystemParameter};
        set.arguments[0] = best_.plan.steps[start].arguments[0];
        set.arguments[2] = numeral(static_cast<std::uint64_t>(spec::Parameter::MaxSessions));
        set.arguments[3] = numeral(limit);
        Plan candidate = best_.plan;
        candidate.steps = without_fillers(start, kept);
        candidate.steps.insert(candidate.steps.begin() + static_cast<std::ptrdiff_t>(start), set);
        if (try_plan(std::move(candidate), best_.plan.steps.size())) return true;
      }
    }
    return false;
  }

  /// The steps without the calls behind `start` that made a session which no later call names, but for the first `kept`
  /// of them and the deviating one.
  std::vector<Step> without_fillers(std::size_t start, std::size_t kept) const {
    const std::vector<Step>& steps = best_.plan.steps;
    std::vector<Step> result;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool filler = i > start && i + 1 < steps.size() && makes_a_session(steps[i]) && best_.seen[i].code >= 0 &&
                          !is_named_after(best_.plan, i, steps[i].arguments[1].number);
      if (filler && kept == 0) continue;
      kept -= filler ? 1 : 0;
      result.push_back(steps[i]);
    }
    return result;
  }

  static bool is_named_after(const Plan& plan, std::size_t index, std::uint64_t variable) {
    return std::ranges::any_of(plan.steps.begin() + static_cast<std::ptrdiff_t>(index) + 1, plan.steps.end(),
                               [&](const Step& step) {
                                 return std::ranges::any_of(step.arguments, [&](const Symbol& symbol) {
                                   return symbol.kind == SymbolKind::value && symbol.number == variable;
                                 });
                               });
  }

  /// One session less in a limit that is said already, and one step less.
  bool lower_limit_at(std::size_t index) {
    const Step& set = best_.plan.steps[index];
    if (set.function != model::Function::JetSetSystemParameter || set.arguments[3].kind != SymbolKind::number ||
        set.arguments[2] != numeral(static_cast<std::uint64_t>(spec::Parameter::MaxSessions)) ||
        set.arguments[3].number == 0)
      return false;
    for (std::size_t dropped = best_.plan.steps.size() - 1; dropped-- > index + 1 && !spent();) {
      Plan candidate = best_.plan;
      --candidate.steps[index].arguments[3].number;
      candidate.steps.erase(candidate.steps.begin() + static_cast<std::ptrdiff_t>(dropped));
      if (try_plan(std::move(candidate))) return true;
    }
    return false;
  }

  /// Takes out ever smaller runs of steps, from the end to the front: what comes late depends on what comes early.
  bool drop_steps() {
    bool better = false;
    for (std::size_t length = std::max<std::size_t>(best_.plan.steps.size() / 2, 1);; length /= 2) {
      for (std::size_t end = best_.plan.steps.size() - 1; end > 0 && !spent();) {
        const std::size_t begin = end > length ? end - length : 0;
        Plan candidate = best_.plan;
        candidate.steps.erase(candidate.steps.begin() + static_cast<std::ptrdiff_t>(begin),
                              candidate.steps.begin() + static_cast<std::ptrdiff_t>(end));
        if (try_plan(std::move(candidate))) better = true;
        end = std::min(begin, best_.plan.steps.size() - 1);
      }
      if (length == 1) return better;
    }
  }

  bool simplify_steps() {
    bool better = false;
    for (std::size_t i = 0; i < best_.plan.steps.size() && !spent(); ++i) {
      better = try_change(i, [](Step& step) { step.thread = 0; }) || better;
      better = try_change(i, [](Step& step) { step.fault = {}; }) || better;
      better = hasten_fault(i) || better;
      for (std::size_t a = 0; a < model::most_arguments && i < best_.plan.steps.size(); ++a)
        better = simplify_argument(i, a) || better;
    }
    return better;
  }

  /// An earlier operation that fails, as early as will do.
  bool hasten_fault(std::size_t index) {
    const std::uint32_t from = index < best_.plan.steps.size() ? best_.plan.steps[index].fault.from : 0;
    for (const std::uint32_t earlier : {1U, 2U, from / 2, from - 1})
      if (from > 1 && earlier > 0 && earlier < from &&
          try_change(index, [&](Step& step) { step.fault.from = earlier; }))
        return true;
    return false;
  }

  template <class Change>
  bool try_change(std::size_t index, const Change& change) {
    if (index >= best_.plan.steps.size()) return false;
    Plan candidate = best_.plan;
    change(candidate.steps[index]);
    if (candidate.steps[index] == best_.plan.steps[index]) return false;
    return try_plan(std::move(candidate));
  }

  bool simplify_argument(std::size_t index, std::size_t position) {
    const Symbol symbol = best_.plan.steps[index].arguments[position];
    const auto become = [&](Symbol plainer) {
      return try_change(index, [&](Step& step) { step.arguments[position] = plainer; });
    };
    switch (symbol.kind) {
      case SymbolKind::number: return lower_number(index, position, symbol.number);
      case SymbolKind::garbage: return symbol.number != 0 && become({SymbolKind::garbage});
      case SymbolKind::value:
        return reuse_variable(index, position, symbol) ||
               (is_misplaced(index, position, symbol) && become({SymbolKind::garbage}));
      case SymbolKind::text: return become({SymbolKind::null});
      default: return false;
    }
  }

  /// The smallest number that still does it, searched from 0 up by halves.
  bool lower_number(std::size_t index, std::size_t position, std::uint64_t number) {
    if (best_.plan.steps[index].function == model::Function::JetSetSystemParameter && position == 2) return false;
    bool better = false;
    for (const std::uint64_t candidate :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}, number / 2, number - 1}) {
      if (candidate >= number) continue;
      if (!try_change(index, [&](Step& step) { step.arguments[position] = numeral(candidate); })) continue;
      better = true;
      break;
    }
    return better;
  }

  /// A handle that was there earlier in place of a later one: fewer names to follow, and what made the later one can go.
  bool reuse_variable(std::size_t index, std::size_t position, const Symbol& symbol) {
    if (symbol.kind != SymbolKind::value) return false;
    const Denotes wanted = denotes(best_.plan.steps[index].function, position);
    std::vector<std::uint64_t> tried;
    for (std::size_t i = 0; i < index; ++i) {
      for (std::size_t a = 0; a < model::most_arguments; ++a) {
        const Symbol earlier = best_.plan.steps[i].arguments[a];
        if (earlier.kind != SymbolKind::address || denotes(best_.plan.steps[i].function, a) != wanted) continue;
        if (earlier.number == symbol.number) return false;
        if (std::ranges::find(tried, earlier.number) != tried.end()) continue;
        tried.push_back(earlier.number);
        if (try_change(index, [&](Step& step) { step.arguments[position].number = earlier.number; })) return true;
        if (replace_everywhere(symbol, earlier.number)) return true;
      }
    }
    return false;
  }

  /// Whether it stands where another kind of handle is wanted: what was never given out says that more plainly.
  bool is_misplaced(std::size_t index, std::size_t position, const Symbol& symbol) const {
    const Denotes wanted = denotes(best_.plan.steps[index].function, position);
    for (std::size_t i = 0; i < index; ++i)
      for (std::size_t a = 0; a < model::most_arguments; ++a) {
        const Symbol& earlier = best_.plan.steps[i].arguments[a];
        if (earlier.kind == SymbolKind::address && earlier.number == symbol.number)
          return wanted != Denotes::neither && denotes(best_.plan.steps[i].function, a) != wanted;
      }
    return false;
  }

  bool replace_everywhere(const Symbol& symbol, std::uint64_t variable) {
    Plan candidate = best_.plan;
    for (Step& step : candidate.steps)
      for (Symbol& each : step.arguments)
        if (each == symbol) each.number = variable;
    return try_plan(std::move(candidate));
  }

  /// Lets an earlier object stand for a later one of its kind, which then need not be made, and lets the earlier one live
  /// on: two sessions, or two instances, are often one too many.
  bool unify_objects() {
    bool better = false;
    for (std::size_t later = best_.plan.steps.size(); later-- > 1 && !spent();)
      for (std::size_t earlier = 0; earlier < later && later < best_.plan.steps.size() && !spent(); ++earlier)
        better = unify(earlier, later) || better;
    return better;
  }

  bool unify(std::size_t earlier, std::size_t later) {
    const std::optional<plan::Variable> kept = made_by(best_.plan.steps[earlier]);
    const std::optional<plan::Variable> dropped = made_by(best_.plan.steps[later]);
    if (!kept || !dropped || *kept == *dropped || later + 1 >= best_.plan.steps.size()) return false;
    if (starts_or_creates(best_.plan.steps[earlier]) != starts_or_creates(best_.plan.steps[later])) return false;
    Plan candidate = best_.plan;
    candidate.steps.clear();
    for (std::size_t i = 0; i < best_.plan.steps.size(); ++i) {
      Step step = best_.plan.steps[i];
      const bool ends_it = i > earlier && i + 1 < best_.plan.steps.size() && ends_an_object(step) &&
                           step.arguments[0] == Symbol{SymbolKind::value, 0, *kept};
      if (i == later || ends_it) continue;
      if (i > later)
        for (Symbol& symbol : step.arguments)
          if ((symbol.kind == SymbolKind::value || symbol.kind == SymbolKind::address) && symbol.number == *dropped)
            symbol.number = *kept;
      candidate.steps.push_back(step);
    }
    return try_plan(std::move(candidate), best_.plan.steps.size());
  }

  static bool starts_or_creates(const Step& step) {
    return starts_an_instance(step) || step.function == model::Function::JetCreateInstance ||
           step.function == model::Function::JetCreateInstance2;
  }

  static bool ends_an_object(const Step& step) {
    return step.function == model::Function::JetEndSession || step.function == model::Function::JetTerm ||
           step.function == model::Function::JetTerm2;
  }

  /// The variable of the session or instance that the step makes.
  static std::optional<plan::Variable> made_by(const Step& step) {
    if (step.kind != plan::StepKind::call) return std::nullopt;
    const std::size_t position = starts_or_creates(step) ? 0 : 1;
    if (position == 1 && !makes_a_session(step)) return std::nullopt;
    if (step.arguments[position].kind != SymbolKind::address) return std::nullopt;
    return static_cast<plan::Variable>(step.arguments[position].number);
  }

  Sequence keep_compact() {
    Plan candidate = compact(best_.plan);
    runs_ = std::min(runs_, limits_.runs - 1);
    deadline_ = Clock::now() + limits_.patience;
    try_plan(std::move(candidate));
    return std::move(best_);
  }

  const Better& better_;
  subject::Subject& subject_;
  const model::Profile& profile_;
  ShrinkLimits limits_;
  Sequence best_;
  Clock::time_point deadline_;
  std::uint32_t runs_ = 0;
};

}  // namespace

Sequence shrink(subject::Subject& subject, const Sequence& found, const model::Profile& profile,
                const ShrinkLimits& limits, const Better& better) {
  return Shrinker(subject, found, profile, limits, better).shrink();
}

bool alike(const Deviation& a, const Deviation& b) {
  return a.kind == b.kind && a.function == b.function && a.code == b.code;
}

Plan compact(const Plan& plan) {
  Plan result;
  std::vector<std::string> texts;
  const auto rename = [&](Symbol symbol) {
    if (symbol.kind == SymbolKind::value || symbol.kind == SymbolKind::address) {
      symbol.number = plan::variable_named(result, plan.variables[symbol.number]);
    } else if (symbol.kind == SymbolKind::text) {
      texts.emplace_back(plan.text_at(symbol.number));
      symbol = plan::text_symbol(result, texts.back());
    }
    return symbol;
  };
  for (Step step : plan.steps) {
    step.thread = plan::thread_named(result, plan.threads[step.thread]);
    if (step.callback_session != plan::no_variable)
      step.callback_session = plan::variable_named(result, plan.variables[step.callback_session]);
    for (Symbol& symbol : step.arguments) {
      if (symbol.kind == SymbolKind::parameter_list) {
        const auto first = static_cast<std::uint32_t>(result.settings.size());
        for (std::uint64_t i = 0; i < symbol.count; ++i) {
          plan::Setting setting = plan.settings[symbol.number + i];
          setting.number = rename(setting.number);
          setting.text = rename(setting.text);
          result.settings.push_back(setting);
        }
        symbol.number = first;
      } else {
        symbol = rename(symbol);
      }
    }
    result.steps.push_back(step);
  }
  for (const std::string& directory : plan.directories)
    if (std::ranges::any_of(texts, [&](const std::string& text) { return text.starts_with(directory); }))
      result.directories.push_back(directory);
  result.schedule = plan.schedule;
  return result;
}

}  // namespace esentcheck::check
