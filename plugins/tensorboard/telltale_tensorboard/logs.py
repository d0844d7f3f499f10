"""Where TensorBoard's logs are, from its flags."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Place:
    """A directory with runs."""

    path: str
    name: str = ""
    """Stands before the names of its runs where there are several places."""

    @property
    def prefix(self) -> str:
        """What stands before the names of its runs."""
        return f"{self.name}/" if self.name else ""


def places(flags: Any) -> list[Place]:
    """The directories of --logdir or --logdir_spec, in their order. ValueError where one is on no local disk."""
    logdir = getattr(flags, "logdir", "") or ""
    if logdir:
        found = [Place(_directory(logdir))]
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
        return Place(_directory(path), name)
    return Place(_directory(part))


def _directory(path: str) -> str:
    """As it stands before the paths of the files in it: without separators at its end. ".." stays, for links' sake."""
    return os.path.expanduser(path).rstrip(os.sep) or path[:1]


_SPLIT = re.compile(r"(train|training|val|valid|validation|eval|test|dev)(_.*)?", re.IGNORECASE)
"""Names of directories that hold one split of the training run that they stand in."""


def directories(found: list[Place], files: Fingerprint) -> dict[str, str]:
    """The training runs as the names of directories tell them, to their directories; no file is opened.

    What the files hold may later name some otherwise: several sessions in one directory are several training runs.
    """
    roots = [(os.path.join(place.path, ""), place) for place in found]
    roots.sort(key=lambda root: len(root[0]), reverse=True)
    names: dict[str, str] = {}
    for directory in sorted({os.path.dirname(path) for path, _, _ in files}):
        inside = os.path.join(directory, "")
        root, place = next(each for each in roots if inside.startswith(each[0]))
        relative = inside[len(root) :].rstrip(os.sep) or "."
        above, last = os.path.split(relative)
        if _SPLIT.fullmatch(last):
            directory, relative = os.path.dirname(directory), above or "."
        name = os.path.basename(os.path.abspath(place.path)) if relative == "." else relative
        names[place.prefix + name] = directory
    return names


Fingerprint: TypeAlias = tuple[tuple[str, int, int], ...]
"""Of each event file its path, its size in bytes and its time of change in nanoseconds; sorted."""


def fingerprint(found: list[Place]) -> Fingerprint:
    """Changes whenever an event file below the places does."""
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
