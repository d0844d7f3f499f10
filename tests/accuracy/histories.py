#!/usr/bin/env python3
"""How often `overfitting` is right on published training histories, and what its stopping advice is worth.

  histories.py TELLTALE REPLAY [--min-real X] [--min-simulated X] [--min-kept X] [--max-delay N]

Reads histories/ below $TELLTALE_SHARED (../shared), the replication package of OverfitGuard with the converter and the scorer beside it;
it is not ours to publish, so it is not in this repository, and where it is absent this says so and exits with 77. Prints Markdown tables. Exits
with 1 when a floor is not held. Standard library only. REPLAY is telltale_replay_stopping.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ.get("TELLTALE_SOURCE_DIR") or pathlib.Path(__file__).resolve().parents[2])
HISTORIES = pathlib.Path(os.environ.get("TELLTALE_SHARED", SOURCE.parent / "shared")) / "histories"
PUBLISHED = HISTORIES / "asgaardlab+OverfitGuard" / "published_results"
DETECTORS = {"knndtw": "KNN-DTW", "tsbf": "TSBF", "tsf": "TSF", "hmmgmm": "HMM-GMM", "saxvsm": "SAX-VSM", "bossvs": "BOSSVS",
             "spearman": "Spearman", "pearson": "Pearson", "autocorr": "autocorrelation"}


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if result.returncode not in (0, 3):
        sys.exit(f"{command[0]} failed with {result.returncode}: {result.stderr}")
    return result.stdout


def score(telltale, logdir):
    """What score.py of the package says: {"macro_f1": 0.95, "f1": ..., "tp": ...}."""
    said = run(telltale, "diagnose", logdir / "runs", "--no-config", "--format", "jsonl")
    line = run(sys.executable, HISTORIES / "score.py", "overfitguard", logdir / "labels.jsonl", input=said)
    if "have no result" in line:
        sys.exit(line)
    return {name: float(value) for name, value in re.findall(r"(\w+) ([\d.]+)", line)}


def published():
    """{detector: (macro-F1 on the real histories, on the simulated ones that it was trained on)}."""
    out = {}
    for key, name in DETECTORS.items():
        pair = []
        for kind in ("pred", "train"):
            (report,) = PUBLISHED.glob(f"{key}_*_{kind}_report.txt")
            pair.append(float(re.search(r"macro avg +\S+ +\S+ +(\S+)", report.read_text()).group(1)))
        out[name] = tuple(pair)
    return dict(sorted(out.items(), key=lambda item: -item[1][0]))


def print_detectors(real, simulated):
    print("| detector | macro-F1, 40 real histories | macro-F1, 419 simulated ones |")
    print("| --- | --- | --- |")
    print(f"| **telltale** `overfitting` | **{real['macro_f1']:.3f}** | **{simulated['macro_f1']:.3f}** |")
    for name, (on_real, on_simulated) in published().items():
        print(f"| {name} (published) | {on_real:.3f} | {on_simulated:.3f}, trained on them |")
    for what, said in (("real", real), ("simulated", simulated)):
        print(f"\nTelltale on the {what} ones: hits {said['tp']:.0f}, false alarms {said['fp']:.0f}, misses {said['fn']:.0f}, "
              f"rightly left alone {said['tn']:.0f}.")



def replay(binary, logdir):
    """(share of histories whose best epoch was seen before the advice to stop, median epochs after it, number that advised)."""
    kept, delays, advised = 0, [], 0
    rows = [json.loads(line) for line in run(binary, logdir / "runs").splitlines()]
    for row in rows:
        stop = row["last_step"] if row["stop"] is None else row["stop"]
        kept += stop >= row["best_step"]
        advised += row["stop"] is not None
        delays.append(stop - row["best_step"])
    return kept / len(rows), statistics.median(delays), advised, len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("telltale")
    parser.add_argument("replay")
    parser.add_argument("--min-real", type=float, default=0.0)
    parser.add_argument("--min-simulated", type=float, default=0.0)
    parser.add_argument("--min-kept", type=float, default=0.0)
    parser.add_argument("--max-delay", type=float, default=float("inf"))
    args = parser.parse_args()
    if not PUBLISHED.is_dir():
        print(f"SKIPPED: {HISTORIES} is not there, and the histories are not ours to put into the repository", file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        logdirs = {kind: pathlib.Path(scratch) / kind for kind in ("test", "train")}
        for kind, logdir in logdirs.items():
            run(sys.executable, HISTORIES / "to_logdir.py", f"overfitguard-{kind}", logdir)
        real, simulated = score(args.telltale, logdirs["test"]), score(args.telltale, logdirs["train"])
        print_detectors(real, simulated)
        kept, delay, advised, n = replay(args.replay, logdirs["test"])
    print(f"\nStopping advice, replayed epoch by epoch on the {n} real histories: the best epoch was kept in {100 * kept:.1f} %, the "
          f"median delay after it is {delay:g} epochs; {advised} of {n} were told to stop.")
    floors = [("macro-F1 on the real histories", real["macro_f1"], args.min_real),
              ("macro-F1 on the simulated histories", simulated["macro_f1"], args.min_simulated),
              ("share of best epochs kept", kept, args.min_kept), ("minus the median delay", -delay, -args.max_delay)]
    broken = [f"floor broken: {what} is {value:.3f}, below {floor}" for what, value, floor in floors if value < floor]
    print("\n".join(broken), end="\n" if broken else "", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
