#!/usr/bin/env python3
"""What TensorBoard itself reads from event files, without its sampling, as JSON.

Reads through TensorBoard's EventAccumulator with size guidance 0 (keep everything) and without purging, one event file
at a time, so that nothing but the damage of FORMATS section 1.2 is lost. Used by the conformance test and to make the
expected.json of the cases in testdata/formats/tensorboard:

    tensorboard_reference.py LOGDIR > expected.json
"""

import argparse
import json
import math
import os

import numpy as np
from tensorboard.backend.event_processing import event_accumulator
from tensorboard.compat.proto import types_pb2
from tensorboard.util import tensor_util

UNLIMITED = {kind: 0 for kind in (event_accumulator.COMPRESSED_HISTOGRAMS, event_accumulator.IMAGES,
                                  event_accumulator.AUDIO, event_accumulator.SCALARS,
                                  event_accumulator.HISTOGRAMS, event_accumulator.TENSORS)}


def number(value):
    """A float as JSON holds it: exactly, or one of three strings."""
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def event_files(root):
    """Event files below `root` by run, runs and files in the order of their names."""
    runs = {}
    for directory, _, names in os.walk(root, followlinks=True):
        found = sorted(name for name in names if "tfevents" in name)
        if found:
            runs[os.path.relpath(directory, root).replace(os.sep, "/")] = [os.path.join(directory, n) for n in found]
    return dict(sorted(runs.items()))


def decode(proto):
    """The tensor as an array; TensorBoard's own decoder (2.21.0) knows no bfloat16, so that is widened here."""
    if proto.dtype != types_pb2.DT_BFLOAT16:
        return tensor_util.make_ndarray(proto)
    bits = np.frombuffer(proto.tensor_content, np.uint16) if proto.tensor_content else np.array(proto.half_val)
    shape = [dim.size for dim in proto.tensor_shape.dim]
    return (bits.astype(np.uint32) << 16).view(np.float32).reshape(shape)


def strings(array):
    return [cell.decode("utf-8", "replace") for cell in array.ravel().tolist()]


def read_file(path):
    """Scalars, texts and counts of all else in one file: {"scalars": {tag: [[step, wall, value]]}, ...}."""
    accumulator = event_accumulator.EventAccumulator(path, size_guidance=UNLIMITED, purge_orphaned_data=False)
    accumulator.Reload()
    tags = accumulator.Tags()
    result = {"scalars": {}, "texts": {}, "opaque": {}}
    for tag in tags["scalars"]:
        result["scalars"][tag] = [[e.step, number(e.wall_time), number(e.value)] for e in accumulator.Scalars(tag)]
    for tag in tags["tensors"]:
        add_tensors(accumulator, tag, result)
    for kind, read in (("histograms", accumulator.Histograms), ("images", accumulator.Images),
                       ("audio", accumulator.Audio)):
        for tag in tags[kind]:
            result["opaque"][tag] = {"kind": kind, "count": len(read(tag))}
    return result


def add_tensors(accumulator, tag, result):
    try:
        plugin = accumulator.SummaryMetadata(tag).plugin_data.plugin_name
    except KeyError:  # no metadata was ever written for the tag, so TensorBoard shows it nowhere
        plugin = ""
    events = accumulator.Tensors(tag)
    if plugin == "scalars":
        points = []
        for event in events:
            array = decode(event.tensor_proto)
            if array.shape == () and array.dtype.kind != "O":
                points.append([event.step, number(event.wall_time), number(array.item())])
        result["scalars"].setdefault(tag, []).extend(points)
    elif plugin == "text":
        result["texts"][tag] = [[e.step, number(e.wall_time), strings(decode(e.tensor_proto))]
                                for e in events]
    else:
        result["opaque"][tag] = {"kind": plugin, "count": len(events)}


def read_logdir(root):
    """read_file for every file below `root`, the files of a run joined in the order of their names."""
    runs = {}
    for run, paths in event_files(root).items():
        joined = {"scalars": {}, "texts": {}, "opaque": {}}
        for path in paths:
            part = read_file(path)
            for kind in ("scalars", "texts"):
                for tag, points in part[kind].items():
                    joined[kind].setdefault(tag, []).extend(points)
            for tag, count in part["opaque"].items():
                joined["opaque"].setdefault(tag, {"kind": count["kind"], "count": 0})["count"] += count["count"]
        runs[run] = joined
    return runs


def lines(value, indent=""):
    """`value` as JSON with one point a line, so that a difference can be read."""
    if isinstance(value, dict) and value:
        inner = [f"{indent} {json.dumps(key, ensure_ascii=False)}: {lines(value[key], indent + ' ')}" for key in sorted(value)]
        return "{\n" + ",\n".join(inner) + "\n" + indent + "}"
    if isinstance(value, list) and value and isinstance(value[0], list):
        return "[\n" + ",\n".join(f"{indent} {json.dumps(row, ensure_ascii=False)}" for row in value) + "]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logdir")
    print(lines(read_logdir(parser.parse_args().logdir)))


if __name__ == "__main__":
    main()
