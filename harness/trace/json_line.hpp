// One line of a trace as JSON, with places to point at.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace esentcheck::trace {

/// What is wrong with the line; the reader turns it into a Diagnostic.
struct Complaint {
  std::string where;
  std::string message;
};

class JsonLine {
 public:
  /// Throws a Complaint for a text that is no JSON object.
  JsonLine(std::string file, std::uint32_t number, const std::string& text);

  const nlohmann::json& object() const { return object_; }
  std::uint32_t number() const { return number_; }

  /// The member with that name, or nullptr.
  const nlohmann::json* find(const char* name) const;
  const nlohmann::json& required(const char* name) const;

  /// Complains about the first member that is not one of these.
  void allow_only(std::initializer_list<std::string_view> names) const;

  std::string text(const char* name) const;
  bool flag(const char* name) const;
  /// Whether there is a member that says how a call failed to return: true, or a text in free words.
  bool ending(const char* name) const;
  /// A whole number from 1, or 0 where there is none.
  std::uint64_t stamp(const char* name) const;

  /// Points at the member with that name, or at the line's begin.
  [[noreturn]] void complain(std::string_view member, std::string message) const;

 private:
  [[noreturn]] void complain_at(std::size_t column, std::string message) const;

  std::string file_;
  std::uint32_t number_;
  const std::string& text_;
  nlohmann::json object_;
};

}  // namespace esentcheck::trace
