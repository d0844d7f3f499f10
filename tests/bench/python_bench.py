#!/usr/bin/env python3
"""Times the Python package on one large logdir, in one run: against the command line's inspect, and against tbparse.

    python_bench.py --bin BUILD_DIR [--logdir DIR] [--events N] [--repeat N] [--skip-tbparse] [--check]

telltale.read      a process of its own, from its start; `read` alone is timed inside of it
telltale inspect   the command line
tbparse            SummaryReader(DIR).scalars, in its own process, without its imports; once: it takes minutes
Watcher            one point logged, with all the looks that it causes, over 100,000 points

Times are medians of --repeat rounds, taken in turns; files are read once before. With --check the exit status is 1 unless
`telltale.read` takes at most 1.2 times as long as inspect, tbparse 100 times as long as `read`, and a point logged to the
Watcher less than 20 microseconds.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

READ = "import sys, time; import telltale; t = time.monotonic(); e = telltale.read(sys.argv[1]); d = time.monotonic() - t;"
READ += "print(d, sum(len(s) for s in e.series))"
TBPARSE = "import sys, time; from tbparse import SummaryReader; t = time.monotonic();"
TBPARSE += "f = SummaryReader(sys.argv[1]).scalars; print(time.monotonic() - t, len(f))"
WATCH = """
import math, time, telltale
watcher = telltale.Watcher(warn=None)
values = [math.exp(-i / 20000) + 0.05 * math.sin(i * 12.9898) for i in range(100000)]
begin = time.perf_counter()
for step, value in enumerate(values):
    watcher.log(step, loss=value)
print((time.perf_counter() - begin) / len(values))
"""


def run(*command, env=None):
    begin = time.monotonic()
    out = subprocess.run([*map(str, command)], check=True, stdout=subprocess.PIPE, text=True, env=env).stdout
    return time.monotonic() - begin, out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--logdir", type=pathlib.Path)
    parser.add_argument("--events", type=int, default=500_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--skip-tbparse", action="store_true", help="it takes minutes")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    env = {**os.environ, "PYTHONPATH": str(args.bin / "python")}
    with tempfile.TemporaryDirectory() as scratch:
        logdir = args.logdir or pathlib.Path(scratch)
        if args.logdir is None:
            run(args.bin / "tests" / "bench" / "telltale_make_logdir", logdir, args.events)
        for file in logdir.rglob("*tfevents*"):
            file.read_bytes()
        read, whole, inspect, points = [], [], [], 0
        for _ in range(args.repeat):
            seconds, _ = run(args.bin / "telltale", "inspect", logdir, "--format", "json")
            inspect.append(seconds)
            seconds, out = run(sys.executable, "-c", READ, logdir, env=env)
            whole.append(seconds)
            read.append(float(out.split()[0]))
            points = int(out.split()[1])
        ratio = statistics.median(a / b for a, b in zip(read, inspect, strict=True))
        print(f"{points} points")
        print(f"telltale inspect               {statistics.median(inspect):8.3f} s")
        print(f"telltale.read                  {statistics.median(read):8.3f} s   {ratio:.2f} times inspect")
        print(f"  the process around it        {statistics.median(whole):8.3f} s")
        bad = ratio > 1.2
        if not args.skip_tbparse:
            theirs = float(run(sys.executable, "-c", TBPARSE, logdir)[1].split()[0])
            faster = theirs / statistics.median(read)
            print(f"tbparse SummaryReader.scalars  {theirs:8.3f} s   {faster:.0f} times telltale.read")
            bad = bad or faster < 100
        watch = float(run(sys.executable, "-c", WATCH, env=env)[1])
        print(f"Watcher.log                    {watch * 1e6:8.2f} us a point")
        bad = bad or watch > 20e-6
    return 1 if args.check and bad else 0


if __name__ == "__main__":
    sys.exit(main())
