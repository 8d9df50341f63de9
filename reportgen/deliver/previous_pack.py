"""The pack of the week before: the newest earlier one of the same title, if it is as it was delivered."""

from __future__ import annotations

from pathlib import Path

from reportgen.deliver.files import is_as_delivered
from reportgen.deliver.names import file_name, slug
from reportgen.excel_dates import from_text

OLDEST = 31.0
"""Days: what moved since an older pack is not looked at, as much may move in that time."""


def previous_workbook(out: Path, as_of: float, title: str) -> Path | None:
    """The workbook of the newest pack below `out` that is earlier than `as_of` (serial) and has this title.

    A pack of which a file was changed, added or taken away since is passed over. None without any.
    """
    try:
        named = [(from_text(path.name), path) for path in out.iterdir()]
        for day, folder in sorted(((day, path) for day, path in named if day is not None), reverse=True):
            pack = folder / slug(title)
            workbook = pack / file_name(day, title, "xlsx")
            if as_of - OLDEST <= day < as_of and workbook.is_file() and is_as_delivered(pack):
                return workbook
    except OSError:  # a folder that is not there, or not to be read, holds no pack
        return None
    return None
