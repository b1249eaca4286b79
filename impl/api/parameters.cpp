// JetSetSystemParameter and JetGetSystemParameter.
#include "engine/parameters.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "api/edge.hpp"
#include "engine/parameter_calls.hpp"

using namespace esent;

namespace {

template <class Char>
JET_ERR set(const JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR number,
            const Char* text) noexcept {
  return guarded([&]() -> JET_ERR {
    const ParameterRow* row = find_parameter(paramid);
    ParameterValue value{number, std::nullopt};
    // The text argument of a parameter that holds none is not looked at.
    const TextArgument argument = row != nullptr && row->holds_text() ? text_argument(text) : TextArgument{};
    if (argument.bad) return JET_errInvalidParameter;
    if (argument.text) value.text = *argument.text;
    return set_parameter(pinstance, sesid, paramid, value);
  });
}

std::string as_text(const std::string& text, const char*) { return text; }
std::u16string as_text(const std::string& text, const JET_WCHAR*) { return to_utf16(text); }

// jetgetsystemparameter-function has an error and a warning for a text that does not fit. What is cut short is no
// path and no name any more, but still worth reading if it was for people.
enum class Longer { refused, cut };

template <class Char>
JET_ERR store_text(const std::string& stored, Longer longer, Char* out, uint32_t bytes) {
  if (out == nullptr || bytes < sizeof(Char)) return JET_errInvalidParameter;
  const auto text = as_text(stored, out);
  const std::size_t room = bytes / sizeof(Char) - 1;
  if (text.size() > room && longer == Longer::refused) return JET_errBufferTooSmall;
  *std::copy_n(text.c_str(), std::min(text.size(), room), out) = 0;
  return text.size() > room ? JET_wrnBufferTruncated : JET_errSuccess;
}

JET_ERR store_index(JET_API_PTR stored, void* out, uint32_t bytes) {
  if (out == nullptr || bytes == 0) return JET_errInvalidParameter;
  const JET_UNICODEINDEX index{static_cast<uint32_t>(stored >> 32), static_cast<uint32_t>(stored)};
  if (bytes < sizeof index) return JET_errBufferTooSmall;
  std::memcpy(out, &index, sizeof index);
  return JET_errSuccess;
}

template <class Char>
JET_ERR get(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* number, Char* text,
            uint32_t bytes) noexcept {
  return guarded([&]() -> JET_ERR {
    StoredParameter stored;
    if (paramid == JET_paramErrorToString) {
      if (number == nullptr) return JET_errInvalidParameter;
      stored.integer = *number;
    }
    if (const JET_ERR err = get_parameter(instance, sesid, paramid, stored); err != JET_errSuccess) return err;
    switch (stored.type) {
      case Type::text:
      case Type::path:
      case Type::folder: return store_text(stored.text, Longer::refused, text, bytes);
      case Type::error_text: return store_text(stored.text, Longer::cut, text, bytes);
      case Type::unicode_index: return store_index(stored.integer, text, bytes);
      case Type::integer:
      case Type::boolean:
      case Type::power_of_two:
      case Type::tuple_limit:
      case Type::commit_options:
      case Type::pointer: break;
    }
    if (number == nullptr) return JET_errInvalidParameter;
    *number = stored.integer;
    return JET_errSuccess;
  });
}

}  // namespace

JET_ERR JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                              JET_PCSTR szParam) {
  return set(pinstance, sesid, paramid, lParam, szParam);
}
JET_ERR JetSetSystemParameterA(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                               JET_PCSTR szParam) {
  return set(pinstance, sesid, paramid, lParam, szParam);
}
JET_ERR JetSetSystemParameterW(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                               JET_PCWSTR szParam) {
  return set(pinstance, sesid, paramid, lParam, szParam);
}

JET_ERR JetGetSystemParameter(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                              JET_PSTR szParam, uint32_t cbMax) {
  return get(instance, sesid, paramid, plParam, szParam, cbMax);
}
JET_ERR JetGetSystemParameterA(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                               JET_PSTR szParam, uint32_t cbMax) {
  return get(instance, sesid, paramid, plParam, szParam, cbMax);
}
JET_ERR JetGetSystemParameterW(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                               JET_PWSTR szParam, uint32_t cbMax) {
  return get(instance, sesid, paramid, plParam, szParam, cbMax);
}
