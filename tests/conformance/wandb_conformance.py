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

SOURCE = pathlib.Path(os.environ["TELLTALE_SOURCE_DIR"])
SHARED = pathlib.Path(os.environ.get("TELLTALE_SHARED", SOURCE.parent / "shared"))
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


if __name__ == "__main__":
    unittest.main()
