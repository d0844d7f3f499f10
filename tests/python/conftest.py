"""What the tests of the package share."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

SOURCE = pathlib.Path(os.environ.get("TELLTALE_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))


@pytest.fixture(scope="session")
def testdata() -> pathlib.Path:
    return SOURCE / "testdata"


@pytest.fixture(scope="session")
def demo(testdata: pathlib.Path) -> pathlib.Path:
    return testdata / "demo"


@pytest.fixture(scope="session")
def cli() -> Callable[..., Any]:
    """Runs the command line; its standard output, parsed."""

    def run(*args: object, status: tuple[int, ...] = (0, 3)) -> Any:
        done = subprocess.run(
            [os.environ["TELLTALE"], *map(os.fspath, args)],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        assert done.returncode in status, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def hostile() -> str:
    """A name that would do something anywhere that forgets to escape it."""
    return "<img src=x onerror=alert(1)>\"'&`|\u202e\x1b[31m</script>"
