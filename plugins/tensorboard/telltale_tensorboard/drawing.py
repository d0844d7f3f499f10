"""Series as a chart needs them."""

from __future__ import annotations

import math
from typing import Any

MOST_POINTS = 1200
"""Of one series: more than a chart has columns."""


def samples(series: Any) -> dict[str, Any]:
    """At most MOST_POINTS points of a telltale.Series, in their order.

    Of each stretch the least, the greatest and what is not finite stay, so that no spike is lost; so do the ends.
    """
    steps, values = series.steps, series.values
    chosen = range(len(steps)) if len(steps) <= MOST_POINTS else _extremes(values)
    return {
        "run": series.run,
        "tag": series.tag,
        "steps": [int(steps[i]) for i in chosen],
        "values": [number(float(values[i])) for i in chosen],
    }


def number(value: float) -> float | str:
    """As JSON has it: what is not finite is "NaN", "Infinity" or "-Infinity"."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _extremes(values: Any) -> list[int]:
    import numpy as np

    chosen = {0, len(values) - 1}
    finite = np.isfinite(values)
    for part in np.array_split(np.arange(len(values)), MOST_POINTS // 3 - 1):
        good = part[finite[part]]
        if len(good) > 0:
            chosen.add(int(good[np.argmin(values[good])]))
            chosen.add(int(good[np.argmax(values[good])]))
        if len(good) < len(part):
            chosen.add(int(part[np.argmin(finite[part])]))
    return sorted(chosen)
