#include "harness/subject/in_process.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "harness/subject/directory.hpp"
#include "harness/subject/executor.hpp"
#include "harness/subject/faults.hpp"
#include "harness/subject/global_parameters.hpp"

namespace esentcheck::subject {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds patience{2};

class StringSink final : public TextSink {
 public:
  std::string* text = nullptr;

  std::uint32_t append(std::string_view more) override {
    if (text == nullptr) return 0;
    const auto offset = static_cast<std::uint32_t>(text->size());
    text->append(more).push_back('\0');
    return offset;
  }
};

/// Hands batches to an executor that runs on a thread of its own.
class Handover final : public WorkSource {
 public:
  void perform(const Work& work) {
    work_ = work;
    const std::uint32_t before = done_.load(std::memory_order_relaxed);
    asked_.fetch_add(1, std::memory_order_release);
    wake(asked_);
    wait_while(done_, before);
  }
  void end() {
    ended_ = true;
    asked_.fetch_add(1, std::memory_order_release);
    wake(asked_);
  }

  bool next(Work& work) override {
    wait_while(asked_, seen_++);
    work = work_;
    return !ended_;
  }
  void done() override {
    done_.fetch_add(1, std::memory_order_release);
    wake(done_);
  }

 private:
  FutexWord asked_{0};
  FutexWord done_{0};
  std::uint32_t seen_ = 0;
  Work work_;
  bool ended_ = false;
};

/// One world: an executor, and the thread that is its thread 0 where that cannot be the caller's.
///
/// The caller's own thread is faster and simpler to debug, but it has to come back from perform(); a plan whose main
/// thread stays inside a callback or blocks needs another one.
class World {
 public:
  World(std::shared_ptr<const Library> library, const GlobalParameters& parameters)
      : library_(std::move(library)),
        parameters_(parameters),
        executor_(std::make_shared<Executor>(library_, variables_.get())) {}

  ~World() {
    const bool calm =
        main_.joinable() ? (handover_->end(), executor_->wait_for_end(patience)) : executor_->end(patience);
    if (calm) term_instances();
    executor_->abandon(patience);
    if (main_.joinable()) calm ? main_.join() : main_.detach();
    if (!calm) leaked() = {executor_, variables_, handover_};
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  void perform(const Work& work) {
    const bool stays = std::ranges::any_of(work.steps, [](const plan::Step& step) { return stays_on_main(step); });
    if (stays) use_own_main();
    main_.joinable() ? handover_->perform(work) : executor_->perform(work);
  }

  void use_own_main() {
    if (main_.joinable()) return;
    main_ = std::thread([executor = executor_, handover = handover_] { executor->serve(*handover); });
  }

  static bool stays_on_main(const plan::Step& step) {
    return step.thread == 0 && step.kind == plan::StepKind::call && step.until != plan::Until::returned;
  }

 private:
  struct Leak {
    std::shared_ptr<void> executor, variables, handover;
  };
  /// What a thread that is still inside a call may yet touch is kept for good, where a leak checker finds it reachable.
  static Leak& leaked() {
    static auto* all = new std::vector<Leak>;
    return all->emplace_back();
  }

  /// Best effort: an instance that outlives its world would count against the limits of the next.
  void term_instances() {
    const Library::Entry& term = library_->entry(spec::Function::JetTerm2);
    const Word abrupt = spec::bit_named("JET_bitTermAbrupt").value_or(2);
    if (term.address == nullptr) return;
    for (const Word instance : executor_->instances()) term.invoke(term.address, Words{instance, abrupt});
    if (executor_->made_one_without_handle()) term.invoke(term.address, Words{0, abrupt});
    if (executor_->enabled_multi_instance()) leave_multi_instance_mode(term);
    parameters_.put_back(*library_);
  }

  /// The mode goes with the last instance; JetEnableMultiInstance alone has made none that could go.
  void leave_multi_instance_mode(const Library::Entry& term) {
    const Library::Entry& create = library_->entry(spec::Function::JetCreateInstance);
    Word instance = 0;
    if (create.address == nullptr) return;
    if (create.invoke(create.address, Words{reinterpret_cast<Word>(&instance)}) >= 0)
      term.invoke(term.address, Words{instance});
  }

  std::shared_ptr<const Library> library_;
  const GlobalParameters& parameters_;
  // calloc, since most of these pages are never touched.
  std::shared_ptr<Word[]> variables_{static_cast<Word*>(std::calloc(variable_count, sizeof(Word))), std::free};
  std::shared_ptr<Executor> executor_;
  std::shared_ptr<Handover> handover_ = std::make_shared<Handover>();
  std::thread main_;
};

class InProcess final : public Subject {
 public:
  InProcess(std::string address, std::shared_ptr<const Library> library, Worlds worlds)
      : library_(std::move(library)), worlds_(std::move(worlds)), home_(fs::current_path()) {
    description_.address = std::move(address);
    description_.name = fs::path(description_.address).filename().string();
    description_.isolation = "none";
    description_.capabilities = {.memory_faults = faults::can_refuse_memory(),
                                 .file_faults = faults::can_fail_files(),
                                 .restart = false,
                                 .threads = true,
                                 .status_callbacks = true};
    description_.not_implemented = library_->missing();
  }

  ~InProcess() override {
    world_.reset();
    std::error_code ignored;
    fs::current_path(home_, ignored);
  }

  const Description& describe() const override { return description_; }

  std::optional<Diagnostic> start(const plan::Plan& plan) override {
    world_.reset();
    auto directory = worlds_.next(plan);
    if (!directory) return directory.error();
    std::error_code error;
    fs::current_path(*directory, error);
    if (error) return Diagnostic{directory->string(), "cannot be the working directory: " + error.message()};
    worlds_.remove_earlier();
    world_.emplace(library_, parameters_);
    if (std::ranges::any_of(plan.steps, &World::stays_on_main)) world_->use_own_main();
    return {};
  }

  std::optional<Diagnostic> restart() override {
    return Diagnostic{description_.address, "a subject in this process cannot be restarted"};
  }

  std::optional<Diagnostic> change_file(const plan::Plan& plan, const plan::Step& step) override {
    return worlds_.change_file(plan, step);
  }

  void perform(const Batch& batch) override {
    std::ranges::fill(batch.observations, Observation{});
    if (!world_) return;
    sink_.text = batch.text;
    world_->perform({.steps = batch.steps,
                     .observations = batch.observations.data(),
                     .texts = batch.plan->texts.c_str(),
                     .settings = batch.plan->settings.data(),
                     .sink = &sink_,
                     .progress = &progress_});
  }

 private:
  std::shared_ptr<const Library> library_;
  GlobalParameters parameters_{*library_};
  Worlds worlds_;
  fs::path home_;
  Description description_;
  StringSink sink_;
  std::atomic<std::uint32_t> progress_{0};
  std::optional<World> world_;
};

}  // namespace

Result<std::unique_ptr<Subject>> open_in_process(const std::string& path) {
  auto library = Library::open(path);
  if (!library) return tl::unexpected(library.error());
  auto worlds = Worlds::make();
  if (!worlds) return tl::unexpected(worlds.error());
  return std::make_unique<InProcess>(path, std::make_shared<const Library>(std::move(*library)), std::move(*worlds));
}

}  // namespace esentcheck::subject
