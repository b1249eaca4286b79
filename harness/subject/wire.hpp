// Steps and observations on their way between two processes, in as few bytes as they need: what crosses from one
// processor's cache to another's is most of what an isolated call costs.
//
// An ordinary call takes a word and one more for each argument; anything else goes as it is. An observation takes two
// words, or five.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#include "harness/plan/plan.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::subject::wire {

using Word = std::uint64_t;

inline constexpr std::size_t words_per_step = sizeof(plan::Step) / sizeof(Word);
inline constexpr std::size_t most_step_words = 1 + words_per_step;
inline constexpr std::size_t most_observation_words = 6;
static_assert(sizeof(plan::Step) % sizeof(Word) == 0);

inline constexpr int number_bits = 56;

/// The first word of a step: how many words follow, and whether they are the step as it is.
struct Head {
  spec::Function function;
  plan::Thread thread;
  std::uint8_t arguments;
  std::uint8_t as_it_is;
  std::uint32_t unused;
};
static_assert(sizeof(Head) == sizeof(Word));

/// Gives the end of what it wrote.
inline Word* pack(const plan::Step& step, Word* to) {
  Head head{step.function, step.thread, 0, 0, 0};
  bool ordinary = step.kind == plan::StepKind::call && step.until == plan::Until::returned &&
                  step.callback_session == plan::no_variable && !step.fault.any();
  Word* const arguments = to + 1;
  for (std::size_t i = 0; i < step.arguments.size(); ++i) {
    const plan::Symbol& symbol = step.arguments[i];
    arguments[i] = symbol.number << (64 - number_bits) | static_cast<Word>(symbol.kind);
    ordinary &= symbol.count == 0 && symbol.number >> number_bits == 0;
    if (symbol.kind != plan::SymbolKind::absent) head.arguments = static_cast<std::uint8_t>(i + 1);
  }
  Word* end = arguments + head.arguments;
  if (!ordinary) [[unlikely]] {
    head.as_it_is = 1;
    std::memcpy(arguments, &step, sizeof step);
    end = arguments + words_per_step;
  }
  std::memcpy(to, &head, sizeof head);
  return end;
}

inline const Word* unpack(const Word* from, plan::Step& step) {
  Head head;
  std::memcpy(&head, from++, sizeof head);
  if (head.as_it_is != 0) [[unlikely]] {
    std::memcpy(static_cast<void*>(&step), from, sizeof step);
    return from + words_per_step;
  }
  step.kind = plan::StepKind::call;
  step.thread = head.thread;
  step.until = plan::Until::returned;
  step.function = head.function;
  step.callback_session = plan::no_variable;
  step.fault = {};
  step.event = {};
  for (std::size_t i = 0; i < step.arguments.size(); ++i) {
    const Word word = i < head.arguments ? from[i] : 0;
    step.arguments[i] = {static_cast<plan::SymbolKind>(word & 0xff), 0, word >> (64 - number_bits)};
  }
  return from + head.arguments;
}
static_assert(static_cast<int>(plan::SymbolKind::absent) == 0);

struct Seen {
  std::int32_t code;
  End end;
  std::uint8_t out_written : 1;
  std::uint8_t has_text : 1;
  std::uint8_t has_number : 1;
  std::uint8_t has_more : 1;
  std::uint8_t unused : 4;
  std::uint8_t faults_hit;
  std::uint8_t padding;
};
static_assert(sizeof(Seen) == sizeof(Word));

inline Word* pack(const Observation& observation, Word* to) {
  const bool has_more = observation.callback_session != 0 || observation.has_text || observation.has_number ||
                        observation.descriptors != 0;
  const Seen seen{observation.code,
                  observation.end,
                  observation.out_written,
                  observation.has_text,
                  observation.has_number,
                  has_more,
                  0,
                  observation.faults_hit,
                  0};
  std::memcpy(to++, &seen, sizeof seen);
  *to++ = observation.out;
  if (has_more) [[unlikely]] {
    *to++ = observation.callback_session;
    *to++ = observation.text_offset;
    *to++ = observation.number;
    *to++ = std::uint64_t{observation.descriptors} << 32 | observation.blocks;
  }
  return to;
}

inline const Word* unpack(const Word* from, Observation& observation) {
  Seen seen;
  std::memcpy(&seen, from++, sizeof seen);
  observation = {};
  observation.code = seen.code;
  observation.end = seen.end;
  observation.out_written = seen.out_written;
  observation.has_text = seen.has_text;
  observation.has_number = seen.has_number;
  observation.faults_hit = seen.faults_hit;
  observation.out = *from++;
  if (seen.has_more) [[unlikely]] {
    observation.callback_session = *from++;
    observation.text_offset = static_cast<std::uint32_t>(*from++);
    observation.number = *from++;
    observation.blocks = static_cast<std::uint32_t>(*from);
    observation.descriptors = static_cast<std::uint32_t>(*from++ >> 32);
  }
  return from;
}

}  // namespace esentcheck::subject::wire
