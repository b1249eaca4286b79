#include "harness/trace/text_lines.hpp"

#include <lzma.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string_view>

namespace esentcheck::trace {
namespace {

constexpr std::string_view xz_magic{
    "\xfd"
    "7zXZ\0",
    6};
constexpr std::uint64_t most_memory = std::uint64_t{256} << 20;

const std::uint8_t* bytes(const std::string& text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

Result<std::string> decompressed(const std::string& packed, const std::string& where) {
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, most_memory, LZMA_CONCATENATED) != LZMA_OK)
    return fail(where, "the xz decoder could not be started");
  stream.next_in = bytes(packed);
  stream.avail_in = packed.size();
  std::string text;
  std::array<char, 1 << 16> chunk{};
  lzma_ret status = LZMA_OK;
  while (status == LZMA_OK) {
    stream.next_out = reinterpret_cast<std::uint8_t*>(chunk.data());
    stream.avail_out = chunk.size();
    status = lzma_code(&stream, LZMA_FINISH);
    text.append(chunk.data(), chunk.size() - stream.avail_out);
  }
  lzma_end(&stream);
  if (status != LZMA_STREAM_END) return fail(where, "the file is not whole: its xz data end or break off early");
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

Result<std::vector<std::string>> lines_of(const std::filesystem::path& file) {
  if (std::filesystem::is_directory(file)) return fail(file.string(), "it is a folder, not a trace");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(file.string(), "the file cannot be read");
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!text.starts_with(xz_magic)) return split(text);
  const Result<std::string> plain = decompressed(text, file.string());
  if (!plain) return tl::unexpected(plain.error());
  return split(*plain);
}

}  // namespace esentcheck::trace
