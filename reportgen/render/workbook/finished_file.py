"""A finished workbook, taken apart: its formulas with the values that they carry, and copies to compute again.

In a copy the values of the formulas that are to be computed are taken away, so that agreement cannot come from them. A
large workbook is computed in parts: some rows of one sheet as formulas, and as values everything that they look at.
Each formula is then held against values that are held against their own formulas in another part.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from reportgen.excel_addresses import column_letters
from reportgen.problems import CheckError
from reportgen.render.workbook.formula_counts import Counts, counts_in, with_values

POISON = b"-98765.4321"
IN_A_PART = 500_000  # formulas: a workbook with fewer is computed whole
NOTHING = 1e-15  # two values this close are equal, whatever their format
INVISIBLE = 1e-5  # of the last digit that the cell's format shows: what is left of a difference that cancels

_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)><f>([^<]*)</f><v>([^<]*)</v></c>')
_FORMAT = re.compile(rb'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"')
_STYLE = re.compile(rb'<xf numFmtId="(\d+)"')
_BUILT_IN = {b"1": "0", b"2": "0.00", b"3": "#,##0", b"4": "#,##0.00", b"9": "0%", b"10": "0.00%"}
_SHEET = re.compile(rb'<sheet name="([^"]*)" sheetId="(\d+)"')
_NAMED = re.compile(rb"<definedName [^>]*>'?([^'!<]+)'?!")
_VALUE = re.compile(rb"</f><v>[^<]*")
_ROWS = re.compile(rb"(?=<row )")


class Formula(NamedTuple):
    """A formula's cell, the value that it carries, and how far off a computed one may be where a difference cancels."""

    sheet: str
    row: int
    column: int
    cached: float | str | bool
    margin: float

    def __str__(self) -> str:
        return f"{self.sheet}!{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, eq=False)
class _Run:
    """Rows of a sheet that are computed together, as they stand in its file; the first run begins with its head."""

    sheet: str
    text: bytes
    formulas: int


def parts_of(content: bytes) -> Iterator[tuple[list[Formula], bytes]]:
    """The formulas of a workbook, each in one part, with a copy of the workbook in which they have lost their values.

    CheckError for a formula without a value.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = _SHEET.findall(file.read("xl/workbook.xml"))
        paths = {
            unescape(name.decode()): f"xl/worksheets/sheet{place}.xml" for place, (name, _) in enumerate(names, start=1)
        }
        margins = _margins(file.read("xl/styles.xml"))
        named = {name.decode() for name in _NAMED.findall(file.read("xl/workbook.xml"))}
        texts = {sheet: file.read(path) for sheet, path in paths.items()}
        counts = counts_in(texts)
        runs = {sheet: list(_runs(sheet, text)) for sheet, text in texts.items()}
        for part in _gathered(run for sheet in runs.values() for run in sheet):
            formulas = [formula for run in part for formula in _formulas(run, margins)]
            looked_at = named | {run.sheet for run in part}
            looked_at |= _named_in(part, paths.keys() - looked_at)
            changed = {paths[sheet]: _in_part(runs[sheet], part, counts, sheet in looked_at) for sheet in paths}
            yield formulas, _copy(file, changed)


def _runs(sheet: str, text: bytes) -> Iterator[_Run]:
    """The file of a sheet, cut between rows where a part would hold too many formulas."""
    if text.count(b"<f>") <= IN_A_PART:
        yield _Run(sheet, text, text.count(b"<f>"))
        return
    rows: list[bytes] = []
    count = 0
    for row in _ROWS.split(text):
        more = row.count(b"<f>")
        if count + more > IN_A_PART:
            yield _Run(sheet, b"".join(rows), count)
            rows, count = [], 0
        rows.append(row)
        count += more
    yield _Run(sheet, b"".join(rows), count)


def _gathered(runs: Iterable[_Run]) -> Iterator[tuple[_Run, ...]]:
    """Runs with formulas, so many together as one part may hold."""
    part: list[_Run] = []
    for run in runs:
        if part and sum(each.formulas for each in part) + run.formulas > IN_A_PART:
            yield tuple(part)
            part = []
        if run.formulas:
            part.append(run)
    if part:
        yield tuple(part)


def _in_part(runs: Sequence[_Run], part: tuple[_Run, ...], counts: Counts, looked_at: bool) -> bytes:
    """A sheet as a part holds it: what it computes as formulas, the rest as values; no rows where none look at it."""
    if looked_at:
        return b"".join(_poisoned(run.text, counts) if run in part else _valued(run.text) for run in runs)
    whole = b"".join(run.text for run in runs)
    head, rows, tail = whole.partition(b"<sheetData>")
    return head + b"<sheetData/>" + tail.partition(b"</sheetData>")[2] if rows else whole


def _named_in(part: tuple[_Run, ...], sheets: Collection[str]) -> set[str]:
    """The sheets that a part names: at least all those that its formulas look at."""
    return {sheet for sheet in sheets if any(f"{sheet}!".encode() in run.text for run in part)}


def _poisoned(part: bytes, counts: Counts) -> bytes:
    return _VALUE.sub(b"</f><v>" + POISON, with_values(part, counts))


def _valued(part: bytes) -> bytes:
    return _CELL.sub(rb'<c r="\1\2"\3><v>\5</v></c>', part)


def _copy(file: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        for name in file.namelist():
            part = changed.get(name)
            # stored: packing it again would take longer than computing
            target.writestr(name, file.read(name) if part is None else part)
    return copy.getvalue()


def _formulas(run: _Run, margins: list[float]) -> list[Formula]:
    styles, columns = functools.cache(_style), functools.cache(_column)  # few differ
    found = [
        Formula(run.sheet, int(row), columns(column), _cached(kind, value), margins[styles(kind)])
        for column, row, kind, _, value in (match.groups() for match in _CELL.finditer(run.text))
    ]
    if len(found) != run.formulas or run.text.count(b"<f "):
        raise CheckError(f"sheet {run.sheet} holds a formula without a value; nothing was delivered")
    return found


def _column(text: bytes) -> int:
    number = 0
    for letter in text:
        number = number * 26 + letter - 64
    return number


def _cached(kind: bytes, value: bytes) -> float | str | bool:
    if b't="b"' in kind:
        return value == b"1"
    if b't="' in kind:
        return unescape(value.decode())
    return float(value) if value else ""  # an empty text has no type in the file


def _style(attributes: bytes) -> int:
    found = re.search(rb's="(\d+)"', attributes)
    return int(found[1]) if found else 0


def _margins(styles: bytes) -> list[float]:
    """For each style of a workbook, how far apart two values may be that are both shown as the same."""
    codes = _BUILT_IN | {number: unescape(code.decode()) for number, code in _FORMAT.findall(styles)}
    cells = styles[styles.index(b"<cellXfs") : styles.index(b"</cellXfs>")]
    return [_margin(codes.get(number, "")) for number in _STYLE.findall(cells)]


def _margin(code: str) -> float:
    """A hundred-thousandth of the last digit of a number format; next to nothing for counts, powers, dates, texts."""
    positive = code.split(";")[0]
    if positive == "0" or not positive.endswith(("0", "0%")) or "E" in positive:
        return NOTHING
    decimals = len(positive.rstrip("%").partition(".")[2]) + 2 * positive.endswith("%")
    return INVISIBLE / 10.0**decimals
