#include "harness/host/child.hpp"

#include <unistd.h>

#include "harness/host/exchange_source.hpp"
#include "harness/subject/executor.hpp"

namespace esentcheck::host {

void live(subject::Exchange& exchange, std::shared_ptr<const subject::Library> library, const char* directory) {
  // Nobody can be told more about a failure here; an exit before the first answer says enough.
  if (chdir(directory) != 0) _exit(1);
  ExchangeSource source(exchange);
  const auto executor = std::make_shared<subject::Executor>(std::move(library), exchange.variables.data());
  executor->serve(source);
  _exit(0);
}

}  // namespace esentcheck::host
