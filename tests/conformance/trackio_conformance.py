#!/usr/bin/env python3
"""Telltale against Trackio's own storage: what it wrote, we read; what we write, it reads; value for value.

A logdir of testdata/ goes into new databases and into one that Trackio made; `telltale annotate` adds alerts that Trackio shows.
../shared/samples holds a database that Trackio wrote (said when it is absent)."""

import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
from datetime import datetime

DIRECTORY = pathlib.Path(tempfile.mkdtemp(prefix="telltale-trackio-"))
os.environ.update(TRACKIO_DIR=str(DIRECTORY), HF_HUB_OFFLINE="1", DO_NOT_TRACK="1")

from trackio.sqlite_storage import SQLiteStorage, _close_all_persistent_connections

from shared_data import SHARED

SOURCE = pathlib.Path(os.environ["TELLTALE_SOURCE_DIR"])
TELLTALE = os.environ["TELLTALE"]
DUMP_POINTS = sys.argv.pop(1)
DEMO = SOURCE / "testdata" / "demo"
SAMPLE = SHARED / "samples" / "others" / "trackio" / "p.db"
ODD = [float("nan"), float("inf"), float("-inf"), -0.0, 5e-324, 0.1, 1e308, -1e-300, float(2**53)]


def telltale(*arguments, expect=(0,)):
    done = subprocess.run([TELLTALE, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in expect, f"{arguments}: {done.returncode}\n{done.stderr}{done.stdout}"
    return done.stdout


def microseconds(seconds):
    return math.floor(seconds * 1e6 + 0.5)


def ours(path, form="trackio"):
    """{run: {tag: [(step, microseconds, value)]}}"""
    runs = {}
    for line in subprocess.run([DUMP_POINTS, "--from", form, str(path)], check=True, capture_output=True, text=True).stdout.splitlines():
        item = json.loads(line)
        assert "error" not in item, item
        if "tag" in item:
            runs.setdefault(item["run"], {})[item["tag"]] = [
                (step, microseconds(time), float(value)) for step, time, value in zip(item["steps"], item["wall_times"], item["values"])]
    return runs


def theirs(project):
    """The same from Trackio's storage."""
    runs = {}
    for record in SQLiteStorage.get_run_records(project):
        tags = runs.setdefault(record["name"], {})
        for line in SQLiteStorage.get_logs(project, run_id=record["id"]):
            time = microseconds(datetime.fromisoformat(line["timestamp"]).timestamp())
            for key, value in line.items():
                if key not in ("step", "timestamp") and isinstance(value, (int, float)):
                    tags.setdefault(key, []).append((line["step"], time, float(value)))
    return runs


class Conformance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for n in range(3):
            lines = [{f"group/m{k}": value for k in range(3)} for value in ODD] + [{"late": 1}, {"back": 2.5, "步": 1.5}]
            stamps = [f"2025-01-01T00:00:{i:02}.123456+00:00" for i in range(len(lines))]
            SQLiteStorage.bulk_log("theirs", f"run {n}", lines, steps=[*range(len(ODD)), -5, 3], timestamps=stamps,
                                   config={"lr": 0.1 * n, "deep": {"er": True}}, run_id=f"{n}" * 32)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(DIRECTORY)

    def tearDown(self):
        _close_all_persistent_connections()

    def equal(self, a, b):
        self.assertEqual(sorted(a), sorted(b))
        for run, tags in a.items():
            self.assertEqual(sorted(tags), sorted(b[run]), run)
            for tag, points in tags.items():
                # Trackio gives points by time; we in the order in which they were logged.
                for (s1, t1, v1), (s2, t2, v2) in zip(sorted(points, key=str), sorted(b[run][tag], key=str), strict=True):
                    self.assertEqual((s1, t1), (s2, t2), f"{run} {tag}")
                    same = v1 == v2 and math.copysign(1, v1) == math.copysign(1, v2)
                    self.assertTrue(same or (math.isnan(v1) and math.isnan(v2)), f"{run} {tag} {s1}: {v1} {v2}")

    def holds_demo(self, project):
        found = {name: tags for name, tags in theirs(project).items() if not name.startswith("run ")}
        self.equal(ours(DEMO, "tensorboard"), found)

    def test_reads_what_trackio_wrote(self):
        self.equal(theirs("theirs"), ours(DIRECTORY / "theirs.db"))

    def test_trackio_reads_new_databases(self):
        shutil.copytree(DEMO, DIRECTORY / "source" / "new")
        for _ in range(2):  # the second time Trackio has brought it to its own form
            telltale("convert", DIRECTORY / "source" / "new", DIRECTORY, "--to", "trackio", "--verify")
            self.holds_demo("new")
            SQLiteStorage.init_db("new")
            self.holds_demo("new")
            _close_all_persistent_connections()
        self.assertIn("new", SQLiteStorage.get_projects())
        self.assertEqual(len(SQLiteStorage.get_runs("new")), len(theirs("new")))

    def test_trackio_reads_what_is_added_to_its_own(self):
        SQLiteStorage.bulk_log("added", "run x", [{"a": 1.5}], config={"lr": 1}, run_id="f" * 32)
        before = theirs("added")
        _close_all_persistent_connections()
        for _ in range(2):
            telltale("convert", DEMO, DIRECTORY / "added.db", "--to", "trackio", "--verify")
        self.holds_demo("added")
        self.equal(before, {name: tags for name, tags in theirs("added").items() if name.startswith("run ")})

    def test_trackio_reads_parameters(self):
        telltale("convert", DIRECTORY / "theirs.db", DIRECTORY / "copy.db", "--to", "trackio", "--verify")
        self.equal(theirs("theirs"), theirs("copy"))
        config = SQLiteStorage.get_run_config("copy", "run 2")
        self.assertEqual({key: config[key] for key in ("lr", "deep/er")}, {"lr": 0.2, "deep/er": True})

    def test_trackio_shows_findings_as_alerts(self):
        telltale("convert", DEMO, DIRECTORY / "noted.db", "--to", "trackio", "--merge-training-runs")
        SQLiteStorage.bulk_alert("noted", "shuffled-labels", ["mine"], ["by hand"], ["info"], [1], alert_ids=["x"],
                                 run_id=next(r["id"] for r in SQLiteStorage.get_run_records("noted") if r["name"] == "shuffled-labels"))
        _close_all_persistent_connections()
        telltale("annotate", DIRECTORY / "noted.db")
        first = SQLiteStorage.get_alerts("noted")
        titles = {(alert["run"], alert["title"], alert["level"]) for alert in first}
        self.assertIn(("shuffled-labels", "mine", "info"), titles)
        self.assertIn(("tiny-trainset", "overfitting"), {title[:2] for title in titles})
        self.assertIn(("hot-learning-rate", "error"), {(title[0], title[2]) for title in titles})
        _close_all_persistent_connections()
        telltale("annotate", DIRECTORY / "noted.db")
        self.assertEqual(sorted(map(str, first)), sorted(map(str, SQLiteStorage.get_alerts("noted"))))

    def test_sample(self):
        if not SAMPLE.is_file():
            self.skipTest(f"no {SAMPLE}")
        shutil.copy(SAMPLE, DIRECTORY / "p.db")  # Trackio changes what it opens
        self.equal(ours(SAMPLE), theirs("p"))


if __name__ == "__main__":
    unittest.main()
