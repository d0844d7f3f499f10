// The curves of a training run as text.
#pragma once

#include <cstddef>
#include <string>

#include "lib/report/text.h"

namespace telltale::report {

// Train and validation loss (and up to two further series that findings rest on) as one row each on
// common axes, with a row that marks each finding's range below. Empty when there is no curve.
std::string PlotText(const RunReport& report, const TextOptions& options);

// The same for one finding, whatever its severity: only its range is marked.
std::string PlotText(const RunReport& report, const diagnosis::Finding& finding,
                     const TextOptions& options);

// The validation loss (or else the train loss) of each training run of a group, up to eight, as one
// row each on common axes. Empty when there is no curve.
std::string PlotText(const PathReport& path, const model::Group& group, const TextOptions& options);

// The validation loss, or else the train loss, in at most `columns` columns and two spaces; empty
// where that is too few.
std::string InlineCurve(const RunReport& report, size_t columns, const Painter& paint);

}  // namespace telltale::report
