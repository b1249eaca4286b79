#include "harness/check/shrink.hpp"

#include <algorithm>

namespace esentcheck::check {
namespace {

using plan::Plan;
using plan::Step;
using plan::Symbol;
using plan::SymbolKind;

class Shrinker {
 public:
  Shrinker(subject::Subject& subject, const Sequence& found, const model::Profile& profile, const ShrinkLimits& limits)
      : subject_(subject), profile_(profile), limits_(limits), best_(found), deadline_(Clock::now() + limits.patience) {}

  Sequence shrink() {
    bool better = true;
    while (better && !spent()) {
      better = drop_steps();
      better = simplify_steps() || better;
    }
    return keep_compact();
  }

 private:
  // Patience only: what is found within it depends on runs, and those are counted.
  using Clock = std::chrono::steady_clock;

  bool spent() const { return runs_ >= limits_.runs || Clock::now() > deadline_; }

  /// Keeps the candidate when it still deviates alike.
  bool try_plan(Plan candidate) {
    if (spent()) return false;
    ++runs_;
    Sequence result = run_plan(subject_, std::move(candidate), profile_);
    if (!result.deviation || !alike(*result.deviation, *best_.deviation)) return false;
    best_ = std::move(result);
    return true;
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
      better = try_change(i, [](Step& step) { step.faults = {}; }) || better;
      for (std::size_t a = 0; a < model::most_arguments && i < best_.plan.steps.size(); ++a)
        better = simplify_argument(i, a) || better;
    }
    return better;
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
      case SymbolKind::address: return reuse_variable(index, position, symbol);
      case SymbolKind::text: return become({SymbolKind::null});
      default: return false;
    }
  }

  /// The smallest number that still does it, searched from 0 up by halves.
  bool lower_number(std::size_t index, std::size_t position, std::uint64_t number) {
    if (best_.plan.steps[index].function == model::Function::JetSetSystemParameter && position == 2) return false;
    bool better = false;
    for (const std::uint64_t candidate : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}, number / 2, number - 1}) {
      if (candidate >= number) continue;
      if (!try_change(index, [&](Step& step) { step.arguments[position] = {SymbolKind::number, 0, candidate}; })) continue;
      better = true;
      break;
    }
    return better;
  }

  /// An earlier variable in place of a later one: fewer names to follow.
  bool reuse_variable(std::size_t index, std::size_t position, const Symbol& symbol) {
    if (symbol.kind != SymbolKind::value) return false;
    for (const Step& step : best_.plan.steps) {
      for (const Symbol& earlier : step.arguments) {
        if (earlier.kind != SymbolKind::address || earlier.number >= symbol.number) continue;
        if (try_change(index, [&](Step& s) { s.arguments[position].number = earlier.number; })) return true;
        return false;
      }
    }
    return false;
  }

  Sequence keep_compact() {
    Plan candidate = compact(best_.plan);
    runs_ = std::min(runs_, limits_.runs - 1);
    deadline_ = Clock::now() + limits_.patience;
    try_plan(std::move(candidate));
    return std::move(best_);
  }

  subject::Subject& subject_;
  const model::Profile& profile_;
  ShrinkLimits limits_;
  Sequence best_;
  Clock::time_point deadline_;
  std::uint32_t runs_ = 0;
};

}  // namespace

Sequence shrink(subject::Subject& subject, const Sequence& found, const model::Profile& profile,
                const ShrinkLimits& limits) {
  return Shrinker(subject, found, profile, limits).shrink();
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
  return result;
}

}  // namespace esentcheck::check
