// A JSON Schema, and what a validator that is not ours has against a document. In one source file, since the validator is
// all templates and takes the compiler longer than the tests that ask it.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace esentcheck {

class SchemaCheck {
 public:
  /// Reads the schema; throws what nlohmann::json throws when the file is none.
  explicit SchemaCheck(const std::string& path);
  ~SchemaCheck();
  SchemaCheck(const SchemaCheck&) = delete;
  SchemaCheck& operator=(const SchemaCheck&) = delete;

  /// "" when the schema accepts the document, else a line for each objection: where, and why.
  std::string objections(const nlohmann::json& document) const;

 private:
  struct Loaded;
  std::unique_ptr<Loaded> loaded_;
};

}  // namespace esentcheck
