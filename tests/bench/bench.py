#!/usr/bin/env python3
"""Times `telltale inspect` against TensorBoard's own readers on one large logdir, in one run, and prints a table.

    bench.py --bin BUILD_DIR [--logdir DIR] [--events N] [--repeat N] [--skip-multiplexer] [--check]

telltale inspect    verifies every checksum, keeps every point
bare loop           the least work that does the same (bare_loop.cc)
rust data server    what `tensorboard` starts by default: from start to "Finished load cycle"; no checksums, 1000 points a tag
  --checksum, all   the same, made to do what telltale does: every checksum verified, every point kept
EventMultiplexer    what `tensorboard --load_fast=false` runs: Reload() to the end, 10 points a tag; imports are not counted

The files are read once before, so all of them read from memory. Each time is the median of --repeat rounds, in which they take
turns, and each ratio the median of the rounds' ratios (the multiplexer runs once, at the end); peak memory is the largest
ru_maxrss. With --check the exit status is 1 unless telltale is 6 times as fast as the
data server, 150 times as fast as EventMultiplexer, and needs at most 32 bytes a point and 64 MB.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent


class Measured:
    def __init__(self, name):
        self.name, self.seconds, self.cpu, self.peak = name, [], [], 0

    @property
    def median(self):
        return statistics.median(self.seconds)

    def ratio(self, other):
        """How many times as long as `other` it takes: the median over rounds, since a round's runs stand close in time."""
        if len(self.seconds) != len(other.seconds):
            return self.median / other.median
        return statistics.median(mine / its for mine, its in zip(self.seconds, other.seconds))

    def add(self, seconds, usage):
        self.seconds.append(seconds)
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.peak = max(self.peak, usage.ru_maxrss * 1024)


def run(measured, command):
    """Runs `command` to its end; its wall time counts."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    out = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command} ended with {process.returncode}")
    measured.add(elapsed, usage)
    return out


def run_data_server(measured, binary, logdir, flags):
    """Starts the data server and waits until it says that it has read everything."""
    start = time.monotonic()
    command = [binary, "--logdir", logdir, "--reload", "once", "--host", "127.0.0.1", "--port", "0", "--verbose", *flags]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    elapsed = None
    try:
        for line in process.stderr:
            if "Finished load cycle" in line:
                elapsed = time.monotonic() - start
                break
    finally:
        process.kill()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if elapsed is None:
        sys.exit(f"{command} ended without finishing its load cycle")
    measured.add(elapsed, usage)


def prepare(args):
    """Makes the logdir if it is not there, and reads it once."""
    logdir = args.logdir or args.bin / "bench" / f"logdir-{args.events}"
    done = logdir / ".complete"
    if not done.exists():
        print(f"Writing {args.events * 8:,} events to {logdir} ...", file=sys.stderr)
        subprocess.run([args.bin / "tests/bench/telltale_make_logdir", logdir, str(args.events)], check=True)
        done.touch()
    files = [path for path in logdir.rglob("*tfevents*") if path.is_file()]
    for path in files:
        path.read_bytes()
    return str(logdir), sum(path.stat().st_size for path in files)


def table(rows, reference, points, size):
    print(f"\n{points:,} points, {size / 1e6:.0f} MB, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':22} {'seconds':>9} {'spread':>13} {'ratio':>8} {'CPU s':>7} {'MB/s':>7} {'Mpoints/s':>10} {'peak MB':>8} {'bytes/point':>12}")
    for row in rows:
        spread = f"{min(row.seconds):.3f}-{max(row.seconds):.3f}" if len(row.seconds) > 1 else ""
        print(f"{row.name:22} {row.median:9.3f} {spread:>13} {row.ratio(reference):7.1f}x {statistics.median(row.cpu):7.2f} "
              f"{size / 1e6 / row.median:7.0f} {points / 1e6 / row.median:10.2f} {row.peak / 1e6:8.0f} {row.peak / points:12.1f}")


def check(telltale, server, multiplexer, points):
    allowed = 32 * points + 64e6
    checks = [(f"{server.ratio(telltale):.1f}x the data server's speed, 6 wanted", server.ratio(telltale) >= 6),
              (f"peak {telltale.peak / 1e6:.0f} MB, at most {allowed / 1e6:.0f} wanted", telltale.peak <= allowed)]
    if multiplexer.seconds:
        ratio = multiplexer.ratio(telltale)
        checks.append((f"{ratio:.0f}x EventMultiplexer's speed, 150 wanted", ratio >= 150))
    print()
    for what, met in checks:
        print(f"{'met   ' if met else 'MISSED'} {what}")
    return all(met for _, met in checks)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="build directory with telltale and tests/bench")
    parser.add_argument("--logdir", type=pathlib.Path, help="default: below the build directory, made once")
    parser.add_argument("--events", type=int, default=500_000, help="in each of 8 files (default 500000)")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--skip-multiplexer", action="store_true", help="it takes minutes")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()

    import tensorboard_data_server
    binary = tensorboard_data_server.server_binary()
    logdir, size = prepare(args)
    points = args.events * 8
    telltale, loop = Measured("telltale inspect"), Measured("bare loop")
    server, honest = Measured("rust data server"), Measured("  --checksum, all")
    multiplexer = Measured("EventMultiplexer")
    for _ in range(args.repeat):  # in turn, so that a busy moment of the machine hits all of them
        run(telltale, [args.bin / "telltale", "inspect", "--format", "json", logdir])
        if run(loop, [args.bin / "tests/bench/telltale_bare_loop", logdir]) != f"{points} points\n":
            sys.exit("the bare loop did not find every point")
        run_data_server(server, binary, logdir, [])
        run_data_server(honest, binary, logdir, ["--checksum", "--samples-per-plugin", "scalars=all"])
    if not args.skip_multiplexer:
        inner = run(multiplexer, [sys.executable, HERE / "multiplexer.py", logdir])
        multiplexer.seconds = [float(inner.split()[0])]
    table([telltale, loop, server, honest] + [multiplexer] * bool(multiplexer.seconds), telltale, points, size)
    met = check(telltale, server, multiplexer, points)
    return 1 if args.check and not met else 0


if __name__ == "__main__":
    sys.exit(main())
