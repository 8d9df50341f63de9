"""One run at a time in a folder: a lock that the system lets go of when a process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from reportgen.problems import UsageError

PATIENCE = 60.0
"""Seconds: a run holds a folder while it writes its files, which takes a moment."""
LOCK = ".reportgen-lock"  # Windows locks files alone; elsewhere the folder itself is locked, and nothing is left in it


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the folder, which is made if it is not there; False where the disk knows no locks, as some network disks.

    Raises UsageError when another run holds it for longer than a minute, OSError when it cannot be opened.
    """
    handle, alone = _held(folder)
    try:
        yield alone
    finally:
        os.close(handle)
        if sys.platform == "win32":
            with contextlib.suppress(OSError):  # another run waits for it
                (folder / LOCK).unlink()


def _held(folder: Path) -> tuple[int, bool]:
    while True:
        handle = _opened(folder)
        try:
            alone = _waited_for(handle, folder)
            if sys.platform == "win32" or _is_still(folder, handle):
                return handle, alone
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_still(folder: Path, handle: int) -> bool:
    """False when the run before has removed the folder, as nothing came of it."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.stat(folder), os.fstat(handle))  # noqa: PTH116  # beside fstat, which has no Path
    return False


def _opened(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT)
    return os.open(folder, os.O_RDONLY)


def _waited_for(handle: int, folder: Path) -> bool:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError):
            if time.monotonic() > deadline:
                raise UsageError(f"another run of reportgen is writing into {folder}. Try again.") from None
            time.sleep(0.02)
        except OSError:
            return False
        else:
            return True


def _lock(handle: int) -> None:
    """Take the lock, or fail at once: BlockingIOError (on Windows PermissionError) when another process has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
