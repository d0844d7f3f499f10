#!/usr/bin/env python3
"""`telltale watch` beside TensorBoard's own writer: the test waits for what it says, never for time to pass."""

import json
import math
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.event_file_writer import EventFileWriter

TELLTALE = os.environ["TELLTALE"]
PATIENCE = 120  # seconds, on a machine that is busy with something else


class Watched:
    """A `telltale watch` that runs: its events, one after the other."""

    def __init__(self, logdir, *flags):
        command = [TELLTALE, "watch", str(logdir), "--format", "jsonl", "--no-config", *flags]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.events = []

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(json.loads(line))
        self._lines.put(None)

    def wait_for(self, event, **having):
        """The next event of that kind; `finding` is its id."""
        while True:
            got = self._lines.get(timeout=PATIENCE)
            assert got is not None, f"ended without {event} {having}: {self.process.stderr.read()}"
            self.events.append(got)
            flat = {**got, "finding": got.get("finding", {}).get("id")}
            if got["event"] == event and all(flat.get(name) == value for name, value in having.items()):
                return got

    def stop(self, number=signal.SIGTERM):
        """The exit status, and what went to standard error."""
        self.process.send_signal(number)
        self.wait_for("stopped")
        return self.process.wait(PATIENCE), self.process.stderr.read()


class Trainer:
    """A training that logs as PyTorch's and Keras' writers do: through TensorBoard's EventFileWriter."""

    def __init__(self, directory):
        self._writer = EventFileWriter(str(directory))
        self.step = 0

    def train(self, steps, loss):
        for self.step in range(self.step, self.step + steps):
            value = summary_pb2.Summary.Value(tag="train/loss", simple_value=loss(self.step))
            self._writer.add_event(event_pb2.Event(step=self.step, summary=summary_pb2.Summary(value=[value])))
        self.step += 1
        self._writer.flush()

    def close(self):
        self._writer.close()


def learns(step):
    return 0.1 + 2 * math.exp(-step / 40) + 0.01 * math.sin(step * step)


class Watch(unittest.TestCase):
    def setUp(self):
        self.directory = Path(tempfile.mkdtemp(prefix="telltale-watch-"))
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)
        self.logdir = self.directory / "logs"
        self.logdir.mkdir()

    def watch(self, *flags):
        watched = Watched(self.logdir, *flags)
        self.addCleanup(watched.process.stdout.close)
        self.addCleanup(watched.process.stderr.close)
        self.addCleanup(watched.process.kill)
        watched.wait_for("watching")
        return watched

    def test_a_run_that_goes_wrong_is_told_annotated_and_passed_on(self):
        posted = queue.Queue()

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self):
                posted.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        told = self.directory / "told"
        watched = self.watch(
            "--interval", "0", "--webhook", f"http://127.0.0.1:{server.server_port}/hook",
            "--exec", f'printf "%s %s\\n" "$TELLTALE_RUN" "$TELLTALE_FINDING" >> {told}; cat > /dev/null',
        )  # fmt: skip
        name = "run $(touch hit)"
        trainer = Trainer(self.logdir / name)
        trainer.train(50, learns)
        watched.wait_for("run-added", training_run=name)
        trainer.train(1, lambda _: math.nan)
        found = watched.wait_for("finding", finding="non-finite", training_run=name)
        self.assertEqual(found["finding"]["first_step"], 50)
        self.assertEqual(posted.get(timeout=PATIENCE)["finding"]["id"], "non-finite")
        trainer.train(20, learns)
        trainer.close()
        status, errors = watched.stop()
        self.assertEqual((status, errors), (0, ""))
        self.assertEqual(told.read_text(), f"{name} non-finite\n")
        self.assertEqual(watched.events[-1]["points"], 71)
        self.assertIn("non-finite", self.annotation_of(name))

    def annotation_of(self, run):
        """The text of the annotation, as TensorBoard reads it."""
        (file,) = (self.logdir / run / "telltale").iterdir()
        accumulator = EventAccumulator(str(file))
        accumulator.Reload()
        return accumulator.Tensors("telltale/diagnosis")[-1].tensor_proto.string_val[0].decode()

    def test_runs_come_go_and_start_anew(self):
        watched = self.watch("--no-annotate")
        first = Trainer(self.logdir / "a")
        first.train(30, learns)
        watched.wait_for("run-added", training_run="a")
        first.close()
        shutil.rmtree(self.logdir / "a")
        watched.wait_for("run-removed", training_run="a")
        again = Trainer(self.logdir / "a")
        again.train(30, learns)
        watched.wait_for("run-added", training_run="a")
        again.close()
        status, _ = watched.stop(signal.SIGINT)
        self.assertEqual(status, 0)
        self.assertEqual(watched.events[-1]["points"], 30)

    def test_two_signals_at_once_are_one_request(self):
        trainer = Trainer(self.logdir / "a")
        trainer.train(30, learns)
        trainer.close()
        watched = self.watch()
        watched.wait_for("run-added", training_run="a")
        watched.process.send_signal(signal.SIGTERM)
        status, _ = watched.stop()
        self.assertEqual(status, 0)
        self.assertIn("healthy", self.annotation_of("a"))

    def test_polling_sees_the_same(self):
        watched = self.watch("--no-annotate", "--poll", "--fail-on", "error")
        trainer = Trainer(self.logdir / "a")
        trainer.train(30, learns)
        watched.wait_for("run-added", training_run="a")
        trainer.train(1, lambda _: math.inf)
        watched.wait_for("finding", finding="non-finite")
        trainer.close()
        status, _ = watched.stop()
        self.assertEqual(status, 4)

    def test_ends_when_nothing_comes_any_more(self):
        trainer = Trainer(self.logdir / "a")
        trainer.train(100, lambda step: 2.3 + 0.01 * math.sin(step * step))
        trainer.close()
        watched = self.watch("--until-idle", "0")
        stopped = watched.wait_for("stopped")
        self.assertEqual(stopped["points"], 100)
        self.assertEqual(watched.process.wait(PATIENCE), 0)
        # What it found is in TensorBoard.
        self.assertIn("not-learning", self.annotation_of("a"))


if __name__ == "__main__":
    unittest.main()
