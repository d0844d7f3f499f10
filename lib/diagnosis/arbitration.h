// Weighs findings against each other: consequences are not said as loud as their causes.
#pragma once

#include <string>
#include <vector>

#include "lib/diagnosis/engine.h"
#include "lib/diagnosis/finding.h"

namespace telltale::diagnosis {

// Takes out what another finding (warning or error) explains, by Rule::explained_by, and says so in
// the explaining finding's `alternatives`. Chains are followed: what explains may be explained
// itself.
void Arbitrate(std::vector<Finding>& findings);

// Moves what the user accepts into `suppressed`, with the reason in the summary.
void Suppress(const std::string& training_run, const Options& options,
              std::vector<Finding>& findings, std::vector<Finding>& suppressed);

// Most severe first, then most confident, then by id.
void Rank(std::vector<Finding>& findings);

Verdict VerdictOf(const std::vector<Finding>& findings);

}  // namespace telltale::diagnosis
