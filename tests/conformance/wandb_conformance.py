#!/usr/bin/env python3
"""Telltale against W&B itself: what its SDK wrote, we read as its protobuf classes do; what we write, `wandb` reads and uploads.

../shared/corpus and ../shared/samples hold files of many versions (said when they are absent; $TELLTALE_SHARED is another place for
them). Uploads go to a server of our own on the loopback interface.
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

import wandb_reference as reference
from shared_data import SHARED

SOURCE = pathlib.Path(os.environ["TELLTALE_SOURCE_DIR"])
TELLTALE = os.environ["TELLTALE"]
DUMP_POINTS = sys.argv.pop(1)
DEMO = SOURCE / "testdata" / "demo"
CASES = SOURCE / "testdata" / "formats" / "wandb"


def ours(*paths):
    """{path: {"series": {tag: [(step, time, value)]}, "texts": {tag: [(step, text)]}, "problems": [...]}}"""
    found = {str(path): {"series": {}, "texts": {}, "problems": []} for path in paths}
    out = subprocess.run([DUMP_POINTS, "--from", "wandb", *map(str, paths)], check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        item = json.loads(line)
        assert "error" not in item, item
        of = found[item["path"]]
        if "tag" in item:
            assert item["tag"] not in of["series"], item["tag"]
            of["series"][item["tag"]] = list(zip(item["steps"], map(float, item["wall_times"]), map(float, item["values"])))
        elif "text" in item:
            of["texts"][item["text"]] = [(step, strings[0]) for step, strings in zip(item["steps"], item["strings"])]
        else:
            of["problems"].append(item)
    return found


def same(a, b):
    return a == b or (isinstance(a, float) and isinstance(b, float) and math.isnan(a) and math.isnan(b))


class Conformance(unittest.TestCase):
    def check(self, found, run):
        """That Telltale found in a file what W&B's classes did."""
        system = {"system/" + ".".join(key): points for key, points in run.system.items()}
        tags = reference.tags(set(run.series) | set(run.texts))
        expected = {tags[path]: points for path, points in run.series.items()} | system
        self.assertEqual(sorted(found["series"]), sorted(expected))
        for tag, points in expected.items():
            self.assertEqual(len(found["series"][tag]), len(points), tag)
            for mine, theirs in zip(found["series"][tag], points):
                self.assertTrue(all(map(same, mine, theirs)), f"{tag}: {mine} is {theirs} to W&B")
        for path, points in run.texts.items():
            tag = tags[path] + (" (text)" if path in run.series else "")
            self.assertEqual(found["texts"][tag], points)

    def test_every_file_of_the_corpus(self):
        files = sorted(p for folder in ("corpus", "samples") for p in (SHARED / folder).rglob("*.wandb")) if SHARED.is_dir() else []
        if not files:
            self.skipTest(f"no files in {SHARED}: set TELLTALE_SHARED")
        found = ours(*files)
        points = 0
        for file in files:
            with self.subTest(file=str(file)):
                self.assertEqual(found[str(file)]["problems"], [])
                run = reference.read(file)
                self.check(found[str(file)], run)
                points += sum(map(len, run.series.values())) + sum(map(len, run.system.values()))
        self.assertGreater(points, 1000)
        print(f"{len(files)} files, {points} points", file=sys.stderr)


    def test_runs_that_the_sdk_writes_now(self):
        with tempfile.TemporaryDirectory(prefix="telltale-wandb-") as folder:
            subprocess.run([sys.executable, str(CASES / "make_wandb.py"), folder], check=True, capture_output=True, timeout=120)
            files = sorted(pathlib.Path(folder).rglob("*.wandb"))
            self.assertEqual(len(files), 2)
            found = ours(*files)
            for file in files:
                self.assertEqual(found[str(file)]["problems"], [])
                self.check(found[str(file)], reference.read(file))


def wandb(*arguments, **environment):
    with tempfile.TemporaryDirectory(prefix="telltale-wandb-") as logs:  # of wandb itself, which would go here
        done = subprocess.run([str(pathlib.Path(sys.executable).with_name("wandb")), *map(str, arguments)], capture_output=True, text=True,
                              timeout=240, cwd=logs, env={**os.environ, "WANDB_ERROR_REPORTING": "false", **environment})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def telltale(*arguments, expect=(0,)):
    done = subprocess.run([TELLTALE, *map(str, arguments), "--no-config"], capture_output=True, text=True)
    assert done.returncode in expect, f"{arguments}: {done.returncode}\n{done.stderr}{done.stdout}"
    return done.stdout


class WhatWeWrite(unittest.TestCase):
    """Runs of testdata/demo and one that W&B's SDK wrote, converted; each of W&B's programs must see them as we do."""

    @classmethod
    def setUpClass(cls):
        cls.dir = pathlib.Path(tempfile.mkdtemp(prefix="telltale-wandb-"))
        cls.written = cls.dir / "wandb"
        telltale("convert", DEMO, cls.written, "--verify")
        telltale("convert", CASES / "sdk_0_31", cls.written, "--to", "wandb", "--verify")
        cls.files = sorted(cls.written.rglob("*.wandb"))
        cls.runs = {file.name[len("run-"):-len(".wandb")]: reference.read(file) for file in cls.files}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.dir)

    def test_protobuf_reads_what_was_converted(self):
        source = [json.loads(line) for line in subprocess.run([DUMP_POINTS, "--from", "tensorboard", str(DEMO)], check=True,
                                                              capture_output=True, text=True).stdout.splitlines()]
        by_name = {run.run.display_name: run for run in self.runs.values() if run.run.project == "demo"}
        compared = 0
        for series in source:
            if "tag" not in series:
                continue
            points = by_name[series["run"]].series[(series["tag"],)]
            self.assertEqual([step for step, _, _ in points], series["steps"])
            self.assertTrue(all(map(same, [value for _, _, value in points], map(float, series["values"]))))
            compared += len(points)
        self.assertGreater(compared, 1000)

    def test_the_sdks_run_is_the_same_again(self):
        for case in sorted((CASES / "sdk_0_31").rglob("*.wandb")):
            before, after = reference.read(case), self.runs[case.name[len("run-"):-len(".wandb")]]
            names = reference.tags(set(before.series) | set(before.texts))
            self.assertEqual({names[path] for path in before.series}, {path[0] for path in after.series})
            for path, points in before.series.items():
                for mine, theirs in zip(after.series[(names[path],)], points, strict=True):
                    self.assertEqual(mine[0], theirs[0])
                    self.assertTrue(same(mine[2], theirs[2]))
                    self.assertEqual(math.copysign(1, mine[2]), math.copysign(1, theirs[2]))
            self.assertEqual(before.exit_code != 0, after.exit_code != 0)
            self.assertEqual(list(before.run.tags), list(after.run.tags))
            self.assertEqual(before.run.notes, after.run.notes)

    def test_leet_reads_every_row(self):
        for file in self.files[::3] + [file for file in self.files if file.name == "run-everykind.wandb"]:  # it takes a second for each
            rows = []
            for line in wandb("leet", "inspect", "--json", file.parent).splitlines():
                record = json.loads(line)
                if record.get("type") == "history":
                    rows.append(record["history"]["item"])
            run = self.runs[file.name[len("run-"):-len(".wandb")]]
            self.assertEqual(len(rows), run.rows)
            for path, points in run.series.items():
                seen = [(int(row["_step"]), float(row[path[0]])) for row in rows if path[0] in row]
                self.assertEqual(len(seen), len(points), path)
                self.assertTrue(all(a[0] == b[0] and same(a[1], b[2]) for a, b in zip(seen, points)), path)

    def test_sync_finds_and_uploads_every_run(self):
        from wandb_server import Server
        copy = self.dir / "upload"
        shutil.copytree(self.written, copy)
        folders = sorted(copy.iterdir())
        with Server() as server:
            environment = server.environment(self.dir / "home")
            listed = wandb("sync", "--dry-run", *folders, **environment)
            self.assertEqual(listed.count(".wandb\n"), len(folders), listed)
            wandb("sync", *folders, **environment)
            self.assertEqual(server.unknown, [])
        self.assertEqual(sorted(server.runs), sorted(self.runs))
        for name, run in self.runs.items():
            upload = server.runs[name]
            self.assertEqual(len(upload.history), run.rows, name)
            self.assertEqual([row["_step"] for row in upload.history], sorted(row["_step"] for row in upload.history))
            for path, points in run.series.items():
                values = [float(row[path[0]]) for row in upload.history if path[0] in row]
                self.assertTrue(len(values) == len(points) and all(same(a, b[2]) for a, b in zip(values, points)), path)
                self.assertTrue(same(float(upload.summary[path[0]]), points[-1][2]), path)
            self.assertEqual(upload.exit_code, run.exit_code)
            self.assertEqual(upload.upsert["project"], run.run.project)
            self.assertEqual(upload.upsert["displayName"], run.run.display_name)
        self.assertEqual(server.runs["everykind"].config["lr"]["value"], 0.1)
        self.assertEqual(server.runs["everykind"].summary["best"], 0.25)
        self.assertEqual(server.runs["everykind"].upsert["tags"], ["a", "b"])

    def test_notes_are_added_to_the_run(self):
        from wandb_server import Server
        place = self.dir / "annotated"
        shutil.copytree(CASES / "sdk_0_31", place)
        telltale("annotate", place)
        folders = sorted(place.glob("*-telltale"))
        self.assertEqual(len(folders), 2)
        with Server() as server:
            wandb("sync", *folders, **server.environment(self.dir / "home"))
        upload = server.runs["everykind"]
        self.assertEqual(upload.history, [])
        self.assertTrue(upload.upsert["notes"].startswith("first\nsecond\n\n<!--"), upload.upsert["notes"])
        self.assertIn(upload.summary["telltale.verdict"], ("healthy", "attention", "failing", "undiagnosable"))
        self.assertIn("telltale.findings", upload.summary)
        # What the run had stays: uploading replaces all of it.
        self.assertEqual(upload.summary["best"], 0.25)
        self.assertEqual(upload.summary["loss"], {"min": 0.2})
        self.assertEqual(upload.config["lr"]["value"], 0.1)
        self.assertEqual(upload.config["opt"]["value"], {"name": "sgd", "betas": [0.9, 0.999]})
        self.assertEqual(upload.upsert["tags"], ["a", "b"])
        self.assertEqual(server.runs["failedrun"].exit_code, 3)


if __name__ == "__main__":
    unittest.main()
