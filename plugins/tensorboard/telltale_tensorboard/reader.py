"""Reads the runs in the background, what is new whenever their files change, and diagnoses those that have changed."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from telltale_tensorboard import drawing
from telltale_tensorboard.logs import Fingerprint, Place, directories, fingerprint

_IDLE_SECONDS = 30.0
"""So long after the last request nobody looks at the tab: files are left alone until somebody does."""
_MANY = 200
"""Fewer training runs are diagnosed in a moment, and first seen when they are."""
_SHARE = 0.2
"""At most this part of the time goes into reading."""
_NICE = 10
"""The priority of reading and diagnosing: the page that waits for them, and trainings on this machine, come first."""
_PATIENCE = 2.0
"""Seconds that status() waits for what is being read, and reading for a page that fetches the list of what is not."""

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Curves:
    """The series of a training run."""

    experiment: Any
    """The telltale.Experiment that holds them."""
    series: list[dict[str, Any]]
    """Their runs and tags, as in the document of schema "telltale.diagnosis/1"."""


@dataclass(frozen=True)
class Snapshot:
    """What is known of the runs. Never changes."""

    version: int = 0
    """0: nothing yet."""
    runs: bytes = b"{}"
    """The document of schema "telltale.diagnosis/1", but of a training run only what a list of many shows."""
    training_runs: tuple[bytes, ...] = ()
    """Each in full, as in that document."""
    index: dict[str, int] = field(default_factory=dict)
    """Of each training run's name the place in `training_runs`."""
    rest: bytes = b"{}"
    """The document without its training runs."""
    curves: dict[str, Curves] = field(default_factory=dict)
    """Of each training run."""
    unread: dict[str, str] = field(default_factory=dict)
    """The directories of training runs whose files have not been read."""
    diagnoses: tuple[Any, ...] = ()

    def findings(self, training_run: str | None = None) -> bytes:
        """The whole document; that of one training run, null where there is none of this name; as JSON."""
        if training_run is not None:
            at = self.index.get(training_run)
            return b"null" if at is None else self.training_runs[at]
        if self.version == 0:
            return b"{}"
        return self.rest[:-1] + b', "training_runs": [' + b", ".join(self.training_runs) + b"]}"


def _snapshot(version: int, document: dict[str, Any], **others: Any) -> Snapshot:
    """Of a document of schema "telltale.diagnosis/1"."""
    runs = document["training_runs"]
    rest = {key: value for key, value in document.items() if key != "training_runs"}
    brief = [
        {"name": run["name"], "verdict": run["verdict"], "findings": [*map(_brief, run["findings"])]} for run in runs
    ]
    return Snapshot(
        version,
        json.dumps({**rest, "training_runs": brief}).encode(),
        tuple(json.dumps(run).encode() for run in runs),
        {run["name"]: at for at, run in enumerate(runs)},
        json.dumps(rest).encode(),
        **others,
    )


def _brief(finding: dict[str, Any]) -> dict[str, Any]:
    return {key: finding[key] for key in ("id", "severity", "confidence")}


class Reader:
    """Knows the diagnosis of all runs at `places`. Does nothing before prepare() or status() is called."""

    def __init__(
        self, places: Callable[[], list[Place]], interval: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`interval`: seconds between looks at the files; 0: one look only."""
        self._places = places
        self._interval = interval
        self._clock = clock
        self._lock = threading.Condition()
        self._thread: threading.Thread | None = None
        self._asked = 0.0
        self._snapshot = Snapshot()
        self._state, self._message = "reading", ""
        self._seen: object = None
        self._followers: dict[Place, Any] = {}
        """Of each place the telltale.Follower that reads what is new."""
        self._wanted = threading.Event()
        """Somebody looks at the tab."""
        self._listed = threading.Event()
        """Somebody has the list of many training runs that are not read yet."""

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    def listed(self) -> Snapshot:
        """The snapshot, for a page that lists its runs."""
        snapshot = self._snapshot
        if snapshot.version > 0:
            self._listed.set()
        return snapshot

    def prepare(self) -> None:
        """Returns at once; reads the runs, but diagnoses nothing before status() is called."""
        with self._lock:
            self._asked = self._clock()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="telltale", daemon=True)
                self._thread.start()
            self._lock.notify_all()

    def status(self, known: int | None = None) -> dict[str, Any]:
        """Reads and diagnoses where that is due, in the background.

        Returns at once, but while there is only the version `known` and reading goes on: then as soon as there is
        something new, at the latest after two seconds.
        """
        self._wanted.set()
        self.prepare()
        with self._lock:
            self._lock.wait_for(lambda: self._snapshot.version != known or self._state != "reading", _PATIENCE)
            return {"state": self._state, "message": self._message, "version": self._snapshot.version}

    def look(self) -> None:
        """Reads and diagnoses if any file has changed since the last look."""
        try:
            places = self._places()
            seen = fingerprint(places)
            if seen == self._seen:
                return
            self._set("reading", "")
            if self._snapshot.version == 0:
                self._announce(places, seen)
            snapshot = self._read(places)
        except ImportError as error:
            self._set("not-installed", str(error))
        except Exception as error:  # whatever it is, the tab shows it
            self._set("failed", str(error) or type(error).__name__)
        else:
            with self._lock:
                self._seen, self._snapshot = seen, snapshot
                self._state, self._message = "ready", ""
                self._lock.notify_all()

    def _set(self, state: str, message: str) -> None:
        with self._lock:
            self._state, self._message = state, message
            self._lock.notify_all()

    def _run(self) -> None:
        while True:
            begin = self._clock()
            self.look()
            if self._interval <= 0:
                return
            time.sleep(max(self._interval, (self._clock() - begin) / _SHARE))
            with self._lock:
                while self._clock() - self._asked > _IDLE_SECONDS:
                    self._lock.wait()

    def _announce(self, places: list[Place], files: Fingerprint) -> None:
        """Many training runs take some time to read: they are listed before.

        Returns when a page has that list, which it could not show as soon if reading competed with it for the
        processor and the interpreter's lock; or at the end of our patience, where nobody looks at the tab yet.
        """
        unread = directories(places, files)
        if len(unread) >= _MANY:
            runs = [_undiagnosed(name, path) for name, path in unread.items()]
            document = {"training_runs": runs, "groups": [], "problems": []}
            roots = {place.path for place in places}  # one of these is no less to read than all of them
            unread = {name: path for name, path in unread.items() if path not in roots}
            with self._lock:
                self._snapshot = _snapshot(1, document, unread=unread)
                self._lock.notify_all()
            self._listed.wait(_PATIENCE)

    def _read(self, places: list[Place]) -> Snapshot:
        import telltale

        documents, diagnoses = [], []
        curves: dict[str, Curves] = {}
        self._followers = {place: self._followers.get(place) or telltale.Follower(place.path) for place in places}
        experiments = [_yielding(self._followers[place].read) for place in places]
        self._wanted.wait()
        earlier = dict(zip(places, self._snapshot.diagnoses, strict=False))
        for place, experiment in zip(places, experiments, strict=True):
            diagnosis = _yielding(partial(telltale.diagnose, experiment, earlier=earlier.get(place)))
            document = _prefixed(json.loads(diagnosis.to_json()), place.prefix)
            for run in document["training_runs"]:
                curves[run["name"]] = Curves(experiment, run["series"])
            documents.append(document)
            diagnoses.append(diagnosis)
        merged = documents[0] if documents else {"training_runs": [], "groups": [], "problems": []}
        for other in documents[1:]:
            for key in ("training_runs", "groups", "problems"):
                merged[key] += other[key]
        return _snapshot(self._snapshot.version + 1, merged, curves=curves, diagnoses=tuple(diagnoses))


def _yielding(work: Callable[[], _Result]) -> _Result:
    """What `work()` returns, done in a thread of low priority.

    For native work, which does not hold the interpreter's lock. Whoever waits for the processor while holding that
    lock keeps TensorBoard's own answers waiting, so everything else stays at the common priority.
    """
    done: Future[_Result] = Future()

    def run() -> None:
        if sys.platform == "linux":  # elsewhere a thread has no priority of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, name="telltale-native", daemon=True).start()
    return done.result()


def samples_of(snapshot: Snapshot, training_run: str) -> list[dict[str, Any]]:
    """The series of a training run as a chart needs them; none where there is no such run."""
    if training_run in snapshot.unread:
        return _samples_in(snapshot.unread[training_run])
    found = snapshot.curves.get(training_run)
    if found is None:
        return []
    runs = found.experiment.runs
    return [{**drawing.samples(runs[each["run"]].series[each["tag"]]), "role": each["role"]} for each in found.series]


def _samples_in(directory: str) -> list[dict[str, Any]]:
    import telltale

    experiment = telltale.read(directory, format="tensorboard")
    return [
        {**drawing.samples(series), "role": {"split": role.split, "quantity": role.quantity}}
        for run in experiment.training_runs()
        for series, role in run.series
    ]


def _undiagnosed(name: str, directory: str) -> dict[str, Any]:
    """As in the document of schema "telltale.diagnosis/1", with what is known before the files are read."""
    lists: dict[str, Any] = {key: [] for key in ("runs", "series", "findings", "not_assessable", "suppressed")}
    source = {"format": "tensorboard", "path": directory}
    return {"name": name, "source": source, "verdict": "pending", "best_checkpoint": None, **lists}


def _prefixed(document: dict[str, Any], prefix: str) -> dict[str, Any]:
    """The document with `prefix` before the names of training runs and groups."""
    if prefix:
        for run in document["training_runs"]:
            run["name"] = prefix + run["name"]
        for group in document["groups"]:
            group["name"] = prefix + group["name"]
            group["training_runs"] = [prefix + name for name in group["training_runs"]]
    return document
