#include "reports/tests/schema_check.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace esentcheck {

using valijson::adapters::NlohmannJsonAdapter;

struct SchemaCheck::Loaded {
  nlohmann::json document;  // what the schema refers to
  valijson::Schema schema;
};

SchemaCheck::SchemaCheck(const std::string& path) : loaded_(std::make_unique<Loaded>()) {
  loaded_->document = nlohmann::json::parse(std::ifstream(path));
  valijson::SchemaParser(valijson::SchemaParser::kDraft7)
      .populateSchema(NlohmannJsonAdapter(loaded_->document), loaded_->schema);
}

SchemaCheck::~SchemaCheck() = default;

std::string SchemaCheck::objections(const nlohmann::json& document) const {
  valijson::ValidationResults results;
  valijson::Validator validator;
  if (validator.validate(loaded_->schema, NlohmannJsonAdapter(document), &results)) return {};
  std::string all;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    for (const std::string& step : error.context) all += step;
    all += ": " + error.description + "\n";
  }
  return all;
}

}  // namespace esentcheck
