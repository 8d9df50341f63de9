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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import NamedTuple

from reportgen.excel_addresses import column_letters
from reportgen.problems import CheckError
from reportgen.render.workbook.formula_counts import Counts, counts_in, with_values

POISON = b"-98765.4321"
IN_A_PART = 500_000  # formulas: a workbook with fewer is computed whole
NOTHING = 1e-15  # two values this close are equal, whatever their format
INVISIBLE = 1e-5  # of the last digit that the cell's format shows: what is left of a difference that cancels

_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)><f>[^<]*</f><v>([^<]*)</v></c>')
_TEXT = re.compile(rb"<f>[^<]*</f>")
_FORMAT = re.compile(rb'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"')
_STYLE = re.compile(rb'<xf numFmtId="(\d+)"')
_BUILT_IN = {b"1": "0", b"2": "0.00", b"3": "#,##0", b"4": "#,##0.00", b"9": "0%", b"10": "0.00%"}
_SHEET = re.compile(rb'<sheet name="([^"]*)" sheetId="(\d+)"')
_NAMED = re.compile(rb"<definedName [^>]*>'?([^'!<]+)'?!")
_VALUE = re.compile(rb"</f><v>[^<]*")
_ROWS = re.compile(rb"<row ")


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
    """Rows of a sheet that are computed together: a piece of the text in its file, which begins with its head."""

    sheet: str
    piece: slice
    formulas: int


@dataclass(frozen=True, eq=False)
class Part:
    """Formulas of a workbook that are computed together; texts are read from the file when they are asked for."""

    workbook: _Workbook
    runs: tuple[_Run, ...]

    def formulas(self) -> Iterator[Formula]:
        """Each formula with what it carries. CheckError for one without a value."""
        return (formula for run in self.runs for formula in _formulas(run, self.workbook))

    def copy(self) -> bytes:
        """The workbook in which these formulas have lost their values, and all that they look at is a value."""
        texts = {sheet: b"".join(map(self.workbook.text_of, runs)) for sheet, runs in self._by_sheet().items()}
        looked_at = self.workbook.named | texts.keys()
        looked_at |= {
            sheet
            for sheet in self.workbook.paths.keys() - looked_at
            if any(f"{sheet}!".encode() in text for text in texts.values())
        }
        return _copied(self.workbook.file, lambda name: self._text(name, looked_at))

    def _by_sheet(self) -> dict[str, list[_Run]]:
        return {sheet: [run for run in self.runs if run.sheet == sheet] for sheet in {run.sheet for run in self.runs}}

    def _text(self, name: str, looked_at: Collection[str]) -> bytes:
        """A file of the copy. A sheet has formulas where they are computed, else values; none where none look at it."""
        text, sheet = self.workbook.file.read(name), self.workbook.sheets.get(name)
        if sheet is None:
            return text
        if sheet not in looked_at:
            head, rows, tail = text.partition(b"<sheetData>")
            return head + b"<sheetData/>" + tail.partition(b"</sheetData>")[2] if rows else text
        pieces, at = [], 0
        for run in self._by_sheet().get(sheet, ()):
            pieces += [_valued(text[at : run.piece.start]), _poisoned(text[run.piece], self.workbook.counts)]
            at = run.piece.stop
        return b"".join([*pieces, _valued(text[at:])])


@dataclass(frozen=True, eq=False)
class _Workbook:
    """What all parts share: the file, its `paths` by sheet; `named` are the sheets that defined names lead to."""

    file: zipfile.ZipFile
    paths: Mapping[str, str]
    named: frozenset[str]
    margins: list[float]
    counts: Counts

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """The sheet of each file."""
        return {path: sheet for sheet, path in self.paths.items()}

    def text_of(self, run: _Run) -> bytes:
        """The text of a run."""
        return self.file.read(self.paths[run.sheet])[run.piece]


def parts_of(content: bytes) -> Iterator[Part]:
    """The formulas of a workbook, each in one part: a small one has one part."""
    file = zipfile.ZipFile(io.BytesIO(content))
    names = _SHEET.findall(file.read("xl/workbook.xml"))
    paths = {
        unescape(name.decode()): f"xl/worksheets/sheet{place}.xml" for place, (name, _) in enumerate(names, start=1)
    }
    margins = _margins(file.read("xl/styles.xml"))
    named = frozenset(name.decode() for name in _NAMED.findall(file.read("xl/workbook.xml")))
    workbook = _Workbook(file, paths, named, margins, counts_in(_Texts(file, paths)))
    for part in _gathered(run for sheet, path in paths.items() for run in _runs(sheet, file.read(path))):
        yield Part(workbook, part)


@dataclass(frozen=True)
class _Texts(Mapping[str, bytes]):
    """The text of each sheet, read when it is asked for."""

    file: zipfile.ZipFile
    paths: Mapping[str, str]

    def __getitem__(self, sheet: str) -> bytes:
        return self.file.read(self.paths[sheet])

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def valued(content: bytes) -> bytes:
    """A copy of a workbook in which every formula has become the value that it carries."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:

        def text_of(name: str) -> bytes:
            text = file.read(name)
            return _valued(text) if name.startswith("xl/worksheets/sheet") else text

        return _copied(file, text_of)


def _copied(file: zipfile.ZipFile, text_of: Callable[[str], bytes]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:  # stored: packing it again would take longer than computing
        for name in file.namelist():
            target.writestr(name, text_of(name))
    return copy.getvalue()


def _runs(sheet: str, text: bytes) -> Iterator[_Run]:
    """The file of a sheet, cut between rows where a part would hold too many formulas."""
    whole = text.count(b"<f>")
    if whole <= IN_A_PART:
        yield _Run(sheet, slice(0, len(text)), whole)
        return
    start = end = count = 0
    for row in [*(match.start() for match in _ROWS.finditer(text)), len(text)]:
        more = text.count(b"<f>", end, row)
        if count + more > IN_A_PART:
            yield _Run(sheet, slice(start, end), count)
            start, count = end, 0
        end, count = row, count + more
    yield _Run(sheet, slice(start, end), count)


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


def _poisoned(part: bytes, counts: Counts) -> bytes:
    return _VALUE.sub(b"</f><v>" + POISON, with_values(part, counts))


def _valued(part: bytes) -> bytes:
    return _TEXT.sub(b"", part)


def _formulas(run: _Run, workbook: _Workbook) -> Iterator[Formula]:
    text = workbook.text_of(run)
    columns, found = functools.cache(_column), 0  # few differ
    read = functools.cache(lambda kind: (_reader(kind), workbook.margins[_style(kind)]))
    for match in _CELL.finditer(text):
        column, row, kind, value = match.groups()
        value_of, margin = read(kind)
        found += 1
        yield Formula(run.sheet, int(row), columns(column), value_of(value), margin)
    if found != run.formulas or b"<f " in text:
        raise CheckError(f"sheet {run.sheet} holds a formula without a value; nothing was delivered")


def _column(text: bytes) -> int:
    number = 0
    for letter in text:
        number = number * 26 + letter - 64
    return number


def _reader(kind: bytes) -> Callable[[bytes], float | str | bool]:
    """What makes a value of the text of a cell with these attributes."""
    if b't="b"' in kind:
        return lambda value: value == b"1"
    if b't="' in kind:
        return lambda value: unescape(value.decode())
    return lambda value: float(value) if value else ""  # an empty text has no type in the file


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
