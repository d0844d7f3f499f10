"""Diagnosis of a run while it trains, in its own process and without a framework.

watcher = telltale.Watcher(stop_on=["non-finite", "divergence"])
for step in range(steps):
    watcher.log(step, train_loss=loss, val_loss=val_loss)
    if watcher.should_stop:
        break
watcher.close()
"""

from __future__ import annotations

import logging
import math
import os
import time
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any

from telltale import _core
from telltale.diagnosis import SEVERITIES, Annotations, Config, Diagnosis, Finding, annotate, diagnose
from telltale.errors import TelltaleError
from telltale.experiment import Experiment, ParamValue
from telltale.reading import Path, set_param

_log = logging.getLogger("telltale")
_clock = time.perf_counter  # what looks cost; tests have one of their own

# A look is taken when there are this many times the points of the last one...
_GROWTH = 1.05
# ...and as long as all looks together cost no more than this: at the start, a point, and of the time that has passed.
_FREE_SECONDS = 0.1
_SECONDS_PER_POINT = 5e-6
_SHARE_OF_TIME = 0.002
# A value that is not finite is looked at at once, and so are the next ones of its tag, this many...
_URGENT_LOOKS = 8
# ...the first one of a tag whatever looks have cost so far, but not of more tags than these.
_FREE_LOOKS = 4
# What is a fact and not an estimate needs no second look.
_FACTS = frozenset(("non-finite",))


class Watcher:
    """Takes points as they are logged, says when something is wrong, and never raises into training.

    `warn` is the severity from which a finding is told through logging, once it is stable; None tells nothing. It is
    stable when `stable` looks in a row have found it. `stop_on` are ids of findings that make `should_stop` true.
    `on_finding` is called with each finding that becomes stable. With `log_dir` the findings are written there when the
    watcher is closed: beside the logs that it holds, or, where it holds none, as a TensorBoard run of their own.
    `params`, `roles` and `config` are as in `telltale.diagnose`.
    """

    def __init__(
        self,
        *,
        warn: str | None = "warning",
        stop_on: Iterable[str] = (),
        stable: int = 3,
        on_finding: Callable[[Finding], object] | None = None,
        log_dir: Path | None = None,
        params: Mapping[str, ParamValue] | None = None,
        roles: Mapping[str, str] | None = None,
        config: Config | None = None,
    ) -> None:
        if warn is not None and warn not in SEVERITIES:
            raise ValueError(f"warn is one of {', '.join(SEVERITIES)} or None, not {warn!r}")
        self._stop_on = frozenset([stop_on] if isinstance(stop_on, str) else stop_on)
        unknown = self._stop_on - {rule[0] for rule in _core.rules()}
        if unknown:
            raise ValueError(f"no rule is called {', '.join(sorted(unknown))}; telltale.rules() lists them")
        self._warn = warn
        self._stable = max(1, stable)
        self._on_finding = on_finding
        self._log_dir = None if log_dir is None else os.path.abspath(os.fsdecode(log_dir))
        self._options: dict[str, Any] = {"roles": roles, "config": config}
        # With a directory the run is that directory, so that its annotations stand right below it.
        self._run = "run" if self._log_dir is None else "."
        self._builder = _core.Builder("python", os.fsencode(self._log_dir or ""))
        self._builder.add_run(self._run)
        self._points = 0
        self._looked_at = 0
        self._next_look = 16
        self._spent = 0.0
        self._last_cost = 0.0
        self._started = _clock()
        self._urgent: dict[str, int] = {}
        self._free_looks = _FREE_LOOKS
        self._free = False
        self._streaks: dict[str, int] = {}
        self._told: set[str] = set()
        self._stop: Finding | None = None
        self._annotations: Annotations | None = None
        self._closed = False
        self._broken = False
        self.set_params(params or {})

    def set_params(self, params: Mapping[str, object]) -> None:
        """Hyper-parameters, some of which rules need: batch_size, learning_rate, ..."""
        for name, value in params.items():
            set_param(self._builder, self._run, str(name), value)

    def log(self, step: int, metrics: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        """Takes what was measured at `step`. What is no single number is passed over."""
        if self._broken or self._closed:
            return
        try:
            now = time.time()
            step = int(step)
            for each in (metrics, more):
                if each:
                    for tag, value in each.items():
                        self._append(tag, step, now, value)
            if self._points >= self._next_look and (self._free or self._affordable()):
                self._look()
        except Exception as error:
            self._break(error)

    @property
    def should_stop(self) -> bool:
        """Whether a finding of `stop_on` has become stable."""
        return self._stop is not None

    @property
    def stop_reason(self) -> Finding | None:
        return self._stop

    def experiment(self) -> Experiment:
        """What was logged so far; a copy."""
        return Experiment(self._builder.snapshot())

    def diagnose(self) -> Diagnosis:
        """All that can be said now."""
        return diagnose(self.experiment(), jobs=1, **self._options)

    def findings(self) -> tuple[Finding, ...]:
        """What is found now, stable or not."""
        return self.diagnose().findings

    def close(self) -> Annotations | None:
        """Looks a last time and writes the annotations. Does nothing when called again."""
        if self._closed:
            return self._annotations
        self._closed = True
        try:
            if not self._broken and self._points > self._looked_at:
                self._look(last=True)
            if self._log_dir is not None and self._points > 0:
                self._annotations = self._annotate(self._log_dir)
        except Exception as error:
            self._break(error)
        return self._annotations

    @property
    def annotations(self) -> Annotations | None:
        """What closing wrote."""
        return self._annotations

    def __enter__(self) -> Watcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _append(self, tag: str, step: int, now: float, value: Any) -> None:
        if isinstance(value, (str, bytes)):
            return
        try:
            number = float(value)
        except (TypeError, ValueError, RuntimeError):  # an array of one element is a number as well
            try:
                number = float(value.item())
            except (AttributeError, TypeError, ValueError, RuntimeError):
                return
        self._builder.append(self._run, tag, step, now, number)
        self._points += 1
        if not math.isfinite(number):
            looks = self._urgent.get(tag, 0)
            if looks < _URGENT_LOOKS:
                self._urgent[tag] = looks + 1
                self._next_look = self._points
            if looks == 0 and self._free_looks > 0 and not self._free:
                self._free_looks -= 1
                self._free = True

    def _affordable(self) -> bool:
        elapsed = _clock() - self._started
        budget = _FREE_SECONDS + _SECONDS_PER_POINT * self._points + _SHARE_OF_TIME * elapsed
        return self._spent + self._last_cost <= budget

    def _look(self, *, last: bool = False) -> None:
        begin = _clock()
        self._looked_at = self._points
        self._free = False
        self._next_look = max(self._points + 1, math.ceil(self._points * _GROWTH))
        found = {finding.id: finding for finding in reversed(self.findings())}
        self._streaks = {id: self._streaks.get(id, 0) + 1 for id in found}
        for id, finding in found.items():
            # At the end there is no later look that could change it.
            if last or self._streaks[id] >= self._stable or id in _FACTS:
                self._tell(finding)
        self._last_cost = _clock() - begin
        self._spent += self._last_cost

    def _tell(self, finding: Finding) -> None:
        if finding.id in self._told:
            return
        self._told.add(finding.id)
        if finding.id in self._stop_on and self._stop is None:
            self._stop = finding
        if self._warn is not None and SEVERITIES.index(finding.severity) >= SEVERITIES.index(self._warn):
            stops = " (training should stop)" if finding.id in self._stop_on else ""
            _log.warning("%s: %s%s", finding.id, finding.summary, stops)
        if self._on_finding is not None:
            self._on_finding(finding)

    def _annotate(self, log_dir: str) -> Annotations:
        try:
            written = annotate(log_dir, params=None, jobs=1, **self._options)
            if written.to_dict()["annotations"]:
                return written
        except TelltaleError as error:
            if error.code != "NOT_FOUND":
                raise
        return self.diagnose().annotate(os.path.dirname(log_dir))  # below it, at the run's own name

    def _break(self, error: Exception) -> None:
        if not self._broken:
            _log.warning("telltale stops watching, training goes on: %s: %s", type(error).__name__, error)
        self._broken = True
