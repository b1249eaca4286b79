#include "reports/names.hpp"

namespace esentcheck::reports {

// No `default` in any of these: a value without a spelling is a warning of the compiler. What follows the
// switch is only reached by a number that is no value of the enumeration.

std::string_view name(CellStatus status) {
  switch (status) {
    case CellStatus::reached:
      return "reached";
    case CellStatus::deviates:
      return "deviates";
    case CellStatus::unreachable:
      return "unreachable";
    case CellStatus::not_tried:
      return "not-tried";
  }
  return "unknown";
}

std::string_view name(FindingKind kind) {
  switch (kind) {
    case FindingKind::wrong_code:
      return "wrong-code";
    case FindingKind::wrong_value:
      return "wrong-value";
    case FindingKind::usable_handle:
      return "usable-handle";
    case FindingKind::duplicate_handle:
      return "duplicate-handle";
    case FindingKind::crash:
      return "crash";
    case FindingKind::hang:
      return "hang";
    case FindingKind::not_implemented:
      return "not-implemented";
    case FindingKind::stuck_callback:
      return "stuck-callback";
    case FindingKind::race:
      return "race";
    case FindingKind::deadlock:
      return "deadlock";
    case FindingKind::no_progress:
      return "no-progress";
    case FindingKind::leak:
      return "leak";
    case FindingKind::not_durable:
      return "not-durable";
    case FindingKind::nondeterminism:
      return "nondeterminism";
    case FindingKind::lock_misuse:
      return "lock-misuse";
  }
  return "unknown";
}

std::string_view name(ScenarioStatus status) {
  switch (status) {
    case ScenarioStatus::passed:
      return "passed";
    case ScenarioStatus::failed:
      return "failed";
    case ScenarioStatus::skipped:
      return "skipped";
    case ScenarioStatus::invalid:
      return "invalid";
  }
  return "unknown";
}

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::conforms:
      return "conforms";
    case Verdict::deviates:
      return "deviates";
    case Verdict::incomplete:
      return "incomplete";
  }
  return "unknown";
}

}  // namespace esentcheck::reports
