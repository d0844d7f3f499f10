#!/usr/bin/env python3
"""What `telltale annotate` writes, as files: what is new, what is untouched, and what a second call changes."""

import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))

import tensorboard_reference
from logdirs import DEMO, DEMO_RUNS, LogdirTest, annotations, checksums, diagnose, originals, telltale

EXPECTED = {
    "baseline": ("healthy", None),
    "handmade-softmax": ("failing", "non-finite"),
    "hot-learning-rate": ("failing", "divergence"),
    "shuffled-labels": ("failing", "not-learning"),
    "tiny-trainset": ("failing", "overfitting"),
}


class Demo(LogdirTest):
    def test_finds_what_is_wrong_with_each_run(self):
        runs = {run["name"]: run for run in diagnose(DEMO)["training_runs"]}
        self.assertEqual(sorted(runs), DEMO_RUNS)
        for name, (verdict, finding) in EXPECTED.items():
            with self.subTest(run=name):
                serious = [f["id"] for f in runs[name]["findings"] if f["severity"] != "info"]
                self.assertEqual(runs[name]["verdict"], verdict, serious)
                self.assertEqual(serious[:1], [finding] if finding else [])


class AnnotatedFiles(LogdirTest):
    def test_adds_one_file_per_training_run_and_touches_nothing_else(self):
        logdir = self.copy_demo()
        before = checksums(logdir)
        telltale("annotate", logdir)
        self.assertEqual(originals(logdir), before)
        directories = sorted(os.path.dirname(path) for path in annotations(logdir))
        self.assertEqual(directories, [f"{run}/telltale" for run in DEMO_RUNS])

    def test_a_second_call_leaves_one_annotation_with_the_same_content(self):
        logdir = self.copy_demo()
        before = checksums(logdir)
        telltale("annotate", logdir)
        first = self.contents(logdir)
        telltale("annotate", logdir)
        self.assertEqual(originals(logdir), before)
        self.assertEqual(len(annotations(logdir)), len(DEMO_RUNS))
        self.assertEqual(self.contents(logdir), first)

    def test_replaces_only_what_telltale_wrote(self):
        logdir = self.copy_demo()
        telltale("annotate", logdir)
        # A person's own notes in our directory, and an event file that somebody else wrote there.
        notes = logdir / "baseline/telltale/notes.txt"
        notes.write_text("do not lose this\n")
        foreign = logdir / "baseline/telltale/events.out.tfevents.1700000000.other.1.0"
        foreign.write_bytes(next((DEMO / "baseline/train").iterdir()).read_bytes())
        kept = {str(path.relative_to(logdir)): checksums(logdir)[str(path.relative_to(logdir))] for path in (notes, foreign)}
        telltale("annotate", logdir)
        after = checksums(logdir)
        self.assertEqual({path: after.get(path) for path in kept}, kept)
        self.assertEqual(len(annotations(logdir)), len(DEMO_RUNS) + len(kept))

    def test_out_leaves_the_logdir_alone_and_mirrors_its_paths(self):
        logdir, out = self.copy_demo(), self.directory / "out"
        before = checksums(logdir)
        telltale("annotate", logdir, "--out", out)
        self.assertEqual(checksums(logdir), before)
        directories = sorted(os.path.dirname(path) for path in checksums(out))
        self.assertEqual(directories, [f"{run}/telltale" for run in DEMO_RUNS])

    def test_annotations_are_not_diagnosed(self):
        logdir = self.copy_demo()
        before = diagnose(logdir)
        telltale("annotate", logdir)
        self.assertEqual(diagnose(logdir), before)

    def test_wall_times_are_not_earlier_than_the_run(self):
        logdir = self.copy_demo()
        telltale("annotate", logdir)
        for name, run in tensorboard_reference.read_logdir(str(logdir)).items():
            if not name.endswith("/telltale"):
                continue
            source = tensorboard_reference.read_logdir(str(logdir / name.removesuffix("telltale") / "train"))["."]
            start = min(point[1] for points in source["scalars"].values() for point in points)
            times = [point[1] for kind in ("scalars", "texts") for points in run[kind].values() for point in points]
            self.assertGreaterEqual(min(times), start, name)

    def contents(self, logdir):
        """All that TensorBoard reads from the annotations, by run; the file names have no say in it."""
        runs = tensorboard_reference.read_logdir(str(logdir))
        return {name: run for name, run in runs.items() if name.endswith("/telltale")}


if __name__ == "__main__":
    unittest.main()
