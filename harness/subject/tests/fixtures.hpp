// Toy subjects by name, in both kinds of isolation.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "harness/subject/open.hpp"
#include "harness/subject/tests/builder.hpp"

namespace esentcheck::subject {

inline std::string path_of(const std::string& name) { return SUBJECTS "/" + name + ".so"; }

/// For behaviours that do not depend on isolation.
class EitherWay : public testing::TestWithParam<Isolation> {
 protected:
  /// Opens, without the probe's calls, and starts; the subject stays open until the test's end.
  Subject& started(const std::string& name, const plan::Plan& plan) {
    auto opened = open_subject(path_of(name), GetParam(),
                               {.time_limit = std::chrono::seconds(60), .host = {}, .output = {}, .probe = false});
    if (!opened) throw std::runtime_error(opened.error().sentence());
    subject_ = std::move(*opened);
    if (const auto problem = subject_->start(plan)) throw std::runtime_error(problem->sentence());
    return *subject_;
  }

 private:
  std::unique_ptr<Subject> subject_;
};

inline std::string name_of_isolation(const testing::TestParamInfo<Isolation>& info) {
  return info.param == Isolation::process ? "Isolated" : "InProcess";
}

}  // namespace esentcheck::subject
