#include "harness/explore/alphabet.hpp"

#include <stdexcept>

#include "harness/scenario/reader.hpp"

namespace esentcheck::explore {
namespace {

// Whatever a page makes a difference between has a call here: no options, known ones, unknown ones; handles that are right,
// and none. Every call that is added makes each step of a search longer.
constexpr std::string_view calls = R"(format: 1
claim: every call of the search
proves: [JetInit/Success]
variables: [i, s, t, d, v, list]
directories: [backup]
steps:
  - JetEnableMultiInstance: {psetsysparam: null}
  - JetCreateInstance: {pinstance: i, szInstanceName: one}
  - JetCreateInstance: {pinstance: null, szInstanceName: two}
  - JetCreateInstance2: {pinstance: i, szInstanceName: one, grbit: 1}
  - JetSetSystemParameter: {pinstance: null, paramid: JET_paramMaxSessions, lParam: 1}
  - JetSetSystemParameter: {pinstance: i, paramid: JET_paramMaxSessions, lParam: 1}
  - JetSetSystemParameter: {pinstance: i, paramid: JET_paramMaxSessions, lParam: 30001}
  - JetSetSystemParameter: {pinstance: i, paramid: 9999, lParam: 1}
  - JetGetSystemParameter: {instance: i, paramid: JET_paramMaxSessions, plParam: v}
  - JetGetSystemParameter: {instance: nil, paramid: JET_paramMaxSessions, plParam: v}
  - JetGetSystemParameter: {instance: i, paramid: JET_paramBaseName, szParam: {buffer: 2}, cbMax: 2}
  - JetInit: {pinstance: i}
  - JetInit2: {pinstance: i, grbit: 0x40000000}
  - JetInit3: {pinstance: i, grbit: 0}
  - JetTerm: {instance: i}
  - JetTerm: {instance: nil}
  - JetTerm2: {instance: i, grbit: JET_bitTermComplete}
  - JetTerm2: {instance: i, grbit: JET_bitTermAbrupt}
  - JetTerm2: {instance: i, grbit: 0x100}
  - JetStopService: {}
  - JetStopServiceInstance: {instance: i}
  - JetStopServiceInstance2: {instance: i, grbit: JET_bitStopServiceAll}
  - JetStopServiceInstance2: {instance: i, grbit: JET_bitStopServiceResume}
  - JetStopServiceInstance2: {instance: i, grbit: 0x100}
  - JetGetInstanceInfo: {pcInstanceInfo: v, paInstanceInfo: list}
  - JetGetInstanceMiscInfo: {instance: i, pvResult: {buffer: 28}, cbMax: 28, InfoLevel: 0}
  - JetGetInstanceMiscInfo: {instance: i, pvResult: {buffer: 8}, cbMax: 8, InfoLevel: 99}
  - JetFreeBuffer: {pbBuf: null}
  - JetGetVersion: {sesid: s, pwVersion: v}
  - JetBeginSession: {instance: i, psesid: s}
  - JetBeginSession: {instance: i, psesid: t}
  - JetBeginSession: {instance: nil, psesid: t}
  - JetDupSession: {sesid: s, psesid: t}
  - JetDupSession: {sesid: nil, psesid: t}
  - JetEndSession: {sesid: s}
  - JetEndSession: {sesid: t}
  - JetEndSession: {sesid: s, grbit: 2}
  - JetSetSessionContext: {sesid: s, ulContext: 1}
  - JetSetSessionContext: {sesid: s, ulContext: 0xffffffffffffffff}
  - JetResetSessionContext: {sesid: s}
  - JetSetSessionParameter: {sesid: s, sesparamid: JET_sesparamCommitDefault, pvParam: {number: 1, bytes: 4}, cbParam: 4}
  - JetSetSessionParameter: {sesid: s, sesparamid: JET_sesparamCommitDefault, pvParam: {number: 1, bytes: 4}, cbParam: 2}
  - JetGetSessionParameter: {sesid: s, sesparamid: JET_sesparamCommitDefault, pvParam: {buffer: 4, read: number}, cbParamMax: 4}
  - JetGetSessionParameter: {sesid: s, sesparamid: 7, pvParam: {buffer: 4}, cbParamMax: 4}
  - JetBeginTransaction: {sesid: s}
  - JetBeginTransaction2: {sesid: s, grbit: 2}
  - JetBeginTransaction3: {sesid: s, trxid: 1, grbit: 2}
  - JetCommitTransaction: {sesid: s}
  - JetCommitTransaction: {sesid: s, grbit: 0x40}
  - JetCommitTransaction2: {sesid: s, grbit: 0x40}
  - JetRollback: {sesid: s}
  - JetRollback: {sesid: s, grbit: 2}
  - JetCreateDatabase: {sesid: s, szFilename: a.edb, pdbid: d}
  - JetCreateDatabase: {sesid: t, szFilename: a.edb, pdbid: d}
  - JetCreateDatabase: {sesid: s, szFilename: "", pdbid: d}
  - JetCreateDatabase2: {sesid: s, szFilename: a.edb, pdbid: d, grbit: 0x10000}
  - JetAttachDatabase: {sesid: s, szFilename: a.edb}
  - JetAttachDatabase: {sesid: t, szFilename: a.edb}
  - JetAttachDatabase2: {sesid: s, szFilename: a.edb, grbit: 0x10000}
  - JetDetachDatabase: {sesid: s, szFilename: a.edb}
  - JetDetachDatabase: {sesid: s, szFilename: null}
  - JetDetachDatabase2: {sesid: s, szFilename: a.edb, grbit: JET_bitForceDetach}
  - JetOpenDatabase: {sesid: s, szFilename: a.edb, pdbid: d}
  - JetOpenDatabase: {sesid: s, szFilename: a.edb, pdbid: d, grbit: JET_bitDbExclusive}
  - JetOpenDatabase: {sesid: s, szFilename: a.edb, pdbid: d, grbit: 0x10000}
  - JetCloseDatabase: {sesid: s, dbid: d}
  - JetCloseDatabase: {sesid: s, dbid: nil}
  - JetGetDatabaseInfo: {sesid: s, dbid: d, pvResult: {buffer: 4, read: number}, cbMax: 4, InfoLevel: JET_DbInfoOptions}
  - JetGetDatabaseInfo: {sesid: s, dbid: d, pvResult: {buffer: 4}, cbMax: 4, InfoLevel: 5000}
  - JetBackup: {szBackupPath: backup}
  - JetBackupInstance: {instance: i, szBackupPath: backup}
  - JetBackupInstance: {instance: i, szBackupPath: backup, grbit: 0x100}
  - JetStopBackup: {}
  - JetStopBackupInstance: {instance: i}
  - JetRestore: {sz: backup}
  - JetRestore2: {sz: backup, szDest: null}
  - JetRestoreInstance: {instance: i, sz: backup}
  - JetGetErrorInfoW:
      {pvContext: {number: JET_errOutOfSessions, bytes: 4}, pvResult: {buffer: 152}, cbMax: 152, InfoLevel: 1}
  - JetGetErrorInfoW:
      {pvContext: {number: JET_errOutOfSessions, bytes: 4}, pvResult: {buffer: 100}, cbMax: 100, InfoLevel: 1}
  - JetIdle: {sesid: s, grbit: 0}
  - JetIdle: {sesid: s, grbit: 0x100}
)";

scenario::Scenario read_alphabet() {
  const scenario::ClauseCheck any{.exists = [](std::string_view) { return true; }, .nearest = {}};
  auto read = scenario::read_scenarios_from(calls, "alphabet", any);
  if (!read) throw std::logic_error(read.error().sentence());
  return std::move(read->front());
}

}  // namespace

const scenario::Scenario& alphabet() {
  static const scenario::Scenario all = read_alphabet();
  return all;
}

}  // namespace esentcheck::explore
