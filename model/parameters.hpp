// Values of the system parameters of one instance, or of the global set that new instances copy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/profile.hpp"
#include "model/spec/spec.hpp"

namespace esentcheck::model {

class Parameters {
 public:
  /// Every parameter at the default that its page states.
  static Parameters defaults();
  /// The same under a profile: the real engine has other defaults for some.
  static Parameters defaults(const Profile&);

  std::uint64_t number(spec::Parameter) const;
  std::string_view text(spec::Parameter) const;
  void set(spec::Parameter, std::uint64_t);
  void set(spec::Parameter, std::string_view);

  friend bool operator==(const Parameters&, const Parameters&) = default;

 private:
  // By position of the parameter's row in the specification.
  std::vector<std::uint64_t> numbers_;
  std::vector<std::string> texts_;
};

/// A folder parameter with its spelling evened out (separators, "./" in front, trailing separator), so that
/// two instances that use the same folder are recognised.
std::string folder_key(std::string_view folder);

}  // namespace esentcheck::model
