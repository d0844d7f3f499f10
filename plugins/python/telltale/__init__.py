"""Reads the logs that training runs leave behind and says what is wrong with the curves.

import telltale

experiment = telltale.read("logs")
print(experiment.runs["baseline/train"].series["epoch_loss"].values)
telltale.diagnose(experiment)  # shows itself in a notebook
"""

from telltale._core import __version__
from telltale.conversion import Conversion, convert
from telltale.diagnosis import (
    Annotations,
    BestCheckpoint,
    DiagnosedGroup,
    DiagnosedRun,
    Diagnosis,
    Evidence,
    Finding,
    Rule,
    RuleParam,
    annotate,
    diagnose,
    rules,
)
from telltale.errors import TelltaleError
from telltale.experiment import Experiment, Problem, Role, Run, Series, TextPoint, TrainingRun
from telltale.reading import Follower, from_arrays, read
from telltale.watcher import Watcher

__all__ = [
    "Annotations",
    "BestCheckpoint",
    "Conversion",
    "DiagnosedGroup",
    "DiagnosedRun",
    "Diagnosis",
    "Evidence",
    "Experiment",
    "Finding",
    "Follower",
    "Problem",
    "Role",
    "Rule",
    "RuleParam",
    "Run",
    "Series",
    "TelltaleError",
    "TextPoint",
    "TrainingRun",
    "Watcher",
    "__version__",
    "annotate",
    "convert",
    "diagnose",
    "from_arrays",
    "read",
    "rules",
]
