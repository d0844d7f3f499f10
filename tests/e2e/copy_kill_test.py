"""`edit`, `repair` and `annotate`, killed at any moment: what is there then is what was there before or all of the new, and the same command
again completes it.

    KILLS=200 python3 copy_kill_test.py    more kills than the few of an ordinary test
"""
import hashlib
import os
import pathlib
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
RUNS, EVENTS = 40, 4000


def files(root):
    """{path below root: digest of its bytes} of all but temporary files."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(pathlib.Path(root).rglob("*"))
        if path.is_file() and not any(part.startswith(".telltale-") for part in path.relative_to(root).parts)
    }


class Killed(unittest.TestCase):
    def setUp(self):
        self._temporary = tempfile.TemporaryDirectory(prefix="telltale-kill-")
        self.addCleanup(self._temporary.cleanup)
        self.directory = pathlib.Path(self._temporary.name)
        self.source = self.directory / "logs"
        subprocess.run([MAKE_LOGDIR, self.source, str(EVENTS), str(RUNS)], check=True)

    def kill_at_some_moment(self, command, duration, early):
        """Whether it was still at work."""
        process = subprocess.Popen([TELLTALE, *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep((0.01 if early else duration) * random.random())
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL

    def run_whole(self, command):
        start = time.monotonic()
        done = subprocess.run([TELLTALE, *map(str, command)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        return time.monotonic() - start

    def check_copies(self, *commands):
        """`commands` in turn write one destination; each time it is one of their results, or absent."""
        target = self.directory / "out"
        results = []
        for command in commands:
            duration = self.run_whole([*command, target])
            results.append(files(target))
            shutil.rmtree(target)
        random.seed(7)
        interrupted = 0
        for i in range(KILLS):
            interrupted += self.kill_at_some_moment([*commands[i % len(commands)], target], duration, i % 4 == 0)
            if target.exists():
                self.assertIn(files(target), results, f"half there after kill {i}")
                if i % 5 == 4:
                    shutil.rmtree(target)
        self.assertGreater(interrupted, 0, "nothing was interrupted: the test shows nothing")
        self.run_whole([*commands[0], target])
        self.assertEqual(files(target), results[0])
        self.assertEqual(sorted(path.name for path in self.directory.iterdir()), ["logs", "out"], "what was killed is cleared away")

    def test_edit(self):
        self.check_copies(("edit", self.source, "--shift-steps=1"), ("edit", self.source, "--shift-steps=2"))

    def test_repair(self):
        for file in list(self.source.rglob("*tfevents*"))[::3]:
            file.write_bytes(file.read_bytes()[:-5])  # torn, which is no damage
        self.check_copies(("repair", self.source))

    def test_annotate(self):
        before = files(self.source)
        duration = self.run_whole(["annotate", self.source])
        after = files(self.source)
        random.seed(7)
        interrupted = 0
        for i in range(KILLS):
            if i % 3 == 0:  # from nothing as well as onto what is there
                for path in self.source.rglob("telltale"):
                    shutil.rmtree(path)
            interrupted += self.kill_at_some_moment(["annotate", self.source], duration, i % 4 == 0)
            found = files(self.source)
            self.assertEqual({**found, **before}, found, "annotate changes no file of the run's own")
            self.assertEqual({**after, **found}, after, f"an annotation is half there after kill {i}")
        self.assertGreater(interrupted, 0, "nothing was interrupted: the test shows nothing")
        self.run_whole(["annotate", self.source])
        self.assertEqual(files(self.source), after)


if __name__ == "__main__":
    unittest.main()
