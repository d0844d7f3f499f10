// What a diagnosis gives besides findings: the checkpoint worth keeping, and curves that make the
// diagnosis visible.
#pragma once

#include <optional>
#include <vector>

#include "lib/diagnosis/finding.h"
#include "lib/diagnosis/run_view.h"

namespace telltale::diagnosis {

// By validation loss; without one by the validation metric; without both by the train loss. The raw
// point with the best value, as a checkpoint is saved at a step and not at an average.
std::optional<BestCheckpoint> FindBestCheckpoint(const RunView& view);

// "telltale/generalization_gap" (validation - train at each evaluation) and
// "telltale/val_loss_trend" (rolling median of the validation loss). Empty without the series they
// need.
std::vector<DerivedCurve> DeriveCurves(const RunView& view);

}  // namespace telltale::diagnosis
