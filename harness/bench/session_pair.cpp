#include "harness/bench/session_pair.hpp"

#include <pthread.h>

#include <filesystem>
#include <latch>
#include <thread>

#include "harness/bench/clock.hpp"
#include "harness/subject/abi.hpp"
#include "harness/subject/directory.hpp"
#include "harness/subject/library.hpp"

namespace esentcheck::bench {
namespace {

using subject::Library;
namespace abi = subject::abi;

/// An initialised instance in a directory of its own, for as long as it lives.
class Instance {
 public:
  Instance(const Library& library, const std::string& folder) : library_(library) {
    constexpr abi::Word system_path = 0, log_path = 2;
    code_ = call(spec::Function::JetCreateInstance, {word(&handle_), word("bench")});
    for (const abi::Word parameter : {system_path, log_path})
      if (code_ >= 0)
        code_ = call(spec::Function::JetSetSystemParameter, {word(&handle_), 0, parameter, 0, word(folder.c_str())});
    if (code_ >= 0) code_ = call(spec::Function::JetInit, {word(&handle_)});
  }
  ~Instance() {
    if (handle_ != 0) call(spec::Function::JetTerm, {handle_});
  }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  abi::JET_ERR code() const { return code_; }
  abi::JET_INSTANCE handle() const { return handle_; }

 private:
  static abi::Word word(const void* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }
  abi::JET_ERR call(spec::Function function, const abi::Words& words) const {
    const Library::Entry& entry = library_.entry(function);
    return entry.address == nullptr ? -1 : entry.invoke(entry.address, words);
  }

  const Library& library_;
  abi::JET_INSTANCE handle_ = 0;
  abi::JET_ERR code_ = 0;
};

/// A thread that does nothing but exist.
class Bystander {
 public:
  Bystander() : thread_([this] { end_.wait(); }) {}
  ~Bystander() {
    end_.count_down();
    thread_.join();
  }
  Bystander(const Bystander&) = delete;
  Bystander& operator=(const Bystander&) = delete;

 private:
  std::latch end_{1};
  std::thread thread_;
};

template <class Body>
double nanoseconds_of(std::uint32_t times, const Body& body) {
  const double before = own_cpu();
  for (std::uint32_t i = 0; i < times; ++i) body();
  return 1e9 * (own_cpu() - before) / times;
}

}  // namespace

Result<SessionPairs> measure_session_pairs(const std::string& path, std::uint32_t rounds, std::uint32_t pairs) {
  const auto library = Library::open(path);
  if (!library) return tl::unexpected(library.error());
  const auto folder = subject::TemporaryDirectory::make();
  if (!folder) return tl::unexpected(folder.error());
  void* const begin_address = library->entry(spec::Function::JetBeginSession).address;
  void* const end_address = library->entry(spec::Function::JetEndSession).address;
  if (begin_address == nullptr || end_address == nullptr) return fail(path, "it has no sessions");
  const auto begin =
      reinterpret_cast<abi::JET_ERR (*)(abi::JET_INSTANCE, abi::JET_SESID*, const char*, const char*)>(begin_address);
  const auto end = reinterpret_cast<abi::JET_ERR (*)(abi::JET_SESID, abi::JET_GRBIT)>(end_address);

  const Bystander bystander;
  const Instance instance(*library, folder->path().string() + "/");
  if (instance.code() < 0)
    return fail(path, "no instance could be initialised to measure sessions: " + std::to_string(instance.code()));
  pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;

  SessionPairs result;
  std::uint32_t refused = 0;
  for (std::uint32_t round = 0; round < rounds; ++round) {
    result.session.push_back(nanoseconds_of(pairs, [&] {
      abi::JET_SESID session = 0;
      refused += begin(instance.handle(), &session, nullptr, nullptr) != 0;
      refused += end(session, 0) != 0;
    }));
    result.mutexes.push_back(nanoseconds_of(pairs, [&] {
      pthread_mutex_lock(&first);
      pthread_mutex_unlock(&first);
      pthread_mutex_lock(&second);
      pthread_mutex_unlock(&second);
    }));
  }
  if (refused != 0) return fail(path, "a session was refused, or its end, where nothing stands against it");
  return result;
}

}  // namespace esentcheck::bench
