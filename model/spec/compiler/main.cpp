// esentcheck_spec_compiler FUNCTIONS CODES PARAMETERS BITS OUTPUT_FOLDER
//
// Reads the four YAML files and writes identifiers.hpp and tables.cpp into the folder. Exit status 0:
// written; 2: the input is wrong, with a sentence per mistake on standard error, and nothing is written; 1: a
// file cannot be written; 64: wrong usage.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <string>

#include "model/spec/compiler/checker.hpp"
#include "model/spec/compiler/reader.hpp"
#include "model/spec/compiler/writer.hpp"

namespace {

namespace compiler = esentcheck::spec::compiler;

constexpr int wrong_input = 2;
constexpr int wrong_usage = 64;

/// Leaves a file alone that has this content already, so that correcting a text does not rebuild everything
/// that includes identifiers.hpp.
bool write_if_changed(const std::filesystem::path& path, const std::string& content) {
  {
    std::ifstream existing(path, std::ios::binary);
    if (existing && std::string(std::istreambuf_iterator<char>(existing), {}) == content) return true;
  }
  std::ofstream stream(path, std::ios::binary);
  stream << content;
  stream.close();
  if (!stream) std::cerr << path.string() << ": cannot be written.\n";
  return stream.good();
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 6) {
    std::cerr << "usage: esentcheck_spec_compiler FUNCTIONS CODES PARAMETERS BITS OUTPUT_FOLDER\n";
    return wrong_usage;
  }
  compiler::Complaints complaints;
  const auto documentation =
      compiler::read({arguments[1], arguments[2], arguments[3], arguments[4]}, complaints);
  if (complaints.empty()) compiler::check(documentation, complaints);
  for (const std::string& sentence : complaints.sentences()) std::cerr << sentence << '\n';
  if (!complaints.empty()) return wrong_input;

  const std::filesystem::path folder = arguments[5];
  const bool written = write_if_changed(folder / "identifiers.hpp", compiler::identifiers(documentation)) &&
                       write_if_changed(folder / "tables.cpp", compiler::tables(documentation));
  return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
