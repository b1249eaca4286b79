#include "model/spec/compiler/complaints.hpp"

namespace esentcheck::spec::compiler {

void Complaints::add(const Place& place, const std::string& sentence) {
  sentences_.push_back(place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
                       ": " + sentence);
}

}  // namespace esentcheck::spec::compiler
