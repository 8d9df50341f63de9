"""Whether a workbook or a folder of templates has changed: by size and time of every file, looked at again and again.

Looking again works on every system and on network drives, where the notices of a system do not come.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

MOST_FILES = 2_000
"""Files of a templates folder that are watched: one that is no templates folder may hold millions."""
_BETWEEN, _QUIET = 0.3, 0.25
"""Seconds between two looks, and for which nothing may change: programs write a file in several steps."""

Seen = tuple[tuple[str, int, int], ...]


def seen(workbook: Path, templates: Path | None) -> Seen:
    """Name, size and time of change of the files that are there."""
    paths = [workbook, *(() if templates is None else _below(templates))]
    return tuple(each for path in paths if (each := _state(path)) is not None)


def changes(workbook: Path, templates: Path | None, ended: Callable[[], bool]) -> Iterator[Seen]:
    """What is there at first, and then after each change, once it is quiet; until `ended` says so."""
    known: Seen | None = None
    while not ended():
        now = seen(workbook, templates)
        if now != known and _is_quiet(workbook, templates, now):
            known = now
            yield now
        time.sleep(_BETWEEN)


def _is_quiet(workbook: Path, templates: Path | None, now: Seen) -> bool:
    time.sleep(_QUIET)
    return seen(workbook, templates) == now


def _below(folder: Path) -> Iterator[Path]:
    count = 0
    for root, folders, files in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(files):
            count += 1
            if count > MOST_FILES:
                return
            yield Path(root, name)


def _state(path: Path) -> tuple[str, int, int] | None:
    try:
        found = path.stat()
    except OSError:  # between the two steps of a program that replaces it
        return None
    return str(path), found.st_size, found.st_mtime_ns
