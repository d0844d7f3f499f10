#!/usr/bin/env python3
"""How long the Diagnosis tab takes with many training runs, in a real TensorBoard and a real browser; no peer has such a tab.

    bench_tab.py --bin BUILD_DIR [--runs N] [--tags N] [--points N] [--check]

start       how much later TensorBoard answers with the plugin than without it: medians of 15 starts each, in turn: a single one varies by more than what is asked about
page        from the moment TensorBoard answers to the moment its own page shows its tabs, without the plugin: what nothing of ours can be faster than
interactive from the moment TensorBoard answers to the moment the list can be used, the page's own loading included: names are there before the files are read
frame       the part of it until TensorBoard asks for the frame that the tab is shown in: before that nothing of ours can be there
tab         the part of it after TensorBoard's page shows its tabs: what of it is TensorBoard opening the tab, and ours
diagnosed   from the same moment on until every training run has its verdict
scrolling   the longest pause between two frames while the list is scrolled from end to end
later       as interactive, in another browser, when TensorBoard has read its files and every training run has its verdict
returning   as interactive, in a browser that has shown this machine's TensorBoard before, as most have: it has kept TensorBoard's own script

Browsers are new otherwise, and have to compile that script first.
Pages note themselves when they show what is waited for: the driver looks only every half second.
With --check the exit status is 1 unless start and scrolling are at most 0.1 s, and interactive, later and returning at most 3 s."""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from browser import page
from tensorboard_server import TensorBoard, poll

VISITS = 3  # Chromium keeps what it has compiled of a script from the second or third time on

PAUSES = """list => new Promise(done => {
  let last = performance.now(), longest = 0, at = 0;
  const frame = now => {
    longest = Math.max(longest, now - last);
    last = now;
    at += 400;
    list.scrollTop = at;
    at < list.scrollHeight ? requestAnimationFrame(frame) : done(longest);
  };
  requestAnimationFrame(now => { last = now; requestAnimationFrame(frame); });
})"""


def start_seconds(logdir, with_plugin):
    """Until the first answer."""
    environment = dict(os.environ)
    if not with_plugin:
        environment["PYTHONPATH"] = ""
    begin = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "tensorboard.main", "--logdir", logdir, "--port", "6398", "--load_fast=false"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        while True:
            try:
                urllib.request.urlopen("http://localhost:6398/data/environment").read()
                return time.monotonic() - begin
            except OSError:
                time.sleep(0.005)
    finally:
        process.kill()
        process.wait()


SHOWN = """(() => {
  const path = window === window.top ? ["mat-toolbar"] : ["telltale-app", "telltale-list", ".row"];
  const find = (root, [first, ...rest]) => {
    const found = root.querySelector(first);
    return found && rest.length > 0 ? find(found.shadowRoot ?? found, rest) : found;
  };
  const look = () => requestAnimationFrame(() => {
    if (!find(document, path)) return look();
    requestAnimationFrame(() => { window.shown = (performance.timeOrigin + performance.now()) / 1000; });
  });
  look();
})()"""


def shown(frame, begin):
    """Seconds from `begin` to the frame after the one that first had what is waited for."""
    frame.wait_for_function("window.shown", timeout=120000)
    return frame.evaluate("window.shown") - begin


def open_page(browser, url):
    """The moment it is asked for; seconds until TensorBoard shows its tabs."""
    browser.add_init_script(SHOWN)
    begin = time.time()
    browser.goto(url)
    return begin, shown(browser, begin)


def open_tab(browser, url):
    """The list; the moment that the page is asked for; seconds until TensorBoard shows its tabs, asks for the frame of ours, and until the list can be used."""
    begin, ready = open_page(browser, f"{url}#telltale")
    listed = browser.frame_locator("iframe").locator("telltale-list")
    listed.locator(".row").first.wait_for(timeout=120000)
    frame = listed.element_handle().owner_frame()
    asked = frame.evaluate("performance.timeOrigin") / 1000 - begin
    return listed, begin, ready, asked, shown(frame, begin)


def page_seconds(logdir, *flags, **options):
    """TensorBoard's own page, without the plugin."""
    ours = os.environ.pop("PYTHONPATH")
    try:
        with TensorBoard(logdir, *flags) as board, page(**options) as browser:
            return open_page(browser, board.url)[1]
    finally:
        os.environ["PYTHONPATH"] = ours


def returning_seconds(some, logdir, profile):
    """Until the list of `logdir` can be used in a browser that has shown the logs of `some` before."""
    same_port = ("--port", "6397")
    for _ in range(VISITS):
        page_seconds(some, *same_port, profile=profile)
    with TensorBoard(logdir, *same_port) as board, page(profile=profile) as browser:
        return open_tab(browser, board.url)[-1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--tags", type=int, default=10)
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    os.environ["PYTHONPATH"] = str(args.bin.resolve() / "python")
    with tempfile.TemporaryDirectory(prefix="telltale-bench-tab-") as directory:
        empty, logdir = pathlib.Path(directory) / "empty", pathlib.Path(directory) / "logs"
        empty.mkdir()
        starts = {True: [], False: []}
        for _ in range(15):
            for with_plugin in (True, False):
                starts[with_plugin].append(start_seconds(empty, with_plugin))
        start = statistics.median(starts[True]) - statistics.median(starts[False])
        # make_logdir has ten tags.
        subprocess.run(
            [args.bin / "tests/bench/telltale_make_logdir", logdir, str(args.tags * args.points), str(args.runs)],
            check=True,
        )
        for file in logdir.rglob("*tfevents*"):
            file.read_bytes()
        bare = page_seconds(logdir)
        with TensorBoard(logdir) as board:
            with page() as browser:
                listed, begin, ready, asked, interactive = open_tab(browser, board.url)
                browser.frame_locator("iframe").locator(".counts", has_text=re.compile("training runs\\s*$")).wait_for(
                    timeout=120000
                )
                diagnosed = time.time() - begin
                pause = listed.evaluate(PAUSES) / 1000
            poll("TensorBoard has read its files", lambda: len(board.json("data/runs")) == args.runs)
            with page() as browser:
                later = open_tab(browser, board.url)[-1]
        some = pathlib.Path(directory) / "some"
        subprocess.run([args.bin / "tests/bench/telltale_make_logdir", some, "1000", "2"], check=True)
        returning = returning_seconds(some, logdir, pathlib.Path(directory) / "profile")
    met = True
    print(f"{args.runs} training runs, {args.tags} series of {args.points} points each")
    for name, value, wanted in (
        ("start", start, 0.1),
        ("page", bare, None),
        ("interactive", interactive, 3),
        ("frame", asked, None),
        ("tab", interactive - ready, None),
        ("diagnosed", diagnosed, None),
        ("scrolling", pause, 0.1),
        ("later", later, 3),
        ("returning", returning, 3),
    ):
        print(f"{name:12}{value:8.3f} s" + (f"{wanted:8.1f} s wanted" if wanted else ""))
        met = met and (wanted is None or value <= wanted)
    return 1 if args.check and not met else 0


if __name__ == "__main__":
    sys.exit(main())
