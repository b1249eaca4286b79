// A batch as an executor sees it, wherever its steps come from: the caller's memory or memory shared with its process.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>

#include "harness/plan/plan.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::subject {

/// Words in a table of variables: one for each possible plan::Variable.
inline constexpr std::size_t variable_count = std::size_t{plan::no_variable} + 1;

/// Where strings go that the subject writes to its caller's buffers.
class TextSink {
 public:
  virtual ~TextSink() = default;
  /// Gives the offset at which the text, with a zero behind it, now stands.
  virtual std::uint32_t append(std::string_view) = 0;
};

struct Work {
  std::span<const plan::Step> steps;
  Observation* observations = nullptr;  ///< as many as steps
  const char* texts = nullptr;          ///< of the plan
  const plan::Setting* settings = nullptr;
  TextSink* sink = nullptr;
  std::atomic<std::uint32_t>* progress = nullptr;  ///< gets the position of the step in progress, plus `offset`
  std::uint32_t offset = 0;
};

/// Gives an executor its batches one after the other. Used by whichever of the executor's threads has the turn, never by
/// two at once.
class WorkSource {
 public:
  virtual ~WorkSource() = default;
  /// Waits for the next batch. False: there will be no more.
  virtual bool next(Work&) = 0;
  /// The batch given last has been performed.
  virtual void done() = 0;
};

}  // namespace esentcheck::subject
