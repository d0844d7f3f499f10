"""Conversions that are killed at any moment: what is there then is whole, and the same command again completes it.

Kills each writable format's conversion at moments spread over its duration (and a few in its first milliseconds). Afterwards every
run that the target's reader finds must have all its points; in the end one more conversion, uninterrupted, must leave each run there
exactly once, and read back the same.

    KILLS=200 python3 convert_kill_test.py    more kills than the few of an ordinary test
"""
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

TELLTALE = os.environ["TELLTALE"]
MAKE_LOGDIR = os.path.join(os.path.dirname(TELLTALE), "tests", "bench", "telltale_make_logdir")
KILLS = int(os.environ.get("KILLS", "12"))
RUNS, EVENTS = 6, 20000


def writable():
    out = subprocess.run([TELLTALE, "formats", "--format", "json"], check=True, capture_output=True).stdout
    return [each["id"] for each in json.loads(out)["formats"] if each["writable"]]


def inspect(path, form):
    """Points by run, or None where nothing can be read there."""
    done = subprocess.run([TELLTALE, "inspect", path, "--from", form, "--format", "json", "--no-config"], capture_output=True, text=True)
    if done.returncode == 1:
        return None
    assert done.returncode == 0, done.stderr + done.stdout[-2000:]
    runs = {}
    for training_run in json.loads(done.stdout)["training_runs"]:
        for run in training_run["runs"]:
            assert run["name"] not in runs, f"{run['name']} twice"
            runs[run["name"]] = sum(series["points"] for series in run["series"])
    return runs


class Killed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.mkdtemp(prefix="telltale-kill-")
        cls.source = os.path.join(cls.dir, "logs")
        subprocess.run([MAKE_LOGDIR, cls.source, str(EVENTS), str(RUNS)], check=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.dir)

    def convert(self, form, target, *more):
        return [TELLTALE, "convert", self.source, target, "--to", form, "--no-config", *more]

    def check(self, form):
        random.seed(form)
        target = os.path.join(self.dir, form.replace("/", "_"))
        start = time.monotonic()
        subprocess.run(self.convert(form, target), check=True, capture_output=True)
        duration = time.monotonic() - start
        shutil.rmtree(target, ignore_errors=True) if os.path.isdir(target) else os.remove(target)
        interrupted = 0
        for i in range(KILLS):
            process = subprocess.Popen(self.convert(form, target), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(duration * random.random() if i % 4 else 0.01 * random.random())
            process.send_signal(signal.SIGKILL)
            interrupted += process.wait() == -signal.SIGKILL
            found = inspect(target, form) if os.path.exists(target) else None
            for run, points in (found or {}).items():
                self.assertEqual(points, EVENTS, f"{form}: {run} is half there after kill {i}")
            if i % 3 == 2 and os.path.exists(target):  # from nothing as well as onto what is there
                shutil.rmtree(target) if os.path.isdir(target) else os.remove(target)
        self.assertGreater(interrupted, 0, "no conversion was interrupted: the test shows nothing")
        done = subprocess.run(self.convert(form, target, "--verify"), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        found = inspect(target, form)
        self.assertEqual(sorted(found.values()), [EVENTS] * RUNS)


def test_of(form):
    return lambda self: self.check(form)


for each in writable():
    setattr(Killed, "test_" + each.replace("-", "_"), test_of(each))

if __name__ == "__main__":
    unittest.main()
