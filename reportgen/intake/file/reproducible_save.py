"""Saves a workbook so that the same content gives the same bytes, with the values that its formulas show.

openpyxl writes formulas without values and the time of the day into the file: previews and phones would show blanks,
and two files from the same input would differ.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportgen.intake.file.cell import Cell, Content

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

MADE = dt.datetime(2025, 1, 1)
"""When a workbook made here says that it was made: a fixed day, as bytes must not depend on the clock."""
_CORE, _LARGEST_CORE, _SEAL = "docProps/core.xml", 100_000, "reportgen:"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_FORMULA = re.compile(
    r'<c r="(?P<cell>[A-Z]+\d+)"(?P<style> s="\d+")?(?: t="\w+")?>'
    r"(?P<formula><f(?: [^<>]*)?(?:/>|>[^<]*</f>))<v ?(?:/>|></v>)</c>"
)

Shown = Mapping[str, Mapping[str, Cell]]


def save_reproducibly(workbook: Workbook, target: Path, shown: Shown, *, seal: bool = False) -> None:
    """Writes the workbook to `target`; `shown` gives what formulas show, by sheet and cell.

    The file is written beside its place and renamed, so that no half-written file is ever left there. With a `seal`,
    `is_sealed` tells later whether anybody has changed it.
    """
    if seal:
        workbook.properties.identifier = _SEAL + "0" * 64
    created = workbook.properties.created or MADE
    modified = (workbook.properties.modified or MADE).replace(tzinfo=None)
    workbook.properties.created = created
    buffer = io.BytesIO()
    workbook.save(buffer)
    parts = {
        f"xl/worksheets/sheet{number}.xml": shown.get(page.title, {})
        for number, page in enumerate(workbook.worksheets, 1)
    }
    aside = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as written:
            for name in sorted(made.namelist(), key=_CORE.__eq__) if seal else made.namelist():
                content = made.read(name)
                if name == _CORE:
                    stamp = modified.isoformat(timespec="seconds").encode() + b"Z"
                    content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
                    if seal:
                        content = content.replace((_SEAL + "0" * 64).encode(), _seal_of(written))
                elif parts.get(name):
                    content = with_values(content.decode(), parts[name]).encode()
                entry = zipfile.ZipInfo(name, _ZIP_TIME)
                entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0o600 << 16
                written.writestr(entry, content)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def is_sealed(path: Path) -> bool:
    """True for a workbook that was saved with a seal and is still as it was; nothing of it is unpacked for that."""
    try:
        with zipfile.ZipFile(path) as archive:
            core = archive.read(_CORE) if archive.getinfo(_CORE).file_size < _LARGEST_CORE else b""
            return _seal_of(archive) in core
    except (OSError, LookupError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False


def _seal_of(archive: zipfile.ZipFile) -> bytes:
    """What only these parts have, in this order: their names, sizes and checksums, hashed."""
    parts = [
        f"{each.filename} {each.file_size} {each.CRC:08x}" for each in archive.infolist() if each.filename != _CORE
    ]
    return (_SEAL + hashlib.sha256("\n".join(parts).encode()).hexdigest()).encode()


def with_values(xml: str, shown: Mapping[str, Cell]) -> str:
    """The XML of a sheet with the values of its formulas filled in."""

    def filled(match: re.Match[str]) -> str:
        cell = shown.get(match["cell"])
        if cell is None:
            return match[0]
        kind, value = _written(cell)
        return f'<c r="{match["cell"]}"{match["style"] or ""}{kind}>{match["formula"]}<v>{value}</v></c>'

    return _FORMULA.sub(filled, xml)


def _written(cell: Cell) -> tuple[str, str]:
    if cell.content is Content.TEXT:
        return ' t="str"', escape(cell.text)
    if cell.content is Content.ERROR:
        return ' t="e"', escape(cell.text)
    if cell.content is Content.TRUTH:
        return ' t="b"', str(int(cell.number))
    return "", repr(cell.number)
