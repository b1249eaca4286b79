// What no random walk can reach, in which readings, and why that is right.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "model/clause.hpp"

namespace esentcheck::model::testing {

struct OutOfReach {
  std::uint8_t readings;
  std::string_view reason;
};
inline constexpr std::string_view no_bits = "JetTerm has no bits to ask for it";
inline constexpr std::string_view no_restart_info = "the form takes no restart information";
inline constexpr std::string_view much_room = "the engine has room for more sessions than a walk begins";
inline constexpr std::string_view handle_first = "a validating engine names the handle first";
inline constexpr std::string_view no_lock = "without validation no handle is refused, and no lock kept";
inline constexpr std::string_view alone = "the form without an instance restores only where no other instance is";

inline const std::map<std::string, OutOfReach> out_of_reach{
    {"JetInit/end/CodeOfCallback", {all_readings, "JetInit takes no callback"}},
    {"JetInit2/end/CodeOfCallback", {all_readings, "JetInit2 takes no callback"}},
    {"JetInit/InvalidParameter.RestartInfo", {all_readings, no_restart_info}},
    {"JetInit2/InvalidParameter.RestartInfo", {all_readings, no_restart_info}},
    {"JetInit/RecoveredWithoutUndoDatabasesConsistent", {engine_only, "JetInit has no bits to ask for it"}},
    {"JetInit/InvalidGrbit", {documented_only, "JetInit takes no options"}},
    {"JetTerm/InvalidGrbit", {documented_only, no_bits}},
    {"JetTerm/DirtyShutdown", {all_readings, no_bits}},
    {"JetTerm/end/DirtyShutdown", {all_readings, no_bits}},
    {"JetRestore/InvalidPath.Destination", {all_readings, "JetRestore takes no destination"}},
    {"JetGetInstanceInfo/Success", {engine_only, "the engine's own clause comes first, and always holds"}},
    {"JetBeginSession/OutOfSessions", {engine_only, much_room}},
    {"JetDupSession/OutOfSessions", {engine_only, much_room}},
    {"JetSetSystemParameter/InvalidParameter.BadHandle", {engine_only, handle_first}},
    {"JetGetSystemParameter/InvalidParameter.BadHandle", {engine_only, handle_first}},
    {"JetRestoreInstance/InvalidParameter.Engine", {validating_only, handle_first}},
    {"JetRestore/TooManyInstances", {engine_only, alone}},
    {"JetRestore/InstanceNameInUse", {engine_only, alone}},
    {"JetRestore/TempPathInUse", {engine_only, alone}},
    {"JetRestore/SystemPathInUse", {engine_only, alone}},
    {"JetRestore/LogFilePathInUse", {engine_only, alone}},
    {"JetRestore2/TooManyInstances", {engine_only, alone}},
    {"JetRestore2/InstanceNameInUse", {engine_only, alone}},
    {"JetRestore2/TempPathInUse", {engine_only, alone}},
    {"JetRestore2/SystemPathInUse", {engine_only, alone}},
    {"JetRestore2/LogFilePathInUse", {engine_only, alone}},
    {"JetTerm/hang.LockKept", {fast_only, no_lock}},
    {"JetTerm2/hang.LockKept", {fast_only, no_lock}},
    {"JetGetInstanceInfo/hang.LockKept", {fast_only, no_lock}},
};

inline bool is_out_of_reach(const std::string& id, std::uint8_t reading) {
  const auto found = out_of_reach.find(id);
  return found != out_of_reach.end() && (found->second.readings & reading) != 0;
}

}  // namespace esentcheck::model::testing
