"""Files of a pack on the disk: all of them or none, and never over a different pack unless that was asked for.

The files are written into a hidden folder beside the outputs, which is then renamed: on one volume that is one step.
Whoever is stopped in between leaves the earlier pack, whole, where it was or where the next run finds it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from reportgen.documents import Document
from reportgen.problems import UsageError

_MAKING, _SET_ASIDE = ".reportgen-making-", ".reportgen-replaced-"
MANIFEST = "manifest.json"
_OF_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_STALE_SECONDS = 3600  # a run takes seconds: what is older was left by one that was stopped


def refuse_other_pack(target: Path, documents: Iterable[Document], force: bool) -> bool:
    """True when the folder already holds exactly these files. UsageError when it holds others, unless forced."""
    _bring_back(target)
    if not target.exists():
        return False
    if not target.is_dir():
        raise UsageError(f"{target} is in the way: it is not a folder. Move it, or choose another folder with --out.")
    if _holds(target, {each.name: each.content for each in documents}):
        return True
    if not force and any(target.iterdir()):
        raise UsageError(
            f"{target} holds a different pack. Add --force to replace it, or choose another folder with --out."
        )
    foreign = _foreign(target)
    if foreign:
        raise UsageError(
            f"{target} holds {foreign[0]}, which is not part of the pack there and would be lost. Move it, or choose "
            "another folder with --out."
        )
    return False


def write_pack(target: Path, documents: Iterable[Document], force: bool = False) -> None:
    """Put the files into the folder `target`, all at once.

    The same files again are fine. UsageError for a different pack that is there, unless `force`, and for a disk that
    cannot be written.
    """
    files = tuple(documents)
    if refuse_other_pack(target, files, force):
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=target.parent))
    except OSError as error:
        raise UsageError(_unwritable(target, error)) from None
    try:
        making.chmod(0o777 & ~_umask())  # mkdtemp makes a private folder, and packs are to be shared
        for each in files:
            _write(making / each.name, each.content)
        _swap(making, target)
    except OSError as error:
        raise UsageError(_unwritable(target, error)) from None
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _unwritable(target: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return (
        f"cannot write to {target}: {reason}. Close files of this pack that are open, or choose another folder with "
        "--out."
    )


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _swap(making: Path, target: Path) -> None:
    """Put the new folder in the old one's place; the old one is set aside first, and comes back if that fails."""
    if not target.exists():
        making.rename(target)
        return
    aside = _aside(target)
    shutil.rmtree(aside, ignore_errors=True)
    target.rename(aside)
    try:
        making.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _aside(target: Path) -> Path:
    return target.with_name(_SET_ASIDE + target.name)


def _bring_back(target: Path) -> None:
    """An earlier pack that a stopped run had set aside returns to its place."""
    aside = _aside(target)
    if aside.is_dir():
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(target)


def _sweep(folder: Path) -> None:
    """Remove what runs that were stopped have left behind."""
    for left in folder.glob(_MAKING + "*"):
        with contextlib.suppress(FileNotFoundError):  # another run may just have finished with it
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _holds(folder: Path, files: dict[str, bytes]) -> bool:
    return all((folder / name).is_file() and (folder / name).read_bytes() == content for name, content in files.items())


def _foreign(folder: Path) -> list[str]:
    """What stands in the folder and in no manifest: somebody else's."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        own = {MANIFEST, *(each["name"] for each in listed)}
    except (OSError, ValueError, KeyError, TypeError):
        own = set()
    return sorted(path.name for path in folder.iterdir() if path.name not in own | _OF_THE_SYSTEM)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
