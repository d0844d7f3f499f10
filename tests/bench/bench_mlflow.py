#!/usr/bin/env python3
"""Times Telltale against MLflow's own client on one SQLite database, in one run, and prints how many times as long the client takes.

    bench_mlflow.py --bin BUILD_DIR [--points N] [--client-points N] [--repeat N] [--check]

read     `telltale inspect`, from start to end of the process, against MlflowClient.get_metric_history of every metric of every run
write    `telltale convert` of a logdir into a new database, reading of the logdir included, against MlflowClient.log_batch, 1000 points a
         batch, into a new database

The client's imports and the making of its tables are not counted. It writes --client-points only, and its time is scaled to all of them: a
batch takes as long at the end as at the beginning. Telltale's times are the medians of --repeat rounds. With --check the exit status is 1
unless both ratios are at least 20."""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.update(GIT_PYTHON_REFRESH="quiet", MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true")

import mlflow
from mlflow.entities import Metric

RUNS = 10


def seconds(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def read(client):
    """All points of all runs, and how long that took."""
    start, points = time.monotonic(), 0
    for experiment in client.search_experiments():
        for run in client.search_runs([experiment.experiment_id]):
            for key in run.data.metrics:
                points += len(client.get_metric_history(run.info.run_id, key))
    return points, time.monotonic() - start


def write(client, points):
    run = client.create_run(client.create_experiment("bench")).info.run_id
    start = time.monotonic()
    for first in range(0, points, 1000):
        client.log_batch(run, [Metric("loss", 1 / (i + 1), 1700000000000 + i, i) for i in range(first, min(points, first + 1000))])
    return time.monotonic() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--client-points", type=int, default=50_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    telltale = args.bin / "telltale"
    with tempfile.TemporaryDirectory(prefix="telltale-bench-mlflow-") as directory:
        directory = pathlib.Path(directory)
        logs, database = directory / "logs", directory / "ours.db"
        subprocess.run([args.bin / "tests" / "bench" / "telltale_make_logdir", logs, str(args.points // RUNS), str(RUNS)], check=True)
        ours_write = []
        for _ in range(args.repeat):
            database.unlink(missing_ok=True)
            ours_write.append(seconds([telltale, "convert", logs, database, "--to", "mlflow", "--no-config"]))
        client = mlflow.MlflowClient(f"sqlite:///{database}")
        client.search_experiments()  # brings the tables to its own schema
        ours_read = [seconds([telltale, "inspect", database, "--no-config"]) for _ in range(args.repeat)]
        points, theirs_read = read(client)
        other = mlflow.MlflowClient(f"sqlite:///{directory}/theirs.db")
        other.search_experiments()
        theirs_write = write(other, args.client_points) * points / args.client_points
    ratios = []
    print(f"{points} points, {RUNS} runs; median of {args.repeat} rounds")
    print(f"{'':6}{'telltale':>10}{'points/s':>12}{'mlflow':>10}{'points/s':>12}{'ratio':>8}")
    for name, ours, theirs in (("read", ours_read, theirs_read), ("write", ours_write, theirs_write)):
        mine = statistics.median(ours)
        ratios.append(theirs / mine)
        print(f"{name:6}{mine:9.2f}s{points / mine:12.0f}{theirs:9.2f}s{points / theirs:12.0f}{ratios[-1]:7.1f}x")
    print(f"(mlflow's write: {args.client_points} points, scaled)")
    return 1 if args.check and min(ratios) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
