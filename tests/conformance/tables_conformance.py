#!/usr/bin/env python3
"""Tables: what Python's csv and json modules read of them, we read; what we write, pandas reads; value for value.

../shared/corpus and ../shared/samples hold tables that real programs wrote (skipped loudly where they are absent); a logdir of
testdata/ is written as each kind of table and read back.
"""

import csv
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import pandas

from shared_data import SHARED

SOURCE = pathlib.Path(os.environ["TELLTALE_SOURCE_DIR"])
TELLTALE = os.environ["TELLTALE"]
DUMP_POINTS = sys.argv.pop(1)
DEMO = SOURCE / "testdata" / "demo"
MISSING = {"", "NA", "N/A", "None", "null", "-"}
STEPS = ["step", "_step", "iteration", "epoch"]


def telltale(*arguments, expect=(0,)):
    done = subprocess.run([TELLTALE, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in expect, f"{arguments}: {done.returncode}\n{done.stderr}{done.stdout}"
    return done.stdout


def format_of(path):
    """What Telltale takes the file for, or None where it takes it for no table."""
    done = subprocess.run([TELLTALE, "inspect", "--no-config", "--format", "json", str(path)], capture_output=True, text=True)
    if done.returncode == 1:
        return None
    assert done.returncode in (0, 3), f"{path}: {done.returncode}\n{done.stderr}"
    return json.loads(done.stdout)["training_runs"][0]["source"]["format"]


def ours(form, path):
    """{run: {tag: [(step, wall time, value)]}}"""
    runs = {}
    for line in subprocess.run([DUMP_POINTS, "--from", form, str(path)], check=True, capture_output=True, text=True).stdout.splitlines():
        item = json.loads(line)
        assert "error" not in item, item
        if "tag" in item:
            runs.setdefault(item["run"], {})[item["tag"]] = [
                (step, float(time), float(value)) for step, time, value in zip(item["steps"], item["wall_times"], item["values"])]
    return runs


def number(cell):
    try:
        return float(cell)
    except ValueError:
        return None


def same(a, b):
    return a == b or (math.isnan(a) and math.isnan(b))


def from_csv(path, form):
    """{tag: [(step, value)]}, the way the format's documentation says a table is to be read."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        header, *rows = list(csv.reader(file))
    header = [name.strip() for name in header]
    step = header.index("_step") if form == "wandb-export" else next((header.index(name) for name in STEPS if name in header), None)
    beside = {"_runtime", "_timestamp"} if form == "wandb-export" else {"", "time"} if form == "ultralytics-csv" else {""}
    series = {}
    for number_of_row, row in enumerate(row for row in rows if row):
        at = number_of_row if step is None else int(float(row[step]))
        for column, cell in enumerate(row):
            value = None if cell.strip() in MISSING else number(cell.strip())
            if value is not None and column != step and header[column] not in beside:
                series.setdefault(header[column], []).append((at, value))
    return series


def from_trainer_state(path):
    series = {}
    for entry in json.load(open(path))["log_history"]:
        for name, value in entry.items():
            if name != "step":
                series.setdefault(name, []).append((entry["step"], float(value)))
    return series


class WhatTheyWrote(unittest.TestCase):
    def test_of_testdata_is_read_value_for_value(self):
        cases = SOURCE / "testdata" / "formats" / "table"
        tables = [*cases.glob("keras/*.csv"), *cases.glob("lightning/**/*.csv"), *cases.glob("pandas/wide.csv"), *cases.glob("trainer/**/*.json")]
        self.assertGreater(self.compare(cases, tables), 150)

    @unittest.skipUnless(SHARED.exists(), f"{SHARED} is absent: tables from the wild are not looked at")
    def test_is_read_value_for_value(self):
        tables = [*SHARED.glob("corpus/**/*.csv"), *SHARED.glob("corpus/**/trainer_state.json"), *SHARED.glob("samples/others/csv/*.*")]
        self.assertGreater(self.compare(SHARED, tables), 50000)

    def compare(self, root, tables):
        files = values = left = 0
        for path in sorted(tables):
            form = format_of(path)
            if form is None:
                left += 1
                continue
            with self.subTest(str(path.relative_to(root))):
                expected = from_trainer_state(path) if form == "hf-trainer" else from_csv(path, form)
                (read,) = ours(form, path).values()
                self.assertEqual(set(read), set(expected))
                for tag, points in expected.items():
                    got = [(step, value) for step, _, value in read[tag]]
                    self.assertEqual(len(got), len(points), tag)
                    for (a, x), (b, y) in zip(got, points):
                        self.assertTrue(a == b and same(x, y), f"{tag}: {a} {x}, not {b} {y}")
                        values += 1
                files += 1
        print(f"{files} tables, {values} values, equal to what csv and json read; {left} hold no histories")
        return values


class WhatWeWrite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = pathlib.Path(tempfile.mkdtemp(prefix="telltale-tables-"))
        cls.source = ours("tensorboard", DEMO)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.dir)

    def convert(self, form, name):
        path = self.dir / name
        telltale("convert", DEMO, path, "--to", form, "--no-config", "--verify", "--quiet")
        return path

    def points(self):
        return [(run, tag, *point) for run, tags in self.source.items() for tag, points in tags.items() for point in points]

    def compare(self, got, expected):
        self.assertEqual(len(got), len(expected))
        for a, b in zip(sorted(got, key=str), sorted(expected, key=str)):
            self.assertEqual(a[:-1], b[:-1])
            self.assertTrue(same(a[-1], b[-1]), f"{a}, not {b}")

    def frame_points(self, frame):
        return list(frame[["run", "tag", "step", "wall_time", "value"]].itertuples(index=False, name=None))

    def test_long_csv(self):
        frame = pandas.read_csv(self.convert("csv", "long.csv"), float_precision="round_trip", keep_default_na=False, na_values=["NaN"])
        self.compare(self.frame_points(frame), self.points())

    def test_tsv(self):
        frame = pandas.read_csv(self.convert("csv", "long.tsv"), sep="\t", float_precision="round_trip", keep_default_na=False, na_values=["NaN"])
        self.compare(self.frame_points(frame), self.points())

    def test_json_lines(self):
        lines = [json.loads(line) for line in open(self.convert("jsonl", "points.jsonl"))]
        got = [(x["run"], x["tag"], x["step"], float(x["wall_time"]), float(x["value"])) for x in lines if "tag" in x]
        self.compare(got, self.points())
        self.assertEqual(len([x for x in lines if "tag" not in x]), len(self.source))

    def test_wide_csv(self):
        frame = pandas.read_csv(self.convert("csv-wide", "wide.csv"), float_precision="round_trip", dtype={"run": str}, keep_default_na=False,
                                na_values=[""])
        got = []
        for tag in frame.columns[3:]:
            for run, step, value in frame[["run", "step", tag]].dropna().itertuples(index=False, name=None):
                got.append((run, tag, step, float(value)))
        self.compare(got, [(run, tag, step, value) for run, tag, step, _, value in self.points()])

    def test_again_gives_the_same_and_keeps_other_sources(self):
        path = self.convert("csv", "again.csv")
        before = path.read_bytes()
        self.convert("csv", "again.csv")
        self.assertEqual(path.read_bytes(), before)
        foreign = self.dir / "foreign.csv"
        foreign.write_text("step,loss\n0,1\n")
        refused = subprocess.run([TELLTALE, "convert", DEMO, foreign, "--to", "csv"], capture_output=True, text=True)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("was not written by Telltale", refused.stderr)
        self.assertEqual(foreign.read_text(), "step,loss\n0,1\n")

    def test_back_to_tensorboard(self):
        for form, name in (("csv", "back.csv"), ("jsonl", "back.jsonl"), ("csv-wide", "back.wide.csv")):
            back = self.dir / ("logs-" + form)
            telltale("convert", self.convert(form, name), back, "--from", form, "--to", "tensorboard", "--no-config", "--quiet")
            got = ours("tensorboard", back)
            self.assertEqual(set(got), set(self.source))
            for run, tags in self.source.items():
                for tag, points in tags.items():
                    found = got[run][tag]
                    self.assertEqual([p[0] for p in found], [p[0] for p in points])
                    self.assertTrue(all(same(a[2], b[2]) for a, b in zip(found, points)), tag)


if __name__ == "__main__":
    unittest.main(verbosity=2)
