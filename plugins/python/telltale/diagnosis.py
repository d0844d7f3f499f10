"""What diagnosis says."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from telltale import _core, _html
from telltale.experiment import Experiment, ParamValue
from telltale.reading import Path, Patterns, from_arrays, read

Config = Path | Mapping[str, Any]

SEVERITIES = ("info", "warning", "error")


@dataclass(frozen=True)
class Evidence:
    """A number that speaks for a finding."""

    name: str
    value: float
    unit: str
    """Empty for the unit of the series."""
    series: str
    """ "run:tag"; empty where it is about several."""
    low: float | None = None
    """The 95 % interval, where one could be computed."""
    high: float | None = None


@dataclass(frozen=True)
class Finding:
    """One diagnosed condition of a training run."""

    id: str
    severity: str
    """ "info", "warning" or "error"."""
    confidence: float
    """0 to 1: how often such a finding is right."""
    summary: str
    first_step: int | None
    last_step: int | None
    evidence: tuple[Evidence, ...]
    remedies: tuple[str, ...]
    """In the order of likely effect."""
    ruled_out: tuple[str, ...]
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class BestCheckpoint:
    """The step whose weights are worth keeping."""

    step: int
    value: float
    series: str
    is_last: bool


@dataclass(frozen=True)
class DiagnosedRun:
    """One training run and what was found."""

    name: str
    runs: tuple[str, ...]
    verdict: str
    """ "healthy", "attention", "failing" or "undiagnosable"."""
    findings: tuple[Finding, ...]
    """Most severe first, then most confident."""
    best_checkpoint: BestCheckpoint | None
    not_assessable: dict[str, str]
    """Rules that could not judge, and what they would need."""
    suppressed: tuple[Finding, ...]


@dataclass(frozen=True)
class DiagnosedGroup:
    """Training runs that are meant to be compared, and what was found of them as a whole."""

    name: str
    kind: str
    training_runs: tuple[str, ...]
    differing: tuple[str, ...]
    findings: tuple[Finding, ...]


class Diagnosis:
    """Findings about all training runs of an experiment."""

    def __init__(self, native: _core.Diagnosis, experiment: Experiment) -> None:
        self._native = native
        self.experiment = experiment

    def to_json(self) -> str:
        """What `telltale diagnose --format json` prints of the same input, to the letter."""
        return self._native.json()

    def to_dict(self) -> dict[str, Any]:
        """The same, parsed. Numbers that are not finite are the strings "NaN", "Infinity" and "-Infinity"."""
        document: dict[str, Any] = json.loads(self.to_json())
        return document

    @cached_property
    def _document(self) -> dict[str, Any]:
        return self.to_dict()

    @cached_property
    def training_runs(self) -> tuple[DiagnosedRun, ...]:
        return tuple(_run(run) for run in self._document["training_runs"])

    @cached_property
    def groups(self) -> tuple[DiagnosedGroup, ...]:
        return tuple(
            DiagnosedGroup(
                name=group["name"],
                kind=group["kind"],
                training_runs=tuple(group["training_runs"]),
                differing=tuple(group["differing"]),
                findings=tuple(map(_finding, group["findings"])),
            )
            for group in self._document["groups"]
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all training runs and groups, in their order."""
        found = [finding for run in self.training_runs for finding in run.findings]
        return tuple(found + [finding for group in self.groups for finding in group.findings])

    def annotate(self, out: Path | None = None) -> Annotations:
        """Writes the findings where the tracker shows them, or as event files below `out`."""
        return Annotations(json.loads(_core.annotate(self._native, b"" if out is None else os.fsencode(out))))

    def to_markdown(self) -> str:
        return self._native.markdown()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        return _html.page(self._document)

    def __repr__(self) -> str:
        verdicts = [run.verdict for run in self.training_runs]
        counts = ", ".join(f"{verdicts.count(v)} {v}" for v in dict.fromkeys(verdicts))
        return f"<telltale.Diagnosis {counts or 'no training runs'}>"


class Annotations:
    """What annotating did."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def to_dict(self) -> dict[str, Any]:
        """What `telltale annotate --format json` prints."""
        return self._document

    @property
    def files(self) -> list[str]:
        """What holds the annotations: files, or places in a tracker's database."""
        return [each["file"] for each in self._document["annotations"] if each["file"]]

    @property
    def failures(self) -> dict[str, str]:
        """Training runs that could not be annotated, and why."""
        return {e["name"]: e.get("why", "") for e in self._document["annotations"] if e["outcome"] == "failed"}

    def __repr__(self) -> str:
        return f"<telltale.Annotations {len(self._document['annotations'])} training runs>"


@dataclass(frozen=True)
class RuleParam:
    """A number that a rule can be tuned by."""

    name: str
    value: float
    """What it is where nobody says otherwise."""
    min: float
    max: float
    doc: str


@dataclass(frozen=True)
class Rule:
    """What can be found."""

    id: str
    severity: str
    """Of a usual finding."""
    summary: str
    doc: str
    """Markdown: what it finds, why it matters, what to try, known limits."""
    params: tuple[RuleParam, ...]


def rules() -> list[Rule]:
    """All rules, sorted by id."""
    return [
        Rule(id, severity, summary, doc, tuple(RuleParam(*param) for param in params))
        for id, severity, summary, doc, params in _core.rules()
    ]


def diagnose(
    source: Path | Experiment | Mapping[str, Any],
    *,
    include: Patterns = (),
    exclude: Patterns = (),
    jobs: int = 0,
    format: str = "",
    config: Config | None = None,
    roles: Mapping[str, str] | None = None,
    params: Mapping[str, ParamValue] | None = None,
    group: bool = True,
    disable: Sequence[str] = (),
    earlier: Diagnosis | None = None,
) -> Diagnosis:
    """Finds training runs and says what is wrong with their curves.

    `source` is a path, what `read` gave, or arrays as `from_arrays` takes them. `config` is a telltale.yaml, or its
    content as a mapping; none is looked for where it is not given. `roles` say what tags mean
    ({"val/obj": "validation:loss"}), `params` are hyper-parameters that the logs lack, `group=False` takes each run on
    its own, and `disable` names rules that are not run; all of these win over `config`. Training runs that have not
    changed since the `earlier` diagnosis, which was asked for in the same way, are not diagnosed again. The rest is as
    in `read`.
    """
    if isinstance(source, Experiment):
        experiment = source
    elif isinstance(source, (str, bytes, os.PathLike)):
        experiment = read(source, include=include, exclude=exclude, jobs=jobs, format=format)
    elif hasattr(source, "items"):
        experiment = from_arrays(source)
    else:
        raise TypeError(f"cannot diagnose {type(source).__name__}: give a path, an Experiment or a mapping of arrays")
    text, name = _config_text(config)
    more: dict[str, Any] = {}
    if roles:
        more["roles"] = dict(roles)
    if params:
        more["params"] = dict(params)
    if not group:
        more["group"] = False
    if disable:
        more["disable"] = list(disable)
    known = earlier._native if earlier is not None else None
    native = _core.diagnose(experiment._native, text, name, _json(more) if more else b"", jobs, known)
    return Diagnosis(native, experiment)


def annotate(source: Path | Experiment | Mapping[str, Any], out: Path | None = None, **options: Any) -> Annotations:
    """Diagnoses `source`, as `diagnose` does with `options`, and writes the findings where people look.

    For TensorBoard these are one extra run a training run; for other trackers their tags and notes. With `out` event
    files are written below that directory instead. Logs are never modified.
    """
    return diagnose(source, **options).annotate(out)


def _config_text(config: Config | None) -> tuple[bytes, bytes]:
    if config is None:
        return b"", b""
    if isinstance(config, Mapping):
        return _json(dict(config)), b"config"
    with open(config, "rb") as file:
        return file.read(1 << 20), os.fsencode(config)


def _json(value: object) -> bytes:
    # JSON is YAML, if no character outside of the basic plane is split into two escapes.
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _number(value: Any) -> float:
    return float(value)  # "NaN", "Infinity" and "-Infinity" are what float() reads


def _finding(finding: dict[str, Any]) -> Finding:
    return Finding(
        id=finding["id"],
        severity=finding["severity"],
        confidence=_number(finding["confidence"]),
        summary=finding["summary"],
        first_step=finding["first_step"],
        last_step=finding["last_step"],
        evidence=tuple(
            Evidence(
                name=each["name"],
                value=_number(each["value"]),
                unit=each["unit"],
                series=each["series"],
                low=_number(each["low"]) if "low" in each else None,
                high=_number(each["high"]) if "high" in each else None,
            )
            for each in finding["evidence"]
        ),
        remedies=tuple(finding["remedies"]),
        ruled_out=tuple(finding["ruled_out"]),
        alternatives=tuple(finding["alternatives"]),
    )


def _run(run: dict[str, Any]) -> DiagnosedRun:
    best = run["best_checkpoint"]
    return DiagnosedRun(
        name=run["name"],
        runs=tuple(run["runs"]),
        verdict=run["verdict"],
        findings=tuple(map(_finding, run["findings"])),
        best_checkpoint=None
        if best is None
        else BestCheckpoint(best["step"], _number(best["value"]), best["series"], best["is_last"]),
        not_assessable={each["id"]: each["reason"] for each in run["not_assessable"]},
        suppressed=tuple(map(_finding, run["suppressed"])),
    )
