"""Parquet in and out, through pyarrow (`pip install telltale[parquet]`).

What is read, told apart by the names of the columns:

* Neptune's exporter: run_id, attribute_path, attribute_type, step, timestamp, float_value, int_value, ...
* long tables: run (optional), tag (or metric, name, key), step, value, wall_time (optional); `write` makes such
* wide tables: a column of steps and one a tag, as in W&B's history exports: _step, _timestamp, loss, ...
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from telltale import _core
from telltale.errors import TelltaleError
from telltale.experiment import Experiment
from telltale.reading import parquet_files, set_param

_METADATA = b"telltale"
_TAGS = ("tag", "metric", "name", "key")
_STEPS = ("_step", "step", "global_step", "trainer/global_step", "iteration", "iter", "epoch")
_TIMES = ("wall_time", "_timestamp", "timestamp", "time")
_NOT_METRICS = frozenset(("_runtime", "run", "run_id", "__index_level_0__"))

Floats = NDArray[np.float64]


def read(path: str, *, include: list[str], exclude: list[str]) -> Experiment:
    """Reads the file at `path`, or all *.parquet below it. TelltaleError where there is none or one holds no points."""
    parquet = _pyarrow_parquet()
    gathered = _Gathered()
    files = list(parquet_files(path))
    if not files:
        cause = "no Parquet files here"
        raise TelltaleError(f"{path}: {cause}", path=path, cause=cause, code="NOT_FOUND")
    for file in files:
        name = _run_name(file, path)
        try:
            with parquet.ParquetFile(file) as opened:
                _read_file(opened, name, gathered)
        except (OSError, ValueError, KeyError) as error:  # pyarrow's own errors are ValueErrors and OSErrors
            cause = str(error).strip() or type(error).__name__
            raise TelltaleError(f"{file}: {cause}", path=file, cause=cause, code="INVALID_ARGUMENT") from error
    return gathered.experiment(path, include, exclude)


def write(experiment: Experiment, path: str | os.PathLike[str], **options: Any) -> None:
    """Writes one long table, complete or not at all; hyper-parameters go into its metadata."""
    parquet = _pyarrow_parquet()
    table = experiment.to_arrow().unify_dictionaries()
    about = {"runs": {run.name: run.params for run in experiment.runs if run.params and not run.written_by_telltale}}
    table = table.replace_schema_metadata({_METADATA: json.dumps(about).encode()})
    target = os.fspath(path)
    unfinished = f"{target}.{os.getpid()}.tmp"
    try:
        parquet.write_table(table, unfinished, **options)
        os.replace(unfinished, target)
    except OSError as error:
        cause = error.strerror or str(error)
        raise TelltaleError(f"{target}: {cause}", path=target, cause=cause, code="PERMISSION_DENIED") from error
    finally:
        if os.path.exists(unfinished):
            os.unlink(unfinished)


class _Gathered:
    """Points and parameters by run and tag, in the order of the files."""

    def __init__(self) -> None:
        self.points: dict[tuple[str, str], list[tuple[Floats, Floats, Floats]]] = {}
        self.params: dict[str, dict[str, Any]] = {}

    def add(self, run: str, tag: str, steps: Floats, times: Floats, values: Floats) -> None:
        self.points.setdefault((run, tag), []).append((steps, times, values))

    def experiment(self, path: str, include: list[str], exclude: list[str]) -> Experiment:
        builder = _core.Builder("parquet", os.fsencode(path))
        keys = list(self.points)
        for key, wanted in zip(keys, _core.selected(include, exclude, keys), strict=True):
            if wanted:
                _add_series(builder, *key, *(np.concatenate(parts) for parts in zip(*self.points[key], strict=True)))
        for run, params in self.params.items():
            for name, value in params.items():
                set_param(builder, run, name, value)
        return Experiment(builder.snapshot())


def _add_series(builder: _core.Builder, run: str, tag: str, steps: Floats, times: Floats, values: Floats) -> None:
    known = np.isfinite(steps)
    steps, times, values = steps[known], times[known], values[known]
    whole = bool(np.all(steps == np.floor(steps)))
    # Fractional steps, which Neptune knows, are an axis of their own over the number of the point.
    numbered = steps.astype(np.int64) if whole else np.arange(len(steps), dtype=np.int64)
    builder.extend(run, tag, numbered, times, values)
    if not whole:
        builder.set_axis(run, tag, "step", steps)


def _pyarrow_parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise ImportError("Parquet files need pyarrow: pip install 'telltale[parquet]'") from error
    return pyarrow.parquet


def _run_name(file: str, root: str) -> str:
    relative = os.path.basename(file) if file == root else os.path.relpath(file, root)
    name = relative.removesuffix(".parquet").removesuffix(".runhistory").replace(os.sep, "/")
    return name or "run"


def _read_file(file: Any, name: str, gathered: _Gathered) -> None:
    metadata = (file.schema_arrow.metadata or {}).get(_METADATA)
    if metadata is not None:
        runs = json.loads(metadata).get("runs", {})
        gathered.params.update({run: params for run, params in runs.items() if isinstance(params, dict)})
    columns = set(file.schema_arrow.names)
    if {"run_id", "attribute_path", "attribute_type", "step"} <= columns:
        read_batch = _read_neptune
    elif "value" in columns and any(tag in columns for tag in _TAGS):
        read_batch = _read_long
    else:
        if not any(step in columns for step in _STEPS):
            raise ValueError(f"no column of steps ({', '.join(_STEPS)}) among: {', '.join(sorted(columns)[:10])}")
        read_batch = _read_wide
    for batch in file.iter_batches():
        read_batch(batch, name, gathered)


def _first(names: tuple[str, ...], batch: Any) -> str | None:
    return next((name for name in names if name in batch.schema.names), None)


def _floats(column: Any) -> Floats:
    """Numbers, decimals and truth values as doubles, times as seconds since the epoch; what is missing is NaN."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type):
        micros = pc.cast(column, pa.timestamp("us", tz=column.type.tz), safe=False)
        return _floats(pc.cast(micros, pa.int64())) / 1e6
    array: Floats = pc.cast(column, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return np.ascontiguousarray(array, dtype=np.float64)


def _times(batch: Any) -> Floats:
    name = _first(_TIMES, batch)
    return np.full(len(batch), np.nan) if name is None else _floats(batch.column(name))


def _present(column: Any) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = column.is_valid().to_numpy(zero_copy_only=False)
    return mask


def _groups(*columns: Any) -> Iterator[tuple[tuple[str, ...], NDArray[np.intp]]]:
    """Rows that have the same text in all `columns`, in the order of first appearance."""
    names: list[list[Any]] = []
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        encoded = column if hasattr(column, "dictionary") else column.dictionary_encode()
        names.append(encoded.dictionary.to_pylist())
        codes = encoded.indices.fill_null(len(names[-1])).to_numpy(zero_copy_only=False)
        names[-1].append("")
        key = key * len(names[-1]) + codes
    order = np.argsort(key, kind="stable")
    found, begins = np.unique(key[order], return_index=True)
    groups = list(zip(found.tolist(), np.split(order, begins[1:]), strict=True)) if len(found) else []
    for code, rows in sorted(groups, key=lambda group: int(group[1][0])):
        words = []
        for values in reversed(names):
            code, at = divmod(code, len(values))
            words.append(str(values[at]))
        yield tuple(reversed(words)), rows


def _read_long(batch: Any, name: str, gathered: _Gathered) -> None:
    tag_column = _first(_TAGS, batch)
    step_column = _first(_STEPS, batch)
    if tag_column is None or step_column is None:
        raise ValueError("a long table needs columns for tag, step and value")
    values, steps, times = _floats(batch.column("value")), _floats(batch.column(step_column)), _times(batch)
    present = _present(batch.column("value"))
    run_column = _first(("run", "run_id", "run_name"), batch)
    columns = [batch.column(tag_column)] if run_column is None else [batch.column(run_column), batch.column(tag_column)]
    for words, rows in _groups(*columns):
        rows = rows[present[rows]]
        run, tag = words if run_column is not None else (name, *words)
        gathered.add(run, tag, steps[rows], times[rows], values[rows])


def _read_neptune(batch: Any, name: str, gathered: _Gathered) -> None:
    del name
    numbers, present = np.full(len(batch), np.nan), np.zeros(len(batch), dtype=bool)
    for column in ("int_value", "float_value"):
        if column in batch.schema.names:
            there = _present(batch.column(column))
            numbers[there] = _floats(batch.column(column))[there]
            present |= there
    has_step = _present(batch.column("step"))
    steps, times = _floats(batch.column("step")), _times(batch)
    for (run, tag), rows in _groups(batch.column("run_id"), batch.column("attribute_path")):
        points = rows[present[rows] & has_step[rows]]
        if len(points):
            gathered.add(run, tag, steps[points], times[points], numbers[points])
        elif not has_step[rows[0]] and not tag.startswith("sys/"):
            value = _single_value(batch, int(rows[0]))
            if value is not None:
                gathered.params.setdefault(run, {})[tag] = value


def _single_value(batch: Any, row: int) -> Any:
    for column in ("float_value", "int_value", "bool_value", "string_value"):
        if column in batch.schema.names:
            value = batch.column(column)[row].as_py()
            if value is not None:
                return value
    return None


def _read_wide(batch: Any, name: str, gathered: _Gathered) -> None:
    import pyarrow as pa

    if len(batch) == 0:
        return
    while any(pa.types.is_struct(field.type) for field in batch.schema):
        batch = _flat(batch)
    step_column = _first(_STEPS, batch)
    if step_column is None:
        raise ValueError("no column of steps")
    steps, times = _floats(batch.column(step_column)), _times(batch)
    runs: Mapping[str, NDArray[np.intp]] = {name: np.arange(len(batch))}
    run_column = _first(("run", "run_id"), batch)
    if run_column is not None:
        runs = {words[0]: rows for words, rows in _groups(batch.column(run_column))}
    for field in batch.schema:
        numeric = pa.types.is_integer(field.type) or pa.types.is_floating(field.type) or pa.types.is_decimal(field.type)
        if not numeric or field.name in _NOT_METRICS or field.name in (step_column, _first(_TIMES, batch)):
            continue
        column = batch.column(field.name)
        values, present = _floats(column), _present(column)
        for run, rows in runs.items():
            points = rows[present[rows]]
            if len(points):
                gathered.add(run, field.name, steps[points], times[points], values[points])


def _flat(batch: Any) -> Any:
    """`batch` with the members of each struct as columns "struct.member"."""
    import pyarrow as pa

    return pa.Table.from_batches([batch]).flatten().combine_chunks().to_batches()[0]
