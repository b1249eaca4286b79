// Every function of the harness's vocabulary, handed on to the real library. A subject's own definitions win over these.
#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "real.hpp"

namespace seeded {
namespace {

Real load() {
  // With its own name space, so that what the real library calls of itself stays in it.
  void* library = dlopen(REAL_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    std::abort();
  }
  Real functions;
#define ESENT_LOOK_UP(name, parameters, arguments) \
  functions.name = reinterpret_cast<decltype(&::name)>(dlsym(library, #name));
  ESENT_FUNCTIONS(ESENT_LOOK_UP)
#undef ESENT_LOOK_UP
  return functions;
}

/// While the subject is loaded, so that no call is the one that loads.
[[gnu::constructor]] void load_at_once() { real(); }

}  // namespace

const Real& real() {
  static const Real functions = load();
  return functions;
}

Book& book() {
  static Book the_book;
  return the_book;
}

const Book::Line* Book::find(JET_SESID session) const {
  const auto* end = lines_.data() + used_;
  const auto* found = std::find_if(lines_.data(), end, [&](const Line& line) { return line.session == session; });
  return found == end ? nullptr : found;
}

void Book::begun(JET_SESID session, JET_INSTANCE instance) {
  const std::lock_guard lock(mutex_);
  Line* line = find(session);
  if (line == nullptr && used_ < lines_.size()) line = &lines_[used_++];
  // In single-instance mode nil and zero are the one instance.
  if (line != nullptr) *line = {session, instance == JET_instanceNil ? 0 : instance, true};
}

void Book::ended(JET_SESID session) {
  const std::lock_guard lock(mutex_);
  if (Line* line = find(session)) line->live = false;
}

void Book::instance_ended(JET_INSTANCE instance) {
  const std::lock_guard lock(mutex_);
  for (Line& line : lines_)
    if (line.instance == instance) line.live = false;
}

bool Book::knows(JET_SESID session) const {
  const std::lock_guard lock(mutex_);
  return find(session) != nullptr;
}

bool Book::has_ended(JET_SESID session) const {
  const std::lock_guard lock(mutex_);
  const Line* line = find(session);
  return line != nullptr && !line->live;
}

JET_INSTANCE Book::instance_of(JET_SESID session) const {
  const std::lock_guard lock(mutex_);
  const Line* line = find(session);
  return line == nullptr ? 0 : line->instance;
}

std::size_t Book::live_sessions() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count_if(lines_, [](const Line& line) { return line.live; }));
}

std::size_t Book::live_sessions(JET_INSTANCE instance) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::ranges::count_if(lines_, [&](const Line& line) { return line.live && line.instance == instance; }));
}

namespace booked {

JET_ERR begin_session(JET_INSTANCE instance, JET_SESID* psesid) {
  const JET_ERR err = real().JetBeginSession(instance, psesid, nullptr, nullptr);
  if (err >= 0) book().begun(*psesid, instance);
  return err;
}

JET_ERR dup_session(JET_SESID sesid, JET_SESID* psesid) {
  const JET_INSTANCE instance = book().instance_of(sesid);
  const JET_ERR err = real().JetDupSession(sesid, psesid);
  if (err >= 0) book().begun(*psesid, instance);
  return err;
}

JET_ERR end_session(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_ERR err = real().JetEndSession(sesid, grbit);
  if (err >= 0) book().ended(sesid);
  return err;
}

JET_ERR term(JET_INSTANCE instance) {
  const JET_ERR err = real().JetTerm(instance);
  if (err >= 0) book().instance_ended(instance);
  return err;
}

JET_ERR term2(JET_INSTANCE instance, JET_GRBIT grbit) {
  const JET_ERR err = real().JetTerm2(instance, grbit);
  if (err >= 0) book().instance_ended(instance);
  return err;
}

}  // namespace booked

void lose_a_session(JET_INSTANCE instance) {
  JET_SESID lost = 0;
  real().JetBeginSession(instance, &lost, nullptr, nullptr);
}

}  // namespace seeded

using seeded::real;
namespace booked = seeded::booked;

// Forwards everything else as it is.
#define ESENT_FORWARD(name, parameters, arguments) \
  extern "C" [[gnu::weak]] JET_ERR name parameters { return real().name arguments; }
ESENT_OTHER_FUNCTIONS(ESENT_FORWARD)

#define ESENT_BOOK(name, parameters, call) \
  extern "C" [[gnu::weak]] JET_ERR name parameters { return booked::call; }
ESENT_BOOK(JetBeginSession, (JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR, JET_PCSTR),
           begin_session(instance, psesid))
ESENT_BOOK(JetDupSession, (JET_SESID sesid, JET_SESID* psesid), dup_session(sesid, psesid))
ESENT_BOOK(JetEndSession, (JET_SESID sesid, JET_GRBIT grbit), end_session(sesid, grbit))
ESENT_BOOK(JetTerm, (JET_INSTANCE instance), term(instance))
ESENT_BOOK(JetTerm2, (JET_INSTANCE instance, JET_GRBIT grbit), term2(instance, grbit))
