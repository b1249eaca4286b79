// A handle is a number: the kind of thing it names, the place of that thing in a table of ours, and the
// generation of that place. Nothing is ever reached through a handle but by looking the place up and comparing
// the generation, so that a handle which ended, or was made up, is noticed and never followed.
//
//   bit 63      zero, so that no handle is ever nil
//   bit 62      1 for a session, 0 for an instance
//   bits 40-61  place
//   bits 0-39   generation, never zero, so that no handle is ever zero
//
// A generation goes up by one when its place is given back. An ended handle could only come to life again
// after 2^40 sessions in one place.
#pragma once

#include <cstdint>

#include "esent.h"

namespace esent {

static_assert(sizeof(JET_SESID) == 8, "handles hold 64 bits");

enum class Kind : std::uint64_t { instance = 0, session = 1 };

constexpr unsigned generation_bits = 40;
constexpr std::uint64_t generation_mask = (std::uint64_t{1} << generation_bits) - 1;
constexpr std::uint32_t place_count_max = std::uint32_t{1} << 22;

struct Handle {
  Kind kind;
  std::uint32_t place;
  std::uint64_t generation;
};

constexpr std::uintptr_t encode(Handle handle) {
  return static_cast<std::uint64_t>(handle.kind) << 62 | std::uint64_t{handle.place} << generation_bits |
         handle.generation;
}

// Whether the number has the shape of a handle at all.
constexpr bool decode(std::uintptr_t number, Handle& handle) {
  handle.kind = static_cast<Kind>(number >> 62 & 1);
  handle.place = static_cast<std::uint32_t>(number >> generation_bits) & (place_count_max - 1);
  handle.generation = number & generation_mask;
  return number >> 63 == 0 && handle.generation != 0;
}

constexpr bool names_nothing(std::uintptr_t number) { return number == 0 || number == JET_sesidNil; }

// Neighbouring places start far apart, so that a handle with a wrong place does not fit by accident.
constexpr std::uint64_t first_generation(std::uint32_t place) {
  return 1 + ((std::uint64_t{place} + 1) * 2654435761U >> 8 & 0xFFFFFU);
}

constexpr std::uint64_t next_generation(std::uint64_t generation) {
  return generation == generation_mask ? 1 : generation + 1;
}

}  // namespace esent
