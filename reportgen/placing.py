"""Finished files and folders are put in their place whole, and nobody's work is lost by it.

They are made in a hidden folder beside their place and renamed into it: on one volume that is one step. What stands
there and is not known to be reportgen's own, unchanged, is kept under another name.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen.folder_lock import locked
from reportgen.problems import UsageError

HIDDEN = ".reportgen-"
"""How the names begin of what is there only while a run is under way."""
MAKING = f"{HIDDEN}making-"
_STALE_SECONDS = 3600  # where a disk knows no locks: a run takes seconds, so what is older was left by one that stopped


@dataclass(frozen=True)
class Workplace:
    """A hidden folder to make things in. `alone`: no other run works in the folder around it meanwhile."""

    folder: Path
    alone: bool


@contextlib.contextmanager
def workplace(parent: Path) -> Iterator[Workplace]:
    """A workplace inside `parent`, which is made if need be; what stopped runs left there is removed, and so is this.

    Raises OSError when the folder cannot be written, UsageError when another run holds it for too long.
    """
    missing = [folder for folder in (parent, *parent.parents) if not folder.exists()]
    try:
        with locked(parent) as alone:
            for left in parent.glob(f"{MAKING}*"):
                if alone or is_stale(left):
                    shutil.rmtree(left, ignore_errors=True)
            making = Path(tempfile.mkdtemp(prefix=MAKING, dir=parent))
            try:
                yield Workplace(making, alone)
            finally:
                shutil.rmtree(making, ignore_errors=True)
    except BaseException:
        for folder in missing:  # made here and still empty: nothing came of it
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def is_stale(path: Path) -> bool:
    """True for what was last changed so long ago that the run which made it has stopped."""
    with contextlib.suppress(OSError):
        return time.time() - path.lstat().st_mtime > _STALE_SECONDS
    return False


def is_file(path: Path) -> bool:
    """True for a real file: no folder, no link, no pipe."""
    with contextlib.suppress(OSError):
        return stat.S_ISREG(path.lstat().st_mode)
    return False


def free_name(target: Path, word: str) -> Path:
    """A name beside the target that nothing has yet and that says what it is: week-edited-1.xlsx."""
    names = (target.with_name(f"{target.stem}-{word}-{n}{target.suffix}") for n in range(1, 1_000_000))
    return next(path for path in names if not os.path.lexists(path))


def put_file(made: Path, target: Path, *, force: bool, ours: Callable[[Path], bool]) -> Path | None:
    """Move a finished file to its place. What stood there and is not `ours` is kept: the path that it has now.

    Raises UsageError when something stands there and `force` is not set, or when it is a folder.
    """
    kept = None
    if os.path.lexists(target):
        if not force:
            refuse_taken(target)
        if target.is_dir() and not target.is_symlink():
            raise UsageError(f"{target} is in the way: it is a folder. Move it, or choose another name.")
        if is_file(target) and (filecmp.cmp(made, target, shallow=False) or ours(target)):
            os.replace(made, target)  # noqa: PTH105  # Path.rename refuses to replace on Windows
            return None
        kept = free_name(target, "kept")
        target.rename(kept)
    _claim(made, target)
    return kept


def _claim(made: Path, target: Path) -> None:
    """Give the file its name, unless another process has just taken it: then UsageError."""
    try:
        if os.name == "nt":
            made.rename(target)
            return
        try:
            os.link(made, target)  # unlike a rename, it does not replace
        except FileExistsError:
            raise
        except OSError:  # a disk without such links: an empty file takes the name first
            target.open("xb").close()
            made.replace(target)
    except FileExistsError:
        refuse_taken(target)


def refuse_taken(target: Path) -> None:
    """UsageError when something has that name already."""
    if os.path.lexists(target):
        raise UsageError(f"{target} is already there. Add --force to replace it, or choose another name or folder.")
