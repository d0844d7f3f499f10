"""telltale.ray on a real cluster of this machine: files, the memory of the driver, an object store; and workers that die."""

from __future__ import annotations

import os
import pathlib
import shutil
import signal
import subprocess
import threading
import time

import fsspec
import pytest
import ray
import telltale
import telltale.ray
from moto.server import ThreadedMotoServer
from telltale import remote

SOURCE = pathlib.Path(__file__).resolve().parents[2]
DEMO = SOURCE / "testdata" / "demo"
RUNS = ("baseline", "hot-learning-rate", "shuffled-labels", "tiny-trainset")


@pytest.fixture(scope="session", autouse=True)
def cluster():
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=True, runtime_env={"env_vars": {"PYTHONPATH": os.environ["PYTHONPATH"]}})
    yield
    ray.shutdown()


@pytest.fixture(scope="session")
def store():
    """An S3 endpoint on loopback with the demo runs in it; gives storage options."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    options = {"key": "k", "secret": "s", "client_kwargs": {"endpoint_url": f"http://{host}:{port}"}}
    files = fsspec.filesystem("s3", **options)
    files.mkdir("logs")
    files.put(str(DEMO) + "/", "logs/demo", recursive=True)
    yield options
    server.stop()


def found(table):
    return [
        (row["training_run"], row["verdict"], [(each["id"], each["first_step"], each["last_step"], each["confidence"]) for each in row["findings"]])
        for row in table.to_pylist()
    ]


@pytest.fixture(scope="session")
def expected():
    table = remote.diagnose([str(DEMO / name) for name in RUNS])
    assert [row["error"] for row in table.to_pylist()] == [None] * len(RUNS)
    return found(table)


def test_files(expected):
    assert found(telltale.ray.diagnose([str(DEMO / name) for name in RUNS])) == expected
    assert found(telltale.ray.diagnose([f"file://{DEMO / name}" for name in RUNS])) == expected


def test_memory_of_the_driver(expected):
    memory = fsspec.filesystem("memory")
    for name in RUNS:
        memory.put(str(DEMO / name) + "/", f"/demo/{name}", recursive=True)
    assert found(telltale.ray.diagnose([f"memory://demo/{name}" for name in RUNS])) == expected


def test_an_object_store(store, expected):
    urls = [f"s3://logs/demo/{name}" for name in RUNS]
    assert found(telltale.ray.diagnose(urls, storage_options=store)) == expected


def test_converts_into_an_object_store(store):
    urls = [f"s3://logs/demo/{name}" for name in RUNS]
    table = telltale.ray.convert(urls, "s3://logs/converted", to="csv", storage_options=store).to_pylist()
    assert [row["error"] for row in table] == [None] * len(RUNS)
    files = fsspec.filesystem("s3", **store)
    for row, name in zip(table, RUNS, strict=True):
        lines = files.cat_file(f"logs/converted/{name}.csv").splitlines()
        assert len(lines) - 1 == row["points"] > 0


def test_one_that_is_not_there_is_a_row(store):
    rows = telltale.ray.diagnose(["s3://logs/absent", "s3://logs/demo/baseline"], storage_options=store).to_pylist()
    assert "absent" in rows[0]["error"]
    assert rows[1]["verdict"] == "healthy"


def workers():
    """Process ids of the workers that have a task of ours."""
    lines = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [int(line.split()[0]) for line in lines if "ray::telltale_diagnose" in line]


def test_a_worker_that_dies_is_replaced(tmp_path, capfd):
    maker = SOURCE / "build" / "release" / "tests" / "bench" / "telltale_make_logdir"
    for i in range(6):
        subprocess.run([maker, tmp_path / f"logs{i}", "400", "500"], check=True)
    urls = [str(tmp_path / f"logs{i}") for i in range(6)]
    local = found(remote.diagnose(urls))
    killed = []

    def kill_one():
        deadline = time.monotonic() + 60
        while not killed and time.monotonic() < deadline:
            for worker in workers():
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)
                return
            time.sleep(0.01)

    killer = threading.Thread(target=kill_one)
    killer.start()
    table = telltale.ray.diagnose(urls)
    killer.join()
    assert killed, "no worker was met at work"
    assert found(table) == local
    time.sleep(2)  # the cluster's log comes when it comes
    print(f"killed worker {killed[0]}; {table.num_rows} rows, the same as without Ray")
    log = capfd.readouterr()
    print(log.out, log.err)
    assert str(killed[0]) in log.out + log.err
    shutil.rmtree(tmp_path)
