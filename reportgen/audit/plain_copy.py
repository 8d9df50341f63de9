"""A workbook written anew with nothing but its cells, for an engine that computes its formulas again.

Whatever program wrote the file, the copy has one shape: shared formulas are written out, texts stand in their cells.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from reportgen.audit.file.book import Book
from reportgen.audit.file.cells import Cell
from reportgen.audit.file.sheet import Sheet
from reportgen.audit.formulas.found import formulas_of
from reportgen.audit.formulas.relative import Formulas

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = {"text": ' t="str"', "": ' t="str"', "b": ' t="b"'}
ELSEWHERE = "["
"""A formula with a bracket names a table or another file, which the copy has not: it stays a value."""


@dataclass(frozen=True)
class PlainCopy:
    """The bytes of a copy; the formulas that carried no value, as Sheet!D7; those that the copy has as values."""

    content: bytes
    without_value: frozenset[str]
    as_values: int


def plain_copy(book: Book) -> PlainCopy:
    """The copy of a workbook. A formula with an error stays an error."""
    target, without_value, as_values = io.BytesIO(), set[str](), 0
    names = [listed.name for listed in book.sheets]
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("[Content_Types].xml", _content_types(len(names)))
        file.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")]))
        file.writestr("xl/workbook.xml", _workbook(book))
        links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
        file.writestr("xl/_rels/workbook.xml.rels", _relations([*links, ("rIdS", "styles", "styles.xml")]))
        file.writestr("xl/styles.xml", _styles(book))
        known = Formulas()
        for number, listed in enumerate(book.sheets, start=1):
            sheet = book.read(listed)
            formulas_of(sheet, known)  # writes shared formulas out
            file.writestr(f"xl/worksheets/sheet{number}.xml", "".join(_sheet(sheet)))
            written = [cell for cell in sheet.filled if cell.formula is not None]
            without_value |= {f"{sheet.name}!{cell.address}" for cell in written if not cell.kind}
            as_values += sum(not _is_computed(cell) for cell in written)
    return PlainCopy(target.getvalue(), frozenset(without_value), as_values)


def _is_computed(cell: Cell) -> bool:
    return bool(cell.formula) and cell.kind != "e" and ELSEWHERE not in (cell.formula or "")


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_SPREADSHEET}"><sheetData>'
    row = 0
    for cell in sorted(sheet.filled):
        if cell.row != row:
            yield f'{"</row>" if row else ""}<row r="{cell.row}">'
            row = cell.row
        yield _cell(cell)
    yield "</row>" if row else ""
    yield "</sheetData></worksheet>"


def _cell(cell: Cell) -> str:
    place = f'<c r="{cell.address}" s="{cell.style}"'
    if _is_computed(cell):
        kind = _TYPES.get(cell.kind, "")
        return f"{place}{kind}><f>{escape(cell.formula or '', False)}</f><v>{escape(cell.value, False)}</v></c>"
    if cell.kind == "text":
        return f'{place} t="inlineStr"><is><t xml:space="preserve">{escape(cell.value, False)}</t></is></c>'
    if cell.kind in ("n", "b", "e"):
        kind = "" if cell.kind == "n" else f' t="{cell.kind}"'
        return f"{place}{kind}><v>{escape(cell.value, False)}</v></c>"
    return f"{place}/>"


def _workbook(book: Book) -> str:
    sheets = "".join(
        f'<sheet name="{escape(each.name)}" sheetId="{each.number}" r:id="rId{each.number}"/>' for each in book.sheets
    )
    names = "".join(
        f'<definedName name="{escape(each.name)}"{_scope(each.sheet)}>{escape(each.text, False)}</definedName>'
        for each in book.names
        if not each.name.startswith("_xlnm.")
    )
    defined = f"<definedNames>{names}</definedNames>" if names else ""
    return (
        f'{_HEAD}<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets>{defined}</workbook>'
    )


def _scope(sheet: int | None) -> str:
    return "" if sheet is None else f' localSheetId="{sheet}"'


def _styles(book: Book) -> str:
    """The number formats alone: they say how many digits of a value are seen."""
    codes: dict[str, int] = {}
    for look in book.styles.looks:
        codes.setdefault(look.number_format, 164 + len(codes))
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{escape(code)}"/>' for code, n in codes.items())
    cells = "".join(
        f'<xf numFmtId="{codes[look.number_format]}" fontId="0" fillId="0" borderId="0"/>' for look in book.styles.looks
    )
    return (
        f'{_HEAD}<styleSheet xmlns="{_SPREADSHEET}"><numFmts count="{len(codes)}">{formats}</numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        f'<cellXfs count="{len(book.styles.looks)}">{cells}</cellXfs></styleSheet>'
    )


def _relations(links: list[tuple[str, str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>' for name, kind, target in links
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _content_types(sheets: int) -> str:
    parts = {"/xl/workbook.xml": "sheet.main+xml", "/xl/styles.xml": "styles+xml"}
    parts |= {f"/xl/worksheets/sheet{number}.xml": "worksheet+xml" for number in range(1, sheets + 1)}
    each = "".join(f'<Override PartName="{part}" ContentType="{_KINDS}{kind}"/>' for part, kind in parts.items())
    rest = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{rest}{each}</Types>'
