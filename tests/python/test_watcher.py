import itertools
import logging
import math

import numpy as np
import pytest
import telltale
from telltale import watcher as watcher_module


@pytest.fixture(autouse=True)
def looks_cost_nothing(monkeypatch):
    """So that no test depends on the time that a look takes."""
    monkeypatch.setattr(watcher_module, "_clock", lambda: 0.0)


def curve(step):
    return math.exp(-step / 40) + 0.02


def test_a_value_that_is_not_finite_stops_at_once(caplog):
    seen = []
    watcher = telltale.Watcher(stop_on="non-finite", on_finding=seen.append)
    with caplog.at_level(logging.WARNING, "telltale"):
        for step in range(200):
            watcher.log(step, {"loss": float("nan") if step >= 100 else curve(step)})
            if watcher.should_stop:
                break
    assert 100 <= step <= 108
    assert watcher.stop_reason.id == "non-finite"
    assert "non-finite" in [finding.id for finding in seen]
    assert len([record for record in caplog.records if record.message.startswith("non-finite")]) == 1


def test_overfitting_is_told_once_and_before_the_end(caplog):
    told = {}
    watcher = telltale.Watcher()
    watcher._on_finding = lambda finding: told.setdefault(finding.id, step)
    for step in range(150):
        watcher.log(step, loss=curve(step), val_loss=curve(step) + 0.1 if step < 40 else 0.5 + 0.01 * (step - 40))
    assert 40 < told["overfitting"] < 149
    assert not watcher.should_stop
    assert "overfitting" in [finding.id for finding in watcher.findings()]


def test_severity_decides_what_is_told(caplog):
    for warn, expected in (("error", False), (None, False)):
        with caplog.at_level(logging.DEBUG, "telltale"):
            caplog.clear()
            with telltale.Watcher(warn=warn) as watcher:
                for step in range(60):
                    watcher.log(step, loss=curve(step), val_loss=curve(step) * 0.5)
        assert bool(caplog.records) is expected


def test_findings_are_those_of_the_same_arrays():
    watcher = telltale.Watcher(warn=None)
    steps = np.arange(80)
    loss, val = np.exp(-steps / 12) + 0.02, np.where(steps < 20, 0.5, 0.5 + 0.02 * (steps - 20))
    for step in steps:
        watcher.log(step, loss=np.float32(loss[step]), val_loss=val[step])
    same = telltale.diagnose({"loss": loss.astype(np.float32), "val_loss": val})
    assert [f.id for f in watcher.findings()] == [f.id for f in same.findings]
    assert len(watcher.experiment().series[0]) == 80


def test_never_raises_into_training(caplog, monkeypatch):
    watcher = telltale.Watcher(warn=None)

    class Odd:
        def __float__(self):
            raise TypeError("no number")

    watcher.log(0, {"loss": 1.0, "text": "x", "none": None, "odd": Odd(), "array": np.zeros(3), "one": np.ones(1)})
    assert {series.tag for series in watcher.experiment().series} == {"loss", "one"}

    def broken(*args, **kwargs):
        raise RuntimeError("a bug")

    monkeypatch.setattr(watcher_module, "diagnose", broken)
    with caplog.at_level(logging.WARNING, "telltale"):
        for step in range(500):
            watcher.log(step, loss=1.0)
        watcher.log("no step", loss=1.0)
        assert watcher.close() is None
    assert len(caplog.records) == 1
    assert "a bug" in caplog.text


def test_a_callers_exception_in_on_finding_does_not_reach_training():
    def broken(finding):
        raise ValueError("mine")

    watcher = telltale.Watcher(warn=None, on_finding=broken)
    for step in range(50):
        watcher.log(step, loss=float("nan"))
    watcher.close()


def test_wrong_options_are_errors_before_training():
    with pytest.raises(ValueError, match="no rule is called no-such-rule"):
        telltale.Watcher(stop_on=["no-such-rule"])
    with pytest.raises(ValueError, match="warn is one of"):
        telltale.Watcher(warn="loud")


def test_closing_writes_annotations(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    with telltale.Watcher(warn=None, log_dir=tmp_path, params={"batch_size": 4}) as watcher:
        for step in range(60):
            watcher.log(step, loss=curve(step), val_loss=0.5 + 0.01 * step)
    assert watcher.annotations.files
    assert watcher.close() is watcher.annotations
    theirs = EventAccumulator(str(tmp_path / "telltale")).Reload()
    assert any(tag.startswith("telltale/diagnosis") for tag in theirs.Tags()["tensors"])


def test_closing_annotates_the_logs_that_are_there(demo, tmp_path):
    import shutil

    shutil.copytree(demo / "baseline", tmp_path / "logs")
    before = sorted(tmp_path.rglob("*"))
    with telltale.Watcher(warn=None, log_dir=tmp_path / "logs") as watcher:
        watcher.log(0, loss=1.0)
    new = [path for path in sorted(tmp_path.rglob("*")) if path not in before and path.is_file()]
    assert [path.parent for path in new] == [tmp_path / "logs" / "telltale"]


def test_looks_grow_rarer(monkeypatch):
    looks = []
    real = telltale.Watcher._look
    monkeypatch.setattr(telltale.Watcher, "_look", lambda self, **kw: (looks.append(self._points), real(self, **kw)))
    watcher = telltale.Watcher(warn=None)
    for step in range(20000):
        watcher.log(step, loss=curve(step % 100))
    # 1.05 times the points between two: at most log(20000 / 16) / log(1.05) after the first.
    assert 1 <= len(looks) <= 16 + math.log(20000 / 16) / math.log(1.05)
    assert all(b >= math.floor(1.05 * a) for a, b in itertools.pairwise(looks) if a > 40)


def test_a_value_that_is_not_finite_is_looked_at_though_looks_are_dear(monkeypatch):
    now = itertools.count(step=10.0)  # a look takes ten seconds, as where training has all cores
    monkeypatch.setattr(watcher_module, "_clock", lambda: next(now))
    watcher = telltale.Watcher(stop_on=["non-finite"], warn=None)
    for step in range(40):
        watcher.log(step, train_loss=curve(step))
    assert not watcher.should_stop
    watcher.log(40, train_loss=math.nan)
    assert watcher.should_stop


def test_looks_at_values_that_are_not_finite_are_few_where_looks_are_dear(monkeypatch):
    now = itertools.count(step=10.0)
    monkeypatch.setattr(watcher_module, "_clock", lambda: next(now))
    watcher = telltale.Watcher(warn=None)
    looks = []
    monkeypatch.setattr(watcher, "findings", lambda: looks.append(1) or ())
    for tag in range(1000):
        watcher.log(tag, {f"grad/{tag}": math.inf})
    assert len(looks) < 10
