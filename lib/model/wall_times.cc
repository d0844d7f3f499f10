#include "lib/model/wall_times.h"

#include <algorithm>
#include <cmath>

namespace telltale::model {

void SetWallTimes(Run& run) {
  bool any = false;
  for (const Series& series : run.series) {
    for (const double time : series.wall_times) {
      if (!std::isfinite(time)) continue;
      run.first_wall_time = any ? std::min(run.first_wall_time, time) : time;
      run.last_wall_time = any ? std::max(run.last_wall_time, time) : time;
      any = true;
    }
  }
}

}  // namespace telltale::model
