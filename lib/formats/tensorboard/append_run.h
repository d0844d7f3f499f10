// Putting runs together: the files of one run, the parts of one file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/model/experiment.h"

namespace telltale::formats::tensorboard {

// Appends what `from` holds to `to`: points behind points of the same tag, nothing dropped. What a
// tag or a parameter is, the first that says it decides. Name and path stay.
void AppendRun(model::Run& to, model::Run from);

// Where in `run.series` a tag stands.
using SeriesIndex = absl::flat_hash_map<std::string, size_t>;
SeriesIndex IndexOf(const model::Run& run);

// The same without the points of series; `index` is that of `to`. Series that `to` lacks move there
// with all their points, and into `index`. Gives the others with their place in `to.series`.
struct SeriesBehind {
  size_t to = 0;
  size_t from = 0;
};
std::vector<SeriesBehind> AppendAllButPoints(model::Run& to, SeriesIndex& index, model::Run& from);

// `run` is the beginning of one about `factor` times as long: makes room for its points, so that
// long series need not grow.
void ExpectPoints(model::Run& run, double factor);

// Gives back the room that series have beyond their points.
void GiveBackRoom(model::Run& run);

}  // namespace telltale::formats::tensorboard
