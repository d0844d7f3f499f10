"""Log directories for the end-to-end tests, and the binary that is tested on them."""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ.get("TELLTALE_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
TELLTALE = os.environ.get("TELLTALE", str(SOURCE / "build/release/telltale"))
DEMO = SOURCE / "testdata/demo"
DEMO_RUNS = sorted(path.name for path in DEMO.iterdir() if path.is_dir())


def telltale(*arguments, statuses=(0,)):
    """Runs the binary and returns what it prints; fails unless it ends with one of `statuses`."""
    done = subprocess.run([TELLTALE, *map(str, arguments)], capture_output=True, text=True, timeout=120)
    if done.returncode not in statuses:
        raise AssertionError(f"telltale {' '.join(map(str, arguments))} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def diagnose(logdir):
    return json.loads(telltale("diagnose", "--format", "json", logdir))


def checksums(root):
    """SHA-256 of every file below `root`, by relative path."""
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(pathlib.Path(root).rglob("*")) if path.is_file()}


def annotations(root):
    """The files that annotate writes: everything in a directory named telltale."""
    return {path: sum_ for path, sum_ in checksums(root).items() if "telltale" in pathlib.PurePath(path).parts[:-1]}


def originals(root):
    own = annotations(root)
    return {path: sum_ for path, sum_ in checksums(root).items() if path not in own}


def copy_demo(destination):
    """The demo runs, without the script that made them."""
    return pathlib.Path(shutil.copytree(DEMO, destination, ignore=shutil.ignore_patterns("*.py", "*.md", "__pycache__")))


class LogdirTest(unittest.TestCase):
    """Gives each test an empty directory."""

    def setUp(self):
        self._temporary = tempfile.TemporaryDirectory(prefix="telltale-e2e-")
        self.addCleanup(self._temporary.cleanup)
        self.directory = pathlib.Path(self._temporary.name)

    def copy_demo(self, name="logdir"):
        return copy_demo(self.directory / name)
