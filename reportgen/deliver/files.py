"""Files of a pack on the disk: all of them or none, and never over the work of anybody else.

The pack is made in a hidden folder and renamed into its place. To replace one, the old folder is set aside first, under
a hidden name from which the next run brings it back if this one is stopped in between; it is removed only if every file
in it still has the hash of its manifest, else it is kept under a name that says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from reportgen.documents import Document, as_json
from reportgen.placing import HIDDEN, Workplace, free_name, is_file, is_stale, workplace
from reportgen.problems import UsageError

MANIFEST = "manifest.json"
_SET_ASIDE = f"{HIDDEN}replaced-"
_OF_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def write_pack(target: Path, documents: Iterable[Document], force: bool = False) -> Path | None:
    """Put the files into the folder `target`, all at once; where a pack that stood there and was edited is kept now.

    The same files again are fine. UsageError for another pack that is there, unless `force`, for a folder that is no
    pack, and for a disk that cannot be written.
    """
    files = tuple(documents)
    if _holds(target, files) and not any(target.parent.glob(f"{HIDDEN}*")):
        return None  # nothing to write or to tidy up: this works on a disk that cannot be written, too
    try:
        with workplace(target.parent) as place:
            return _placed(place, target, files, force)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            f"cannot write to {target}: {reason}. Close files of this pack that are open, or choose another folder "
            "with --out."
        ) from None


def is_as_delivered(folder: Path) -> bool:
    """True for a pack whose files are those of its manifest, to the last byte, and all of them."""
    listed = None if folder.is_symlink() else _listed(folder)
    return listed is not None and all(is_file(folder / name) for name in listed) and _unchanged(folder, listed)


def _placed(place: Workplace, target: Path, files: tuple[Document, ...], force: bool) -> Path | None:
    kept = _recovered(place, target)
    if _holds(target, files):
        return kept
    _refuse(target, force)
    made = place.folder / target.name
    made.mkdir()
    for each in files:
        _write(made / each.name, each.content)
    if force and _held(target):
        return _replaced(made, target) or kept
    _claim(made, target)
    return kept


def _refuse(target: Path, force: bool) -> None:
    """UsageError for what may not be replaced."""
    if not os.path.lexists(target):
        return
    if target.is_symlink() or not target.is_dir():
        raise UsageError(f"{target} is in the way: it is not a folder. Move it, or choose another folder with --out.")
    held = _held(target)
    if held and not force:
        raise _different(target)
    if held and not is_file(target / MANIFEST):
        raise UsageError(
            f"{target} holds {held[0]} and no manifest: it is no pack, and is not replaced. Move it, or choose another "
            "folder with --out."
        )


def _held(folder: Path) -> list[str]:
    """What stands in a folder, but for what file managers leave there."""
    if not folder.exists():
        return []
    return sorted(path.name for path in folder.iterdir() if path.name not in _OF_THE_SYSTEM or not is_file(path))


def _different(target: Path) -> UsageError:
    return UsageError(
        f"{target} holds a different pack. Add --force to replace it, or choose another folder with --out."
    )


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _claim(made: Path, target: Path) -> None:
    """Give the new folder its name, which nothing but an empty folder may have."""
    _adopt(target, made)
    with contextlib.suppress(OSError):
        target.rmdir()
    try:
        made.rename(target)
    except OSError:
        if os.path.lexists(target):
            raise _different(target) from None
        raise


def _replaced(made: Path, target: Path) -> Path | None:
    """Put the new folder in the old one's place; where the old one is kept, if it had been edited."""
    aside = _aside(target)
    target.rename(aside)
    try:
        made.rename(target)
    except OSError:
        aside.rename(target)
        raise
    return _disposed(aside, target)


def _disposed(aside: Path, target: Path) -> Path | None:
    """Remove a pack that was set aside, if nobody has edited it; else the name under which it is kept."""
    listed = _listed(aside)
    if listed is None and not any(aside.iterdir()):
        listed = {}
    if listed is not None and _unchanged(aside, listed):
        _adopt(aside, target)
        # not the names of the list, which a stranger may have written; the list itself last, for a run that is stopped
        for path in sorted(aside.iterdir(), key=lambda path: path.name == MANIFEST):
            path.unlink()
        with contextlib.suppress(OSError):  # something was put there just now
            aside.rmdir()
            return None
    kept = free_name(target, "edited")
    aside.rename(kept)
    return kept


def _adopt(source: Path, target: Path) -> None:
    """The notes that file managers leave in a folder go on to the one that takes its place."""
    for name in _OF_THE_SYSTEM:
        if is_file(source / name) and not os.path.lexists(target / name):
            (source / name).rename(target / name)


def _aside(target: Path) -> Path:
    return target.with_name(_SET_ASIDE + target.name)


def _recovered(place: Workplace, target: Path) -> Path | None:
    """What a stopped run had set aside returns to its place, or goes where it was to go."""
    aside = _aside(target)
    if not aside.is_dir() or not (place.alone or is_stale(aside)):
        return None
    if os.path.lexists(target):
        return _disposed(aside, target)
    aside.rename(target)
    return None


def _holds(folder: Path, files: Iterable[Document]) -> bool:
    """True when the folder has exactly these files; others beside them do no harm."""
    if folder.is_symlink():
        return False
    return all(is_file(folder / each.name) and (folder / each.name).read_bytes() == each.content for each in files)


def _listed(folder: Path) -> dict[str, str] | None:
    """Name and hash of each file of the pack in a folder, the manifest too; None without a manifest as we write it."""
    path = folder / MANIFEST
    try:
        written = path.read_bytes() if is_file(path) else b""
        content = json.loads(written)
        listed = {str(each["name"]): str(each["sha256"]) for each in content["files"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if as_json(content) != written:
        return None
    return listed | {MANIFEST: hashlib.sha256(written).hexdigest()}


def _unchanged(folder: Path, listed: dict[str, str]) -> bool:
    """True when the folder holds nothing but files of the list, as they were written."""
    return all(
        is_file(path) and (path.name in _OF_THE_SYSTEM or _hash(path) == listed.get(path.name))
        for path in folder.iterdir()
    )


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
