// Which machine word denotes which object of the model. A subject may give a freed value out again, so a word means
// what it was last given out for, and only as long as that object lives.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "model/world.hpp"

namespace esentcheck::check {

/// The word that denotes nothing, all bits set.
inline constexpr std::uint64_t nil = ~std::uint64_t{0};

/// Words of one kind of handle. Lookups cost the same however many handles there have been.
class Words {
 public:
  Words() : slots_(64) {}

  /// `word` denotes the object at `position` from now on.
  void bind(std::uint64_t word, std::uint32_t position);

  void forget(std::uint32_t position) {
    if (position < word_of_.size()) word_of_[position] = 0;
  }

  /// Whether the word was ever given out, and for which position last.
  const std::uint32_t* find(std::uint64_t word) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = place_of(word) & mask; slots_[i].used; i = (i + 1) & mask)
      if (slots_[i].word == word) return &slots_[i].position;
    return nullptr;
  }

  /// The word that the object at that position was given out as; 0 when there was none.
  std::uint64_t word_of(std::uint32_t position) const { return position < word_of_.size() ? word_of_[position] : 0; }

 private:
  struct Slot {
    std::uint64_t word = 0;
    std::uint32_t position = 0;
    bool used = false;
  };

  static std::size_t place_of(std::uint64_t word) { return (word * 0x9e3779b97f4a7c15) >> 32; }
  void insert(std::uint64_t word, std::uint32_t position);
  void grow();

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
  std::vector<std::uint64_t> word_of_;
};

/// Words of databases. A subject may give one id for every open of a database, or another one each time, so that a word
/// denotes several opens at once; which of them a call means depends on its session.
class DatabaseWords {
 public:
  void bind(std::uint64_t word, std::uint32_t position);

  /// The opens that the word was given out for, latest last, whether they live or not; nullptr for any other word.
  const std::vector<std::uint32_t>* find(std::uint64_t word) const;

 private:
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> positions_;
  std::vector<std::uint64_t> word_of_;  ///< by position; 0: none yet
};

class Bindings {
 public:
  model::Handle session(const model::World&, std::uint64_t word) const;
  model::Handle instance(const model::World&, std::uint64_t word) const;

  /// What the id means to a call of that session: an open of its own where there is one, else anybody's.
  model::Handle database(const model::World&, std::uint64_t word, model::Handle session) const;

  void bind(model::OpenId id, std::uint64_t word) { databases_.bind(word, static_cast<std::uint32_t>(id)); }
  void bind(model::SessionId id, std::uint64_t word) { sessions_.bind(word, static_cast<std::uint32_t>(id)); }
  void bind(model::InstanceId id, std::uint64_t word) { instances_.bind(word, static_cast<std::uint32_t>(id)); }

  /// The object has no word yet: whatever denoted the one that had its position before denotes an ended object.
  void forget(model::InstanceId id) { instances_.forget(static_cast<std::uint32_t>(id)); }

  std::uint64_t word_of(model::InstanceId id) const { return instances_.word_of(static_cast<std::uint32_t>(id)); }
  std::uint64_t word_of(model::SessionId id) const { return sessions_.word_of(static_cast<std::uint32_t>(id)); }

 private:
  Words sessions_;
  Words instances_;
  DatabaseWords databases_;
};

/// All ones in the width of a database id.
inline constexpr std::uint64_t nil_database = 0xffff'ffff;

}  // namespace esentcheck::check
