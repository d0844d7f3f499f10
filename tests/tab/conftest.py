"""What the tests of the Diagnosis tab share."""

from __future__ import annotations

import os
import pathlib
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest

SOURCE = pathlib.Path(os.environ.get("TELLTALE_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(SOURCE / "tests" / "e2e"))
sys.path.insert(0, str(SOURCE / "plugins" / "tensorboard"))

from browser import FLAGS, chromium  # noqa: E402


@pytest.fixture(scope="session")
def demo() -> pathlib.Path:
    return SOURCE / "testdata" / "demo"


@pytest.fixture
def logdir(demo: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    """A copy of the demo runs that may be written to."""
    return pathlib.Path(
        shutil.copytree(demo, tmp_path / "logs", ignore=shutil.ignore_patterns("*.py", "*.md", "__pycache__"))
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of its own; that a script failed in it, or was refused by the policy, is a failure."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None
    )
    yield page
    context.close()
    assert not errors, errors
