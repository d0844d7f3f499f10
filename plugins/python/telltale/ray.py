"""Diagnoses and converts runs on a Ray cluster.

    import telltale.ray

    table = telltale.ray.diagnose(["s3://bucket/run-1", "s3://bucket/run-2"])

Each URL is a task. One whose worker dies is run again elsewhere; one whose logs cannot be read is a row with `error`.
Needs `telltale[ray]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from telltale import remote

if TYPE_CHECKING:
    import pyarrow as pa

RETRIES = 3
"""How often a task is run again whose worker died."""


def diagnose(
    urls: Iterable[str],
    *,
    storage_options: Mapping[str, Any] | None = None,
    max_retries: int = RETRIES,
    **options: Any,
) -> pa.Table:
    """As `telltale.remote.diagnose`, on the cluster that `ray.init()` has joined, or a new one on this machine."""
    run = _task(remote.diagnose_one, "telltale_diagnose", max_retries)
    options = {"jobs": 1, **options}  # a task has one core
    done = _get([run.remote(task, options) for task in remote.tasks(urls, storage_options)])
    return remote.diagnosis_table(row for rows in done for row in rows)


def convert(
    urls: Iterable[str],
    destination: str,
    *,
    to: str,
    storage_options: Mapping[str, Any] | None = None,
    max_retries: int = RETRIES,
    **options: Any,
) -> pa.Table:
    """As `telltale.remote.convert`, on the cluster that `ray.init()` has joined, or a new one on this machine."""
    urls = list(urls)
    run = _task(remote.convert_one, "telltale_convert", max_retries)
    references = [
        run.remote(task, f"{destination.rstrip('/')}/{name}", {"to": to, **options})
        for task, name in zip(
            remote.tasks(urls, storage_options, destination), remote.target_names(urls, to), strict=True
        )
    ]
    return remote.conversion_table(_get(references))


def _task(function: Any, name: str, max_retries: int) -> Any:
    import ray

    if not ray.is_initialized():
        ray.init()
    return ray.remote(function).options(name=name, max_retries=max_retries, num_cpus=1)


def _get(references: list[Any]) -> Any:
    import ray

    return ray.get(references)
