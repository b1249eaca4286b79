#include "harness/subject/directory.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace esentcheck::subject {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t space_wanted = std::uintmax_t{64} << 20;

bool is_roomy(const char* directory) {
  struct statvfs about {};
  return access(directory, W_OK | X_OK) == 0 && statvfs(directory, &about) == 0 &&
         std::uintmax_t{about.f_bavail} * about.f_frsize >= space_wanted;
}

fs::path where_temporary_files_live() {
  if (is_roomy("/dev/shm")) return "/dev/shm";
  std::error_code error;
  fs::path system = fs::temp_directory_path(error);
  return error ? fs::path("/tmp") : system;
}

/// A plan may come from a stranger's file: its paths stay inside the world.
bool stays_inside(const fs::path& path) {
  return !path.empty() && path.is_relative() &&
         std::ranges::none_of(path, [](const fs::path& part) { return part == ".."; });
}

}  // namespace

Result<TemporaryDirectory> TemporaryDirectory::make() {
  std::string pattern = (where_temporary_files_live() / "esentcheck-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    return fail(pattern, std::string("no temporary directory can be made there: ") + std::strerror(errno));
  return TemporaryDirectory(pattern);
}

TemporaryDirectory::~TemporaryDirectory() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Result<Worlds> Worlds::make() {
  return TemporaryDirectory::make().map([](TemporaryDirectory&& base) { return Worlds(std::move(base)); });
}

Result<fs::path> Worlds::next(const plan::Plan& plan) {
  held_.release_all();
  fs::path world = base_.path() / std::to_string(++present_);
  std::error_code error;
  fs::create_directory(world, error);
  if (error) return fail(world.string(), "the directory cannot be made: " + error.message());
  for (const std::string& directory : plan.directories) {
    if (!stays_inside(directory))
      return fail(directory, "a plan's directory must be a relative path that does not leave the plan's own");
    fs::create_directories(world / directory, error);
    if (error) return fail(directory, "the directory cannot be made: " + error.message());
  }
  return world;
}

std::optional<Diagnostic> Worlds::change_file(const plan::Plan& plan, const plan::Step& step) {
  const std::string path(plan.text_at(step.arguments[0].number));
  if (!stays_inside(path))
    return Diagnostic{path, "a plan's file must be a relative path that does not leave its directory"};
  const fs::path file = base_.path() / std::to_string(present_) / path;
  const std::string problem = esentcheck::subject::change_file(file, step, held_);
  if (problem.empty()) return {};
  return Diagnostic{path, problem};
}

void Worlds::remove_earlier() {
  std::error_code ignored;
  while (removed_ + 1 < present_) fs::remove_all(base_.path() / std::to_string(++removed_), ignored);
}

}  // namespace esentcheck::subject
