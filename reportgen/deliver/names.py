"""What a pack and its files are called: safe on Windows, macOS and Linux, whatever stands in the title."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from reportgen.excel_dates import iso_day

LONGEST = 60  # with folder and file, a path stays under the 260 characters that Windows allows
_FALLBACK = "report"
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)


def slug(title: str) -> str:
    """The title as a name of small ASCII letters, digits and hyphens; "report" when nothing is left of it."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    short = words[:LONGEST].rstrip("-") or _FALLBACK
    return f"{short}-{_FALLBACK}" if short in _RESERVED else short


def pack_folder(as_of: float, title: str) -> PurePath:
    """Where a pack belongs below the outputs folder: the day, then the title."""
    return PurePath(iso_day(as_of)) / slug(title)


def file_name(as_of: float, title: str, suffix: str) -> str:
    """The name of the workbook or the brief: it still says what it is when it is mailed alone."""
    return f"{slug(title)}-{iso_day(as_of)}.{suffix}"
