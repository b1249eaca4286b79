// The host program as seen from the harness: started, spoken to, and reaped.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>

#include "harness/diagnostic.hpp"
#include "harness/subject/exchange.hpp"
#include "harness/subject/open.hpp"

namespace esentcheck::subject {

class HostProcess {
 public:
  /// Starts the program and has it load the library; `hello` is what it says about that.
  static Result<std::unique_ptr<HostProcess>> start(const std::string& library, const Options& options);

  /// Ends the program and everything under it. Nothing is left behind, not even an entry in the process table.
  ~HostProcess();
  HostProcess(const HostProcess&) = delete;
  HostProcess& operator=(const HostProcess&) = delete;

  const Reply& hello() const { return hello_; }
  Exchange& exchange() const { return *exchange_; }

  /// Sends a command and waits for the answer; what the answer complains about becomes the diagnostic.
  Result<void> tell(const Command& command);

  /// False: it has died, by itself or by somebody's hand.
  bool is_alive();

 private:
  HostProcess(std::string library, std::chrono::milliseconds limit) : library_(std::move(library)), limit_(limit) {}

  Result<Reply> receive();
  bool has_ended(std::chrono::milliseconds limit);

  std::string library_;
  std::chrono::milliseconds limit_;
  Exchange* exchange_ = nullptr;
  int socket_ = -1;
  pid_t process_ = 0;
  Reply hello_;
};

}  // namespace esentcheck::subject
