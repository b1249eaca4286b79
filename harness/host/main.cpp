// esentcheck-host LIBRARY SOCKET MEMORY: the program that subjects live in, started by the harness and by nobody else.
//
// It loads the library once, while it has a single thread, and then forks a process for every start: a fork takes a
// fraction of a millisecond, loading a library many. It ends when the harness's end of the socket is closed, however the
// harness came to its end.
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "harness/host/child.hpp"
#include "harness/simulation/simulation.hpp"
#include "harness/subject/exchange.hpp"
#include "harness/subject/faults.hpp"
#include "harness/subject/library.hpp"

namespace esentcheck::host {
namespace {

using subject::Command;
using subject::Exchange;
using subject::Library;
using subject::Reply;

int receive_number(const char* text) {
  int number = -1;
  std::from_chars(text, text + std::strlen(text), number);
  return number;
}

void put(Reply& reply, const std::string& message) {
  reply.failed = true;
  message.copy(reply.message, sizeof reply.message - 1);
}

void die_with_parent(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
}

std::int32_t death_of(int status) {
  return WIFSIGNALED(status) ? WTERMSIG(status) : subject::exited(WEXITSTATUS(status));
}

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

bool has_one_thread() {
  std::error_code error;
  const std::filesystem::directory_iterator threads("/proc/self/task", error);
  return error || std::distance(begin(threads), end(threads)) == 1;
}

struct Examination {
  Reply reply;
  bool one_thread = true;
};

/// Loads the library in a process that is thrown away: its constructors may crash, exit or start threads.
Examination examine(const std::string& path) {
  Examination found;
  int pipe[2];
  const pid_t host = getpid();
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pipe) != 0) {
    put(found.reply, fmt::format("{}: no socket: {}", path, std::strerror(errno)));
    return found;
  }
  const pid_t process = fork();
  if (process == 0) {
    die_with_parent(host);
    if (const auto library = Library::open(path)) {
      for (const spec::Function function : library->missing())
        found.reply.missing[found.reply.missing_count++] = function;
      found.one_thread = has_one_thread();
    } else {
      put(found.reply, library.error().sentence());
    }
    static_cast<void>(send(pipe[1], &found, sizeof found, MSG_NOSIGNAL));
    _exit(0);
  }
  close(pipe[1]);
  const bool told = process > 0 && recv(pipe[0], &found, sizeof found, 0) == sizeof found;
  close(pipe[0]);
  if (process < 0) {
    put(found.reply, fmt::format("{}: no process: {}", path, std::strerror(errno)));
    return found;
  }
  const int status = wait_for(process);
  if (!told) {
    put(found.reply,
        WIFSIGNALED(status)
            ? fmt::format("{}: crashes while it is loaded ({})", path, strsignal(WTERMSIG(status)))
            : fmt::format("{}: ends the process while it is loaded (exit status {})", path, WEXITSTATUS(status)));
  }
  return found;
}

Exchange* told_of_power_cut = nullptr;

void prepare_power_cut(Exchange& exchange) {
  told_of_power_cut = &exchange;
  subject::faults::expect_power_cut([] { told_of_power_cut->power_cut.store(1, std::memory_order_relaxed); });
}

class Host {
 public:
  Host(std::string path, int socket, Exchange& exchange)
      : path_(std::move(path)), socket_(socket), exchange_(exchange) {}

  int run() {
    const Examination found = examine(path_);
    Reply hello = found.reply;
    hello.memory_faults = subject::faults::can_refuse_memory();
    hello.file_faults = subject::faults::can_fail_files();
    hello.simulation = simulation::is_here();
    // The threads that a library starts while it is loaded would not survive a fork: such a one is loaded in each
    // process anew.
    if (!hello.failed && found.one_thread) library_ = load();
    if (!answer(hello) || hello.failed) return 0;

    while (attend()) {
    }
    end_process();
    return 0;
  }

 private:
  std::shared_ptr<const Library> load() const {
    auto library = Library::open(path_);
    return library ? std::make_shared<const Library>(std::move(*library)) : nullptr;
  }

  bool answer(const Reply& reply) { return send(socket_, &reply, sizeof reply, MSG_NOSIGNAL) == sizeof reply; }

  /// Waits for a command or for the process's end. False: the harness has gone.
  bool attend() {
    pollfd ready[] = {{socket_, POLLIN, 0}, {pidfd_, POLLIN, 0}};
    if (poll(ready, pidfd_ < 0 ? 1 : 2, -1) < 0) return errno == EINTR;
    if (pidfd_ >= 0 && ready[1].revents != 0) {
      reap();
      return true;
    }
    Command command;
    const ssize_t received = recv(socket_, &command, sizeof command, 0);
    if (received != sizeof command) return false;
    Reply reply;
    end_process();
    if (command.kind == Command::start) start(command, reply);
    return answer(reply);
  }

  void start(const Command& command, Reply& reply) {
    std::fill_n(exchange_.variables.begin(), std::min<std::size_t>(command.variables_to_clear, subject::variable_count),
                subject::Word{0});
    exchange_.asked.store(0, std::memory_order_relaxed);
    exchange_.answered.store(0, std::memory_order_relaxed);
    exchange_.progress.store(0, std::memory_order_relaxed);
    exchange_.death.store(0, std::memory_order_relaxed);
    exchange_.power_cut.store(0, std::memory_order_relaxed);
    const pid_t host = getpid();
    process_ = fork();
    if (process_ == 0) {
      die_with_parent(host);
      close(socket_);
      auto library = library_ != nullptr ? library_ : load();
      if (library == nullptr) _exit(1);
      if (command.expects_power_cut) prepare_power_cut(exchange_);
      if (command.simulated) live_simulated(exchange_, library, command.directory);
      if (command.at_large) live_at_large(exchange_, library, command.directory);
      live(exchange_, std::move(library), command.directory);
    }
    if (process_ < 0) {
      process_ = 0;
      put(reply, fmt::format("{}: no process for it: {}", path_, std::strerror(errno)));
      return;
    }
    pidfd_ = static_cast<int>(syscall(SYS_pidfd_open, process_, 0));
    if (pidfd_ < 0) put(reply, fmt::format("{}: its process cannot be watched: {}", path_, std::strerror(errno)));
  }

  void end_process() {
    if (process_ == 0) return;
    kill(process_, SIGKILL);
    reap();
  }

  void reap() {
    const int status = wait_for(process_);
    process_ = 0;
    if (pidfd_ >= 0) close(pidfd_);
    pidfd_ = -1;
    exchange_.death.store(death_of(status), std::memory_order_relaxed);
    exchange_.answered.fetch_or(Exchange::dead, std::memory_order_release);
    subject::wake(exchange_.answered);
  }

  const std::string path_;
  const int socket_;
  Exchange& exchange_;
  std::shared_ptr<const Library> library_;
  pid_t process_ = 0;
  int pidfd_ = -1;
};

int run(int count, char** arguments) {
  const int socket = count == 4 ? receive_number(arguments[2]) : -1;
  const int memory = count == 4 ? receive_number(arguments[3]) : -1;
  void* shared =
      memory < 0 ? MAP_FAILED : mmap(nullptr, sizeof(Exchange), PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  if (socket < 0 || shared == MAP_FAILED) {
    std::fputs("esentcheck-host is started by esentcheck; there is nothing to do with it by hand.\n", stderr);
    return 2;
  }
  close(memory);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  return Host(arguments[1], socket, *static_cast<Exchange*>(shared)).run();
}

}  // namespace
}  // namespace esentcheck::host

#ifdef __SANITIZE_THREAD__
// A data race ends the process, which is a finding; a report on the terminal would be none.
extern "C" [[gnu::visibility("default")]] const char* __tsan_default_options() {  // NOLINT: ThreadSanitizer's own name
  return "halt_on_error=1";
}
#endif

int main(int count, char** arguments) { return esentcheck::host::run(count, arguments); }
