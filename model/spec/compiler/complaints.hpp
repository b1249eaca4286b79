// What is wrong with the input, and where. The compiler goes on after a mistake, so that one run names all of
// them.
#pragma once

#include <string>
#include <vector>

namespace esentcheck::spec::compiler {

/// A position in an input file, counted from 1.
struct Place {
  std::string file;
  int line = 1;
  int column = 1;
};

class Complaints {
 public:
  void add(const Place& place, const std::string& sentence);
  bool empty() const { return sentences_.empty(); }

  /// "file:line:column: sentence", in the order in which they were added.
  const std::vector<std::string>& sentences() const { return sentences_; }

 private:
  std::vector<std::string> sentences_;
};

}  // namespace esentcheck::spec::compiler
