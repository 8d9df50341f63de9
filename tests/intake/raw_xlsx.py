"""Writes workbooks part by part, to try the dialects of other programs and to damage what is inside."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportgen.excel_addresses import column_letters
from reportgen.excel_dates import FROM_1904, serial

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Dialect:
    """How a program writes: texts shared or in place, addresses and dimension given or not, prefixes, date system."""

    shared: bool = True
    addresses: bool = True
    dimension: bool = True
    prefix: str = ""
    from_1904: bool = False
    strict: bool = False
    iso_dates: bool = False


@dataclass(frozen=True)
class Formula:
    """A cell with a formula and the value it shows (None: not calculated)."""

    text: str
    value: Any = None


@dataclass(frozen=True)
class Raw:
    """The XML of a cell's inside, with its attributes, as it is."""

    attributes: str
    inside: str


def parts(grid: Mapping[str, list[list[Any]]], dialect: Dialect = Dialect()) -> dict[str, str]:  # frozen
    """The XML parts of a workbook that holds the grid."""
    texts: list[str] = []
    colon = f"{dialect.prefix}:" if dialect.prefix else ""
    space = f'xmlns{":" + dialect.prefix if dialect.prefix else ""}="{STRICT if dialect.strict else MAIN}"'
    made = {}
    for number, rows in enumerate(grid.values(), 1):
        body = "".join(_row(cells, row, dialect, colon, texts) for row, cells in enumerate(rows, 1))
        dimension = f'<{colon}dimension ref="A1:Z{max(len(rows), 1)}"/>' if dialect.dimension else ""
        made[f"xl/worksheets/sheet{number}.xml"] = (
            f"<{colon}worksheet {space}>{dimension}<{colon}sheetData>{body}</{colon}sheetData></{colon}worksheet>"
        )
    sheets = "".join(
        f'<{colon}sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(grid, 1)
    )
    made["xl/workbook.xml"] = (
        f'<{colon}workbook {space} xmlns:r="{RELATIONS}"><{colon}workbookPr date1904="{int(dialect.from_1904)}"/>'
        f"<{colon}sheets>{sheets}</{colon}sheets></{colon}workbook>"
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(grid) + 1)
    )
    made["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="t" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
    )
    made["_rels/.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    )
    made["xl/styles.xml"] = (
        f'<{colon}styleSheet {space}><{colon}numFmts><{colon}numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        f'</{colon}numFmts><{colon}cellXfs><{colon}xf numFmtId="0"/><{colon}xf numFmtId="164"/></{colon}cellXfs>'
        f"</{colon}styleSheet>"
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{kind}.{each}+xml"/>'
        for part, each in (
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
            *((f"worksheets/sheet{number}", "worksheet") for number in range(1, len(grid) + 1)),
        )
    )
    made["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
    items = "".join(f"<{colon}si><{colon}t>{escape(text)}</{colon}t></{colon}si>" for text in texts)
    made["xl/sharedStrings.xml"] = f"<{colon}sst {space}>{items}</{colon}sst>"
    return made


def zipped(made: Mapping[str, str | bytes]) -> bytes:
    """The parts as the bytes of a file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _row(cells: list[Any], row: int, dialect: Dialect, colon: str, texts: list[str]) -> str:
    body = "".join(_cell(value, row, column, dialect, colon, texts) for column, value in enumerate(cells, 1))
    place = f' r="{row}"' if dialect.addresses else ""
    return f"<{colon}row{place}>{body}</{colon}row>"


def _cell(value: Any, row: int, column: int, dialect: Dialect, colon: str, texts: list[str]) -> str:
    place = f' r="{column_letters(column)}{row}"' if dialect.addresses else ""
    if isinstance(value, Formula):
        inner = _inside(value.value, dialect, colon, texts)
        return f"<{colon}c{place}{inner.attributes}><{colon}f>{escape(value.text)}</{colon}f>{inner.inside}</{colon}c>"
    inner = value if isinstance(value, Raw) else _inside(value, dialect, colon, texts)
    return f"<{colon}c{place}{inner.attributes}>{inner.inside}</{colon}c>"


def _inside(value: Any, dialect: Dialect, colon: str, texts: list[str]) -> Raw:
    def v(content: object) -> str:
        return f"<{colon}v>{content}</{colon}v>"

    if value is None:
        return Raw("", "")
    if isinstance(value, bool):
        return Raw(' t="b"', v(int(value)))
    if isinstance(value, dt.date):
        if dialect.iso_dates:
            return Raw(' t="d" s="1"', v(value.isoformat()))
        return Raw(' s="1"', v(serial(value) - (FROM_1904 if dialect.from_1904 else 0)))
    if isinstance(value, str) and value.startswith("#"):
        return Raw(' t="e"', v(escape(value)))
    if isinstance(value, str) and dialect.shared:
        texts.append(value)
        return Raw(' t="s"', v(len(texts) - 1))
    if isinstance(value, str):
        return Raw(' t="inlineStr"', f"<{colon}is><{colon}t>{escape(value)}</{colon}t></{colon}is>")
    return Raw("", v(repr(value)))
