#!/usr/bin/env python3
"""Telltale and a tracking server that `mlflow server` started: what we send it has, value for value; what it has we read; a conversion
that is killed leaves no run twice; and its page shows what we wrote.

One server, on a database that Telltale wrote, serves all tests; another shows a file store."""

import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(os.environ["TELLTALE_SOURCE_DIR"])
TELLTALE = os.environ["TELLTALE"]
TESTS = pathlib.Path(TELLTALE).parent / "tests"
MAKE_LOGDIR = TESTS / "bench" / "telltale_make_logdir"
sys.argv[1:1] = [str(TESTS / "conformance" / "telltale_dump_points")]
sys.path.insert(0, str(SOURCE / "tests" / "conformance"))

import browser
import mlflow_conformance as conformance
from mlflow_server import QUIET, MlflowServer

os.environ.update(QUIET)

import mlflow
from mlflow.entities import ViewType

DEMO = SOURCE / "testdata" / "demo"
EVENTS, RUNS = 3000, 3
KILLS = int(os.environ.get("KILLS", "6"))


def telltale(*arguments, expect=(0,), **environment):
    done = subprocess.run([TELLTALE, *map(str, arguments)], capture_output=True, text=True, env={**os.environ, **environment})
    assert done.returncode in expect, f"{arguments}: {done.returncode}\n{done.stderr}{done.stdout}"
    return done.stdout + done.stderr


def all_runs(client, experiment):
    found = client.get_experiment_by_name(experiment)
    return client.search_runs([found.experiment_id], run_view_type=ViewType.ACTIVE_ONLY) if found else []


class Server(unittest.TestCase):
    equal = conformance.Conformance.equal
    holds_demo = conformance.Conformance.holds_demo

    @classmethod
    def setUpClass(cls):
        cls.dir = pathlib.Path(tempfile.mkdtemp(prefix="telltale-mlflow-server-"))
        # Both stores are Telltale's, to be shown by MLflow's page; the rest goes to the server on the first.
        logs = cls.dir / "written"
        shutil.copytree(DEMO / "shuffled-labels", logs / "shuffled-labels")
        for form, target in (("mlflow", cls.dir / "ours.db"), ("mlruns", cls.dir / "mlruns")):
            telltale("convert", logs, target, "--to", form, "--merge-training-runs")
            telltale("annotate", target, "--from", form)
        stores = {"database": f"sqlite:///{cls.dir}/ours.db", "file store": f"file://{cls.dir}/mlruns"}
        cls.servers = {name: MlflowServer(store, cls.dir / f"{name} files").start() for name, store in stores.items()}
        for server in cls.servers.values():
            server.wait()
        cls.url = cls.servers["database"].url
        cls.client = mlflow.MlflowClient(cls.url)

    @classmethod
    def tearDownClass(cls):
        for server in cls.servers.values():
            server.stop()
        shutil.rmtree(cls.dir)

    def test_reads_what_mlflow_wrote(self):
        conformance.Conformance.fill(self.client)
        found = self.client.get_experiment_by_name("an experiment")
        theirs = {name: tags for name, tags in conformance.theirs(self.client).items() if name.startswith("an experiment/")}
        address = f"{self.url}/#/experiments/{found.experiment_id}"
        self.equal(theirs, conformance.ours("mlflow", address))
        self.assertIn("1 deleted run is left out", telltale("inspect", address))
        run = self.client.search_runs([found.experiment_id], "attributes.run_name = 'run 1'")[0].info.run_id
        self.equal({"an experiment/run 1": theirs["an experiment/run 1"]}, conformance.ours("mlflow", f"{address}/runs/{run}"))

    def test_mlflow_has_what_we_send(self):
        telltale("convert", DEMO, self.url, "--verify")
        self.holds_demo(self.client)
        ids = sorted(run.info.run_id for run in all_runs(self.client, "demo"))
        # Again: what is there and the same stays.
        telltale("convert", DEMO, self.url, "--verify")
        self.holds_demo(self.client)
        self.assertEqual(ids, sorted(run.info.run_id for run in all_runs(self.client, "demo")))
        run = self.client.get_run(ids[0])
        self.assertEqual(run.info.status, "FINISHED")
        self.assertEqual(run.data.tags["telltale.state"], "complete")

    def test_carries_odd_values_and_names(self):
        """Through a database of MLflow's own client, so that nothing of the source is ours."""
        database = self.dir / "odd.db"
        client = mlflow.MlflowClient(f"sqlite:///{database}")
        conformance.Conformance.fill(client)
        client.rename_experiment(client.get_experiment_by_name("an experiment").experiment_id, "odd ü/1")
        mine = client.search_runs([client.get_experiment_by_name("odd ü/1").experiment_id])[0].info.run_id
        for i in range(250):  # more than a batch holds
            client.set_tag(mine, f"tag {i}", "x" * i)
        telltale("convert", database, self.url, "--verify", expect=(0, 3))
        theirs = {name: tags for name, tags in conformance.theirs(self.client).items() if name.startswith("odd")}
        self.equal(conformance.ours("mlflow", database), theirs)
        tags = {run.info.run_name: run.data.tags for run in all_runs(self.client, "odd ü/1")}
        original = client.get_run(mine)
        for key, value in original.data.tags.items():
            self.assertEqual(tags[original.info.run_name][key], value)

    def test_a_killed_conversion_leaves_no_run_twice(self):
        source = self.dir / "killed"
        subprocess.run([MAKE_LOGDIR, source, str(EVENTS), str(RUNS)], check=True)
        command = [TELLTALE, "convert", source, self.url, "--no-config"]
        random.seed(1)
        interrupted = 0
        for _ in range(KILLS):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0.02, 0.6))
            process.send_signal(signal.SIGKILL)
            interrupted += process.wait() == -signal.SIGKILL
            for name, tags in conformance.ours("mlflow", self.url).items():
                if name.startswith("killed/"):
                    self.assertEqual({len(points) for points in tags.values()}, {EVENTS}, f"{name} is half there")
        self.assertGreater(interrupted, 0, "no conversion was interrupted: the test shows nothing")
        telltale(*command[1:], "--verify")
        runs = all_runs(self.client, "killed")
        self.assertEqual(len(runs), RUNS, [run.info.run_name for run in runs])
        self.assertEqual({run.data.tags["telltale.state"] for run in runs}, {"complete"})

    def test_says_what_is_wrong(self):
        said = telltale("inspect", f"{self.url}/#/experiments/123456", expect=(1,))
        self.assertIn("404 No Experiment with id=123456", said)
        said = telltale("inspect", "http://127.0.0.1:1/", expect=(1,), MLFLOW_TRACKING_TOKEN="secret")
        self.assertIn("POST http://127.0.0.1:1/api", said)
        self.assertNotIn("secret", said)

    def test_its_page_shows_curves_and_findings(self):
        address = f"{self.url}/#/experiments/{self.client.create_experiment('shown')}"
        telltale("convert", DEMO, address, "--merge-training-runs", "--include", "shuffled-labels")
        telltale("annotate", address)
        with browser.page() as page:
            self.shows_findings(page, self.url, "shown")
            for name, server in self.servers.items():
                with self.subTest(store=name):
                    self.shows_findings(page, server.url, "written")

    def shows_findings(self, page, url, experiment):
        client = mlflow.MlflowClient(url)
        experiment = client.get_experiment_by_name(experiment).experiment_id
        failing = client.search_runs([experiment], "attributes.run_name = 'shuffled-labels' and tags.`telltale.verdict` = 'failing'")
        self.assertEqual(len(failing), 1)
        page.goto(f"{url}/#/experiments/{experiment}/runs/{failing[0].info.run_id}", wait_until="domcontentloaded")
        for text in ("epoch_loss", "telltale.verdict", "failing"):
            page.get_by_text(text).first.wait_for(timeout=60000)


if __name__ == "__main__":
    unittest.main()
