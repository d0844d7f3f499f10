#!/usr/bin/env python3
"""Times Telltale against what people use today to get points out of event files and W&B runs, in one run, and prints how many times as
long that takes.

    bench_convert.py --bin BUILD_DIR [--points N] [--repeat N] [--check]

csv      `telltale convert LOGDIR points.csv`, from start to end of the process, against tbparse's SummaryReader(LOGDIR).scalars.to_csv
.wandb   `telltale inspect RUN.wandb`, likewise, against a loop in Python: records, protobuf classes of `wandb`, json.loads of each value

Imports in Python are not counted. Telltale's times are the medians of --repeat rounds, theirs are of one. With --check the exit status is
1 unless the ratios are at least 30 and 10."""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
FILES = 4

TBPARSE = """
import sys, time
from tbparse import SummaryReader
begin = time.perf_counter()
frame = SummaryReader(sys.argv[1], extra_columns={"dir_name", "wall_time"}).scalars
frame.to_csv(sys.argv[2], index=False)
print(time.perf_counter() - begin, len(frame))
"""

WANDB = """
import collections, json, sys, time
sys.path.insert(0, sys.argv[2])
from wandb_reference import payloads, pb
begin = time.perf_counter()
series, points = collections.defaultdict(list), 0
for payload in payloads(sys.argv[1]):
    record = pb.Record()
    record.ParseFromString(payload)
    if record.WhichOneof("record_type") != "history":
        continue
    row = {".".join(item.nested_key) or item.key: json.loads(item.value_json) for item in record.history.item}
    step = row.pop("_step", record.history.step.num)
    for key, value in row.items():
        if not key.startswith("_"):
            series[key].append((step, row.get("_timestamp"), value))
            points += 1
print(time.perf_counter() - begin, points)
"""


def seconds(command):
    begin = time.monotonic()
    subprocess.run([*map(str, command)], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin


def theirs(script, *arguments):
    out = subprocess.run([sys.executable, "-c", script, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return float(out[0]), int(out[1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    telltale = args.bin / "telltale"
    with tempfile.TemporaryDirectory(prefix="telltale-bench-convert-") as directory:
        directory = pathlib.Path(directory)
        logs, table, offline = directory / "logs", directory / "ours.csv", directory / "offline"
        seconds([args.bin / "tests/bench/telltale_make_logdir", logs, args.points // FILES, FILES])
        csv = []
        for _ in range(args.repeat):
            for file in directory.glob("ours.csv*"):
                file.unlink()
            csv.append(seconds([telltale, "convert", logs, table, "--no-config"]))
        with table.open("rb") as file:
            written = sum(1 for _ in file) - 1
        seconds([telltale, "convert", logs, offline, "--to", "wandb", "--no-config"])
        runs = sorted(offline.glob("*/*.wandb"))
        read = [seconds([telltale, "inspect", offline, "--no-config"]) for _ in range(args.repeat)]
        csv_theirs, csv_points = theirs(TBPARSE, logs, directory / "theirs.csv")
        wandb_theirs, wandb_points = 0.0, 0
        for run in runs:
            took, points = theirs(WANDB, run, HERE.parent / "conformance")
            wandb_theirs, wandb_points = wandb_theirs + took, wandb_points + points
    if not written == csv_points == wandb_points:
        sys.exit(f"{written}, {csv_points} and {wandb_points} points: not the same work")
    print(f"{written} points, {FILES} runs; median of {args.repeat} rounds")
    print(f"{'':8}{'telltale':>10}{'theirs':>10}{'ratio':>8}{'wanted':>8}")
    met = True
    for name, ours, other, wanted in (("csv", csv, csv_theirs, 30), (".wandb", read, wandb_theirs, 10)):
        mine = statistics.median(ours)
        print(f"{name:8}{mine:9.2f}s{other:9.2f}s{other / mine:7.1f}x{wanted:7}x")
        met = met and other / mine >= wanted
    return 1 if args.check and not met else 0


if __name__ == "__main__":
    sys.exit(main())
