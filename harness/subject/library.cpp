#include "harness/subject/library.hpp"

#include <dlfcn.h>
#include <elf.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include "model/spec/spec.hpp"

namespace esentcheck::subject {
namespace {

/// dlerror() names the file again and, for a missing symbol, hides the one fact that helps in the middle.
std::string reason_of(std::string_view message, std::string_view path) {
  constexpr std::string_view undefined = "undefined symbol: ";
  if (const auto at = message.find(undefined); at != std::string_view::npos) {
    const std::string_view rest = message.substr(at + undefined.size());
    return "it needs the symbol " + std::string(rest.substr(0, rest.find_first_of(" ,\t("))) +
           ", which nothing provides";
  }
  if (message.starts_with(path)) message.remove_prefix(path.size());
  while (message.starts_with(':') || message.starts_with(' ')) message.remove_prefix(1);
  return std::string(message);
}

void* find(void* handle, const spec::FunctionRow& row) {
  if (void* address = dlsym(handle, std::string(row.name).c_str())) return address;
  return row.has_wide_form ? dlsym(handle, (std::string(row.name) + "A").c_str()) : nullptr;
}

Library::Entry entry_of(const abi::Signature& signature, void* address) {
  const spec::FunctionRow& row = spec::row(signature.function);
  Library::Entry entry{.address = address, .invoke = signature.invoke, .arguments = signature.arguments};
  for (std::size_t i = 0; i < signature.arguments; ++i) {
    if (i < row.arguments.size() && row.arguments[i].type == spec::ArgumentType::instance_list)
      entry.list = static_cast<std::int8_t>(i);
    if (signature.out_width[i] == 0) continue;
    entry.out = static_cast<std::int8_t>(i);
    entry.out_width = signature.out_width[i];
    if (i < row.arguments.size()) {
      entry.out_is_read = row.arguments[i].direction == spec::Direction::inout;
      entry.out_is_instance = row.arguments[i].type == spec::ArgumentType::instance_out ||
                              row.arguments[i].type == spec::ArgumentType::instance_inout;
    }
  }
  using enum spec::Function;
  entry.tracks_instances = entry.out_is_instance || row.function == JetTerm || row.function == JetTerm2;
  entry.has_aftermath =
      entry.tracks_instances || row.function == JetFreeBuffer || row.function == JetEnableMultiInstance;
  return entry;
}

}  // namespace

Result<void> looks_like_a_library(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return fail(path, "there is no such file");
  if (std::filesystem::is_directory(status)) return fail(path, "this is a directory, not a shared library");

  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(path, std::string("cannot be read: ") + std::strerror(errno));
  char magic[SELFMAG]{};
  file.read(magic, sizeof magic);
  if (!file || std::string_view(magic, sizeof magic) != std::string_view(ELFMAG, SELFMAG))
    return fail(path, "this is not a shared library");
  return {};
}

Result<Library> Library::open(const std::string& path) {
  if (auto looks = looks_like_a_library(path); !looks) return tl::unexpected(looks.error());

  // Without a slash dlopen would search the system's folders instead of taking the file that was named.
  const std::string absolute = std::filesystem::absolute(path).string();
  void* handle = dlopen(absolute.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return fail(path, "cannot be loaded: " + reason_of(dlerror(), absolute));

  Library library;
  bool exports_any = false;
  for (const abi::Signature& signature : abi::signatures) {
    void* address = find(handle, spec::row(signature.function));
    exports_any |= address != nullptr;
    library.entries_[static_cast<std::size_t>(signature.function)] = entry_of(signature, address);
  }
  // What the C library noted of the functions that are missing: read once and asked for again, it is let go.
  for (int i = 0; i < 2; ++i) dlerror();
  if (!exports_any) return fail(path, "exports none of ESENT's functions");
  return library;
}

std::vector<spec::Function> Library::missing() const {
  std::vector<spec::Function> missing;
  for (const abi::Signature& signature : abi::signatures) {
    if (entry(signature.function).address == nullptr) missing.push_back(signature.function);
  }
  std::ranges::sort(missing);
  return missing;
}

}  // namespace esentcheck::subject
