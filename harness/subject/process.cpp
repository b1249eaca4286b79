#include "harness/subject/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <thread>

namespace esentcheck::subject {
namespace {

namespace fs = std::filesystem;

// Where the host program finds its ends.
constexpr int socket_there = 3;
constexpr int memory_there = 4;

std::string host_program(const Options& options) {
  if (!options.host.empty()) return options.host;
  if (const char* named = std::getenv("ESENTCHECK_HOST"); named != nullptr && *named != '\0') return named;
  std::error_code error;
  const fs::path beside = fs::read_symlink("/proc/self/exe", error).parent_path() / "esentcheck-host";
  return !error && fs::exists(beside, error) ? beside.string() : "esentcheck-host";
}

class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  void open(int there, const char* path, int flags) {
    posix_spawn_file_actions_addopen(&actions_, there, path, flags, 0644);
  }
  void duplicate(int here, int there) { posix_spawn_file_actions_adddup2(&actions_, here, there); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// A descriptor out of the way of the numbers that the host program finds its ends at.
int moved_up(int descriptor) {
  const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 10);
  close(descriptor);
  return moved;
}

/// The host is told where the library is in full; a user is told of the library by the name that was typed.
std::string as_typed(std::string_view message, std::string_view absolute, const std::string& typed) {
  return message.starts_with(absolute) ? typed + std::string(message.substr(absolute.size())) : std::string(message);
}

}  // namespace

Result<std::unique_ptr<HostProcess>> HostProcess::start(const std::string& library, const Options& options) {
  std::unique_ptr<HostProcess> host(new HostProcess(library, options.time_limit));

  int memory = memfd_create("esentcheck", MFD_CLOEXEC);
  if (memory < 0 || ftruncate(memory, sizeof(Exchange)) != 0) {
    const int error = errno;
    if (memory >= 0) close(memory);
    return fail(library, fmt::format("no memory to share with its process: {}", std::strerror(error)));
  }
  memory = moved_up(memory);
  void* shared = mmap(nullptr, sizeof(Exchange), PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  int ends[2];
  if (shared == MAP_FAILED || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    const int error = errno;
    close(memory);
    return fail(library, fmt::format("no connection to its process: {}", std::strerror(error)));
  }
  host->exchange_ = static_cast<Exchange*>(shared);
  host->socket_ = moved_up(ends[0]);
  const int theirs = moved_up(ends[1]);

  const std::string output = options.output.empty() ? "/dev/null" : options.output;
  FileActions actions;
  actions.open(STDIN_FILENO, "/dev/null", O_RDONLY);
  actions.open(STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_APPEND);
  actions.duplicate(STDOUT_FILENO, STDERR_FILENO);
  actions.duplicate(theirs, socket_there);
  actions.duplicate(memory, memory_there);

  std::string program = host_program(options);
  std::string path = fs::absolute(library).string();
  std::string socket_argument = std::to_string(socket_there);
  std::string memory_argument = std::to_string(memory_there);
  std::array<char*, 5> arguments{program.data(), path.data(), socket_argument.data(), memory_argument.data(), nullptr};
  const int error = posix_spawnp(&host->process_, program.c_str(), actions.get(), nullptr, arguments.data(), environ);
  close(theirs);
  close(memory);
  if (error != 0) {
    host->process_ = 0;
    return fail(program, fmt::format("the host program cannot be started: {}", std::strerror(error)));
  }

  const auto hello = host->receive();
  if (!hello) return tl::unexpected(hello.error());
  if (hello->failed) return fail({}, as_typed(hello->message, path, library));
  host->hello_ = *hello;
  return host;
}

HostProcess::~HostProcess() {
  if (socket_ >= 0) close(socket_);
  if (process_ != 0 && !has_ended(std::chrono::seconds(2))) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  if (exchange_ != nullptr) munmap(exchange_, sizeof(Exchange));
}

Result<void> HostProcess::tell(const Command& command) {
  if (send(socket_, &command, sizeof command, MSG_NOSIGNAL) != sizeof command)
    return fail(library_, "the host program has ended");
  const auto reply = receive();
  if (!reply) return tl::unexpected(reply.error());
  if (reply->failed) return fail({}, reply->message);
  return {};
}

bool HostProcess::is_alive() { return !has_ended(std::chrono::milliseconds(0)); }

Result<Reply> HostProcess::receive() {
  pollfd ready{socket_, POLLIN, 0};
  int count = 0;
  do {
    count = poll(&ready, 1, static_cast<int>(limit_.count()));
  } while (count < 0 && errno == EINTR);
  if (count == 0)
    return fail(library_, fmt::format("no answer within {} ms while it was loaded or started", limit_.count()));

  Reply reply;
  if (recv(socket_, &reply, sizeof reply, 0) != sizeof reply) return fail(library_, "the host program has ended");
  reply.message[sizeof reply.message - 1] = '\0';
  reply.missing_count = std::min<std::uint8_t>(reply.missing_count, spec::function_count);
  return reply;
}

bool HostProcess::has_ended(std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  for (;;) {
    if (process_ == 0) return true;
    const pid_t ended = waitpid(process_, nullptr, WNOHANG);
    if (ended == process_ || (ended < 0 && errno == ECHILD)) {
      process_ = 0;
      return true;
    }
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace esentcheck::subject
