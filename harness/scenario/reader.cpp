#include "harness/scenario/reader.hpp"

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "harness/scenario/builder.hpp"
#include "harness/scenario/examples.hpp"
#include "harness/scenario/given.hpp"
#include "harness/scenario/names.hpp"
#include "harness/scenario/steps.hpp"
#include "harness/scenario/yaml.hpp"

namespace esentcheck::scenario {
namespace {

constexpr std::array<std::string_view, 12> scenario_keys{"format",    "claim",    "proves", "page",
                                                         "why",       "profiles", "needs",  "examples",
                                                         "variables", "given",    "steps",  "directories"};

template <class Names>
std::vector<std::string_view> words(const Names& rows) {
  std::vector<std::string_view> names;
  for (const auto& row : rows) names.push_back(row.name);
  return names;
}

/// The rows that a list names, each at most once.
template <class Rows>
std::vector<std::size_t> read_choices(Source& source, const Field& field, const Rows& rows) {
  const std::vector<std::string_view> names = words(rows);
  std::vector<std::size_t> chosen;
  for (const YAML::Node& each : source.list(field.value, field.key)) {
    const std::string name = source.text(each, fmt::format("an element of {}", field.key));
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      const std::string_view meant = nearest(name, names);
      source.complain(each, fmt::format("{} has no \"{}\"{}", field.key, name,
                                        meant.empty() ? fmt::format("; there are {}", enumerate(names)) : hint(meant)));
      return chosen;
    }
    const auto index = static_cast<std::size_t>(found - names.begin());
    if (std::find(chosen.begin(), chosen.end(), index) != chosen.end())
      source.complain(each, fmt::format("{} names {} twice", field.key, name));
    chosen.push_back(index);
  }
  return chosen;
}

void read_proves(Source& source, const YAML::Node& node, const ClauseCheck& clauses, Scenario& scenario) {
  for (const YAML::Node& each : source.list(node, "proves")) {
    std::string id = source.text(each, "an element of proves");
    if (source.failed()) return;
    if (!clauses.exists(id)) {
      const std::string meant = clauses.nearest ? clauses.nearest(id) : std::string{};
      source.complain(each, fmt::format("no clause is called \"{}\"{}", id, hint(meant)));
    }
    if (std::find(scenario.proves.begin(), scenario.proves.end(), id) != scenario.proves.end())
      source.complain(each, fmt::format("proves names {} twice", id));
    scenario.proves.push_back(std::move(id));
  }
}

/// What stands above the steps, except for examples.
void read_head(Source& source, const Fields& fields, const ClauseCheck& clauses, Scenario& scenario) {
  const auto text = [&](std::string_view key) {
    const Field* field = fields.find(key);
    return field == nullptr ? std::string{} : source.text(field->value, key);
  };
  const Field* claim = fields.find("claim");
  scenario.claim = text("claim");
  if (scenario.claim.find('\n') != std::string::npos) source.complain(claim->value, "claim must be one line");
  read_proves(source, fields.find("proves")->value, clauses, scenario);
  scenario.page = text("page");
  scenario.why = text("why");
  if (const Field* field = fields.find("profiles")) {
    scenario.profiles.clear();
    for (const std::size_t i : read_choices(source, *field, profile_names()))
      scenario.profiles.push_back(profile_names()[i].reading);
    if (scenario.profiles.empty()) source.complain(field->value, "profiles must not be empty");
  }
  if (const Field* field = fields.find("needs"))
    for (const std::size_t i : read_choices(source, *field, need_names()))
      scenario.needs.*need_names()[i].member = true;
}

/// A directory of the subject's own, so that no file can make it write elsewhere.
bool stays_inside(const std::string& directory) {
  const std::filesystem::path path(directory);
  return path.is_relative() && directory.find('\\') == std::string::npos &&
         std::none_of(path.begin(), path.end(), [](const auto& part) { return part == ".."; });
}

void read_directories(Builder& builder, const YAML::Node& node) {
  Source& source = builder.source();
  for (const YAML::Node& each : source.list(node, "directories")) {
    const std::string name = source.text(each, "an element of directories");
    if (!source.failed() && !stays_inside(name))
      source.complain(each, fmt::format("\"{}\" leads out of the directory of the subject", name));
    const auto& directories = builder.plan().directories;
    if (std::find(directories.begin(), directories.end(), name) != directories.end())
      source.complain(each, fmt::format("directories names {} twice", name));
    builder.add_directory(name);
  }
}

void read_variables(Builder& builder, const YAML::Node& node) {
  Source& source = builder.source();
  for (const YAML::Node& each : source.list(node, "variables")) {
    const std::string name = source.text(each, "an element of variables");
    if (!source.failed() && !is_variable_name(name, false))
      source.complain(each, fmt::format("\"{}\" is no name for a variable", name));
    if (source.failed()) return;
    builder.declare(each, name);
  }
}

Scenario read_example(Source& source, const Fields& fields, const ClauseCheck& clauses, std::size_t most) {
  Scenario scenario;
  read_head(source, fields, clauses, scenario);
  Builder builder(source, scenario, most);
  if (const Field* field = fields.find("directories")) read_directories(builder, field->value);
  if (const Field* field = fields.find("variables")) read_variables(builder, field->value);
  if (const Field* field = fields.find("given")) read_given(builder, field->value);
  read_steps(builder, fields.find("steps")->value);
  const subject::Capabilities shown = needs_of(scenario.plan);
  for (const NeedName& need : need_names())
    if (shown.*need.member) scenario.needs.*need.member = true;
  return scenario;
}

void check_head(Source& source, const YAML::Node& document, const Fields& fields) {
  if (const Field* format = fields.find("format")) {
    const bool is_number = format->value.IsScalar() && parse_number(format->value.Scalar()).has_value();
    if (is_number && format->value.Scalar() != std::to_string(format_version))
      source.complain(format->value, fmt::format("format {} is not known here; this program reads format {}",
                                                 format->value.Scalar(), format_version));
    source.number(format->value, "format", format_version, format_version);
  }
  for (const Field& field : fields.all()) {
    if (std::find(scenario_keys.begin(), scenario_keys.end(), field.key) != scenario_keys.end()) continue;
    const std::string_view meant = nearest(field.key, scenario_keys);
    source.complain(field.key_node, fmt::format("a scenario has no key \"{}\"{}", field.key, hint(meant)));
  }
  for (const std::string_view key : {"format", "claim", "proves", "steps"})
    if (fields.find(key) == nullptr) source.complain(document, fmt::format("a scenario needs the key \"{}\"", key));
}

/// The only document of the text, or nothing and a complaint.
std::optional<YAML::Node> load(Source& source, std::string_view text) {
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
    if (documents.empty() || documents.front().IsNull()) {
      source.complain(YAML::Mark(), "the file is empty");
      return std::nullopt;
    }
    if (documents.size() > 1) {
      source.complain(documents[1], "a file holds one scenario, and here a second document begins");
      return std::nullopt;
    }
    return documents.front();
  } catch (const YAML::DeepRecursion& error) {
    source.complain(error.mark, "lists and mappings are nested too deeply");
  } catch (const YAML::Exception& error) {
    source.complain(error.mark, fmt::format("this is not YAML: {}", error.msg));
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<Scenario>> read_scenarios_from(std::string_view text, const std::string& file,
                                                  const ClauseCheck& clauses) {
  if (text.size() > most_bytes) return fail(file, fmt::format("the file is larger than {} bytes", most_bytes));
  Source source(file);
  const std::optional<YAML::Node> document = load(source, text);
  if (!document) return tl::unexpected(source.complaint());
  const Fields fields = source.fields(*document, "a scenario");
  if (!source.failed()) check_head(source, *document, fields);
  std::vector<Example> examples{Example{}};
  if (const Field* field = fields.find("examples"); field != nullptr && !source.failed())
    examples = read_examples(source, field->value);

  std::vector<Scenario> scenarios;
  std::size_t left = most_steps;
  for (const Example& example : examples) {
    if (source.failed()) break;
    source.use(example);
    Scenario scenario = read_example(source, fields, clauses, left);
    scenario.file = file;
    scenario.example = example.label();
    left -= scenario.plan.steps.size();
    scenarios.push_back(std::move(scenario));
  }
  if (source.failed()) return tl::unexpected(source.complaint());
  return scenarios;
}

Result<std::vector<Scenario>> read_scenarios(const std::string& path, const ClauseCheck& clauses) {
  std::error_code error;
  const bool is_file = std::filesystem::is_regular_file(path, error);
  if (!is_file)
    return fail(path, std::filesystem::exists(path, error) ? "this is not a file" : "there is no such file");
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return fail(path, fmt::format("the file cannot be opened: {}", std::strerror(errno)));
  std::string text(most_bytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) return fail(path, "the file cannot be read");
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return read_scenarios_from(text, path, clauses);
}

}  // namespace esentcheck::scenario
