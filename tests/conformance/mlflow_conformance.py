#!/usr/bin/env python3
"""Telltale against MLflow's own client: what it wrote, we read; what we write, it reads; value for value.

MLflow writes a database and a file store and we read them; a logdir of testdata/ goes into new ones and into those; `telltale annotate` adds
tags by which MLflow finds runs. ../shared/samples holds more that MLflow wrote (said when it is absent).
"""

import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

os.environ.update(MLFLOW_ALLOW_FILE_STORE="true", GIT_PYTHON_REFRESH="quiet", MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true")

import mlflow
from mlflow.entities import Metric, Param, RunTag, ViewType

from shared_data import SHARED

SOURCE = pathlib.Path(os.environ["TELLTALE_SOURCE_DIR"])
TELLTALE = os.environ["TELLTALE"]
DUMP_POINTS = sys.argv.pop(1)
DEMO = SOURCE / "testdata" / "demo"
SAMPLES = SHARED / "samples" / "mlflow"
ODD = [float("nan"), float("inf"), float("-inf"), 5e-324, 0.1, 1e308, -1e-300, 9007199254740993.0]


def telltale(*arguments, expect=(0,)):
    done = subprocess.run([TELLTALE, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in expect, f"{arguments}: {done.returncode}\n{done.stderr}{done.stdout}"
    return done.stdout


def same(a, b):
    """The one known difference: MLflow stores an infinity as the greatest double and gives that back; we give the infinity."""
    def infinite(x):
        return math.copysign(math.inf, x) if abs(x) == sys.float_info.max else x
    return (math.isnan(a) and math.isnan(b)) or infinite(a) == infinite(b)


def milliseconds(seconds):
    return math.floor(seconds * 1000 + 0.5)


def ours(form, path):
    """{run: {tag: [(step, milliseconds, value)]}}"""
    runs = {}
    for line in subprocess.run([DUMP_POINTS, "--from", form, str(path)], check=True, capture_output=True, text=True).stdout.splitlines():
        item = json.loads(line)
        if "tag" in item:
            runs.setdefault(item["run"], {})[item["tag"]] = [
                (step, milliseconds(time), float(value)) for step, time, value in zip(item["steps"], item["wall_times"], item["values"])]
        assert "error" not in item, item
    return runs


def theirs(client):
    """The same from MLflow: its names are experiment and run name."""
    runs = {}
    for experiment in client.search_experiments():
        for run in client.search_runs([experiment.experiment_id], max_results=10000):
            runs[f"{experiment.name}/{run.info.run_name}"] = {
                key: [(m.step, m.timestamp, m.value) for m in client.get_metric_history(run.info.run_id, key)] for key in run.data.metrics}
    return {name: tags for name, tags in runs.items() if tags}


class Conformance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = pathlib.Path(tempfile.mkdtemp(prefix="telltale-mlflow-"))
        cls.database = cls.dir / "theirs.db"
        cls.store = cls.dir / "theirs" / "mlruns"
        cls.client = mlflow.MlflowClient(f"sqlite:///{cls.database}")
        cls.store_client = mlflow.MlflowClient(f"file://{cls.store}")
        for client in (cls.client, cls.store_client):
            cls.fill(client)

    @staticmethod
    def fill(client):
        experiment = client.create_experiment("an experiment")
        for n in range(3):
            run = client.create_run(experiment, run_name=f"run {n}", start_time=1700000000000 + n)
            metrics = [Metric(f"group/m{k}", value, 1700000000000 + i, i * (k + 1)) for k in range(3) for i, value in enumerate(ODD)]
            metrics += [Metric("back", 0.5 * i, 1700000000000 + i, step) for i, step in enumerate([-5, 0, 3, 1, 3, 2**53 + 1])]
            client.log_batch(run.info.run_id, metrics, [Param("lr", "0.1")], [RunTag("team", "ü")])
            client.set_terminated(run.info.run_id, "FINISHED" if n else "FAILED", 1700000100000)
        deleted = client.create_run(experiment, run_name="deleted")
        client.delete_run(deleted.info.run_id)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.dir)

    def equal(self, a, b):
        self.assertEqual(sorted(a), sorted(b))
        for run, tags in a.items():
            self.assertEqual(sorted(tags), sorted(b[run]), run)
            for tag, points in tags.items():
                # MLflow gives points by time, then step; we in the order in which they were logged.
                for (s1, t1, v1), (s2, t2, v2) in zip(sorted(points, key=str), sorted(b[run][tag], key=str), strict=True):
                    self.assertEqual((s1, t1), (s2, t2), f"{run} {tag}")
                    self.assertTrue(same(v1, v2), f"{run} {tag} {s1}: {v1} {v2}")

    def holds_demo(self, client):
        """Every point of testdata/demo, under its run's name."""
        expected = {}
        for line in subprocess.run([DUMP_POINTS, str(DEMO)], check=True, capture_output=True, text=True).stdout.splitlines():
            item = json.loads(line)
            if "tag" in item:
                expected.setdefault(f"demo/{item['run']}", {})[item["tag"]] = [
                    (step, milliseconds(time), float(value)) for step, time, value in zip(item["steps"], item["wall_times"], item["values"])]
        found = {name: tags for name, tags in theirs(client).items() if name.startswith("demo/")}
        self.equal(expected, found)

    def test_reads_what_mlflow_wrote(self):
        self.equal(theirs(self.client), ours("mlflow", self.database))

    def test_mlflow_reads_a_new_database(self):
        target = self.dir / "new" / "ours.db"
        telltale("convert", DEMO, target, "--to", "mlflow", "--verify")
        self.holds_demo(mlflow.MlflowClient(f"sqlite:///{target}"))
        # MLflow has brought it to its own schema; we still read it, and add to it without duplicates.
        telltale("convert", DEMO, target, "--to", "mlflow", "--verify")
        self.holds_demo(mlflow.MlflowClient(f"sqlite:///{target}"))

    def test_mlflow_reads_what_is_added_to_its_own(self):
        target = self.dir / "added.db"
        shutil.copy(self.database, target)
        before = ours("mlflow", target)
        telltale("convert", DEMO, target, "--to", "mlflow", "--verify")
        client = mlflow.MlflowClient(f"sqlite:///{target}")
        self.holds_demo(client)
        self.equal(before, {name: tags for name, tags in theirs(client).items() if not name.startswith("demo/")})

    def test_reads_the_file_store_that_mlflow_wrote(self):
        self.equal(theirs(self.store_client), ours("mlruns", self.store))

    def test_mlflow_reads_a_file_store(self):
        target = self.dir / "ours" / "mlruns"
        for _ in range(2):
            telltale("convert", DEMO, target, "--to", "mlruns", "--verify")
            self.holds_demo(mlflow.MlflowClient(f"file://{target}"))
        telltale("convert", DEMO, self.store, "--to", "mlruns", "--verify")
        self.holds_demo(self.store_client)

    def test_mlflow_finds_runs_of_a_file_store_by_verdict(self):
        target = self.dir / "noted" / "mlruns"
        telltale("convert", DEMO, target, "--to", "mlruns", "--merge-training-runs")
        telltale("annotate", target)
        client = mlflow.MlflowClient(f"file://{target}")
        failing = client.search_runs([e.experiment_id for e in client.search_experiments()],
                                     filter_string="tags.\"telltale.verdict\" = 'failing'")
        self.assertEqual(len(failing), 4)
        self.assertIn("telltale: end", failing[0].data.tags["mlflow.note.content"])

    def test_mlflow_finds_runs_by_verdict(self):
        target = self.dir / "noted.db"
        telltale("convert", DEMO, target, "--to", "mlflow", "--merge-training-runs")
        client = mlflow.MlflowClient(f"sqlite:///{target}")
        everything = [e.experiment_id for e in client.search_experiments()]
        mine = client.search_runs(everything)[0].info.run_id
        client.set_tag(mine, "mlflow.note.content", "What a person wrote.")
        for _ in range(2):
            telltale("annotate", target)
            failing = client.search_runs(everything, filter_string="tags.\"telltale.verdict\" = 'failing'")
            self.assertEqual(sorted(run.info.run_name for run in failing),
                             ["handmade-softmax", "hot-learning-rate", "shuffled-labels", "tiny-trainset"])
            overfitting = client.search_runs(everything, filter_string="tags.\"telltale.findings\" LIKE '%overfitting%'")
            self.assertEqual([run.info.run_name for run in overfitting], ["tiny-trainset"])
            note = client.get_run(mine).data.tags["mlflow.note.content"]
            self.assertTrue(note.startswith("What a person wrote.\n"), note[:100])
            self.assertEqual(note.count("telltale: end"), 1)

    def test_samples(self):
        if not SAMPLES.is_dir():
            self.skipTest(f"no {SAMPLES}")
        for path in sorted(SAMPLES.rglob("*.db")):
            with self.subTest(path=path.name):
                telltale("inspect", path, expect=(0, 3))
                if "legacy" in path.name:
                    continue  # no steps: MLflow makes all of them 0, we number the points
                copy = self.dir / path.name  # MLflow changes what it opens
                shutil.copy(path, copy)
                self.equal(ours("mlflow", path), theirs(mlflow.MlflowClient(f"sqlite:///{copy}")))
        store = self.dir / "sample" / "mlruns"
        shutil.copytree(SAMPLES / "mlruns", store)
        for run in store.glob("*/*/meta.yaml"):
            (run.parent / "artifacts").mkdir()  # empty, and so not among the samples; without it MLflow finds no run
        self.equal(ours("mlruns", SAMPLES / "mlruns"), theirs(mlflow.MlflowClient(f"file://{store}")))


if __name__ == "__main__":
    unittest.main()
