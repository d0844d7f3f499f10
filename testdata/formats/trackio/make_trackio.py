"""Writes the cases of this directory with Trackio itself: python3 make_trackio.py, with Trackio 0.43.0 of tests/requirements.txt.

A run's id and all times are Trackio's own, so that each call makes other files."""

import json
import math
import os
import pathlib
import shutil
import sqlite3
import tempfile

HERE = pathlib.Path(__file__).parent
DIRECTORY = pathlib.Path(tempfile.mkdtemp())
os.environ.update(TRACKIO_DIR=str(DIRECTORY), HF_HUB_OFFLINE="1", DO_NOT_TRACK="1")

import trackio
from trackio.sqlite_storage import SQLiteStorage, _close_all_persistent_connections

ODD = [math.nan, math.inf, -math.inf, -0.0, 5e-324, 0.1, 1e308, 2**53 - 1]


def value(x):
    return x if math.isfinite(x) else "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"


def expected(project):
    """What Trackio reads, by run and tag: [step, value]."""
    runs = {}
    for record in SQLiteStorage.get_run_records(project):
        tags = runs.setdefault(record["name"], {})
        for line in SQLiteStorage.get_logs(project, run_id=record["id"]):
            for key, number in line.items():
                if key not in ("step", "timestamp") and isinstance(number, (int, float)):
                    tags.setdefault(key, []).append([line["step"], value(number)])
        for i, line in enumerate(SQLiteStorage.get_system_logs(project, run_id=record["id"])):
            for key, number in line.items():
                if isinstance(number, (int, float)):
                    tags.setdefault(f"system/{key}", []).append([i, value(number)])
    return runs


def dump(runs, path):
    lines = [f' {json.dumps(run)}: {{\n' + ",\n".join(f"  {json.dumps(tag)}: {json.dumps(points)}" for tag, points in tags.items()) + "\n }"
             for run, tags in runs.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def keep(case, project):
    target = HERE / case
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    dump(expected(project), target / "expected.json")
    _close_all_persistent_connections()
    # Without what a writer leaves beside it, and small.
    with sqlite3.connect(DIRECTORY / f"{project}.db") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    shutil.copy(DIRECTORY / f"{project}.db", target / f"{project}.db")


for name in ("first", "second"):
    run = trackio.init(project="training", name=name, group="sweep", config={"lr": 0.1, "opt": {"name": "sgd", "nesterov": True}, "seed": 3},
                       embed=False, auto_log_gpu=False)
    for step, odd in enumerate(ODD):
        trackio.log({"loss": 1 / (step + 1), "val/acc": step / 10, "odd": odd, "step": 7})
    trackio.log({"loss": 0.05, "note": "a **word**", "nested": {"a": 1, "b": 2}}, step=100)
    trackio.alert(title="slow", text="by hand", level=trackio.AlertLevel.INFO)
    trackio.finish()
SQLiteStorage.bulk_log_system("training", "first", [{"gpu/util": 10.5}, {"gpu/util": 20}],
                              run_id=SQLiteStorage.get_run_records("training")[0]["id"])
keep("training", "training")

# As Trackio before 0.24 wrote: runs known by their names only, JSON as text.
with sqlite3.connect(DIRECTORY / "old.db") as old:
    old.executescript("""
        CREATE TABLE metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT NOT NULL, run_name TEXT NOT NULL, step INTEGER NOT NULL,
                              metrics TEXT NOT NULL);
        CREATE TABLE configs (id INTEGER PRIMARY KEY AUTOINCREMENT, run_name TEXT NOT NULL, config TEXT NOT NULL, created_at TEXT NOT NULL,
                              UNIQUE(run_name));""")
    for run in ("a", "b"):
        old.execute("INSERT INTO configs (run_name, config, created_at) VALUES (?, ?, ?)", (run, '{"lr": 0.5}', "2025-08-01T10:00:00"))
        for step in range(5):
            old.execute("INSERT INTO metrics (timestamp, run_name, step, metrics) VALUES (?, ?, ?, ?)",
                        (f"2025-08-01T10:00:0{step}", run, step, json.dumps({"loss": 1 / (step + 1)})))
old.close()
shutil.copy(DIRECTORY / "old.db", DIRECTORY / "kept.db")
SQLiteStorage.init_db("kept")
lines = expected("kept")
keep("before_run_ids", "old")
dump(lines, HERE / "before_run_ids" / "expected.json")
shutil.rmtree(DIRECTORY)
