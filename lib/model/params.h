// Hyper-parameters as users write them.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/model/experiment.h"

namespace telltale::model {

// A user's word on a hyper-parameter, from --param or telltale.yaml: it wins over what the logs
// say.
struct ParamOverride {
  std::string run = {};  // glob for names of training runs (lib/base/glob.h)
  Param param = {};
};

// "true" and "false" are booleans, finite numbers are numbers, all else is text.
ParamValue ParseParamValue(std::string_view text);

// `value` as text, so that ParseParamValue gives it back: the shortest digits of a number, "true"
// and "false".
std::string ParamText(const ParamValue& value);

// `name` is NAME, for all training runs, or RUN:NAME with a glob for RUN; a NAME holds no colon.
// InvalidArgument where either is empty.
absl::StatusOr<ParamOverride> ParseParamOverride(std::string_view name, ParamValue value);

}  // namespace telltale::model
