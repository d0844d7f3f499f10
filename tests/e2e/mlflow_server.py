"""A real MLflow server on 127.0.0.1 and a free port, for as long as a `with` block lasts."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

STARTUP_SECONDS = 120
QUIET = {"MLFLOW_ALLOW_FILE_STORE": "true", "GIT_PYTHON_REFRESH": "quiet", "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true",
         "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false", "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MlflowServer:
    """with MlflowServer(store, directory) as server: mlflow.MlflowClient(server.url)

    `store` is what --backend-store-uri takes; `directory` is where artifacts and the server's log go. start() and wait() apart let
    several servers start at once."""

    def __init__(self, store, directory):
        self._store, self._directory = store, pathlib.Path(directory)
        self.url = None

    def start(self):
        self._directory.mkdir(parents=True, exist_ok=True)
        self._log = open(self._directory / "server.log", "w+")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        # In a session of its own, so that the workers that it starts go down with it.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mlflow", "server", "--backend-store-uri", self._store, "--default-artifact-root",
             str(self._directory / "artifacts"), "--host", "127.0.0.1", "--port", str(port), "--workers", "1"],
            stdout=self._log, stderr=subprocess.STDOUT, cwd=self._directory, start_new_session=True, env={**os.environ, **QUIET})
        return self

    def wait(self):
        deadline = time.monotonic() + STARTUP_SECONDS
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=5).read()
                return self
            except (urllib.error.URLError, OSError):
                gone = self._process.poll() is not None
                if gone or time.monotonic() > deadline:
                    self._log.seek(0)
                    log = self._log.read()
                    self.stop()
                    raise AssertionError(f"the MLflow server did not start:\n{log}") from None
                time.sleep(0.1)

    def stop(self):
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()
        self._log.close()

    def __enter__(self):
        return self.start().wait()

    def __exit__(self, *_):
        self.stop()
