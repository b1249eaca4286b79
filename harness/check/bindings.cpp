#include "harness/check/bindings.hpp"

namespace esentcheck::check {
namespace {

using model::Handle;
using model::HandleKind;

/// What a word denotes. `live` says whether a position holds a live object.
template <class Live>
Handle resolve(const Words& words, std::uint64_t word, HandleKind kind, const Live& live) {
  if (word == 0) return {HandleKind::zero, 0};
  if (word == nil) return {HandleKind::nil, 0};
  const std::uint32_t* position = words.find(word);
  if (position == nullptr) return {HandleKind::garbage, 0};
  const bool current = words.word_of(*position) == word && live(*position);
  return current ? Handle{kind, *position} : Handle{HandleKind::ended, 0};
}

}  // namespace

void Words::bind(std::uint64_t word, std::uint32_t position) {
  if (position >= word_of_.size()) word_of_.resize(position + 1);
  word_of_[position] = word;
  if ((used_ + 1) * 2 > slots_.size()) grow();
  insert(word, position);
}

void Words::insert(std::uint64_t word, std::uint32_t position) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = place_of(word) & mask;
  while (slots_[i].used && slots_[i].word != word) i = (i + 1) & mask;
  if (!slots_[i].used) ++used_;
  slots_[i] = {word, position, true};
}

void Words::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  used_ = 0;
  for (const Slot& slot : old)
    if (slot.used) insert(slot.word, slot.position);
}

void DatabaseWords::bind(std::uint64_t word, std::uint32_t position) {
  if (position >= word_of_.size()) word_of_.resize(position + 1);
  if (word_of_[position] != 0) std::erase(positions_[word_of_[position]], position);
  word_of_[position] = word;
  positions_[word].push_back(position);
}

const std::vector<std::uint32_t>* DatabaseWords::find(std::uint64_t word) const {
  const auto entry = positions_.find(word);
  return entry == positions_.end() ? nullptr : &entry->second;
}

Handle Bindings::database(const model::World& world, std::uint64_t word, Handle session) const {
  // What a call passes is cut to the width of an id.
  word &= nil_database;
  if (word == 0) return {HandleKind::zero, 0};
  if (word == nil_database) return {HandleKind::nil, 0};
  const std::vector<std::uint32_t>* positions = databases_.find(word);
  if (positions == nullptr) return {HandleKind::garbage, 0};
  Handle found{HandleKind::ended, 0};
  for (const std::uint32_t position : *positions) {
    const model::Open* open = model::find_open(world, {HandleKind::database, position});
    if (open == nullptr) continue;
    found = {HandleKind::database, position};
    if (session.kind == HandleKind::session && open->session == model::SessionId{session.id}) return found;
  }
  return found;
}

Handle Bindings::session(const model::World& world, std::uint64_t word) const {
  return resolve(sessions_, word, HandleKind::session,
                 [&](std::uint32_t i) { return i < world.sessions.size() && world.sessions[i].live; });
}

Handle Bindings::instance(const model::World& world, std::uint64_t word) const {
  return resolve(instances_, word, HandleKind::instance, [&](std::uint32_t i) {
    return i < world.instances.size() && world.instances[i].phase != model::Phase::absent;
  });
}

}  // namespace esentcheck::check
