"""What W&B's own protobuf classes find in a .wandb file: the reference that Telltale's reader is held to.

Framing by the few lines of docs/formats/leveldb_log.md, messages by wandb.proto, values by json.loads. What is not a metric there
(the step, the time, media, texts) is left out by the rules that docs/formats/wandb.md gives.
"""
import collections
import json
import math
import pathlib
import struct
import sys
import zlib

from wandb.proto import wandb_internal_pb2 as pb

BLOCK = 32768


def payloads(path):
    """The records of an undamaged file; ends where it is torn."""
    data = pathlib.Path(path).read_bytes()
    at, record = 7, b""
    while at + 7 <= len(data):
        left = BLOCK - at % BLOCK
        if left < 7:
            at += left
            continue
        crc, length, kind = struct.unpack("<IHB", data[at:at + 7])
        part = data[at + 7:at + 7 + length]
        if len(part) < length or kind == 0:
            return
        assert zlib.crc32(bytes([kind]) + part) == crc, f"{path}: damaged at {at}"
        at += 7 + length
        record = part if kind in (1, 2) else record + part
        if kind in (1, 4):
            yield record


def whole_number(text):
    """-0, as W&B's own writer has it, was logged as -0.0."""
    return -0.0 if text == "-0" else int(text)


def value_of(item):
    for field in ("value_json", "json"):
        if getattr(item, field, ""):
            return json.loads(getattr(item, field), parse_int=whole_number)
    for field in ("boolean", "integer", "number", "text"):
        if item.HasField(field) if _has_presence(item, field) else getattr(item, field, None):
            return getattr(item, field)
    return None


def _has_presence(item, field):
    descriptor = item.DESCRIPTOR.fields_by_name.get(field)
    return descriptor is not None and descriptor.has_presence


def leaves(path, value):
    if isinstance(value, dict) and value and "_type" not in value:
        for key, each in value.items():
            yield from leaves(path + (key,), each)
    else:
        yield path, value


def number(value):
    """As a point's value, or None where it is none."""
    if isinstance(value, str):
        return {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}.get(value)
    if isinstance(value, (bool, int, float)):
        try:
            return float(value)
        except OverflowError:
            return math.copysign(math.inf, value)
    return None


def whole(value):
    """A step, also one that was written as text; old writers let through what is none."""
    try:
        return int(value) if isinstance(value, (int, str)) or isinstance(value, float) and value.is_integer() else None
    except ValueError:
        return None


class Run:
    def __init__(self):
        self.series = {}  # {path: [(step, time, value)]}
        self.texts = {}
        self.system = {}
        self.config = {}
        self.axes = {}  # {name or glob: axis}
        self.run = None
        self.exit_code = None
        self.rows = 0


def read(*paths):
    """The run that `paths`, in this order, hold."""
    run = Run()
    next_step = 0
    for path in paths:
        for payload in payloads(path):
            record = pb.Record()
            record.ParseFromString(payload)
            kind = record.WhichOneof("record_type")
            if kind == "run":
                run.run = record.run
                next_step = record.run.starting_step or next_step
                _items(run.config, record.run.config)
            elif kind == "config":
                _items(run.config, record.config)
            elif kind == "exit":
                run.exit_code = record.exit.exit_code
            elif kind == "metric":
                run.axes[record.metric.glob_name or record.metric.name] = record.metric.step_metric
            elif kind == "stats":
                time = record.stats.timestamp.seconds + record.stats.timestamp.nanos * 1e-9
                for item in record.stats.item:
                    value = number(json.loads(item.value_json))
                    if value is not None and not item.key.startswith("_"):
                        points = run.system.setdefault((item.key,), [])
                        points.append((len(points), time, value))
            elif kind == "history":
                next_step = _row(run, record.history, next_step)
    return run


def _items(into, items):
    for item in items.update:
        into[tuple(item.nested_key) or (item.key,)] = json.loads(item.value_json)
    for item in items.remove:
        into.pop(tuple(item.nested_key) or (item.key,), None)


def _row(run, history, next_step):
    run.rows += 1
    items = {}
    for item in history.item:
        items.update(leaves(tuple(item.nested_key) or (item.key,), value_of(item)))
    step = whole(items.get(("_step",)))
    if step is None:
        step = history.step.num if history.HasField("step") else next_step
    time = items.get(("_timestamp",))
    if time is None and items.get(("_runtime",)) is not None and run.run and run.run.HasField("start_time"):
        time = run.run.start_time.seconds + run.run.start_time.nanos * 1e-9 + items[("_runtime",)]
    media = {path[:-1] for path in items if path[-1] == "_type"}
    for path, value in items.items():
        if path[0] in ("_step", "_timestamp", "_runtime", "_wandb") or any(path[:n] in media for n in range(1, len(path) + 1)):
            continue
        if number(value) is not None:
            run.series.setdefault(path, []).append((step, math.nan if time is None else float(time), number(value)))
        elif isinstance(value, str):
            run.texts.setdefault(path, []).append((step, value))
    return step + 1


def tags(paths):
    """{path: the tag that Telltale gives it}, by the rule in docs/formats/wandb.md."""
    given, taken = {}, set()
    for path in sorted(paths, key=lambda p: (len(p), "\0".join(p))):
        name = ".".join(path)
        if name in taken:
            name = ".".join(part.replace(".", "\\.") for part in path)
        stem, n = name, 2
        while name in taken:
            name, n = f"{stem} ({n})", n + 1
        taken.add(name)
        given[path] = name
    return given


def expected(run):
    """The run as testdata's expected.json has it."""
    def finite(x):
        return x if math.isfinite(x) else {math.inf: "Infinity", -math.inf: "-Infinity"}.get(x, "NaN")

    names = tags(set(run.series) | set(run.texts))
    series = {names[path]: [[step, finite(time), finite(value)] for step, time, value in points] for path, points in run.series.items()}
    texts = {names[path] + (" (text)" if path in run.series else ""): points for path, points in run.texts.items()}
    config = {".".join(path): value for key, each in run.config.items() if key[0] != "_wandb" for path, value in leaves(key, each)}
    return {"id": run.run.run_id, "name": run.run.display_name, "project": run.run.project, "notes": run.run.notes, "tags": list(run.run.tags),
            "exit_code": run.exit_code, "config": config, "series": dict(sorted(series.items())), "texts": texts}


if __name__ == "__main__":  # wandb_reference.py DIRECTORY: expected.json of all runs below it
    by_id = collections.defaultdict(list)
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.wandb")):
        by_id[path.name].append(path)
    print(json.dumps([expected(read(*paths)) for paths in by_id.values()], indent=1, ensure_ascii=False))
