"""From paths and arrays to experiments."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from telltale import _core
from telltale.errors import TelltaleError
from telltale.experiment import Experiment, ParamValue, Series

Path = str | bytes | os.PathLike[str] | os.PathLike[bytes]
Patterns = str | Sequence[str]

_PARQUET = ".parquet"


def read(
    path: Path,
    *,
    include: Patterns = (),
    exclude: Patterns = (),
    jobs: int = 0,
    format: str = "",
) -> Experiment:
    """Reads all runs below `path`, whichever tracker wrote them.

    `include` and `exclude` are regular expressions (RE2) that are looked for in a run's name, a tag, and "run:tag".
    `jobs` is the number of threads, one a core where it is 0. `format` says what the path holds instead of finding out.
    Raises TelltaleError where nothing can be read; damage in files is in `Experiment.problems`.
    """
    if format == "parquet" or (not format and _is_parquet(path)):
        return _read_parquet(path, include, exclude, jobs)
    try:
        return _read_native(path, format, include, exclude, jobs)
    except TelltaleError as error:
        if format or error.code != "NOT_FOUND" or not _holds_parquet(path):
            raise
    return _read_parquet(path, include, exclude, jobs)


class Follower:
    """Reads a TensorBoard log directory, or one event file, again and again while it grows."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self._path = path
        self._native = _core.Follower(os.fsencode(path))
        self._last: tuple[_core.Experiment, Experiment] | None = None

    def read(self) -> Experiment:
        """Everything so far, without Telltale's own annotations; only bytes that are new since the last call are read.

        The same object as before where nothing is new. A last record that is not yet complete is no problem here.
        Raises TelltaleError where nothing can be read; what has been read stays known. Threads may share a Follower.
        """
        native = self._native.read()
        if len(native) == 0:
            return read(self._path, format="tensorboard")  # which says what is missing
        last = self._last
        if last is None or not native.same(last[0]):
            last = self._last = (native, Experiment(native))
        return last[1]


def from_arrays(
    data: Mapping[str, Any],
    *,
    params: Mapping[str, ParamValue] | None = None,
    name: str = "run",
) -> Experiment:
    """An experiment of arrays: {"loss": values, "val_loss": (steps, values), ...}.

    A value is a sequence of numbers, whose steps are then 0, 1, 2, ...; a pair (steps, values); a triple
    (steps, values, wall_times); or a pandas Series, whose index are its steps. A pandas DataFrame is such a mapping.
    Where all values are mappings themselves, the keys are names of runs: {"train": {"loss": ...}, "validation": ...}.
    """
    builder = _core.Builder("python", b"")
    runs = dict(data.items())
    if not runs or not all(isinstance(tags, Mapping) for tags in runs.values()):
        runs = {name: runs}
    for run, tags in runs.items():
        builder.add_run(str(run))
        for key, value in (params or {}).items():
            set_param(builder, str(run), key, value)
        for tag, points in tags.items():
            steps, values, wall_times = _columns(str(tag), points)
            builder.extend(str(run), str(tag), steps, wall_times, values)
    return Experiment(builder.snapshot())


def set_param(builder: _core.Builder, run: str, name: str, value: object) -> None:
    """Sets a hyper-parameter; what is neither number nor truth value becomes text."""
    if isinstance(value, (bool, np.bool_)):
        builder.set_flag(run, name, bool(value))
    elif isinstance(value, (int, float, np.integer, np.floating)):
        builder.set_number(run, name, float(value))
    else:
        builder.set_text(run, name, str(value))


def whole_steps(steps: Any) -> NDArray[np.int64]:
    """Steps as 64-bit integers. ValueError where one has a fraction or is not finite."""
    array = np.asarray(steps)
    if array.dtype.kind in "iu":
        return np.ascontiguousarray(array, dtype=np.int64)
    as_float = np.asarray(array, dtype=np.float64)
    if not np.all(np.isfinite(as_float)) or np.any(as_float != np.floor(as_float)):
        raise ValueError("steps are whole numbers")
    if np.any(np.abs(as_float) >= 2.0**63):
        raise ValueError("steps are 64-bit integers")
    return np.ascontiguousarray(as_float, dtype=np.int64)


def patterns(given: Patterns) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _columns(tag: str, points: Any) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    wall_times = None
    if isinstance(points, Series):
        return points.steps, points.values, points.wall_times
    if isinstance(points, tuple) and points and np.ndim(points[0]) == 1:
        if len(points) not in (2, 3):
            raise ValueError(f"{tag}: give values, (steps, values) or (steps, values, wall_times)")
        steps, values = points[0], points[1]
        wall_times = points[2] if len(points) == 3 else None
    elif hasattr(points, "index") and hasattr(points, "to_numpy"):
        steps, values = points.index.to_numpy(), points.to_numpy()
    else:
        values = points
        steps = None
    numbers = np.ascontiguousarray(values, dtype=np.float64)
    if numbers.ndim != 1:
        raise ValueError(f"{tag}: values are one number a point, not {numbers.ndim}-dimensional")
    count = len(numbers)
    try:
        whole = np.arange(count, dtype=np.int64) if steps is None else whole_steps(steps)
    except ValueError as error:
        raise ValueError(f"{tag}: {error}") from None
    times = np.full(count, np.nan) if wall_times is None else np.ascontiguousarray(wall_times, dtype=np.float64)
    if len(whole) != count or len(times) != count:
        raise ValueError(f"{tag}: steps, values and wall times differ in length")
    return whole, numbers, times


def _read_native(path: Path, format: str, include: Patterns, exclude: Patterns, jobs: int) -> Experiment:
    return Experiment(_core.read(os.fsencode(path), format, patterns(include), patterns(exclude), jobs))


def _read_parquet(path: Path, include: Patterns, exclude: Patterns, jobs: int) -> Experiment:
    from telltale import parquet

    return parquet.read(os.fsdecode(path), include=patterns(include), exclude=patterns(exclude))


def _is_parquet(path: Path) -> bool:
    return os.fsdecode(path).endswith(_PARQUET) and os.path.isfile(path)


def _holds_parquet(path: Path) -> bool:
    return any(True for _ in parquet_files(os.fsdecode(path)))


def parquet_files(root: str) -> Iterable[str]:
    """Parquet files at or below `root`, sorted."""
    if os.path.isfile(root):
        yield root
        return
    for directory, folders, files in os.walk(root):
        folders.sort()
        for file in sorted(files):
            if file.endswith(_PARQUET):
                yield os.path.join(directory, file)
