#!/usr/bin/env python3
"""Edited logs as TensorBoard's own readers have them: what was not edited is the same, what was merged is shown whole by both loaders."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import numpy

from shared_data import SHARED

SOURCE = pathlib.Path(os.environ["TELLTALE_SOURCE_DIR"])
TELLTALE = os.environ["TELLTALE"]
sys.path.insert(0, str(SOURCE / "tests" / "e2e"))

from tensorboard_server import TensorBoard, poll  # noqa: E402

from tensorboard.backend.event_processing.plugin_event_accumulator import EventAccumulator  # noqa: E402
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader  # noqa: E402
from tensorboard.compat.proto.event_pb2 import Event, SessionLog  # noqa: E402
from tensorboard.compat.proto.summary_pb2 import Summary  # noqa: E402
from tensorboard.summary.writer.event_file_writer import EventFileWriter  # noqa: E402
from tensorboard.util import tensor_util  # noqa: E402


def edit(*arguments):
    done = subprocess.run([TELLTALE, "edit", *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in (0, 3), f"{arguments}: {done.returncode}\n{done.stderr}{done.stdout}"
    return done.stdout


def content(directory):
    """All that TensorBoard reads of a run, by tag, without wall times."""
    accumulator = EventAccumulator(str(directory), size_guidance={"tensors": 0})
    accumulator.Reload()
    found = {}
    for tag in accumulator.Tags()["tensors"]:
        try:
            metadata = accumulator.SummaryMetadata(tag)
            if metadata.display_name == tag:  # TensorBoard fills it in where there is none
                metadata.display_name = ""
            metadata = metadata.SerializeToString()
        except KeyError:
            metadata = None
        found[tag] = metadata, [(each.step, each.tensor_proto.SerializeToString()) for each in accumulator.Tensors(tag)]
    return found


def write(folder, events, suffix):
    writer = EventFileWriter(str(folder), filename_suffix=suffix)
    for event in events:
        writer.add_event(event)
    writer.close()


def scalar(step, tag, value, wall_time):
    return Event(step=step, wall_time=wall_time, summary=Summary(value=[Summary.Value(tag=tag, simple_value=value)]))


class Edited(unittest.TestCase):
    def setUp(self):
        self._temporary = tempfile.TemporaryDirectory(prefix="telltale-edit-")
        self.addCleanup(self._temporary.cleanup)
        self.directory = pathlib.Path(self._temporary.name)

    def compare(self, logs):
        """An edit that touches every event leaves what they hold."""
        edit(logs, self.directory / "moved", "--shift-time", 3600)
        edit(self.directory / "moved", self.directory / "back", "--rename", "^(.*)$=x/\\1", "--shift-steps", 7)
        tags = 0
        runs = sorted({file.parent.relative_to(logs) for file in logs.rglob("*tfevents*") if file.suffix not in (".gz", ".md", ".py")})
        for run in runs:
            before = content(logs / run)
            with self.subTest(run=str(run)):
                self.assertEqual(content(self.directory / "moved" / run), before)
                renamed = {tag if tag.startswith("__run_") else f"x/{tag}": (metadata, [(step + 7, value) for step, value in points]) for tag, (metadata, points) in before.items()}
                self.assertEqual(content(self.directory / "back" / run), renamed)
                tags += len(renamed)
        return tags

    def test_summaries_of_every_kind_that_are_published(self):
        self.assertGreater(self.compare(SOURCE / "testdata" / "formats" / "tensorboard"), 10)

    @unittest.skipUnless(SHARED.exists(), f"{SHARED} is absent: its summaries are not compared")
    def test_summaries_of_every_kind_in_the_samples(self):
        logs = self.directory / "logs"
        # TensorBoard's reader stops at damage; a run whose steps go back is another one when they are moved.
        left_out = shutil.ignore_patterns("badcrc", "badlencrc", "nanwall", "infwall", "negstep")
        shutil.copytree(SHARED / "samples" / "tensorboard" / "logs", logs, ignore=left_out)
        self.assertGreater(self.compare(logs), 20)

    def test_merged_restarts_are_shown_by_both_loaders(self):
        logs = self.directory / "logs"
        start = Event(step=110, wall_time=2000, session_log=SessionLog(status=SessionLog.START))
        write(logs / "run", [scalar(step, "loss", 1.0, 1000 + step) for step in range(0, 151, 10)], ".first")
        write(logs / "run", [start, *[scalar(step, "loss", 2.0, 2000 + step) for step in range(110, 301, 10)]], ".second")
        edit(logs, self.directory / "merged", "--restarts", "merge")
        expected = [(step, 2.0 if step >= 110 else 1.0) for step in range(0, 301, 10)]
        (file,) = (self.directory / "merged").rglob("*tfevents*")
        self.assertEqual(sum(event.HasField("summary") for event in EventFileLoader(str(file)).Load()), len(expected))
        for loader in ("--load_fast=true", "--load_fast=false"):
            with self.subTest(loader=loader), TensorBoard(self.directory / "merged", loader) as board:
                shown = poll("all points are there", lambda: [s for s in [board.scalars("run", "loss")] if len(s) == len(expected)])[0]
                self.assertEqual([(step, float(value)) for _, step, value in shown], expected)

    def test_means_are_numpys_and_tensorboard_draws_their_bands(self):
        logs, out = self.directory / "logs", self.directory / "reduced"
        chance = numpy.random.default_rng(7)
        curves = chance.normal(size=(4, 50)).cumsum(axis=1).astype(numpy.float32)
        for seed, curve in enumerate(curves):
            write(logs / f"seed{seed}", [scalar(step, "loss", float(value), 1000.0 + step) for step, value in enumerate(curve)], ".seed")
        done = subprocess.run([TELLTALE, "reduce", logs, out, "--no-config"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        expected = {"mean": curves.mean(axis=0), "std": curves.std(axis=0, ddof=1), "min": curves.min(axis=0), "max": curves.max(axis=0),
                    "median": numpy.median(curves, axis=0)}
        (group,) = [path for path in out.iterdir() if path.is_dir()]
        for name, values in expected.items():
            accumulator = EventAccumulator(str(group / name), size_guidance={"tensors": 0})
            accumulator.Reload()
            shown = [tensor_util.make_ndarray(each.tensor_proto).item() for each in accumulator.Tensors("loss")]
            numpy.testing.assert_allclose(shown, values, rtol=1e-5, atol=1e-5, err_msg=name)
        with TensorBoard(out, "--load_fast=false") as board:
            layout = poll("the layout is there", lambda: board.json("data/plugin/custom_scalars/layout"))
            (chart,) = layout["category"][0]["chart"]
            (series,) = chart["margin"]["series"]
            self.assertEqual(series, {"value": "loss/mean", "lower": "loss/mean-std", "upper": "loss/mean+std"})
            run = f"{group.name}/band"
            for tag, sign in (("loss/mean", 0), ("loss/mean-std", -1), ("loss/mean+std", 1)):
                shown = [value for _, _, value in board.scalars(run, tag)]
                numpy.testing.assert_allclose(shown, expected["mean"] + sign * expected["std"], rtol=1e-4, atol=1e-4)


if __name__ == "__main__":
    unittest.main(verbosity=2)
