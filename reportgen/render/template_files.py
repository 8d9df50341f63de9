"""Files of templates folders: templates, fonts, images and theme are real files inside the folder, or are not read.

A folder of templates may come from a stranger: a link in it could lead to any file of this machine, and what it leads
to would be printed into a brief that goes to clients. The bundled folder is trusted, as the package is: installers put
links into it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from reportgen.resources import templates_folder

LARGEST = 20_000_000
"""Bytes of a file: several times the largest font or picture that a brief has use for."""
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a folder of Windows that stands for another
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def read_template_file(name: str, folders: tuple[Path, ...], largest: int = LARGEST) -> bytes:
    """The file of that name (`parts/cover.html.j2`) in the first folder that has it; of at most `largest` bytes.

    Raises FileNotFoundError when none has it, ValueError, with a sentence, when it may not be read.
    """
    for folder in folders:
        path = place_of(name, folder)
        if path is not None:
            return _content(path, name, largest, follow=folder == templates_folder())
    raise FileNotFoundError(f"{name} is not in the templates folder")


def place_of(name: str, folder: Path) -> Path | None:
    """Where the file is in the folder, None when it is not there. ValueError when it may not be read."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or name.startswith("/") or set(name) & set("\\:\0"):
        raise ValueError(f"{name!r} is outside the templates folder")
    if folder == templates_folder():
        path = folder.joinpath(*parts)
        return path if path.is_file() else None
    path, mode = folder, 0
    for part in parts:
        path = path / part
        try:
            found = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        mode = found.st_mode
        if stat.S_ISLNK(mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION:
            raise ValueError(f"{name} is reached by a link: only real files inside the templates folder are read")
    if not stat.S_ISREG(mode):
        raise ValueError(f"{name} is not a file")
    if found.st_nlink > 1:  # made from a file outside, it would lead there as a link does, and no path tells
        raise ValueError(f"{name} has a second name on the disk (a hard link): copy it, as only real files are read")
    return path


def _content(path: Path, name: str, largest: int, follow: bool) -> bytes:
    # what was looked at could be replaced before it is opened: a link is not followed then, and a pipe not waited for
    with os.fdopen(os.open(path, os.O_RDONLY | (_BINARY if follow else _BINARY | _SAFELY)), "rb") as stream:
        content = stream.read(largest + 1)
    if len(content) > largest:
        raise ValueError(f"{name} is larger than {largest // 1_000:,} kB")
    return content
