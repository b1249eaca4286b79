// Batches as they come out of the exchange, and what goes back into it.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <string_view>

#include "harness/subject/exchange.hpp"

namespace esentcheck::host {

using subject::Exchange;

/// Texts go to the exchange at once, so that those of a batch that ends in a crash are there, too.
class ExchangeSink final : public subject::TextSink {
 public:
  explicit ExchangeSink(Exchange& exchange) : exchange_(exchange) {}

  std::uint32_t append(std::string_view text) override {
    const std::uint32_t offset = std::min<std::uint32_t>(exchange_.output_size, Exchange::most_output - 1);
    const std::size_t length = std::min(text.size(), Exchange::most_output - 1 - offset);
    std::memcpy(exchange_.output.data() + offset, text.data(), length);
    exchange_.output[offset + length] = '\0';
    exchange_.output_size = static_cast<std::uint32_t>(offset + length + 1);
    return offset;
  }

 private:
  Exchange& exchange_;
};

/// Hands an executor the batches of the exchange, in portions.
class ExchangeSource final : public subject::WorkSource {
 public:
  explicit ExchangeSource(Exchange& exchange) : exchange_(exchange), sink_(exchange) {}

  bool next(subject::Work& work) override {
    if (performed_ == count_) await_batch();
    const auto portion = std::min<std::uint32_t>(count_ - performed_, Exchange::portion);
    await_steps(performed_ + portion);
    for (std::uint32_t i = 0; i < portion; ++i) next_step_ = subject::wire::unpack(next_step_, steps_[i]);
    exchange_.packed.store(performed_, std::memory_order_relaxed);
    work = {.steps = {steps_.data(), portion},
            .observations = exchange_.recent.data(),
            .texts = exchange_.texts.data(),
            .settings = exchange_.settings.data(),
            .sink = &sink_,
            .progress = &exchange_.progress,
            .offset = performed_};
    performing_ = portion;
    return true;
  }

  void done() override {
    for (std::uint32_t i = 0; i < performing_; ++i)
      next_observation_ = subject::wire::pack(exchange_.recent[i], next_observation_);
    performed_ += performing_;
    if (performed_ < count_) return;
    exchange_.answered.fetch_add(1, std::memory_order_release);
    subject::wake(exchange_.answered);
  }

 private:
  void await_batch() {
    subject::wait_while(exchange_.asked, seen_++);
    count_ = std::min<std::uint32_t>(exchange_.steps_count, Exchange::most_steps);
    performed_ = 0;
    next_step_ = exchange_.steps.data();
    next_observation_ = exchange_.observations.data();
  }

  void await_steps(std::uint32_t wanted) {
    for (;;) {
      const std::uint32_t available = exchange_.available.load();
      if (available >= wanted) return;
      if (subject::spin_while(exchange_.available, available)) continue;
      exchange_.starved.store(1);
      subject::sleep_while(exchange_.available, available, std::chrono::seconds(10));
      exchange_.starved.store(0);
    }
  }

  Exchange& exchange_;
  ExchangeSink sink_;
  std::uint32_t seen_ = 0;

  std::uint32_t count_ = 0;  // of the batch
  std::uint32_t performed_ = 0;
  std::uint32_t performing_ = 0;
  const subject::Word* next_step_ = nullptr;
  subject::Word* next_observation_ = nullptr;
  std::array<plan::Step, Exchange::portion> steps_;
};

}  // namespace esentcheck::host
