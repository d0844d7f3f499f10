"""Carrying runs from one tracker to another."""

from __future__ import annotations

import json
import os
from typing import Any

from telltale import _core
from telltale.experiment import Experiment
from telltale.reading import Path, Patterns, patterns, read


class Conversion:
    """What a conversion did, or would do."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def to_dict(self) -> dict[str, Any]:
        """What `telltale convert --format json` prints."""
        return self._document

    @property
    def places(self) -> list[str]:
        """Files, directories or addresses that hold the result."""
        return list(self._document["written"]["places"])

    @property
    def runs(self) -> int:
        return int(self._document["written"]["runs"])

    @property
    def points(self) -> int:
        return int(self._document["written"]["points"])

    @property
    def lost(self) -> list[dict[str, Any]]:
        """What the target cannot hold and cannot give back."""
        return [
            {"run": run["source"], **change}
            for run in self._document["runs"]
            for change in run["changes"]
            if change["lost"]
        ]

    @property
    def verified(self) -> bool | None:
        """Whether what was read back is the same; None where nobody asked."""
        verification = self._document["verification"]
        return None if verification is None else bool(verification["same"])

    def __repr__(self) -> str:
        source, target = self._document["source"]["format"], self._document["target"]["format"]
        return f"<telltale.Conversion {source} -> {target}, {self.runs} runs, {self.points} points>"


def convert(
    source: Path | Experiment,
    destination: Path,
    *,
    to: str = "",
    format: str = "",
    include: Patterns = (),
    exclude: Patterns = (),
    rename: Patterns = (),
    downsample: str = "",
    merge_training_runs: bool = False,
    dry_run: bool = False,
    verify: bool = False,
    jobs: int = 0,
) -> Conversion:
    """Reads `source` and writes it as another tracker does; options are those of `telltale convert`.

    Where `destination` is called *.parquet, or `to` is "parquet", one long table is written through pyarrow.
    """
    if to == "parquet" or (not to and os.fsdecode(destination).endswith(".parquet")):
        return _to_parquet(source, destination, format, include, exclude, jobs, dry_run)
    request = _core.Request()
    request.from_, request.to = format, to
    request.renames, request.downsample = patterns(rename), downsample
    request.merge_training_runs, request.dry_run, request.verify = merge_training_runs, dry_run, verify
    request.jobs = jobs
    target = os.fsencode(destination)
    if not isinstance(source, Experiment):
        if format != "parquet" and not os.fsdecode(source).endswith(".parquet"):
            request.include, request.exclude = patterns(include), patterns(exclude)
            return Conversion(json.loads(_core.convert_path(os.fsencode(source), target, request)))
        source = read(source, include=include, exclude=exclude, jobs=jobs, format=format)
    return Conversion(json.loads(_core.convert_experiment(source._native, target, request)))


def _to_parquet(
    source: Path | Experiment,
    destination: Path,
    format: str,
    include: Patterns,
    exclude: Patterns,
    jobs: int,
    dry_run: bool,
) -> Conversion:
    experiment = source
    if not isinstance(experiment, Experiment):
        experiment = read(experiment, include=include, exclude=exclude, jobs=jobs, format=format)
    path = os.fsdecode(destination)
    runs = [
        {
            "source": run.name,
            "target": run.name,
            "series": len(run.series),
            "points": sum(len(series) for series in run.series.values()),
            "changes": [],
        }
        for run in experiment.runs
        if not run.written_by_telltale
    ]
    if not dry_run:
        experiment.to_parquet(path)
    return Conversion(
        {
            "schema": "telltale.convert/1",
            "version": _core.__version__,
            "source": {"format": experiment.format, "path": experiment.path},
            "target": {"format": "parquet", "path": path},
            "dry_run": dry_run,
            "runs": runs,
            "written": {
                "places": [] if dry_run else [path],
                "runs": 0 if dry_run else len(runs),
                "points": 0 if dry_run else sum(run["points"] for run in runs),
                "replaced_runs": 0,
            },
            "verification": None,
            "problems": [],
        }
    )
