"""Precision, recall and F1 of findings against labels.

A finding counts when it is a warning or an error (`fine-tuning-phase` at any severity). For one id: a run whose label demands it
is a hit or a miss; a run that reports it where the label neither demands nor allows it is a false alarm. The group finding
`unstable-across-seeds` is scored on the group. A healthy run is flagged when anything is reported that its label does not allow.
"""
import dataclasses

IDS = [
    "overfitting", "underfitting", "undertrained", "not-learning", "loss-increasing", "divergence", "non-finite", "oscillation",
    "slow-convergence", "slow-start", "plateau", "periodic-loss", "noisy-validation", "validation-mismatch", "validation-easier",
    "label-noise", "loss-spikes", "loss-metric-disagreement", "class-imbalance", "early-lr-decay", "late-oscillation",
    "unstable-across-seeds", "fine-tuning-phase",
]
GROUP_ID = "unstable-across-seeds"


@dataclasses.dataclass
class Count:
    hits: int = 0
    alarms: int = 0
    misses: int = 0

    @property
    def support(self):
        return self.hits + self.misses

    @property
    def precision(self):
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else None

    @property
    def recall(self):
        return self.hits / self.support if self.support else None

    @property
    def f1(self):
        total = 2 * self.hits + self.alarms + self.misses
        return 2 * self.hits / total if total else None


def counted(findings):
    """{id: confidence} of the findings that count."""
    return {f["id"]: f["confidence"] for f in findings if f["severity"] != "info" or f["id"] == "fine-tuning-phase"}


def said_of(row, found):
    """What the scorer takes as said about one row of the labels."""
    if row["level"] == "group":
        groups_said = found.get(row["run"], {})
        return {GROUP_ID: groups_said[GROUP_ID]} if GROUP_ID in groups_said else {}
    said = dict(found.get(row["run"], {}))
    if row["level"] == "member":
        said.pop(GROUP_ID, None)
    return said


@dataclasses.dataclass
class Score:
    per_id: dict
    healthy: int
    flagged: list
    wrong: list  # (row, missed ids, alarmed ids)
    reliability: list  # (confidence, right)

    @property
    def macro_f1(self):
        values = [c.f1 or 0.0 for i, c in self.per_id.items() if i in IDS and c.support]
        return sum(values) / len(values) if values else 0.0

    @property
    def micro(self):
        total = Count()
        for i, c in self.per_id.items():
            if i in IDS:
                total.hits += c.hits
                total.alarms += c.alarms
                total.misses += c.misses
        return total

    @property
    def flagged_share(self):
        return len(self.flagged) / self.healthy if self.healthy else 0.0


def score(rows, found):
    """rows: labels; found: {run: {id: confidence}}."""
    result = Score({i: Count() for i in IDS}, 0, [], [], [])
    for row in rows:
        said = said_of(row, found)
        must, may = set(row["must"]) - {"healthy"}, set(row["may"])
        alarmed = sorted(set(said) - must - may)
        missed = sorted(must - set(said))
        for i, confidence in said.items():
            result.reliability.append((confidence, i in must or i in may))
        for i in set(said) & must:
            result.per_id[i].hits += 1
        for i in alarmed:
            result.per_id.setdefault(i, Count()).alarms += 1
        for i in missed:
            result.per_id[i].misses += 1
        if "healthy" in row["must"]:
            result.healthy += 1
            if alarmed:
                result.flagged.append(row["run"])
        if alarmed or missed:
            result.wrong.append((row, missed, alarmed))
    return result
