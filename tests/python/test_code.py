"""The package's own code: typed, and clean."""

import subprocess
import sys

from conftest import SOURCE


def run(*command):
    done = subprocess.run([sys.executable, "-m", *command], cwd=SOURCE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy(tmp_path):
    run("mypy", "--cache-dir", str(tmp_path))


def test_ruff():
    run("ruff", "check", "--no-cache")


def test_importing_is_light():
    script = (
        "import sys, telltale; heavy = {'pandas', 'pyarrow', 'torch', 'keras', 'transformers', 'lightning', 'polars'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
