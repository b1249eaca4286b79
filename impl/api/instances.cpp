// JetEnableMultiInstance, JetCreateInstance, JetInit, JetTerm, JetStopService and their kin.
#include <utility>

#include "api/edge.hpp"
#include "engine/lifecycle.hpp"
#include "engine/parameter_calls.hpp"
#include "engine/registry.hpp"

using namespace esent;

namespace {

template <class Entry>
JET_ERR apply_default(Entry& entry) {
  const TextArgument text = text_argument(entry.sz);
  if (text.bad) return JET_errInvalidParameter;
  ParameterValue value{entry.lParam, std::nullopt};
  if (text.text) value.text = *text.text;
  return set_default(entry.paramid, value);
}

template <class Entry>
JET_ERR enable(Entry* entries, uint32_t count, uint32_t* succeeded) noexcept {
  if (succeeded != nullptr) *succeeded = 0;
  if (entries == nullptr && count != 0) return JET_errInvalidParameter;
  return guarded([&]() -> JET_ERR {
    const std::lock_guard lock(registry().mutex);
    if (registry().mode == Mode::single) return JET_errRunningInOneInstanceMode;
    if (registry().mode == Mode::multi) return JET_errSystemParamsAlreadySet;
    for (uint32_t i = 0; i < count; ++i) {
      entries[i].err = guarded([&] { return apply_default(entries[i]); });
      if (entries[i].err != JET_errSuccess) return entries[i].err;
      if (succeeded != nullptr) *succeeded = i + 1;
    }
    registry().mode = Mode::multi;
    return JET_errSuccess;
  });
}

template <class Char>
JET_ERR create(JET_INSTANCE* pinstance, const Char* name, const Char* display_name, JET_GRBIT grbit) noexcept {
  if (pinstance == nullptr || grbit != 0) return JET_errInvalidParameter;
  return guarded([&]() -> JET_ERR {
    TextArgument name_text = text_argument(name);
    TextArgument display = text_argument(display_name);
    if (name_text.bad || display.bad) return JET_errInvalidParameter;
    // jetcreateinstance2-function: without a display name, the name; without that, nothing.
    if (!display.text) display.text = name_text.text.value_or(std::string());
    const std::lock_guard lock(registry().mutex);
    if (registry().mode == Mode::single) return JET_errRunningInOneInstanceMode;
    const JET_ERR err = registry().create(std::move(name_text.text), std::move(*display.text), *pinstance);
    if (err == JET_errSuccess) registry().mode = Mode::multi;
    return err;
  });
}

template <class Char>
const Char* constant(Char* text) {
  return text;
}

template <class Info>
JET_ERR init(JET_INSTANCE* pinstance, const Info* info, JET_GRBIT grbit) noexcept {
  if (info != nullptr) {
    const bool map_is_whole = info->crstmap == 0 || (info->crstmap > 0 && info->rgrstmap != nullptr);
    if (info->cbStruct != sizeof *info || !map_is_whole) return JET_errInvalidParameter;
    if (info->lgposStop.lGeneration != 0 || info->logtimeStop.bYear != 0) return JET_errFeatureNotAvailable;
  }
  return guarded([&]() -> JET_ERR {
    InitRequest request;
    request.grbit = grbit;
    if (info == nullptr) return initialise(pinstance, request);
    request.callback = info->pfnStatus;
    for (int32_t i = 0; i < info->crstmap; ++i) {
      const TextArgument from = text_argument(constant(info->rgrstmap[i].szDatabaseName));
      const TextArgument to = text_argument(constant(info->rgrstmap[i].szNewDatabaseName));
      if (!from.text || !to.text) return JET_errInvalidParameter;
      request.moved_databases[*from.text] = *to.text;
    }
    return initialise(pinstance, request);
  });
}

}  // namespace

JET_ERR JetEnableMultiInstance(JET_SETSYSPARAM* psetsysparam, uint32_t csetsysparam, uint32_t* pcsetsucceed) {
  return enable(psetsysparam, csetsysparam, pcsetsucceed);
}
JET_ERR JetEnableMultiInstanceA(JET_SETSYSPARAM_A* psetsysparam, uint32_t csetsysparam, uint32_t* pcsetsucceed) {
  return enable(psetsysparam, csetsysparam, pcsetsucceed);
}
JET_ERR JetEnableMultiInstanceW(JET_SETSYSPARAM_W* psetsysparam, uint32_t csetsysparam, uint32_t* pcsetsucceed) {
  return enable(psetsysparam, csetsysparam, pcsetsucceed);
}

JET_ERR JetCreateInstance(JET_INSTANCE* pinstance, const char* szInstanceName) {
  return create<char>(pinstance, szInstanceName, nullptr, 0);
}
JET_ERR JetCreateInstanceA(JET_INSTANCE* pinstance, const char* szInstanceName) {
  return create<char>(pinstance, szInstanceName, nullptr, 0);
}
JET_ERR JetCreateInstanceW(JET_INSTANCE* pinstance, const JET_WCHAR* szInstanceName) {
  return create<JET_WCHAR>(pinstance, szInstanceName, nullptr, 0);
}
JET_ERR JetCreateInstance2(JET_INSTANCE* pinstance, const char* szInstanceName, const char* szDisplayName,
                           JET_GRBIT grbit) {
  return create(pinstance, szInstanceName, szDisplayName, grbit);
}
JET_ERR JetCreateInstance2A(JET_INSTANCE* pinstance, const char* szInstanceName, const char* szDisplayName,
                            JET_GRBIT grbit) {
  return create(pinstance, szInstanceName, szDisplayName, grbit);
}
JET_ERR JetCreateInstance2W(JET_INSTANCE* pinstance, const JET_WCHAR* szInstanceName, const JET_WCHAR* szDisplayName,
                            JET_GRBIT grbit) {
  return create(pinstance, szInstanceName, szDisplayName, grbit);
}

JET_ERR JetInit(JET_INSTANCE* pinstance) { return init<JET_RSTINFO_A>(pinstance, nullptr, 0); }
JET_ERR JetInit2(JET_INSTANCE* pinstance, JET_GRBIT grbit) { return init<JET_RSTINFO_A>(pinstance, nullptr, grbit); }
JET_ERR JetInit3(JET_INSTANCE* pinstance, const JET_RSTINFO* prstInfo, JET_GRBIT grbit) {
  return init(pinstance, prstInfo, grbit);
}
JET_ERR JetInit3A(JET_INSTANCE* pinstance, const JET_RSTINFO_A* prstInfo, JET_GRBIT grbit) {
  return init(pinstance, prstInfo, grbit);
}
JET_ERR JetInit3W(JET_INSTANCE* pinstance, const JET_RSTINFO_W* prstInfo, JET_GRBIT grbit) {
  return init(pinstance, prstInfo, grbit);
}

JET_ERR JetTerm(JET_INSTANCE instance) {
  return guarded([&] { return terminate(instance); });
}
JET_ERR JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit) {
  return guarded([&] { return terminate(instance, grbit); });
}

JET_ERR JetStopService(void) {
  return guarded([] { return stop_only_service(); });
}
JET_ERR JetStopServiceInstance(JET_INSTANCE instance) { return stop_service(instance); }
JET_ERR JetStopServiceInstance2(JET_INSTANCE instance, JET_GRBIT grbit) { return stop_service(instance, grbit); }
