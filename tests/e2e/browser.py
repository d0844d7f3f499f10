"""A headless Chromium (Debian's package) that only speaks to this machine."""

import contextlib
import shutil

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars"]


def chromium():
    """Its path. Tests that need it fail without: scripts/packages.txt has it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "no chromium on this machine (scripts/packages.txt, set test)"
    return path


@contextlib.contextmanager
def page(width=1280, height=900, profile=None):
    """with page() as p: p.goto(...), p.get_by_text(...)

    `profile`: a directory in which the browser keeps what it has seen, for the next one that is given it."""
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        started = {"executable_path": chromium(), "args": FLAGS}
        size = {"width": width, "height": height}
        if profile is None:
            browser = playwright.chromium.launch(**started)
        else:
            browser = playwright.chromium.launch_persistent_context(profile, viewport=size, **started)
        try:
            yield browser.new_page(viewport=size) if profile is None else browser.new_page()
        finally:
            browser.close()
