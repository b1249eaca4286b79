// JetGetInstanceInfo, JetGetInstanceMiscInfo, JetFreeBuffer and JetGetErrorInfoW.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "api/edge.hpp"
#include "engine/error_category.hpp"
#include "engine/instance_info.hpp"

using namespace esent;

namespace {

// What the caller gets as one block of memory: structures, then arrays of pointers, then characters.
template <class Info, class Char>
class InstanceList {
 public:
  explicit InstanceList(const std::vector<RunningInstance>& instances) : instances_(instances) {}

  Info* make() {
    std::size_t pointers = 0;
    std::size_t characters = 0;
    for (const RunningInstance& instance : instances_) {
      pointers += 3 * instance.databases.size();
      if (instance.name) characters += size_of(*instance.name);
      for (const std::string& path : instance.databases) characters += size_of(path);
    }
    const std::size_t heads = instances_.size() * sizeof(Info);
    void* block = std::calloc(1, heads + pointers * sizeof(Char*) + characters * sizeof(Char));
    if (block == nullptr) throw std::bad_alloc();
    auto* infos = static_cast<Info*>(block);
    pointers_ = reinterpret_cast<Char**>(infos + instances_.size());
    text_ = reinterpret_cast<Char*>(pointers_ + pointers);
    for (std::size_t i = 0; i < instances_.size(); ++i) fill(infos[i], instances_[i]);
    return infos;
  }

 private:
  static const std::string& converted(const std::string& text, char) { return text; }
  static std::u16string converted(const std::string& text, JET_WCHAR) { return to_utf16(text); }
  // No text has more units of UTF-16 than of UTF-8.
  static std::size_t size_of(const std::string& text) { return text.size() + 1; }

  Char* put(const std::string& text) {
    const auto& form = converted(text, Char{});
    Char* start = text_;
    text_ = std::copy(form.begin(), form.end(), start);
    *text_++ = 0;
    return start;
  }

  Char** take(std::size_t count) {
    Char** start = pointers_;
    pointers_ += count;
    return start;
  }

  void fill(Info& info, const RunningInstance& instance) {
    const std::size_t count = instance.databases.size();
    info.hInstanceId = instance.handle;
    info.szInstanceName = instance.name ? put(*instance.name) : nullptr;
    info.cDatabases = count;
    info.szDatabaseFileName = take(count);
    info.szDatabaseDisplayName = take(count);
    info.szDatabaseSLVFileName_Obsolete = take(count);
    for (std::size_t i = 0; i < count; ++i) info.szDatabaseFileName[i] = put(instance.databases[i]);
  }

  const std::vector<RunningInstance>& instances_;
  Char** pointers_ = nullptr;
  Char* text_ = nullptr;
};

template <class Info, class Char>
JET_ERR list(uint32_t* count, Info** infos) noexcept {
  if (count == nullptr || infos == nullptr) return JET_errInvalidParameter;
  return guarded([&]() -> JET_ERR {
    const std::vector<RunningInstance> instances = running_instances();
    *infos = instances.empty() ? nullptr : InstanceList<Info, Char>(instances).make();
    *count = static_cast<uint32_t>(instances.size());
    return JET_errSuccess;
  });
}

JET_ERRINFOBASIC_W describe(JET_ERR code) {
  JET_ERRINFOBASIC_W info{};
  info.cbStruct = sizeof info;
  info.errValue = code;
  info.errcatMostSpecific = error_category(code);
  unsigned depth = 0;
  for (JET_ERRCAT at = info.errcatMostSpecific; at != JET_errcatUnknown; at = wider_category(at)) {
    info.rgCategoricalHierarchy[depth++] = static_cast<unsigned char>(at);
  }
  std::reverse(info.rgCategoricalHierarchy, info.rgCategoricalHierarchy + depth);
  return info;
}

}  // namespace

JET_ERR JetGetInstanceInfo(uint32_t* pcInstanceInfo, JET_INSTANCE_INFO** paInstanceInfo) {
  return list<JET_INSTANCE_INFO_A, char>(pcInstanceInfo, paInstanceInfo);
}
JET_ERR JetGetInstanceInfoA(uint32_t* pcInstanceInfo, JET_INSTANCE_INFO_A** paInstanceInfo) {
  return list<JET_INSTANCE_INFO_A, char>(pcInstanceInfo, paInstanceInfo);
}
JET_ERR JetGetInstanceInfoW(uint32_t* pcInstanceInfo, JET_INSTANCE_INFO_W** paInstanceInfo) {
  return list<JET_INSTANCE_INFO_W, JET_WCHAR>(pcInstanceInfo, paInstanceInfo);
}

JET_ERR JetGetInstanceMiscInfo(JET_INSTANCE instance, void* pvResult, uint32_t cbMax, uint32_t InfoLevel) {
  return guarded([&]() -> JET_ERR {
    JET_SIGNATURE signature{};
    if (const JET_ERR err = get_log_signature(instance, signature); err != JET_errSuccess) return err;
    if (InfoLevel != JET_InstanceMiscInfoLogSignature || pvResult == nullptr) return JET_errInvalidParameter;
    if (cbMax < sizeof signature) return JET_errBufferTooSmall;
    std::memcpy(pvResult, &signature, sizeof signature);
    return JET_errSuccess;
  });
}

JET_ERR JetFreeBuffer(char* pbBuf) {
  std::free(pbBuf);
  return JET_errSuccess;
}

JET_ERR JetGetErrorInfoW(void* pvContext, void* pvResult, uint32_t cbMax, uint32_t InfoLevel, JET_GRBIT grbit) {
  if (pvContext == nullptr || pvResult == nullptr) return JET_errInvalidParameter;
  if (InfoLevel != JET_ErrorInfoSpecificErr || grbit != 0) return JET_errInvalidParameter;
  if (cbMax < sizeof(JET_ERRINFOBASIC_W)) return JET_errInvalidParameter;
  JET_ERR code = JET_errSuccess;
  std::memcpy(&code, pvContext, sizeof code);
  if (!is_known_error(code)) return JET_errInvalidParameter;
  const JET_ERRINFOBASIC_W info = describe(code);
  std::memcpy(pvResult, &info, sizeof info);
  return JET_errSuccess;
}
