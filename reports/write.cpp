#include "reports/write.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "reports/json.hpp"
#include "reports/junit.hpp"

namespace esentcheck::reports {
namespace {

namespace fs = std::filesystem;

/// A file that counts only once it has been renamed; until then its destructor removes it.
class PartialFile {
 public:
  explicit PartialFile(fs::path path) : path_(std::move(path)), partial_(path_.string() + ".partial") {}
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile() {
    std::error_code ignored;
    if (!renamed_) fs::remove(partial_, ignored);
  }

  [[nodiscard]] std::optional<std::string> write(const std::string& text) {
    errno = 0;
    std::ofstream file(partial_, std::ios::binary | std::ios::trunc);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (file) return std::nullopt;
    return sentence("write", partial_, std::error_code(errno, std::generic_category()));
  }

  [[nodiscard]] std::optional<std::string> rename() {
    std::error_code error;
    fs::rename(partial_, path_, error);
    renamed_ = !error;
    if (renamed_) return std::nullopt;
    return sentence("replace", path_, error);
  }

  static std::string sentence(std::string_view verb, const fs::path& path, std::error_code error) {
    return fmt::format("cannot {} {}: {}", verb, path.string(), error ? error.message() : "unknown cause");
  }

 private:
  fs::path path_;
  fs::path partial_;
  bool renamed_ = false;
};

}  // namespace

std::optional<std::string> write_all(const Result& result, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return PartialFile::sentence("make the folder", folder, error);
  PartialFile report(folder / "report.json");
  PartialFile tests(folder / "junit.xml");
  if (auto failure = report.write(json(result))) return failure;
  if (auto failure = tests.write(junit(result))) return failure;
  if (auto failure = report.rename()) return failure;
  return tests.rename();
}

}  // namespace esentcheck::reports
