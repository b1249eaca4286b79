#include "engine/parameters.hpp"

#include <unistd.h>

#include <climits>
#include <utility>

#include "engine/path_text.hpp"

namespace esent {
namespace {

std::size_t index_of(const ParameterRow& row) { return static_cast<std::size_t>(&row - parameter_rows); }

std::size_t absolute_length(std::string_view path) {
  if (!path.empty() && (path.front() == '/' || path.front() == '\\')) return path.size();
  char here[PATH_MAX];
  if (getcwd(here, sizeof here) == nullptr) return path.size();
  return std::string_view(here).size() + 1 + path.size();
}

JET_ERR check_text(const ParameterRow& row, std::string_view text) {
  if (text.size() < row.least || text.size() > row.most) return JET_errInvalidParameter;
  if (row.type == Type::text) {
    // The base name becomes part of file names.
    const bool folder_in_name = row.id == JET_paramBaseName && text.find_first_of("/\\") != std::string_view::npos;
    return folder_in_name ? JET_errInvalidParameter : JET_errSuccess;
  }
  if (has_forbidden_character(text)) return JET_errInvalidPath;
  return absolute_length(text) > row.most ? JET_errInvalidParameter : JET_errSuccess;
}

constexpr JET_API_PTR map_flags_known = 0x00000400 | 0x00000800 | 0x00001000 | 0x00000007 | 0x00030000 | 0x08000000;

JET_ERR check_unicode_index(JET_API_PTR address) {
  if (address == 0) return JET_errInvalidParameter;
  const auto& index = *reinterpret_cast<const JET_UNICODEINDEX*>(address);
  const bool good = index.lcid != 0 && index.lcid <= 0xFFFFF && (index.dwMapFlags & ~map_flags_known) == 0;
  return good ? JET_errSuccess : JET_errInvalidParameter;
}

bool is_commit_option(JET_API_PTR grbit) {
  return grbit == 0 || grbit == JET_bitCommitLazyFlush || grbit == JET_bitWaitLastLevel0Commit ||
         grbit == JET_bitWaitAllLevel0Commit;
}

}  // namespace

JET_ERR check_parameter(const ParameterRow& row, const ParameterValue& value) {
  // jetsetsystemparameter-function: a read-only parameter is an invalid one to set.
  if (row.frozen == Frozen::always) return JET_errInvalidParameter;
  const bool in_range = value.integer >= row.least && value.integer <= row.most;
  switch (row.type) {
    case Type::text:
    case Type::path:
    case Type::folder: return check_text(row, value.text.value_or(std::string_view()));
    case Type::power_of_two:
      return in_range && (value.integer & (value.integer - 1)) == 0 ? JET_errSuccess : JET_errInvalidParameter;
    case Type::tuple_limit: return in_range ? JET_errSuccess : JET_errIndexTuplesInvalidLimits;
    case Type::commit_options: return is_commit_option(value.integer) ? JET_errSuccess : JET_errInvalidParameter;
    case Type::pointer: return JET_errSuccess;
    case Type::unicode_index: return check_unicode_index(value.integer);
    case Type::integer:
    case Type::boolean: return in_range ? JET_errSuccess : JET_errInvalidParameter;
    case Type::error_text: break;
  }
  return JET_errInvalidParameter;
}

Parameters::Parameters() { reset(false, true); }

JET_API_PTR Parameters::integer(std::uint32_t id) const noexcept {
  return values_[index_of(*find_parameter(id))].integer;
}

const std::string& Parameters::text(std::uint32_t id) const noexcept {
  return values_[index_of(*find_parameter(id))].text;
}

JET_ERR Parameters::set(const ParameterRow& row, const ParameterValue& value, bool global) {
  if (const JET_ERR err = check_parameter(row, value); err != JET_errSuccess) return err;
  if (row.is_protected && !flag(JET_paramEnableAdvanced)) return JET_errSuccess;
  if (row.id == JET_paramConfiguration) {
    Parameters reset_copy = *this;
    reset_copy.reset(value.integer == 0, global);
    reset_copy.values_[index_of(row)].integer = value.integer;
    *this = std::move(reset_copy);
    return JET_errSuccess;
  }
  Value& stored = values_[index_of(row)];
  if (row.holds_text()) {
    std::string text(value.text.value_or(std::string_view()));
    stored.text = std::move(text);
  } else if (row.type == Type::unicode_index) {
    const auto& index = *reinterpret_cast<const JET_UNICODEINDEX*>(value.integer);
    stored.integer = JET_API_PTR{index.lcid} << 32 | index.dwMapFlags;
  } else {
    stored.integer = value.integer;
  }
  // The longest key depends on the page size (informational-parameters).
  if (row.id == JET_paramDatabasePageSize) {
    values_[index_of(*find_parameter(JET_paramKeyMost))].integer = JET_cbKeyMost4KBytePage * value.integer / 4096;
  }
  return JET_errSuccess;
}

void Parameters::reset(bool small, bool global) {
  for (const ParameterRow& row : parameter_rows) {
    if (row.scope == Scope::global && !global) continue;
    values_[index_of(row)] = {small ? row.small : row.standard, row.standard_text};
  }
}

}  // namespace esent
