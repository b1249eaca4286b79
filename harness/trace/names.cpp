#include "harness/trace/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "model/spec/edit_distance.hpp"
#include "model/spec/spec.hpp"

namespace esentcheck::trace {
namespace {

using Constant = std::pair<std::string_view, std::uint64_t>;

/// Numbers of the header that are no system parameters with a page, and no option bits.
constexpr auto constants = std::to_array<Constant>({
    {"JET_paramDbExtensionSize", 18},
    {"JET_paramTransactionLevel", 38},
    {"JET_paramMaxDatabasesPerInstance", 103},
    {"JET_sesparamCommitDefault", 4097},
    {"JET_sesparamCommitGenericContext", 4098},
    {"JET_sesparamTransactionLevel", 4099},
    {"JET_sesparamOperationContext", 4100},
    {"JET_sesparamCorrelationID", 4101},
    {"JET_sesparamCachePriority", 4102},
    {"JET_sesparamClientComponentDesc", 4103},
    {"JET_sesparamClientActionDesc", 4104},
    {"JET_sesparamClientActionContextDesc", 4105},
    {"JET_sesparamClientActivityId", 4106},
    {"JET_sesparamIOSessTraceFlags", 4107},
    {"JET_sesparamIOPriority", 4108},
    {"JET_sesparamCommitContextContainsCustomerData", 4109},
    {"JET_sesparamCommitContextNeedPreCommitCallback", 4110},
    {"JET_sesparamMaxValueInvalid", 4111},
    {"JET_DbInfoFilename", 0},
    {"JET_DbInfoConnect", 1},
    {"JET_DbInfoCountry", 2},
    {"JET_DbInfoLCID", 3},
    {"JET_DbInfoCp", 4},
    {"JET_DbInfoCollate", 5},
    {"JET_DbInfoOptions", 6},
    {"JET_DbInfoTransactions", 7},
    {"JET_DbInfoVersion", 8},
    {"JET_DbInfoIsam", 9},
    {"JET_DbInfoFilesize", 10},
    {"JET_DbInfoSpaceOwned", 11},
    {"JET_DbInfoSpaceAvailable", 12},
    {"JET_DbInfoMisc", 14},
    {"JET_DbInfoDBInUse", 15},
    {"JET_DbInfoPageSize", 17},
    {"JET_InstanceMiscInfoLogSignature", 0},
    {"JET_prepInsert", 0},
    {"JET_MoveFirst", 0x80000000},
});

constexpr auto outsiders = std::to_array<Outsider>({
    {"JetAddColumn", true},
    {"JetCloseTable"},
    {"JetCreateIndex", true},
    {"JetCreateIndex2", true},
    {"JetCreateTable", true},
    {"JetCreateTableColumnIndex", true},
    {"JetCreateTableColumnIndex2", true},
    {"JetDefragment"},
    {"JetDefragment2"},
    {"JetDelete", true},
    {"JetDeleteColumn", true},
    {"JetDeleteColumn2", true},
    {"JetDeleteIndex", true},
    {"JetDeleteTable", true},
    {"JetDupCursor"},
    {"JetEnumerateColumns"},
    {"JetEscrowUpdate", true},
    {"JetGetBookmark"},
    {"JetGetColumnInfo"},
    {"JetGetCurrentIndex"},
    {"JetGetCursorInfo"},
    {"JetGetIndexInfo"},
    {"JetGetLock", true},
    {"JetGetLS"},
    {"JetGetObjectInfo"},
    {"JetGetRecordPosition"},
    {"JetGetRecordSize"},
    {"JetGetSecondaryIndexBookmark"},
    {"JetGetSessionInfo"},
    {"JetGetTableColumnInfo"},
    {"JetGetTableIndexInfo"},
    {"JetGetTableInfo"},
    {"JetGotoBookmark"},
    {"JetGotoPosition"},
    {"JetIndexRecordCount"},
    {"JetIntersectIndexes"},
    {"JetMakeKey"},
    {"JetMove"},
    {"JetOpenTable"},
    {"JetOpenTempTable"},
    {"JetOpenTempTable2"},
    {"JetOpenTempTable3"},
    {"JetPrepareUpdate"},
    {"JetRegisterCallback"},
    {"JetRenameColumn", true},
    {"JetRenameTable", true},
    {"JetRetrieveColumn"},
    {"JetRetrieveColumns"},
    {"JetRetrieveKey"},
    {"JetSeek"},
    {"JetSetColumn", true},
    {"JetSetColumnDefaultValue", true},
    {"JetSetColumns", true},
    {"JetSetCurrentIndex"},
    {"JetSetIndexRange"},
    {"JetSetLS"},
    {"JetSetTableSequential"},
    {"JetUnregisterCallback"},
    {"JetUpdate", true},
    {"JetUpdate2", true},
});

}  // namespace

std::optional<std::uint64_t> constant_named(std::string_view name) {
  if (const auto parameter = spec::parameter_named(name)) return static_cast<std::uint64_t>(*parameter);
  if (const auto bit = spec::bit_named(name)) return *bit;
  const auto* const found = std::ranges::find(constants, name, &Constant::first);
  return found == constants.end() ? std::nullopt : std::optional(found->second);
}

const Outsider* outsider_named(std::string_view name) {
  const auto* const found = std::ranges::find(outsiders, name, &Outsider::name);
  return found == outsiders.end() ? nullptr : found;
}

std::string_view nearest_outsider(std::string_view misspelt) {
  const auto distance = [misspelt](const Outsider& known) { return spec::edit_distance(misspelt, known.name); };
  const auto* const nearest = std::ranges::min_element(outsiders, {}, distance);
  return distance(*nearest) <= 1 + misspelt.size() / 4 ? nearest->name : std::string_view();
}

}  // namespace esentcheck::trace
