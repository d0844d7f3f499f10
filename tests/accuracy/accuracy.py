#!/usr/bin/env python3
"""How often the diagnosis is right, on labelled training runs.

  accuracy.py TELLTALE DATA [--errors] [--min-macro-f1 X] [--min-f1 X] [--max-flagged X]

DATA holds runs/, labels.jsonl and peers.json (testdata/faultbench). Prints a Markdown table of precision, recall and F1 for each
finding, the macro-F1, the share of healthy runs that were flagged, the peers' figures on the same runs, the spread over folds
and how confidence matches being right. Exits with 1 when a floor is not held. Standard library only.
"""
import argparse
import json
import pathlib
import subprocess
import sys

import scoring


def diagnose(binary, runs):
    """{run or group: {id: confidence}}, and the problems."""
    result = subprocess.run([binary, "diagnose", str(runs), "--format", "jsonl"], capture_output=True, text=True, check=False)
    if result.returncode not in (0, 3):
        sys.exit(f"{binary} diagnose failed with {result.returncode}: {result.stderr}")
    found, problems = {}, []
    for line in result.stdout.splitlines():
        item = json.loads(line)
        if "problem" in item:
            problems.append(item["problem"])
        else:
            found[item["name"]] = scoring.counted(item["findings"])
    return found, problems


def share(value):
    return "-" if value is None else f"{value:.2f}"


def print_table(result):
    print("| finding | precision | recall | F1 | labelled runs | hits / false alarms / misses |")
    print("| --- | --- | --- | --- | --- | --- |")
    for i in scoring.IDS:
        c = result.per_id[i]
        print(f"| `{i}` | {share(c.precision)} | {share(c.recall)} | {share(c.f1)} | {c.support} | {c.hits} / {c.alarms} / {c.misses} |")
    others = {i: c.alarms for i, c in sorted(result.per_id.items()) if i not in scoring.IDS}
    if others:
        print("\nOther findings above `info`, which no label speaks of: " + ", ".join(f"`{i}` on {n}" for i, n in others.items()) + ".")


def print_peers(result, peers):
    print("\n| tool | macro-F1 over all 23 | micro-F1 | healthy runs flagged | findings it knows |")
    print("| --- | --- | --- | --- | --- |")
    rows = [("**telltale**", result.macro_f1, result.micro.f1 or 0, result.flagged_share, "all")]
    rows += [(name, p["macro_f1"], p["micro_f1"], p["healthy_flagged"], ", ".join(f"`{i}` {f:.2f}" for i, f in p["f1"].items()))
             for name, p in peers.items()]
    for name, macro, micro, flagged, covers in rows:
        print(f"| {name} | {macro:.3f} | {micro:.3f} | {100 * flagged:.1f} % | {covers} |")


def print_folds(rows, found, key):
    folds = {}
    for row in rows:
        folds.setdefault(row[key], []).append(row)
    scores = []
    for name, members in sorted(folds.items()):
        if len(members) < 8:
            continue
        fold = scoring.score(members, found)
        if fold.micro.support:
            scores.append((fold.micro.f1 or 0.0, name))
    if scores:
        mean = sum(f for f, _ in scores) / len(scores)
        print(f"\nMicro-F1 over folds by {key} (folds of at least 8 runs): mean {mean:.3f}, worst {min(scores)[0]:.3f} ({min(scores)[1]}), "
              f"best {max(scores)[0]:.3f}, {len(scores)} folds.")


def print_reliability(result):
    print("\n| confidence said | findings | right |")
    print("| --- | --- | --- |")
    edges = [0, 0.6, 0.7, 0.8, 0.9, 1.001]
    for low, high in zip(edges, edges[1:]):
        inside = [right for confidence, right in result.reliability if low <= confidence < high]
        if inside:
            print(f"| {low:.1f} to {min(high, 1):.1f} | {len(inside)} | {100 * sum(inside) / len(inside):.0f} % |")


def broken_floors(result, args):
    if result.macro_f1 < args.min_macro_f1:
        yield f"macro-F1 {result.macro_f1:.3f} is below {args.min_macro_f1}"
    for i in scoring.IDS:
        if (result.per_id[i].f1 or 0.0) < args.min_f1:
            yield f"F1 of {i} is {share(result.per_id[i].f1)}, below {args.min_f1}"
    if result.flagged_share > args.max_flagged:
        yield f"{100 * result.flagged_share:.1f} % of healthy runs are flagged: {' '.join(result.flagged)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("telltale")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--errors", action="store_true", help="list every miss and false alarm")
    parser.add_argument("--min-macro-f1", type=float, default=0.0)
    parser.add_argument("--min-f1", type=float, default=0.0)
    parser.add_argument("--max-flagged", type=float, default=1.0)
    args = parser.parse_args()
    rows = [json.loads(line) for line in (args.data / "labels.jsonl").read_text().splitlines()]
    found, problems = diagnose(args.telltale, args.data / "runs")
    missing = [row["run"] for row in rows if row["level"] != "group" and row["run"] not in found]
    if missing or problems:
        sys.exit(f"{len(missing)} labelled runs have no result: {missing[:5]}; {len(problems)} problems")
    result = scoring.score(rows, found)
    print_table(result)
    micro = result.micro
    print(f"\nMacro-F1 {result.macro_f1:.3f}; micro-F1 {share(micro.f1)} (precision {share(micro.precision)}, recall {share(micro.recall)}); "
          f"healthy runs flagged {100 * result.flagged_share:.1f} % ({len(result.flagged)} of {result.healthy}).")
    print_peers(result, json.loads((args.data / "peers.json").read_text()))
    for key in ("scenario", "dataset", "writer"):
        print_folds(rows, found, key)
    print_reliability(result)
    if args.errors:
        print()
        for row, missed, alarmed in result.wrong:
            print(f"{row['run']:16} {row['scenario']:24} missed: {','.join(missed) or '-'}  false: {','.join(alarmed) or '-'}")
    broken = list(broken_floors(result, args))
    for text in broken:
        print(f"floor broken: {text}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
