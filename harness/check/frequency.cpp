#include "harness/check/frequency.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "model/limits.hpp"

namespace esentcheck::check {
namespace {

using model::HandleKind;
using model::Instance;
using model::Phase;
using model::Session;

// Two bits or three for each of the four questions.
enum class Place : std::uint8_t { process, nobody, created, running, stopped, withdrawn, busy };
enum class Fill : std::uint8_t { none, some, full };
enum class Level : std::uint8_t { no_session, none, one, deeper, deepest };
enum class Databases : std::uint8_t { none, some, all };

constexpr std::array<std::string_view, 7> places{"no instance asked for", "no such object",   "created instance",
                                                 "running instance",      "stopped instance", "withdrawn instance",
                                                 "instance on its way"};
constexpr std::array<std::string_view, 3> fills{"no session", "some sessions", "all sessions"};
constexpr std::array<std::string_view, 5> levels{"", "outside transactions", "in a transaction",
                                                 "in nested transactions", "at the deepest level"};
constexpr std::array<std::string_view, 3> attached{"", "some databases", "all databases"};

Place place_of(const Instance& instance) {
  switch (instance.phase) {
    case Phase::absent: return Place::nobody;
    case Phase::created: return Place::created;
    case Phase::initializing:
    case Phase::restoring:
    case Phase::terminating: return Place::busy;
    case Phase::running: break;
  }
  if (instance.availability != model::Availability::available) return Place::withdrawn;
  return instance.service_stopped ? Place::stopped : Place::running;
}

Fill fill_of(const Instance& instance) {
  if (instance.session_count == 0) return Fill::none;
  return instance.session_count < instance.session_limit ? Fill::some : Fill::full;
}

Level level_of(const Session* session, const model::Profile& profile) {
  if (session == nullptr) return Level::no_session;
  if (session->depth == 0) return Level::none;
  if (session->depth >= model::deepest_level(profile)) return Level::deepest;
  return session->depth == 1 ? Level::one : Level::deeper;
}

Databases databases_of(const Instance& instance, const model::Profile& profile) {
  if (instance.database_count == 0) return Databases::none;
  return instance.database_count < model::most_databases(profile) ? Databases::some : Databases::all;
}

std::uint16_t pack(Place place, Fill fill = {}, Level level = {}, Databases databases = {}) {
  return static_cast<std::uint16_t>(static_cast<unsigned>(place) | static_cast<unsigned>(fill) << 3 |
                                    static_cast<unsigned>(level) << 5 | static_cast<unsigned>(databases) << 8);
}

std::uint16_t around(const Instance* instance, const Session* session, const model::Profile& profile) {
  if (instance == nullptr) return pack(Place::nobody);
  const Place place = place_of(*instance);
  if (place == Place::created) return pack(place);
  return pack(place, fill_of(*instance), level_of(session, profile), databases_of(*instance, profile));
}

std::uint64_t key_of(Situation situation, spec::Function function, std::int32_t code) {
  return std::uint64_t{situation.packed()} << 48 | std::uint64_t{static_cast<std::uint16_t>(function)} << 32 |
         static_cast<std::uint32_t>(code);
}

}  // namespace

Situation::Situation(const model::World& world, const model::Profile& profile, spec::Function function,
                     model::Handle handle) {
  switch (signature_of(function).roles[0].handle) {
    case HandleKind::session: {
      const Session* session = model::find_session(world, handle);
      packed_ = around(session == nullptr ? nullptr : &world.instances[static_cast<std::uint32_t>(session->instance)],
                       session, profile);
      return;
    }
    case HandleKind::instance: packed_ = around(model::addressed_instance(world, handle), nullptr, profile); return;
    default: packed_ = pack(Place::process);
  }
}

std::string Situation::spelled() const {
  const auto place = static_cast<Place>(packed_ & 7);
  std::string text(places[packed_ & 7]);
  const auto add = [&](std::string_view part) {
    if (!part.empty()) text.append(", ").append(part);
  };
  if (place == Place::process || place == Place::nobody || place == Place::created) return text;
  add(fills[packed_ >> 3 & 3]);
  add(levels[packed_ >> 5 & 7]);
  add(attached[packed_ >> 8 & 3]);
  return text;
}

void Frequency::count(Situation situation, spec::Function function, std::int32_t code) {
  const std::uint64_t calls = ++calls_[key_of(situation, function, code)];
  Knowledge& known = known_[static_cast<std::size_t>(function)];
  if (calls == 1) {
    ++known.met;
    ++known.rare;
  } else if (calls == seldom + 1) {
    --known.rare;
  }
}

std::vector<Frequency::Line> Frequency::lines() const {
  std::vector<Line> lines;
  for (const auto& [key, calls] : calls_)
    lines.push_back({Situation(static_cast<std::uint16_t>(key >> 48)), static_cast<spec::Function>(key >> 32 & 0xffff),
                     static_cast<std::int32_t>(key & 0xffff'ffff), calls});
  std::ranges::sort(lines, {},
                    [](const Line& line) { return std::tuple(line.function, line.situation.packed(), line.code); });
  return lines;
}

}  // namespace esentcheck::check
