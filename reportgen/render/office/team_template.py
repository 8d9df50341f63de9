"""The team's own document or slides of a templates folder, on which ours are made; opened as a stranger's file is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from reportgen.problems import UsageError
from reportgen.render.template_files import read_template_file

MOST_UNPACKED = 200_000_000
"""Bytes that all parts of a file may have together when unpacked: many times what a corporate template has."""


def team_template(name: str, folder: Path | None) -> io.BytesIO | None:
    """The file of that name in the folder, None when there is none.

    UsageError when it is no Office file, is too large, or is reached by a link.
    """
    if folder is None:
        return None
    try:
        content = read_template_file(name, (folder,))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
            names = archive.namelist()
    except FileNotFoundError:
        return None
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{name}: {error}") from None
    if unpacked > MOST_UNPACKED:
        raise UsageError(f"{name}: it is larger than {MOST_UNPACKED // 1_000_000} MB when unpacked.")
    if any("vbaProject" in each for each in names):
        raise UsageError(f"{name}: it holds macros. Save it without them.")
    return io.BytesIO(content)
