#!/usr/bin/env python3
"""Takes the pictures of the README: TensorBoard on the annotated demo runs.

    python3 -m venv /tmp/screenshots && /tmp/screenshots/bin/pip install -r tests/requirements.txt playwright==1.65.2
    /tmp/screenshots/bin/python docs/screenshots.py [--telltale build/release/telltale] [--chromium /usr/bin/chromium]

Annotates a copy of testdata/demo, serves it with TensorBoard and photographs the Text, Time Series (Scalars) and Custom Scalars tabs
with the headless Chromium that is installed (Debian: chromium fonts-noto-color-emoji); nothing is downloaded.
"""

import argparse
import os
import pathlib
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SOURCE / "tests/e2e"))

CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync", "--hide-scrollbars"]
RUN = "tiny-trainset"


def filter_runs(page, pattern):
    page.locator("tf-runs-selector input:visible").first.fill(pattern)


def filter_tags(page, pattern):
    page.locator("tf-tag-filterer input:visible").first.fill(pattern)


def text_tab(page, board):
    """The Text tab with the diagnosis of one run."""
    page.goto(board.url + "#text")
    page.wait_for_selector("tf-text-loader table", timeout=60_000)
    filter_runs(page, f"{RUN}/telltale")
    filter_tags(page, "telltale/diagnosis")


def scalars_tab(page, board):
    """The Scalars tab: losses of the run, and what Telltale adds to them."""
    page.goto(board.url + "#scalars&_smoothingWeight=0")
    page.wait_for_selector("tf-scalar-card svg .line", timeout=60_000)
    filter_runs(page, RUN)
    filter_tags(page, "epoch_loss|overfitting|generalization|trend")


def custom_scalars_tab(page, board):
    """The Custom Scalars tab: train, validation and gap in one chart, made large."""
    page.goto(board.url + "#custom_scalars&_smoothingWeight=0")
    page.wait_for_selector("tf-custom-scalar-multi-line-chart-card svg .line", timeout=60_000)
    filter_runs(page, RUN)
    page.locator("tf-custom-scalar-multi-line-chart-card paper-icon-button:visible").first.click()


PICTURES = {"tensorboard-text": text_tab, "tensorboard-scalars": scalars_tab, "tensorboard-custom-scalars": custom_scalars_tab}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--telltale", type=os.path.abspath, default=SOURCE / "build/release/telltale")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--out", type=lambda path: pathlib.Path(path).absolute(), default=SOURCE / "docs")
    args = parser.parse_args()
    os.environ["TELLTALE"] = str(args.telltale)

    import logdirs
    from playwright.sync_api import sync_playwright
    from tensorboard_server import TensorBoard

    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        os.chdir(directory)  # TensorBoard shows the path of its logdir
        logdir = logdirs.copy_demo("demo")
        logdirs.telltale("annotate", logdir)
        browser = playwright.chromium.launch(executable_path=args.chromium, args=CHROMIUM_FLAGS)
        with TensorBoard(logdir) as board:
            for name, show in PICTURES.items():
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                show(page, board)
                page.wait_for_timeout(1500)  # drawing is animated
                page.screenshot(path=args.out / f"{name}.png")
                page.close()
                print(args.out / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
