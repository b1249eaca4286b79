// The built program, driven as a user would: words in, a status and two texts out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace esentcheck::command::tests {

struct Ended {
  int status = -1;  ///< exit status, or minus the signal that killed it
  std::string out;
  std::string err;
};

/// Runs `program` (esentcheck unless said otherwise) in `folder` and waits for it.
Ended run(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
          const std::filesystem::path& program = PROGRAM);

/// An empty folder of the running test's own.
std::filesystem::path own_folder();

std::string contents(const std::filesystem::path&);

}  // namespace esentcheck::command::tests
