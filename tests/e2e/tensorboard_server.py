"""A real TensorBoard on 127.0.0.1 and a free port, for as long as a `with` block lasts."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

# Generous, because they are only waited for when something is broken.
STARTUP_SECONDS = 120
DEADLINE_SECONDS = 60


def poll(what, condition):
    """Calls `condition` until it returns something true, and returns that; fails with `what` at the deadline."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"after {DEADLINE_SECONDS} s still not: {what} (last answer: {value!r})")
        time.sleep(0.1)


class TensorBoard:
    """with TensorBoard(logdir, "--load_fast=false") as board: board.json("data/runs")"""

    def __init__(self, logdir, *flags):
        self._command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(logdir), "--host", "127.0.0.1", "--port", "0",
                         "--reload_interval", "1", *flags]
        self.url = None
        self.log = []

    def __enter__(self):
        # In a session of its own, so that the data server that it starts goes down with it.
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                         start_new_session=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        try:
            self._reader = threading.Thread(target=self._read_log, daemon=True)
            self._started = threading.Event()
            self._reader.start()
            if not self._started.wait(STARTUP_SECONDS) or self.url is None:
                raise AssertionError("TensorBoard did not start:\n" + "".join(self.log))
            # The address is printed before the first load is done.
            poll("TensorBoard lists a run", lambda: self.json("data/runs"))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()
        self._process.stderr.close()

    def _read_log(self):
        try:
            for line in self._process.stderr:
                self.log.append(line)
                if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                    self.url = found.group(0)
                    self._started.set()
        except ValueError:  # closed while reading
            pass
        self._started.set()

    def json(self, route, **query):
        """What TensorBoard answers, or None while it answers "not found"."""
        url = self.url + route + ("?" + urllib.parse.urlencode(query) if query else "")
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise AssertionError(f"{url}: HTTP {error.code}\n" + "".join(self.log)) from error

    def scalars(self, run, tag):
        """[[wall time, step, value], ...]; empty while there are none."""
        return self.json("data/plugin/scalars/scalars", run=run, tag=tag) or []

    def text(self, run, tag):
        """The HTML of the last step, or None."""
        points = self.json("data/plugin/text/text", run=run, tag=tag)
        return points[-1]["text"] if points else None
