// esentcheck-bench: how fast the harness is, beside what it is measured against.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>

#include "harness/bench/figures.hpp"

namespace esentcheck::bench {
namespace {

constexpr int fine = 0, deviation = 1, bad_usage = 2;

constexpr const char* help_of_status =
    "Every figure is the median of the rounds; ratios are medians of the rounds' own ratios. Times are CPU time of "
    "this\n"
    "process (and of the subject's, where it has one) unless a line says otherwise.\n"
    "\n"
    "Exit status:\n"
    "  0  everything was measured, whether or not the targets are met\n"
    "  1  a subject deviated from the model, or could not be measured\n"
    "  2  bad usage\n";

int complain(const std::string& sentence, int status) {
  fmt::print(stderr, "esentcheck-bench: {}\n", sentence);
  return status;
}

/// Each figure is printed as soon as it is there.
template <class Measured, class... More>
void print(const Effort& effort, const Measured& measured, const More&... more) {
  fmt::print("{}\n", spell(effort, measured, more...));
  std::fflush(stdout);
}

int measure(const std::string& library, const Effort& effort) {
  fmt::print("Medians of {} interleaved rounds, CPU time unless said otherwise, seed {}.\n\n", effort.rounds,
             effort.seed);
  const auto toy = measure_toy(effort);
  if (!toy) return complain(toy.error().sentence(), deviation);
  print(effort, *toy);

  const auto rates = measure_library(library, effort);
  if (!rates) return complain(rates.error().sentence(), deviation);
  print(effort, *rates, std::filesystem::path(library).filename().string());

  const auto pairs = measure_session_pairs(library, effort.rounds, effort.pairs);
  if (!pairs) return complain(pairs.error().sentence(), deviation);
  print(effort, *pairs);

  fmt::print("{}", spell_targets(*toy, *rates, *pairs));
  return fine;
}

int main(int argc, char** argv) {
  CLI::App app{"Measures how fast esentcheck generates, calls, foresees and compares", "esentcheck-bench"};
  std::string library;
  Effort effort;
  app.add_option("--subject", library, "the library to measure on, ./libesent.so")->required();
  app.add_option("--rounds", effort.rounds, "how often everything is measured")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--sequences", effort.sequences, "generated sequences a round on the toy")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--seed", effort.seed, "of every random choice")->capture_default_str();
  app.footer(help_of_status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    return complain(std::string(error.what()) + "; --help says what there is", bad_usage);
  }
  std::error_code error;
  if (!std::filesystem::is_regular_file(library, error))
    return complain("--subject: there is no file " + library, bad_usage);
  // A subject in this process changes the directory.
  return measure(std::filesystem::absolute(library).string(), effort);
}

}  // namespace
}  // namespace esentcheck::bench

int main(int argc, char** argv) {
  try {
    return esentcheck::bench::main(argc, argv);
  } catch (const std::exception& error) {
    return esentcheck::bench::complain(error.what(), esentcheck::bench::deviation);
  }
}
