"""Saves a workbook made here so that the same content gives the same bytes, with the values that its formulas show."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

MADE = dt.datetime(2025, 1, 1)
"""When a made workbook says that it was made: a fixed day, as bytes must not depend on the clock."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def save_sealed(workbook: Workbook, target: Path, shown: Mapping[str, Mapping[str, str]]) -> None:
    """Writes the workbook to `target`; `shown` gives the text that each formula shows, by sheet and cell.

    openpyxl writes formulas without values; previews and phones would show them blank.
    """
    workbook.properties.created = workbook.properties.modified = MADE
    buffer = io.BytesIO()
    workbook.save(buffer)
    parts = {
        f"xl/worksheets/sheet{number}.xml": shown.get(name, {}) for number, name in enumerate(workbook.sheetnames, 1)
    }
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as sealed:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + MADE.isoformat().encode() + b"Z", content
                )
            elif name in parts:
                content = _with_values(content.decode(), parts[name]).encode()
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 0
            sealed.writestr(entry, content)


def _with_values(xml: str, shown: Mapping[str, str]) -> str:
    def filled(match: re.Match[str]) -> str:
        text = shown.get(match["cell"])
        if text is None:
            return match[0]
        return f'<c r="{match["cell"]}"{match["style"]} t="str"><f>{match["formula"]}</f><v>{escape(text)}</v></c>'

    pattern = (
        r'<c r="(?P<cell>[A-Z]+\d+)"(?P<style> s="\d+")?(?: t="\w+")?><f>(?P<formula>[^<]*)</f><v ?(?:/>|></v>)</c>'
    )
    return re.sub(pattern, filled, xml)
