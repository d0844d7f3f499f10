"""Where TensorBoard's logs are, from its flags."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """A directory with runs."""

    path: str
    name: str = ""
    """Stands before the names of its runs where there are several places."""


def places(flags: Any) -> list[Place]:
    """The directories of --logdir or --logdir_spec, in their order. ValueError where one is on no local disk."""
    logdir = getattr(flags, "logdir", "") or ""
    if logdir:
        found = [Place(os.path.expanduser(logdir))]
    else:
        found = [_place(part) for part in (getattr(flags, "logdir_spec", "") or "").split(",") if part]
    for place in found:
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", place.path):
            raise ValueError(f"{place.path}: only directories of this machine are diagnosed")
    return found


def _place(part: str) -> Place:
    """ "name:path" or a path, by the rules of TensorBoard: a name holds no slash, and gs: is none."""
    name, colon, path = part.partition(":")
    if colon and name and not path.startswith("//") and "/" not in name and "\\" not in name:
        return Place(os.path.expanduser(path), name)
    return Place(os.path.expanduser(part))


def fingerprint(found: list[Place]) -> tuple[tuple[str, int, int], ...]:
    """Changes whenever an event file below the places does: names, sizes in bytes, times of change in nanoseconds."""
    files = []
    entered: set[tuple[int, int]] = set()
    for place in found:
        for directory, below, names in os.walk(place.path, followlinks=True):
            if not _enter(directory, entered):
                below.clear()
                continue
            for name in names:
                if "tfevents" not in name:
                    continue
                path = os.path.join(directory, name)
                try:
                    status = os.stat(path)
                except OSError:
                    continue  # deleted in between
                files.append((path, status.st_size, status.st_mtime_ns))
    return tuple(sorted(files))


def _enter(directory: str, entered: set[tuple[int, int]]) -> bool:
    """Whether this is the first time: links may lead in a circle, or twice to one place."""
    try:
        status = os.stat(directory)
    except OSError:
        return False  # deleted in between
    identity = (status.st_dev, status.st_ino)
    if identity in entered:
        return False
    entered.add(identity)
    return True
