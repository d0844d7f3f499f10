// What W&B takes as names and ids.
#pragma once

#include <string>
#include <string_view>

#include "lib/model/experiment.h"

namespace telltale::formats::wandb {

// Items of a row that are no metrics, but say when it is.
inline constexpr std::string_view kStepKey = "_step";
inline constexpr std::string_view kTimeKey = "_timestamp";
inline constexpr std::string_view kRuntimeKey = "_runtime";

// The metric that holds the steps of runs whose steps W&B could not hold, and begins what only
// Telltale calls so.
inline constexpr std::string_view kStepsMetric = "telltale/step";

// Of such runs: the metrics that hold what their series are drawn over.
inline constexpr std::string_view kAxisPrefix = "telltale/axis/";

// Tags of system metrics begin so, and their series say so as model::Series::plugin.
inline constexpr std::string_view kSystemPrefix = "system/";
inline constexpr std::string_view kSystemPlugin = "system";

// Run::tags that are in W&B's summary begin so.
inline constexpr std::string_view kSummaryPrefix = "summary/";

// HeaderRecord.version_info.producer of files that hold notes about another run, and no run; that
// of a conversion; each followed by Telltale's version.
inline constexpr std::string_view kNotesProducer = "telltale-notes ";
inline constexpr std::string_view kRunProducer = "telltale ";

// `tag` as W&B takes it and shows it: UTF-8, not empty, none of W&B's own names and no underscore
// in front, which hides.
std::string FitTag(std::string_view tag);

// `name` as a display name: UTF-8, not empty, at most 128 bytes.
std::string FitRunName(std::string_view name);

// `name` as a project: without the characters that its address could not hold.
std::string FitProject(std::string_view name);

// The run's own id where W&B takes it, else one that follows from it.
std::string RunIdOf(const model::RunInfo& info);
bool IsRunId(std::string_view id);

// The id in "run-<id>.wandb"; empty where the name is another.
std::string IdOfFile(std::string_view file);

// Whether one of Run::tags is one of W&B's, or belongs into its summary.
bool IsLabel(const model::Param& tag);
bool IsSummary(const model::Param& tag);

}  // namespace telltale::formats::wandb
