// telltale.yaml: what a project tells Telltale once instead of on every command line.
//
//   disable: [late-oscillation]         # rules that are not run
//   rules:
//     overfitting: {rise: 0.08}         # parameters; `telltale rules overfitting` lists them
//   roles:
//     val/objective: validation:loss    # what a tag (or "run:tag") means
//   params:
//     batch_size: 32                  # a hyper-parameter that the logs lack, of all training runs
//     "sweep-*:samples": 6000         # or of those that a pattern covers; the last wins
//   group: false                        # every run is a training run of its own
//   suppress:                           # findings that are known and accepted
//     - id: overfitting
//       run: "sweep-*"
//       reason: the data set is tiny on purpose
//
// Every key is optional. What is not understood is an error that names file and line: a misspelt
// key that is silently ignored looks like a rule that does not work.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/diagnosis/engine.h"
#include "lib/diagnosis/rule.h"
#include "lib/model/training_run.h"

namespace telltale::config {

struct Config {
  diagnosis::Options diagnosis = {};
  model::GroupingOptions grouping = {};
};

// Parses `yaml`; `file` is what error messages call it. `rules` are those that may be named. Fails
// with InvalidArgument, "file:line: what is wrong", on anything but the keys above with values in
// their bounds.
absl::StatusOr<Config> ParseConfig(std::string_view yaml, std::string_view file,
                                   std::span<const diagnosis::Rule* const> rules);

}  // namespace telltale::config
