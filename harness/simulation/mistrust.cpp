#include <algorithm>

#include "harness/simulation/schedule.hpp"

namespace esentcheck::simulation {

void mistrust(Record& record) {
  record.end = std::min(record.end, RaceEnd::no_progress);
  record.misuse = std::min(record.misuse, Misuse::destroyed_held);
  for (Wait& wait : record.waits) wait = std::min(wait, Wait::race);
}

}  // namespace esentcheck::simulation
