#!/usr/bin/env python3
"""Damaged logs, repaired: TensorBoard with both of its loaders, and `wandb leet`, show every point that Telltale reads of the damaged ones."""

import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

from shared_data import SHARED

SOURCE = pathlib.Path(os.environ["TELLTALE_SOURCE_DIR"])
TELLTALE = os.environ["TELLTALE"]
DUMP_POINTS = sys.argv.pop(1)
sys.path.insert(0, str(SOURCE / "tests" / "e2e"))

from tensorboard_server import TensorBoard, poll  # noqa: E402

from tensorboard.backend.event_processing.event_file_loader import EventFileLoader  # noqa: E402


def telltale(*arguments, expect):
    done = subprocess.run([TELLTALE, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in expect, f"{arguments}: {done.returncode}\n{done.stderr}{done.stdout}"
    return done.stdout


def points(path):
    """{(run, tag): [(step, value)]} as Telltale reads them; TensorBoard has 32 bits and one value a step."""
    series = {}
    for line in subprocess.run([DUMP_POINTS, "--from", "tensorboard", str(path)], check=True, capture_output=True, text=True).stdout.splitlines():
        item = json.loads(line)
        if "tag" in item:
            series[item["run"], item["tag"]] = list(zip(item["steps"], map(float, item["values"])))
    return series


def ascending(series):
    return all(a[0] < b[0] for a, b in zip(series, series[1:]))


class Repaired(unittest.TestCase):
    def setUp(self):
        self._temporary = tempfile.TemporaryDirectory(prefix="telltale-repair-")
        self.addCleanup(self._temporary.cleanup)
        self.directory = pathlib.Path(self._temporary.name)

    def repair(self, logs):
        mended = self.directory / "mended"
        report = json.loads(telltale("repair", logs, mended, "--format", "json", expect=(0, 3)))
        telltale("verify", mended, expect=(0,))
        for file in report["files"]:
            if "tfevents" in file["written"]:
                events = sum(1 for _ in EventFileLoader(str(mended / file["written"])).Load())
                added = sum(each["count"] for each in file["changes"] if "put in front" in each["what"])
                self.assertEqual(events, file["records"] + added, file["written"])
        self.assertEqual({key: len(each) for key, each in points(mended).items()}, {key: len(each) for key, each in points(logs).items()})
        return mended

    def compare_with_tensorboard(self, logs, mended, loaders=("--load_fast=true", "--load_fast=false")):
        """Of series whose steps ascend: what both loaders do with others is their own."""
        expected = {key: each for key, each in points(logs).items() if ascending(each) and each}
        self.assertTrue(expected)
        for loader in loaders:
            with TensorBoard(mended, loader) as board:  # at most 1000 points a series are shown, here there are fewer
                for (run, tag), series in sorted(expected.items()):
                    with self.subTest(loader=loader, run=run, tag=tag):
                        shown = poll(f"{run}:{tag} has {len(series)} points", lambda: self.of_length(board, run, tag, len(series)))
                        for (_, step, value), (at, number) in zip(shown, series):
                            self.assertEqual(step, at)
                            self.assertTrue(float(value) == number or abs(float(value) - number) <= 1e-6 * abs(number) or number != number)
        return len(expected)

    @staticmethod
    def of_length(board, run, tag, count):
        shown = board.scalars(run, tag)
        return shown if len(shown) == count else None

    @unittest.skipUnless(SHARED.exists(), f"{SHARED} is absent: its damaged files are not repaired")
    def test_damaged_files_of_the_corpus_are_shown_whole(self):
        logs = self.directory / "logs"
        kinds = ["badcrc", "badlencrc", "double_scalar", "infwall", "nanwall", "noheader", "truncated"]
        for kind in kinds:
            shutil.copytree(SHARED / "samples" / "tensorboard" / "logs" / kind, logs / kind)
        for file in SHARED.glob("corpus/**/*worker_0.tfevents"):
            if subprocess.run([TELLTALE, "verify", "--quiet", file], capture_output=True).returncode == 3:
                (logs / "corpus").mkdir(exist_ok=True)
                shutil.copy(file, logs / "corpus" / file.name)
        mended = self.repair(logs)
        self.assertGreaterEqual(self.compare_with_tensorboard(logs, mended), len(kinds))

    def test_files_with_flipped_bits_and_torn_ends(self):
        logs = self.directory / "logs"
        chance = random.Random(7)
        for kind, run in (("flipped", "baseline"), ("torn", "tiny-trainset"), ("both", "hot-learning-rate")):
            shutil.copytree(SOURCE / "testdata" / "demo" / run, logs / kind)
            for file in (logs / kind).rglob("*tfevents*"):
                data = bytearray(file.read_bytes())
                for _ in range(3 if kind != "torn" else 0):
                    at = chance.randrange(100, len(data))
                    data[at] ^= 1 << chance.randrange(8)
                file.write_bytes(data[:-9] if kind != "flipped" else data)
        mended = self.repair(logs)
        self.compare_with_tensorboard(logs, mended)
        again = telltale("repair", logs, mended, expect=(3,))  # replaces what it wrote
        self.assertIn("of them mended", again)
        shutil.rmtree(mended)
        mended.mkdir()
        (mended / "mine").touch()
        telltale("repair", logs, mended, expect=(1,))
        self.assertTrue((mended / "mine").exists())

    def test_wandb_shows_what_is_left_of_a_run(self):
        (original,) = (SOURCE / "testdata/formats/wandb/sdk_0_31").glob("*everykind/*.wandb")
        run = self.directory / "wandb" / original.parent.name
        run.mkdir(parents=True)
        data = bytearray(original.read_bytes())
        data[len(data) // 2] ^= 4
        (run / original.name).write_bytes(data)
        mended = self.directory / "mended"
        report = json.loads(telltale("repair", run, mended, "--format", "json", expect=(3,)))
        command = [pathlib.Path(sys.executable).with_name("wandb"), "leet", "inspect", "--json", mended / original.name]
        shown = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "WANDB_ERROR_REPORTING": "false"}).stdout
        self.assertEqual(len([line for line in shown.splitlines() if line.startswith("{")]), report["files"][0]["records"])
        self.assertGreater(report["files"][0]["records"], 5)


if __name__ == "__main__":
    unittest.main(verbosity=2)
