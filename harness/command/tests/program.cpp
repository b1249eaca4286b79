#include "program.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace esentcheck::command::tests {
namespace {

namespace fs = std::filesystem;

void redirect(const fs::path& file, int descriptor) {
  const int opened = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (opened < 0 || dup2(opened, descriptor) < 0) _exit(126);
}

}  // namespace

Ended run(const std::vector<std::string>& arguments, const fs::path& folder, const fs::path& program) {
  const fs::path out = own_folder() / "stdout";
  const fs::path err = own_folder() / "stderr";
  const std::string name = program.filename().string();
  std::vector<char*> words{const_cast<char*>(name.c_str())};
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    redirect(out, STDOUT_FILENO);
    redirect(err, STDERR_FILENO);
    if (chdir(folder.c_str()) == 0) execv(program.c_str(), words.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status),
          .out = contents(out),
          .err = contents(err)};
}

fs::path own_folder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::string name = std::string(test->test_suite_name()) + "." + test->name();
  for (char& letter : name)
    if (letter == '/') letter = '-';
  const fs::path folder = fs::path(TEMPORARY) / name;
  static std::string made;
  if (made != name) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    made = name;
  }
  return folder;
}

std::string contents(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace esentcheck::command::tests
