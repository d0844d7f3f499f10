"""Every call of the file system that a writing command makes fails once, or is the last thing that the process does. Then the
destination is absent, the old one or complete, an error names the place, and the same command again completes it (interrupted.py).

    FAULTS=all python3 faults_test.py    every n-th call; otherwise a dozen of them, spread
"""
import errno
import os
import shutil
import signal
import subprocess
import tempfile
import unittest

import interrupted

LIBRARY = os.environ["TELLTALE_FAULTS"]
MOST = 10 ** 9 if os.environ.get("FAULTS") == "all" else int(os.environ.get("FAULTS", "12"))
EVENTS = 40
# Which calls, and what becomes of them. A disk that takes nothing still lets things be removed.
CHANGES = "create,write,fsync,rename,mkdir,truncate"
KINDS = {
    CHANGES + ",unlink": ("kill", "torn"),
    CHANGES: (str(errno.EIO), f"sticky:{errno.ENOSPC}", str(errno.EINTR)),
    "write": ("short",),
}
# The exit status: done, failed, done with damage (what is repaired is damaged).
ENDS = (0, 1, 3)


class Faults(unittest.TestCase):
    def run_with(self, command, kind, at, calls):
        count = os.path.join(command.directory, "count")
        environment = dict(os.environ, LD_PRELOAD=LIBRARY, FAULT_UNDER=command.work, FAULT_KIND=kind, FAULT_AT=str(at), FAULT_COUNT=count,
                           FAULT_CALLS=calls)
        done = subprocess.run(command.argv(), env=environment, capture_output=True, text=True)
        with open(count) if os.path.exists(count) else open(os.devnull) as file:
            return done, int(file.read() or 0)

    def check(self, name):
        directory = tempfile.mkdtemp(prefix="telltale-faults-")
        self.addCleanup(shutil.rmtree, directory)
        command = interrupted.commands()[name](directory, EVENTS)
        for calls, kinds in KINDS.items():
            command.start()
            done, count = self.run_with(command, "0", 0, calls)
            self.assertIn(done.returncode, (0, 3), done.stderr)
            self.assertGreater(count, 0, "the library sees nothing")
            command.learn()
            command.check_done()
            step = max(1, count // MOST)
            for at in range(1, count + 1, step):
                for kind in kinds:
                    with self.subTest(command=name, calls=calls, at=at, of=count, kind=kind):
                        self.one(command, kind, at, calls)

    def one(self, command, kind, at, calls):
        command.start()
        done, _ = self.run_with(command, kind, at, calls)
        if kind in ("kill", "torn"):
            self.assertIn(done.returncode, (-signal.SIGKILL,) + ENDS)
        else:
            self.assertIn(done.returncode, ENDS, done.stderr)
        command.check()
        if kind == "short":
            self.assertNotEqual(done.returncode, 1, "half a write is no error: " + done.stderr)
        if done.returncode == 1:
            self.assertIn(command.work, done.stderr, "the error does not name the place")
        if done.returncode >= 0:
            self.assertEqual(interrupted.leftovers(command.work), [], "a temporary file is left behind")
        again = subprocess.run(command.argv(), capture_output=True, text=True)
        self.assertIn(again.returncode, (0, 3), "the second run fails: " + again.stderr)
        command.check_done()


for each in interrupted.commands():
    setattr(Faults, "test_" + each.replace("-", "_"), lambda self, each=each: self.check(each))

if __name__ == "__main__":
    unittest.main()
