// Which series is which: train and validation loss, metric, learning rate; and how their axes meet.
#pragma once

#include <cstdint>
#include <span>

#include "lib/diagnosis/run_view.h"

namespace telltale::diagnosis {

// Fills the pointers and `meaning` of `view` from its curves. Deterministic: of equals, the first.
void SelectCurves(RunView& view);

// Converts steps of one axis to another. The identity, except where one counts epochs and the other
// optimiser steps (their last steps differ by more than three times): then the ends are taken to be
// the same moment.
struct StepMap {
  double scale = 1;
  double offset = 0;
  int64_t operator()(int64_t step) const;
};
StepMap MapSteps(std::span<const int64_t> from, std::span<const int64_t> to);

// Both on the coarser of the two grids.
Pair MakePair(const Curve& train, const Curve& validation);

}  // namespace telltale::diagnosis
