"""What was read: runs and their series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from telltale import _core

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

ParamValue = str | float | bool


class Role(NamedTuple):
    """What a series means: the split that it was measured on, and the quantity that it measures."""

    split: str = "unknown"
    """ "train", "validation", "test" or "unknown"."""
    quantity: str = "unknown"
    """ "loss", "accuracy", "metric", "learning-rate", "gradient-norm", "epoch", "time", ..."""
    direction: str = "unknown"
    """Which way is better: "lower", "higher" or "unknown"."""
    name: str = ""
    """The quantity's own name without the split: "loss", "f1", "lr"."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with a file, not with the training."""

    path: str
    begin: int
    """First byte concerned."""
    end: int
    """One past the last; equal to `begin` when no bytes are concerned."""
    kind: str
    message: str
    records_lost: int | None
    is_damage: bool
    """Whether input was lost."""


class TextPoint(NamedTuple):
    """Text that was logged."""

    step: int
    wall_time: float
    strings: tuple[str, ...]


class Series:
    """One tag of one run. Its arrays are views of what was read: nothing is copied, nothing can be written."""

    __slots__ = ("_at", "_experiment", "_native")

    def __init__(self, native: _core.Series, experiment: Experiment, at: tuple[int, int]) -> None:
        self._native = native
        self._experiment = experiment
        self._at = at

    @property
    def tag(self) -> str:
        return self._native.tag

    @property
    def run(self) -> str:
        """Name of the run that it belongs to."""
        return self._native.run

    @property
    def steps(self) -> NDArray[np.int64]:
        """In the order of the file; steps may repeat or go back."""
        return self._native.steps

    @property
    def wall_times(self) -> NDArray[np.float64]:
        """Seconds since the Unix epoch."""
        return self._native.wall_times

    @property
    def values(self) -> NDArray[np.float64]:
        return self._native.values

    @property
    def axis(self) -> str:
        """What the tracker draws it over where that is not its steps, else empty; see `axis_values`."""
        return self._native.axis

    @property
    def axis_values(self) -> NDArray[np.float64]:
        return self._native.axis_values

    @property
    def role(self) -> Role:
        """What it was taken for."""
        return self._experiment._roles().get(self._at, Role())

    @property
    def display_name(self) -> str:
        return self._native.display_name

    @property
    def description(self) -> str:
        """Markdown."""
        return self._native.description

    def __len__(self) -> int:
        return len(self._native)

    def __repr__(self) -> str:
        return f"<telltale.Series {self.run}:{self.tag}, {len(self)} points>"

    def __arrow_c_schema__(self) -> object:
        return _core.series_schema()

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """A struct array of step, wall_time and value whose buffers are the columns themselves."""
        return _core.series_array(self._native)

    def to_pandas(self) -> pd.DataFrame:
        """step, wall_time, value; the columns are views where pandas lets them be."""
        import pandas as pd

        return pd.DataFrame({"step": self.steps, "wall_time": self.wall_times, "value": self.values}, copy=False)

    def to_arrow(self) -> pa.StructArray:
        """A pyarrow struct array of step, wall_time and value, without a copy."""
        import pyarrow as pa

        return pa.array(self)


class SeriesByTag(Mapping[str, Series]):
    """The series of a run by their tags, in the order of first appearance."""

    def __init__(self, experiment: Experiment, run: int) -> None:
        self._experiment = experiment
        self._run = run
        self._index = {tag: i for i, tag in enumerate(experiment._native.tags(run))}

    def __getitem__(self, tag: str) -> Series:
        return self._experiment._series(self._run, self._index[tag])

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)

    def __repr__(self) -> str:
        return f"<telltale.SeriesByTag {list(self)!r}>"


class Run:
    """One stream as its tracker names it: a TensorBoard directory, an MLflow run, a W&B run, one CSV file."""

    def __init__(self, experiment: Experiment, index: int) -> None:
        facts = experiment._native.run(index)
        self._experiment = experiment
        self._index = index
        self.name = facts[0]
        """Relative to the path that was read; "." for that path itself."""
        self.path = facts[1]
        self.params: dict[str, ParamValue] = dict(facts[2])
        """Hyper-parameters."""
        self.tags: dict[str, ParamValue] = dict(facts[3])
        """The tracker's tags of the run, not of its series."""
        self.id, self.title, self.project, self.group, self.note = facts[4]
        self.written_by_telltale = facts[5]
        """An annotation of Telltale's: never diagnosed, never converted."""
        self.series = SeriesByTag(experiment, index)

    @property
    def texts(self) -> dict[str, tuple[TextPoint, ...]]:
        """Text that was logged, by tag."""
        return {
            tag: tuple(TextPoint(step, wall, tuple(strings)) for step, wall, strings in points)
            for tag, points in self._experiment._native.texts(self._index)
        }

    def __repr__(self) -> str:
        return f"<telltale.Run {self.name}, {len(self.series)} series>"


class Runs(Sequence[Run]):
    """Runs in the order of their names; also found by name."""

    def __init__(self, runs: list[Run]) -> None:
        self._runs = runs
        self._by_name = {run.name: run for run in reversed(runs)}

    @overload
    def __getitem__(self, key: int | str) -> Run: ...
    @overload
    def __getitem__(self, key: slice) -> list[Run]: ...
    def __getitem__(self, key: int | str | slice) -> Run | list[Run]:
        if isinstance(key, str):
            return self._by_name[key]
        return self._runs[key]

    def __len__(self) -> int:
        return len(self._runs)

    def __repr__(self) -> str:
        return f"<telltale.Runs {[run.name for run in self._runs]!r}>"


@dataclass(frozen=True)
class TrainingRun:
    """What a person calls "a run": one or more runs that belong together, such as train and validation."""

    name: str
    path: str
    runs: tuple[Run, ...]
    series: tuple[tuple[Series, Role], ...]
    params: dict[str, ParamValue]
    grouped_because: str


class Experiment:
    """All that stands below one path."""

    def __init__(self, native: _core.Experiment) -> None:
        self._native = native
        self._role_map: dict[tuple[int, int], Role] | None = None
        self._runs: Runs | None = None

    @property
    def format(self) -> str:
        """Which tracker wrote it: "tensorboard", "mlflow", ...; "python" for arrays."""
        return self._native.format

    @property
    def path(self) -> str:
        return self._native.path

    @property
    def runs(self) -> Runs:
        if self._runs is None:
            self._runs = Runs([Run(self, i) for i in range(len(self._native))])
        return self._runs

    @property
    def series(self) -> list[Series]:
        """The series of all runs, annotations of Telltale's left out."""
        return [s for run in self.runs if not run.written_by_telltale for s in run.series.values()]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the files."""
        return [Problem(*fields) for fields in self._native.problems()]

    def training_runs(self, *, group: bool = True) -> list[TrainingRun]:
        """Runs that belong together. With `group=False` each is on its own."""
        return [
            TrainingRun(
                name=name,
                path=path,
                runs=tuple(self.runs[i] for i in runs),
                series=tuple((self._series(run, at), Role(*role)) for run, at, *role in series),
                params=dict(params),
                grouped_because=because,
            )
            for name, path, runs, series, params, because in self._native.training_runs(group)
        ]

    def to_pandas(self) -> pd.DataFrame:
        """One row a point: run, tag, step, wall_time, value. Needs pandas."""
        import pandas as pd

        series = self.series
        lengths = [len(s) for s in series]

        def names(of: list[str]) -> Any:
            categories = list(dict.fromkeys(of))
            codes = {name: i for i, name in enumerate(categories)}
            column = np.repeat(np.array([codes[name] for name in of], dtype=np.int32), lengths)
            return pd.Categorical.from_codes(column, categories=categories)

        def points(of: list[NDArray[Any]], dtype: type) -> NDArray[Any]:
            return np.concatenate(of) if of else np.empty(0, dtype)

        return pd.DataFrame(
            {
                "run": names([s.run for s in series]),
                "tag": names([s.tag for s in series]),
                "step": points([s.steps for s in series], np.int64),
                "wall_time": points([s.wall_times for s in series], np.float64),
                "value": points([s.values for s in series], np.float64),
            },
            copy=False,
        )

    def to_arrow(self) -> pa.Table:
        """The same as a pyarrow table: one chunk a series, whose buffers are the columns that were read."""
        import pyarrow as pa

        return pa.table(self)

    def to_parquet(self, path: Any, **options: Any) -> None:
        """Writes that table; `options` are those of pyarrow.parquet.write_table."""
        from telltale import parquet

        parquet.write(self, path, **options)

    def __arrow_c_schema__(self) -> object:
        return _core.table_schema()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """One batch a series: run, tag (dictionaries of one name), step, wall_time, value."""
        return _core.table_stream([s._native for s in self.series])

    def __repr__(self) -> str:
        where = f" {self.path}" if self.path else ""
        return f"<telltale.Experiment{where} ({self.format}), {len(self._native)} runs>"

    def _series(self, run: int, series: int) -> Series:
        return Series(self._native.series(run, series), self, (run, series))

    def _roles(self) -> dict[tuple[int, int], Role]:
        if self._role_map is None:
            self._role_map = {
                (run, at): Role(*role)
                for training_run in self._native.training_runs(True)
                for run, at, *role in training_run[3]
            }
        return self._role_map
