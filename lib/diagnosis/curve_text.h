// Small logs as text: the examples of the rules, testdata/diagnosis/*.curve.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "lib/model/experiment.h"

namespace telltale::diagnosis {

// Reads text whose lines are
//   # a comment
//   series RUN:TAG [first=1] [every=1] [seconds=1]     the values follow, up to the next keyword
//   param RUN NAME VALUE                               a hyper-parameter (model::ParseParamValue)
// A value may be nan or inf; `@7` sets the step of the next value, `+3600` waits that many seconds
// more before it. The first value has wall time 1.7e9. InvalidArgument names the line that is
// anything else.
absl::StatusOr<model::Experiment> ParseCurveText(std::string_view text);

}  // namespace telltale::diagnosis
