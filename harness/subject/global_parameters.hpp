// The system parameters of a whole process, put back to what they were: where a subject has no process of its own, what one
// plan has set must not be there for the next.
#pragma once

#include <string>
#include <vector>

#include "harness/subject/library.hpp"

namespace esentcheck::subject {

class GlobalParameters {
 public:
  /// As they are now. What the library does not tell is not put back.
  explicit GlobalParameters(const Library&);

  /// No instance may exist. Best effort: a library may refuse.
  void put_back(const Library&) const;

 private:
  struct Value {
    spec::Parameter parameter{};
    bool is_text = false;
    abi::Word number = 0;
    std::string text;

    friend bool operator==(const Value&, const Value&) = default;
  };

  static std::vector<Value> read(const Library&);

  std::vector<Value> values_;
};

}  // namespace esentcheck::subject
