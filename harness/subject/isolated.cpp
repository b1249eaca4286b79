#include "harness/subject/isolated.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <utility>

#include "harness/subject/directory.hpp"
#include "harness/subject/exchange.hpp"
#include "harness/subject/process.hpp"

namespace esentcheck::subject {
namespace {

namespace fs = std::filesystem;

/// More steps than these take longer than any spinning lasts.
constexpr std::size_t worth_spinning = 256;

class Isolated final : public Subject {
 public:
  Isolated(std::string address, std::unique_ptr<HostProcess> host, Worlds worlds, std::chrono::milliseconds limit)
      : worlds_(std::move(worlds)), host_(std::move(host)), exchange_(host_->exchange()), limit_(limit) {
    const Reply& hello = host_->hello();
    description_.address = std::move(address);
    description_.name = fs::path(description_.address).filename().string();
    description_.isolation = "process";
    description_.capabilities = {.memory_faults = hello.memory_faults,
                                 .file_faults = hello.file_faults,
                                 .restart = true,
                                 .power_cuts = hello.file_faults,
                                 .threads = true,
                                 .status_callbacks = true,
                                 .simulation = hello.simulation};
    description_.not_implemented.assign(hello.missing.begin(), hello.missing.begin() + hello.missing_count);
  }

  const Description& describe() const override { return description_; }

  std::optional<Diagnostic> start(const plan::Plan& plan) override { return start_as(plan, Life::usual); }
  std::optional<Diagnostic> start_simulated(const plan::Plan& plan) override { return start_as(plan, Life::simulated); }
  std::optional<Diagnostic> start_at_large(const plan::Plan& plan) override { return start_as(plan, Life::at_large); }

  std::optional<Diagnostic> restart() override {
    if (directory_.empty()) return Diagnostic{description_.address, "cannot be restarted before it was started"};
    return begin(false, Life::usual);
  }

  std::optional<Diagnostic> change_file(const plan::Plan& plan, const plan::Step& step) override {
    return worlds_.change_file(plan, step);
  }

  void perform(const Batch& batch) override {
    std::ranges::fill(batch.observations, Observation{});
    if (!alive_ || batch.steps.empty() || !give_plan(*batch.plan)) return;
    for (std::size_t at = 0; alive_ && at < batch.steps.size(); at += Exchange::most_steps) {
      const std::size_t count = std::min(Exchange::most_steps, batch.steps.size() - at);
      perform_piece(batch.steps.subspan(at, count), batch.observations.subspan(at, count), batch.text);
    }
  }

  void race(const Batch& batch, const simulation::Order& order, RaceResult& result) override {
    std::ranges::fill(batch.observations, Observation{});
    result.end = End::skipped;
    result.spans.assign(batch.steps.size(), {});
    if (!alive_ || batch.steps.size() > most_race_steps || !give_plan(*batch.plan)) return;
    exchange_.race.order = order;
    exchange_.race.spans.fill({});
    exchange_.race.record = {};
    exchange_.race.wanted = true;
    announce(batch.steps.size());
    send(batch.steps);
    result.end = wait_for_answer(batch.steps.size());
    if (result.end != End::returned) alive_ = false;
    if (result.end == End::crashed) result.code = exchange_.death.load(std::memory_order_relaxed);
    exchange_.race.wanted = false;
    result.record = exchange_.race.record;
    simulation::mistrust(result.record);
    for (std::size_t i = 0; i < batch.steps.size(); ++i) {
      result.spans[i] = exchange_.race.spans[i];
      if (result.spans[i].ended != 0) take(exchange_.recent[i], batch.observations[i], batch.text);
    }
  }

 private:
  /// What a process's threads are.
  enum class Life : std::uint8_t { usual, simulated, at_large };

  std::optional<Diagnostic> too_large(const plan::Plan& plan) const {
    if (plan.texts.size() <= Exchange::most_texts && plan.settings.size() <= Exchange::most_settings) return {};
    return Diagnostic{description_.address,
                      fmt::format("the plan is too large to be sent: at most {} bytes of text and {} settings",
                                  Exchange::most_texts, Exchange::most_settings)};
  }

  std::optional<Diagnostic> start_as(const plan::Plan& plan, Life life) {
    alive_ = false;
    if (auto problem = too_large(plan)) return problem;
    auto directory = worlds_.next(plan);
    if (!directory) return directory.error();
    directory_ = directory->string();
    expects_power_cut_ =
        std::ranges::any_of(plan.steps, [](const plan::Step& step) { return step.fault.cuts_power(); });
    if (auto problem = begin(true, life)) return problem;
    worlds_.remove_earlier();
    return {};
  }

  std::optional<Diagnostic> begin(bool forget_variables, Life life) {
    alive_ = false;
    Command command;
    command.simulated = life == Life::simulated;
    command.at_large = life == Life::at_large;
    command.expects_power_cut = expects_power_cut_;
    exchange_.race.wanted = false;
    exchange_.race.stuck = false;
    if (directory_.copy(command.directory, sizeof command.directory - 1) != directory_.size())
      return Diagnostic{directory_, "the path is too long"};
    if (forget_variables) command.variables_to_clear = static_cast<std::uint32_t>(std::exchange(variables_used_, 0));
    if (const auto started = host_->tell(command); !started) return started.error();
    asked_ = 0;
    alive_ = true;
    return {};
  }

  /// Plans grow between batches, so that they are sent with each; they are small. False: too large.
  bool give_plan(const plan::Plan& plan) {
    if (too_large(plan)) return false;
    variables_used_ = std::max(variables_used_, std::min(plan.variables.size(), variable_count));
    std::memcpy(exchange_.texts.data(), plan.texts.c_str(), std::min(plan.texts.size() + 1, Exchange::most_texts));
    std::ranges::copy(plan.settings, exchange_.settings.begin());
    return true;
  }

  void announce(std::size_t steps) {
    exchange_.steps_count = static_cast<std::uint32_t>(steps);
    exchange_.output_size = 0;
    exchange_.packed.store(0, std::memory_order_relaxed);
    exchange_.progress.store(0, std::memory_order_relaxed);
    exchange_.available.store(0, std::memory_order_relaxed);
  }

  void perform_piece(std::span<const plan::Step> steps, std::span<Observation> observations, std::string* text) {
    announce(steps.size());
    send(steps);
    const End end = wait_for_answer(steps.size());
    if (end == End::returned) {
      take_packed(observations, text);
      return;
    }
    // What was performed before the end: whole portions are packed, the rest is as it was left.
    const auto limited = [](std::uint32_t there, std::size_t most) { return std::min<std::size_t>(there, most); };
    const std::size_t performed = limited(exchange_.progress.load(std::memory_order_relaxed), steps.size());
    const std::size_t packed = limited(exchange_.packed.load(std::memory_order_relaxed), performed);
    take_packed(observations.first(packed), text);
    for (std::size_t i = packed; i < performed; ++i)
      take(exchange_.recent[(i - packed) % Exchange::portion], observations[i], text);
    alive_ = false;
    if (performed == steps.size()) return;
    observations[performed] = {};
    observations[performed].end = exchange_.race.stuck                                       ? End::hung
                                  : exchange_.power_cut.load(std::memory_order_relaxed) != 0 ? End::power_cut
                                                                                             : end;
    if (observations[performed].end == End::crashed)
      observations[performed].code = exchange_.death.load(std::memory_order_relaxed);
  }

  /// `returned`: the batch was performed; `crashed` or `hung`: the process has ended.
  End wait_for_answer(std::size_t steps) {
    constexpr std::chrono::milliseconds between_wake_ups{100};
    FutexWord& answered = exchange_.answered;
    const std::uint32_t before = asked_ - 1;
    std::uint32_t progress = 0;
    auto deadline = std::chrono::steady_clock::now() + limit_;
    if (steps <= worth_spinning) spin_while(answered, before);
    for (;;) {
      const std::uint32_t now = answered.load(std::memory_order_acquire);
      if ((now & ~Exchange::dead) == asked_) return End::returned;
      if ((now & Exchange::dead) != 0) return End::crashed;
      if (now != before) return give_up(End::crashed);  // nobody but the subject itself has written that

      sleep_while(answered, before, std::min<std::chrono::nanoseconds>(limit_, between_wake_ups));
      const auto time = std::chrono::steady_clock::now();
      if (const std::uint32_t there = exchange_.progress.load(std::memory_order_relaxed); there != progress) {
        progress = there;
        deadline = time + limit_;
      } else if (time >= deadline && answered.load(std::memory_order_acquire) == before) {
        return give_up(End::hung);
      } else if (!host_->is_alive()) {
        exchange_.death.store(SIGKILL, std::memory_order_relaxed);
        return End::crashed;  // the subject's process dies with the host
      }
    }
  }

  End give_up(End end) {
    Command stop;
    stop.kind = Command::stop;
    static_cast<void>(host_->tell(stop));
    return end;
  }

  /// The other side is woken up by the first portion, and by the others where it has been faster than this one.
  void send(std::span<const plan::Step> steps) {
    Word* next = exchange_.steps.data();
    for (std::size_t at = 0; at < steps.size();) {
      const std::size_t end = std::min(at + Exchange::portion, steps.size());
      while (at < end) next = wire::pack(steps[at++], next);
      exchange_.available.store(static_cast<std::uint32_t>(end));
      if (end <= Exchange::portion) {
        exchange_.asked.store(++asked_, std::memory_order_release);
        wake(exchange_.asked);
      } else if (exchange_.starved.load() != 0) {
        wake(exchange_.available);
      }
    }
  }

  void take_packed(std::span<Observation> observations, std::string* text) const {
    const Word* next = exchange_.observations.data();
    for (Observation& here : observations) {
      next = wire::unpack(next, here);
      take_over(here, text);
    }
  }

  /// Copies an observation out of memory that the subject could have written to.
  void take(const Observation& there, Observation& here, std::string* text) const {
    here = there;
    take_over(here, text);
  }

  /// Believes nothing of it.
  void take_over(Observation& here, std::string* text) const {
    if (here.end > End::not_implemented) [[unlikely]]
      here = {};
    if (!here.has_text) [[likely]]
      return;
    const std::size_t from = std::min<std::size_t>(here.text_offset, Exchange::most_output - 1);
    const char* begin = exchange_.output.data() + from;
    const std::size_t length = strnlen(begin, Exchange::most_output - from);
    here.text_offset = 0;
    if (text == nullptr) return;
    here.text_offset = static_cast<std::uint32_t>(text->size());
    text->append(begin, length).push_back('\0');
  }

  Worlds worlds_;  // outlives the host, whose process lives in there
  std::unique_ptr<HostProcess> host_;
  Exchange& exchange_;
  std::chrono::milliseconds limit_;
  Description description_;
  std::string directory_;
  std::size_t variables_used_ = 0;
  std::uint32_t asked_ = 0;
  bool alive_ = false;
  bool expects_power_cut_ = false;
};

}  // namespace

Result<std::unique_ptr<Subject>> open_isolated(const std::string& path, const Options& options) {
  auto host = HostProcess::start(path, options);
  if (!host) return tl::unexpected(host.error());
  auto worlds = Worlds::make();
  if (!worlds) return tl::unexpected(worlds.error());
  return std::make_unique<Isolated>(path, std::move(*host), std::move(*worlds), options.time_limit);
}

}  // namespace esentcheck::subject
