#!/usr/bin/env python3
"""Our reader against TensorBoard's own, file by file, value for value.

For each event file below ../shared/corpus, ../shared/samples and testdata/: `telltale inspect` must end with 0 or 3 (3 exactly
when it lists problems), and the points that the library reads must be those of TensorBoard's EventAccumulator with unlimited
size guidance. Where TensorBoard loses data, each difference must be one of the known kinds below; the list is printed.

Exit status: 0 equal, 1 not, 77 skipped because there is no ../shared.
"""

import argparse
import collections
import contextlib
import io
import json
import logging
import os
import pathlib
import subprocess
import sys

import tensorboard_reference
from shared_data import SHARED

DAMAGE = {"corrupt-record", "corrupt-header", "record-too-large", "unparsable"}


def event_files(roots):
    for root in roots:
        for directory, subdirectories, names in sorted(os.walk(root)):
            subdirectories.sort()
            yield from (os.path.join(directory, name) for name in sorted(names) if "tfevents" in name)


def ours(dump_points, paths):
    """What dump_points reads, by path: {"points": {tag: [[step, wall, value]]}, "texts": ..., "problems": [...], "error"}."""
    result = collections.defaultdict(lambda: {"points": {}, "texts": {}, "problems": [], "error": None})
    listing = subprocess.run([dump_points, *paths], check=True, capture_output=True, text=True).stdout
    for line in listing.splitlines():
        item = json.loads(line)
        file = result[item["path"]]
        if "tag" in item:
            file["points"].setdefault(item["tag"], []).extend(
                [list(point) for point in zip(item["steps"], item["wall_times"], item["values"])])
        elif "text" in item:
            file["texts"].setdefault(item["text"], []).extend(
                [list(point) for point in zip(item["steps"], item["strings"])])
        elif "problem" in item:
            file["problems"].append(item)
        else:
            file["error"] = item["error"]
    return result


def theirs(path):
    """What TensorBoard reads, in the same shape, or the exception that it ends with."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            read = tensorboard_reference.read_file(path)
    except Exception as error:  # a reader that raises is one of the answers compared
        return {"points": {}, "texts": {}}, f"{type(error).__name__}: {error}"
    texts = {tag: [[step, strings] for step, _, strings in points] for tag, points in read["texts"].items()}
    return {"points": read["scalars"], "texts": texts}, None


def differences(mine, other):
    """(kind, tag, our points, their points) for every tag that is not equal."""
    for kind in ("points", "texts"):
        for tag in sorted(mine[kind].keys() | other[kind].keys()):
            a, b = mine[kind].get(tag, []), other[kind].get(tag, [])
            if a != b:
                yield kind, tag, a, b


def is_subsequence(few, many):
    rest = iter(many)
    return all(any(point == other for other in rest) for point in few)


def explain(path, mine, tag, a, b):
    """Why TensorBoard has other points for `tag` than we have, or None when it must not."""
    if not is_subsequence(b, a):
        return None  # TensorBoard has something that we have not: never in order
    if any(problem["problem"] in DAMAGE for problem in mine["problems"]):
        return "TensorBoard's Python loader stops at the first damaged record; Telltale goes on behind it"
    with open(path, "rb") as file:
        if file.read(2) == b"\x1f\x8b" and not b:
            return "no TensorBoard reader opens a compressed event file"
    if path.endswith(".profile-empty") and not b:
        return "TensorBoard's Python loader lists a file named *.profile-empty and ignores what it holds"
    if any(problem["problem"] == "hidden-by-tracker" and f'"{tag}"' in problem["message"]
           for problem in mine["problems"]):
        return "Telltale reports the tag as hidden by TensorBoard, and keeps it"
    return None


def inspect(telltale, path):
    """What is wrong with how `telltale inspect` ends on `path`, or None."""
    done = subprocess.run([telltale, "inspect", "--format", "json", path], capture_output=True, text=True)
    if done.returncode not in (0, 3):
        return f"inspect exits with {done.returncode}: {done.stderr.strip()[:200]}"
    try:
        problems = json.loads(done.stdout)["problems"]
    except (ValueError, KeyError) as error:
        return f"inspect prints no JSON with problems: {error!r}"
    if done.returncode == 3 and not problems:
        return "inspect exits with 3 and lists no problem"
    if done.returncode == 0 and any(problem["kind"] in DAMAGE for problem in problems):
        return "inspect exits with 0 and lists damage"
    return None


def main():
    here = pathlib.Path(__file__).resolve().parent
    source = here.parent.parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--telltale", type=os.path.abspath, default=os.environ.get("TELLTALE"))
    parser.add_argument("--dump-points", type=os.path.abspath, required=True)
    parser.add_argument("--shared", default=SHARED, type=pathlib.Path)
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)

    shared = [root for root in (args.shared / "corpus", args.shared / "samples") if root.is_dir()]
    paths = [os.path.relpath(p, source) for p in event_files([*shared, source / "testdata"])]
    os.chdir(source)
    mine = ours(args.dump_points, paths)
    explained, failures, points = collections.defaultdict(list), [], 0
    for path in paths:
        other, raised = theirs(path)
        points += sum(map(len, mine[path]["points"].values()))
        for kind, tag, a, b in differences(mine[path], other):
            what = f"{path} {tag!r}: {len(a)} {kind} here, {len(b)} in TensorBoard" + (f" ({raised})" if raised else "")
            why = explain(path, mine[path], tag, a, b)
            (explained[why] if why else failures).append(what)
        if failure := inspect(args.telltale, path):
            failures.append(f"{path}: {failure}")
    print(f"{len(paths)} event files, {points} points compared")
    for why, items in sorted(explained.items()):
        print(f"\n{why}:")
        print("\n".join(f"  {item}" for item in items))
    if failures:
        print(f"\n{len(failures)} unexplained:")
        print("\n".join(f"  {failure}" for failure in failures))
        return 1
    if not shared:
        print(f"SKIPPED: {args.shared}/corpus and samples are not here; only testdata/ was compared")
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main())
