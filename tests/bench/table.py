#!/usr/bin/env python3
"""All that is fast, in one table: Telltale against a peer that does the same, both in this run.

    table.py --bin BUILD_DIR [--events N] [--repeat N] [--slow]

Files are read once before, so that all read from memory, and before what fills much memory is timed, as much is filled by a program that then
ends: on a virtual machine whose host has taken free memory back, whoever comes first would wait for the host to give it again. Times are medians of --repeat rounds in which the two take turns; what takes a
peer minutes runs once, and only with --slow. `ratio` is how many times as long the peer takes. Converting between trackers, the Python
package, the Diagnosis tab and `watch` have programs of their own beside this one."""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from bench import Measured, prepare, run, run_data_server

PYTHON_EDIT = """
import os, sys, time
from tensorboard.backend.event_processing.event_file_loader import RawEventFileLoader
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.summary.writer.record_writer import RecordWriter
begin = time.perf_counter()
os.makedirs(sys.argv[2])
for directory, _, files in os.walk(sys.argv[1]):
    for name in files:
        with open(os.path.join(sys.argv[2], os.path.basename(directory) + name), "wb") as out:
            writer = RecordWriter(out)
            for record in RawEventFileLoader(os.path.join(directory, name)).Load():
                event = Event.FromString(record)
                for value in event.summary.value:
                    value.tag = "x/" + value.tag
                writer.write(event.SerializeToString())
print(time.perf_counter() - begin)
"""

PYTHON_TBPARSE = """
import sys, time
from tbparse import SummaryReader
begin = time.perf_counter()
SummaryReader(sys.argv[1]).scalars
print(time.perf_counter() - begin)
"""


class Table:
    def __init__(self):
        print("| what | Telltale | peer | ratio | against |")
        print("| --- | --- | --- | --- | --- |", flush=True)

    def add(self, what, mine, its, against):
        print(f"| {what} | {mine:.3f} s | {its:.3f} s | {its / mine:.1f}x | {against} |", flush=True)


def fetch_memory(size):
    """Makes the kernel have so many bytes at hand."""
    subprocess.run([sys.executable, "-c", f"b = bytearray(b'x') * {size}"], check=True)


def in_turn(repeat, *work, memory=0):
    """Medians of the seconds that each of `work` takes, which fills `memory` bytes."""
    seconds = [[] for _ in work]
    for _ in range(repeat):
        for each, into in zip(work, seconds):
            if memory > 0:
                fetch_memory(memory)
            begin = time.monotonic()
            each()
            into.append(time.monotonic() - begin)
    return [statistics.median(each) for each in seconds]


def bare_loops(build, logdirs, at_once):
    """The least work on each of `logdirs`, by programs that have nothing in common but the machine."""
    running = []
    for logdir in logdirs:
        running.append(subprocess.Popen([build / "tests/bench/telltale_bare_loop", logdir], stdout=subprocess.DEVNULL))
        if not at_once:
            running[-1].wait()
    if any(each.wait() != 0 for each in running):
        sys.exit("the bare loop failed")


def theirs(script, *arguments):
    return float(subprocess.run([sys.executable, "-c", script, *map(str, arguments)], check=True, capture_output=True, text=True).stdout.split()[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--logdir", type=pathlib.Path)
    parser.add_argument("--events", type=int, default=500_000, help="in each of 8 files")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--slow", action="store_true", help="peers that take minutes, too")
    args = parser.parse_args()
    import tensorboard_data_server

    binary, telltale = tensorboard_data_server.server_binary(), args.bin / "telltale"
    make = args.bin / "tests/bench/telltale_make_logdir"
    logdir, size = prepare(args)

    def tell(*arguments):
        subprocess.run([telltale, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    points = args.events * 8
    print(f"{points:,} points, {size / 1e6:.0f} MB, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    table = Table()
    mine, loop, server, honest = (Measured(name) for name in ("inspect", "loop", "server", "checksum"))
    for _ in range(args.repeat):
        for work in (lambda: run(mine, [telltale, "inspect", "--format", "json", logdir]),
                     lambda: run(loop, [args.bin / "tests/bench/telltale_bare_loop", logdir]),
                     lambda: run_data_server(server, binary, logdir, []),
                     lambda: run_data_server(honest, binary, logdir, ["--checksum", "--samples-per-plugin", "scalars=all"])):
            fetch_memory(points * 100)
            work()
    table.add("read", mine.median, loop.median, "the least work that does the same (bare_loop.cc)")
    table.add("read", mine.median, server.median, "TensorBoard's data server: no checksums, 1,000 points a tag")
    table.add("read", mine.median, honest.median, "the same with every checksum and every point")
    if args.slow:
        multiplexer = Measured("multiplexer")
        inner = run(multiplexer, [sys.executable, HERE / "multiplexer.py", logdir])
        table.add("read", mine.median, float(inner.split()[0]), "EventMultiplexer, TensorBoard's loader in Python, 10 points a tag")
    table.add("diagnose", *in_turn(args.repeat, lambda: tell("diagnose", logdir, "--quiet"), lambda: tell("inspect", logdir, "--quiet")), "inspect of the same: what reading alone takes")

    with tempfile.TemporaryDirectory(prefix="telltale-bench-") as directory:
        scratch = pathlib.Path(directory)
        subprocess.run([make, scratch / "one", str(args.events * 80), "1"], check=True)
        for file in (scratch / "one").rglob("*tfevents*"):
            bytes_ = len(file.read_bytes())
        two, one = in_turn(9, lambda: tell("inspect", scratch / "one", "--jobs", 2, "--quiet"), lambda: tell("inspect", scratch / "one", "--jobs", 1, "--quiet"), memory=3 << 30)
        table.add(f"read one file of {bytes_ / 1e9:.1f} GB with two cores", two, one, "the same with one core")
        shutil.rmtree(scratch / "one")
        halves = [scratch / "half0", scratch / "half1"]
        for half in halves:
            subprocess.run([make, half, str(args.events * 40), "1"], check=True)
        at_once, in_line = in_turn(9, lambda: bare_loops(args.bin, halves, True), lambda: bare_loops(args.bin, halves, False), memory=3 << 30)
        table.add("the bare loop on two halves at once: what the second core is good for on this machine", at_once, in_line, "one half after the other")
        for half in halves:
            shutil.rmtree(half)

        subprocess.run([make, scratch / "small", "50000", "4"], check=True)
        edit = in_turn(args.repeat, lambda: tell("edit", scratch / "small", scratch / "edited", "--rename", "^=x/"))[0]
        table.add("edit: rename the tags of 200,000 points", edit, theirs(PYTHON_EDIT, scratch / "small", scratch / "python"), "TensorBoard's reader and writer in Python")
        if args.slow:
            read = in_turn(args.repeat, lambda: tell("inspect", scratch / "small"))[0]
            table.add("read 200,000 points", read, theirs(PYTHON_TBPARSE, scratch / "small"), "tbparse")
        subprocess.run([make, scratch / "many", "200", "5000"], check=True)
        jsonl = in_turn(3, lambda: tell("diagnose", scratch / "many", "--format", "jsonl"))[0]
        print(f"| diagnose 5,000 runs of 200 points | {jsonl:.3f} s | | | {5000 / jsonl:,.0f} runs a second |")
        start = in_turn(21, lambda: tell("--version"))[0]
        print(f"| start: `telltale --version` | {start:.4f} s | | | |")
    print(f"\nPeak memory of reading: {mine.peak / 1e6:.0f} MB, {mine.peak / points:.1f} bytes a point.")


if __name__ == "__main__":
    main()
