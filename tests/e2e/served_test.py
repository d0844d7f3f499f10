#!/usr/bin/env python3
"""What an unmodified TensorBoard serves of an annotated logdir, with each of its two loaders."""

import itertools
import unittest

from logdirs import DEMO_RUNS, LogdirTest, checksums, originals, telltale
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard_server import TensorBoard, poll

LOADERS = {"default": (), "python": ("--load_fast=false",)}


class GrowingRun:
    """A training that is still at work: writes train_loss and val_loss through TensorBoard's own writer."""

    def __init__(self, directory):
        self._writer = EventFileWriter(str(directory))
        self._steps = itertools.count()

    def train(self, steps):
        for step in itertools.islice(self._steps, steps):
            for tag, value in (("train_loss", 0.9**step), ("val_loss", 0.9**step + 0.002 * step)):
                summary = summary_pb2.Summary(value=[summary_pb2.Summary.Value(tag=tag, simple_value=value)])
                self._writer.add_event(event_pb2.Event(wall_time=1.7e9 + step, step=step, summary=summary))
        self._writer.flush()

    def close(self):
        self._writer.close()


class Served(LogdirTest):
    def each_loader(self, logdir):
        for name, flags in LOADERS.items():
            with self.subTest(loader=name), TensorBoard(logdir, *flags) as board:
                yield board

    def test_findings_stand_beside_the_curves(self):
        logdir = self.copy_demo()
        before = checksums(logdir)
        telltale("annotate", logdir)
        for board in self.each_loader(logdir):
            self.expect_annotations(board)
            self.expect_original_curves(board)
        self.assertEqual(originals(logdir), before, "TensorBoard or Telltale changed a file")

    def test_a_mirror_beside_the_logdir_is_served(self):
        logdir = self.copy_demo()
        telltale("annotate", logdir, "--out", self.directory / "findings")
        for board in self.each_loader(self.directory):
            poll("the mirrored run is listed", lambda: "findings/tiny-trainset/telltale" in board.json("data/runs"))
            html = poll("its text", lambda: board.text("findings/tiny-trainset/telltale", "telltale/diagnosis"))
            self.assertIn("overfitting", html.lower())

    def test_a_run_that_is_annotated_while_it_grows_goes_on_growing(self):
        for name, flags in LOADERS.items():
            with self.subTest(loader=name):
                self.annotate_while_growing(self.directory / name, flags)

    def annotate_while_growing(self, logdir, flags):
        run = GrowingRun(logdir / "live")
        try:
            run.train(30)
            with TensorBoard(logdir, *flags) as board:
                poll("30 points are shown", lambda: len(board.scalars("live", "train_loss")) == 30)
                telltale("annotate", logdir)
                poll("the findings are shown", lambda: board.text("live/telltale", "telltale/diagnosis"))
                run.train(20)
                poll("50 points are shown", lambda: len(board.scalars("live", "train_loss")) == 50)
                # Once more over the annotation that TensorBoard has open.
                telltale("annotate", logdir)
                run.train(10)
                poll("60 points are shown", lambda: len(board.scalars("live", "val_loss")) == 60)
        finally:
            run.close()

    def expect_annotations(self, board):
        runs = [f"{run}/telltale" for run in DEMO_RUNS]
        tags = poll("text of all runs", lambda: self.with_all(board.json("data/plugin/text/tags"), runs))
        for run in runs:
            self.assertIn("telltale/diagnosis", tags[run])
            for tag in tags[run]:
                self.assertTrue(board.text(run, tag).strip(), f"{run} {tag} is empty")
        html = board.text("tiny-trainset/telltale", "telltale/diagnosis")
        self.assertIn("<table>", html)
        self.assertIn("overfitting", html.lower())
        self.assertIn("telltale/findings/overfitting", tags["tiny-trainset/telltale"])
        self.assertIn("healthy", board.text("baseline/telltale", "telltale/diagnosis").lower())

        gap = board.scalars("tiny-trainset/telltale", "telltale/generalization_gap")
        self.assertGreater(len(gap), 10)
        self.assertLess(gap[0][2], gap[-1][2])
        curve = board.scalars("tiny-trainset/telltale", "telltale/findings/overfitting/active")
        self.assertTrue(curve)
        self.assertTrue(all(0 <= value <= 1 for _, _, value in curve), curve)
        self.assertLess(curve[0][2], max(value for _, _, value in curve), curve)
        self.expect_layout(board.json("data/plugin/custom_scalars/layout"))

    def expect_layout(self, layout):
        self.assertTrue(layout, "no custom_scalars layout is served")
        charts = [chart for category in layout["category"] for chart in category["chart"]]
        patterns = " ".join(pattern for chart in charts for pattern in chart.get("multiline", {}).get("tag", []))
        self.assertIn("epoch_loss", patterns)
        self.assertIn("generalization_gap", patterns)

    def expect_original_curves(self, board):
        for run, points in (("baseline/train", 60), ("baseline/validation", 60), ("tiny-trainset/validation", 60),
                            ("handmade-softmax/train", 45)):
            self.assertEqual(len(board.scalars(run, "epoch_loss")), points, run)

    @staticmethod
    def with_all(tags, runs):
        return tags if tags and set(runs) <= set(tags) else None


if __name__ == "__main__":
    unittest.main()
