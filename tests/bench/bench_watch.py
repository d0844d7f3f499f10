"""A load for `telltale watch`: many runs that grow at the same time.

    bench_watch.py [--runs 1000] [--seconds 300] [--rate 10] [--telltale build/release/telltale] [--no-annotate]

Writers append to RUNS event files, RATE points a second each, with TensorBoard's framing. Some of the runs go wrong on
the way: one writes a NaN, one diverges, one stays at its start. Printed are: whether the points that were watched are those
that `telltale inspect` finds afterwards, the resident memory and the CPU time over time, and how long after a point was
written its finding was told.
"""

import argparse
import json
import math
import multiprocessing
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")
TAGS = ("train/loss", "val/loss")


def crc_table():
    table = []
    for i in range(256):
        crc = i
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
        table.append(crc)
    return table


TABLE = crc_table()


def masked(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 255] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def frame(payload):
    length = struct.pack("<Q", len(payload))
    return length + masked(length) + payload + masked(payload)


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def event(wall_time, step, tag, value):
    name = tag.encode()
    inner = b"\x0a" + varint(len(name)) + name + b"\x15" + struct.pack("<f", value)
    summary = b"\x0a" + varint(len(inner)) + inner
    body = b"\x09" + struct.pack("<d", wall_time)
    if step:
        body += b"\x10" + varint(step)
    return frame(body + b"\x2a" + varint(len(summary)) + summary)


def value_of(run, step, steps, tag, rng):
    """`steps` is how many there will be. Runs 0, 1, 2 go wrong at known places."""
    noise = rng.gauss(0, 0.01)
    if run == 2:
        return 2.3 + noise
    loss = 2 * math.exp(-8 * step / steps) + 0.1 + noise + (0.02 if tag == "val/loss" else 0)
    if run == 0 and step == steps // 2:
        return math.nan
    if run == 1 and step > steps // 2:
        return loss * min(1e4, 1.2 ** (step - steps // 2))
    return loss


def due_at(begin, run, points, rate):
    """When the run has to have written so many points. Runs do not write in the same moment."""
    return begin + run % 97 / 97 + points / rate


def write(logdir, runs, seconds, rate, begin, log):
    """A process that writes some of the runs: what is due, file after file."""
    rngs = {run: random.Random(run) for run in runs}
    written = dict.fromkeys(runs, 0)
    last = seconds * rate // len(TAGS) * len(TAGS)
    steps = last // len(TAGS)
    marks = {}
    for run in runs:
        os.makedirs(f"{logdir}/run{run:04d}", exist_ok=True)
    # Open files as writers have them.
    files = {run: open(f"{logdir}/run{run:04d}/events.out.tfevents.{int(begin)}.bench", "ab", buffering=0) for run in runs}
    for run in runs:
        files[run].write(frame(b"\x09" + struct.pack("<d", begin) + b"\x1a\x0dbrain.Event:2"))
    while True:
        behind = False
        for run in runs:
            now = time.time()
            due = min(last, int((now - due_at(begin, run, 0, rate)) * rate))
            due -= due % len(TAGS)
            out = b""
            for i in range(written[run], due):
                step, tag = i // len(TAGS), TAGS[i % len(TAGS)]
                value = value_of(run, step, steps, tag, rngs[run])
                out += event(now, step, tag, value)
                if run == 0 and math.isnan(value):
                    marks.setdefault("nan", now)
                if run == 1 and step == steps // 2 + 1:
                    marks.setdefault("onset", now)
            if out:
                files[run].write(out)
                written[run] = due
            behind = behind or written[run] < last
        if not behind:
            break
        time.sleep(0.2)
    log.put((sum(written.values()), marks))


def usage(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    with open(f"/proc/{pid}/status") as file:
        rss = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    return (int(fields[11]) + int(fields[12])) / TICK, rss


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--rate", type=int, default=10)
    parser.add_argument("--writers", type=int, default=1)
    parser.add_argument("--telltale", default=str(ROOT / "build/release/telltale"))
    parser.add_argument("--no-annotate", action="store_true")
    parser.add_argument("--perf", help="record the second minute with perf to this file")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-watch-") as folder:
        logdir = folder + "/logs"
        os.mkdir(logdir)
        command = [args.telltale, "watch", logdir, "--format", "jsonl"] + (["--no-annotate"] if args.no_annotate else [])
        watch = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        events = []

        def listen():
            for line in watch.stdout:
                events.append((time.time(), json.loads(line)))

        listener = threading.Thread(target=listen)
        listener.start()
        log = multiprocessing.Queue()
        begin = time.time() + 1
        writers = [
            multiprocessing.Process(
                target=write, args=(logdir, list(range(i, args.runs, args.writers)), args.seconds, args.rate, begin, log)
            )
            for i in range(args.writers)
        ]
        for writer in writers:
            writer.start()
        samples = []
        perf = None
        while any(writer.is_alive() for writer in writers):
            time.sleep(1)
            elapsed = time.time() - begin
            samples.append((elapsed, *usage(watch.pid)))
            if len(samples) % 15 == 0:
                cpu = samples[-1][1] - samples[-15][1]
                seconds = samples[-1][0] - samples[-15][0]
                rss = samples[-1][2]
                print(f"{elapsed:5.0f} s  RSS {rss / 1024:7.1f} MiB  CPU {100 * cpu / seconds:5.2f} %  events {len(events)}")
                sys.stdout.flush()
            if args.perf and perf is None and elapsed > 60:
                perf = subprocess.Popen(["perf", "record", "-q", "-g", "-o", args.perf, "-p", str(watch.pid), "sleep", "60"])
        results = [log.get() for _ in writers]
        written = sum(count for count, _ in results)
        marks = {name: at for _, each in results for name, at in each.items()}
        time.sleep(3)
        cpu, rss = usage(watch.pid)
        stopping = time.time()
        watch.send_signal(signal.SIGTERM)
        status = watch.wait()
        listener.join()
        report(args, logdir, events, samples, begin, written, marks, status, cpu, rss, time.time() - stopping)


def report(args, logdir, events, samples, begin, written, marks, status, cpu, rss, stop_seconds):
    inspect = json.loads(subprocess.check_output([args.telltale, "inspect", logdir, "--format", "json"]))
    inspected = sum(s["points"] for t in inspect["training_runs"] for r in t["runs"] for s in r["series"])
    stopped = events[-1][1]
    print(f"points: {written} written, {stopped['points']} watched, {inspected} inspected; exit status {status}")
    assert written == stopped["points"] == inspected, "points were lost"
    seconds = samples[-1][0]
    print(f"CPU: {cpu:.2f} s in {seconds:.0f} s, {100 * cpu / seconds:.2f} % of a core; stopping took {stop_seconds:.1f} s")
    first = next(s for s in samples if s[0] > seconds / 3)
    points = (samples[-1][0] - first[0]) * args.runs * args.rate
    print(f"RSS: {rss / 1024:.1f} MiB at the end; {1024 * (samples[-1][2] - first[2]) / points:.1f} bytes a point in the last two thirds")
    told = [(at, e) for at, e in events if e["event"] == "finding"]
    live = [e for _, e in told if not e["settled"]]
    cleared = [e for _, e in events if e["event"] == "cleared"]
    print(f"findings told while the runs grew: {len(live)}, cleared: {len(cleared)}, at the end: {len(told) - len(live)}")
    counts = {}
    for e in live:
        counts[e["finding"]["id"]] = counts.get(e["finding"]["id"], 0) + 1
    print("  " + ", ".join(f"{name} {n}" for name, n in sorted(counts.items())))
    waits = [at - due_at(begin, int(e["training_run"][3:]), e["points"], args.rate) for at, e in told if "training_run" in e]
    print(f"told {max(waits):.2f} s after the last point that was looked at, at most")
    for run, name, mark in (("run0000", "non-finite", "nan"), ("run0001", "divergence", "onset")):
        at = [(t, e["points"]) for t, e in told if e.get("training_run") == run and e["finding"]["id"] == name]
        late = f"{at[0][0] - marks[mark]:.2f} s after the {mark}, at {at[0][1]} points" if at and mark in marks else "never"
        print(f"{name} of {run}: told {late}")


if __name__ == "__main__":
    main()
