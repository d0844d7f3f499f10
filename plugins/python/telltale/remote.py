"""Runs that lie anywhere fsspec reaches (`s3://`, `gs://`, `memory://`), diagnosed and converted on any executor.

    import concurrent.futures
    from telltale import remote

    with concurrent.futures.ProcessPoolExecutor() as pool:
        table = remote.diagnose(["s3://bucket/run-1", "s3://bucket/run-2"], executor=pool)

`telltale.ray` does the same on a Ray cluster. Needs pyarrow, and fsspec for what is no file of this machine.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import telltale
from telltale.errors import TelltaleError

if TYPE_CHECKING:
    import pyarrow as pa

Files = dict[str, bytes]
"""What a file system of one process holds, by path relative to a URL: its bytes travel with the task."""
Task = tuple[str, dict[str, Any], Files | None]
"""A URL, fsspec's storage options for it, and its files where they travel."""


class Executor(Protocol):
    """What runs functions elsewhere: `concurrent.futures.Executor`, or anything with such a `map`."""

    def map(self, function: Callable[[Any], Any], items: Iterable[Any], /) -> Iterable[Any]: ...


def diagnose(
    urls: Iterable[str],
    *,
    executor: Executor | None = None,
    storage_options: Mapping[str, Any] | None = None,
    **options: Any,
) -> pa.Table:
    """Diagnoses what stands at each of `urls`, and gives one row a training run, in the order of `urls`.

    `options` are those of `telltale.diagnose`. Without an executor the work is done here. A URL that cannot be read is
    a row with `error`. Groups are found among the training runs of one URL, and are not in the table.
    """
    if executor is not None:
        options = {"jobs": 1, **options}  # the executor knows how many cores there are
    done = _run(_diagnose_at, [(task, options) for task in tasks(urls, storage_options)], executor)
    return diagnosis_table(row for rows in done for row in rows)


def convert(
    urls: Iterable[str],
    destination: str,
    *,
    to: str,
    executor: Executor | None = None,
    storage_options: Mapping[str, Any] | None = None,
    **options: Any,
) -> pa.Table:
    """Converts what stands at each of `urls` to `destination`/NAME, and gives one row a URL, in their order.

    NAME is the last component of the URL, with a number behind it where several have one. `destination` is a directory
    that fsspec reaches from the workers. `to` and `options` are those of `telltale.convert`.
    """
    urls = list(urls)
    work = [
        (task, f"{destination.rstrip('/')}/{name}", {"to": to, **options})
        for task, name in zip(tasks(urls, storage_options, destination), target_names(urls, to), strict=True)
    ]
    return conversion_table(_run(_convert_at, work, executor))


def tasks(urls: Iterable[str], storage_options: Mapping[str, Any] | None, destination: str = "") -> list[Task]:
    """What a worker needs to know of each URL."""
    if destination.startswith("memory:"):
        raise ValueError(f"{destination}: the memory of this process is not that of the workers")
    options = dict(storage_options or {})
    return [(url, options, _files_of(url) if urlsplit(url).scheme == "memory" else None) for url in urls]


def target_names(urls: Iterable[str], to: str) -> list[str]:
    """A name for each URL's conversion, no two the same."""
    suffix = {"mlflow": ".db", "csv": ".csv", "csv-wide": ".csv", "jsonl": ".jsonl", "parquet": ".parquet"}.get(to, "")
    taken: set[str] = set()
    names = []
    for url in urls:
        stem = pathlib.PurePosixPath(urlsplit(url).path or url).name or "run"
        if stem in (".", ".."):
            stem = "run"
        name, n = stem + suffix, 2
        while name in taken:
            name, n = f"{stem}-{n}{suffix}", n + 1
        taken.add(name)
        names.append(name)
    return names


def diagnosis_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    finding = pa.struct(
        [
            ("id", pa.string()),
            ("severity", pa.string()),
            ("confidence", pa.float64()),
            ("summary", pa.string()),
            ("first_step", pa.int64()),
            ("last_step", pa.int64()),
        ]
    )
    fields = [(name, pa.string()) for name in ("url", "training_run", "format", "verdict")]
    fields += [("findings", pa.list_(finding)), ("problems", pa.int64()), ("error", pa.string())]
    return pa.Table.from_pylist(list(rows), schema=pa.schema(fields))


def conversion_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    fields = [("url", pa.string()), ("destination", pa.string()), ("runs", pa.int64()), ("points", pa.int64())]
    fields += [("lost", pa.int64()), ("error", pa.string())]
    return pa.Table.from_pylist(list(rows), schema=pa.schema(fields))


def diagnose_one(task: Task, options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of one URL. Runs on the worker."""
    url = task[0]
    try:
        with local_copy(task) as path:
            diagnosis = telltale.diagnose(path, **options)
    except (TelltaleError, OSError, ValueError) as error:
        return [{"url": url, "error": _message(error)}]
    problems = len(diagnosis.to_dict()["problems"])
    return [
        {
            "url": url,
            "training_run": run["name"],
            "format": run["source"]["format"],
            "verdict": run["verdict"],
            "findings": [{key: _number(each.get(key)) for key in _FINDING} for each in run["findings"]],
            "problems": problems,
        }
        for run in diagnosis.to_dict()["training_runs"]
    ]


def convert_one(task: Task, destination: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The row of one URL. Runs on the worker."""
    url, storage_options, _ = task
    row: dict[str, Any] = {"url": url, "destination": destination}
    try:
        with local_copy(task) as path, tempfile.TemporaryDirectory(prefix="telltale-") as scratch:
            target = _local_path(destination)
            made = target or os.path.join(scratch, os.path.basename(destination))
            if target:
                os.makedirs(os.path.dirname(target), exist_ok=True)
            conversion = telltale.convert(path, made, **options)
            if not target:
                _upload(made, destination, storage_options)
    except (TelltaleError, OSError, ValueError) as error:
        return {**row, "error": _message(error)}
    return {**row, "runs": conversion.runs, "points": conversion.points, "lost": len(conversion.lost)}


@contextlib.contextmanager
def local_copy(task: Task) -> Iterator[str]:
    """A path of this machine with what stands at the task's URL, named like it; a copy is gone afterwards."""
    url, storage_options, files = task
    here = _local_path(url)
    if here and files is None:
        yield here
        return
    with tempfile.TemporaryDirectory(prefix="telltale-") as scratch:
        root = os.path.join(scratch, target_names([url], "")[0])
        if files is None:
            _download(url, storage_options, root)
        else:
            for relative, content in files.items():
                place = _below(root, relative)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
        yield root


_FINDING = ("id", "severity", "confidence", "summary", "first_step", "last_step")


def _run(function: Callable[[Any], Any], items: list[Any], executor: Executor | None) -> list[Any]:
    return list(executor.map(function, items) if executor is not None else map(function, items))


def _diagnose_at(item: tuple[Task, Mapping[str, Any]]) -> list[dict[str, Any]]:
    return diagnose_one(*item)


def _convert_at(item: tuple[Task, str, Mapping[str, Any]]) -> dict[str, Any]:
    return convert_one(*item)


def _local_path(url: str) -> str:
    """The path of a file of this machine; empty where `url` is none."""
    if url.startswith("file://"):
        return urlsplit(url).path
    return "" if "://" in url else url


def _below(root: str, relative: str) -> pathlib.Path:
    """`relative` below `root`. ValueError where a name, which comes from the store, leads out of it."""
    path = pathlib.PurePosixPath(relative)
    if path.is_absolute() or ".." in path.parts or "\0" in relative:
        raise ValueError(f"{relative!r}: the name of an object leads out of its directory")
    return pathlib.Path(root, *path.parts)


def _filesystem(url: str, storage_options: Mapping[str, Any]) -> tuple[Any, str]:
    import fsspec

    filesystem, path = fsspec.core.url_to_fs(url, **storage_options)
    return filesystem, str(path).rstrip("/")


def _objects(filesystem: Any, path: str) -> Iterator[tuple[str, str]]:
    """Each file at or below `path`: its path, and that relative to `path`."""
    for found in filesystem.find(path):
        yield found, str(found)[len(path) :].lstrip("/")


def _files_of(url: str) -> Files:
    filesystem, path = _filesystem(url, {})
    return {relative: filesystem.cat_file(found) for found, relative in _objects(filesystem, path)}


def _download(url: str, storage_options: Mapping[str, Any], root: str) -> None:
    filesystem, path = _filesystem(url, storage_options)
    found = list(_objects(filesystem, path))
    if not found:
        raise FileNotFoundError(f"{url}: there is nothing")
    for each, relative in found:
        place = _below(root, relative) if relative else pathlib.Path(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        filesystem.get_file(each, str(place))


def _upload(made: str, destination: str, storage_options: Mapping[str, Any]) -> None:
    filesystem, path = _filesystem(destination, storage_options)
    if os.path.isfile(made):
        filesystem.makedirs(os.path.dirname(path), exist_ok=True)
        filesystem.put_file(made, path)
        return
    for directory, _, names in os.walk(made):
        for name in names:
            file = os.path.join(directory, name)
            target = f"{path}/{os.path.relpath(file, made)}"
            filesystem.makedirs(os.path.dirname(target), exist_ok=True)
            filesystem.put_file(file, target)


def _number(value: Any) -> Any:
    """JSON says numbers that are not finite in words."""
    return float(value) if value in ("NaN", "Infinity", "-Infinity") else value


def _message(error: Exception) -> str:
    return str(error) or type(error).__name__
