"""Re-performance: an independent engine computes every formula of the finished file again, from the file alone.

The values that the file carries are taken away first, so that agreement cannot come from them.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import dataclass
from html import unescape

from reportgen.excel_addresses import column_letters
from reportgen.problems import CheckError

TOLERANCE = 1e-9  # relative
NOTHING = 1e-15  # two values this close are equal, whatever their format
INVISIBLE = 1e-5  # of the last digit that the cell's format shows: what is left of a difference that cancels
POISON = b"-98765.4321"
SHOWN = 20

_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)><f>(.*?)</f><v>(.*?)</v></c>', re.DOTALL)
_FORMAT = re.compile(rb'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"')
_STYLE = re.compile(rb'<xf numFmtId="(\d+)"')
_BUILT_IN = {b"1": "0", b"2": "0.00", b"3": "#,##0", b"4": "#,##0.00", b"9": "0%", b"10": "0.00%"}
_SHEET = re.compile(rb'<sheet name="([^"]*)" sheetId="(\d+)"')


@dataclass(frozen=True)
class Reperformance:
    """How many formulas were computed again, and the cells (with both values) that did not agree."""

    formulas: int
    disagreements: tuple[str, ...]


@dataclass(frozen=True)
class _Formula:
    sheet: str
    row: int
    column: int
    cached: float | str | bool
    margin: float

    def __str__(self) -> str:
        return f"{self.sheet}!{column_letters(self.column)}{self.row}"


def reperform(content: bytes) -> Reperformance:
    """Compute every formula of a workbook again and compare with the values that it carries, to 1e-9 of each.

    Where a difference cancels, what is left is compared to a hundred-thousandth of the last digit that its cell shows.
    """
    import formualizer

    formulas, poisoned = _taken_apart(content)
    engine = formualizer.Workbook.from_bytes(poisoned)
    engine.set_temporal_egress("serial")
    engine.evaluate_all()
    wrong = []
    for formula in formulas:
        found = engine.get_value(formula.sheet, formula.row, formula.column)
        if not _agree(formula.cached, found, formula.margin):
            wrong.append(f"{formula}: carries {formula.cached!r}, computed again {found!r}")
    return Reperformance(len(formulas), tuple(wrong))


def assured(content: bytes) -> Reperformance:
    """Re-perform and insist: CheckError, naming cells, when anything disagrees or there is nothing to compute."""
    result = reperform(content)
    if result.disagreements:
        shown = "\n".join(result.disagreements[:SHOWN])
        more = len(result.disagreements) - SHOWN
        rest = f"\nand {more} more" if more > 0 else ""
        raise CheckError(
            f"{len(result.disagreements)} of {result.formulas} formulas do not agree with the independent engine; "
            f"nothing was delivered:\n{shown}{rest}"
        )
    if not result.formulas:
        raise CheckError("the workbook holds no formula to re-perform; nothing was delivered")
    return result


def _taken_apart(content: bytes) -> tuple[list[_Formula], bytes]:
    """All formulas with the values that they carry, and a copy of the workbook in which those are poisoned."""
    formulas: list[_Formula] = []
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(copy, "w") as target:
        names = {
            f"xl/worksheets/sheet{place}.xml": unescape(name.decode())
            for place, (name, _) in enumerate(_SHEET.findall(source.read("xl/workbook.xml")), start=1)
        }
        margins = _margins(source.read("xl/styles.xml"))
        for item in source.infolist():
            part = source.read(item)
            if item.filename in names:
                formulas += _formulas(part, names[item.filename], margins)
                part = _CELL.sub(rb'<c r="\1\2"\3><f>\4</f><v>' + POISON + rb"</v></c>", part)
            target.writestr(item.filename, part)  # stored: packing it again would take longer than computing
    return formulas, copy.getvalue()


def _formulas(part: bytes, sheet: str, margins: list[float]) -> list[_Formula]:
    found = [
        _Formula(sheet, int(row), _column(column), _cached(kind, value), margins[_style(kind)])
        for column, row, kind, _, value in _CELL.findall(part)
    ]
    if len(found) != part.count(b"<f>") or part.count(b"<f "):
        raise CheckError(f"sheet {sheet} holds a formula without a value; nothing was delivered")
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
    return float(value)


def _style(attributes: bytes) -> int:
    found = re.search(rb's="(\d+)"', attributes)
    return int(found[1]) if found else 0


def _margins(styles: bytes) -> list[float]:
    """For each style of a workbook, how far apart two values may be that are both shown as the same."""
    codes = _BUILT_IN | {number: unescape(code.decode()) for number, code in _FORMAT.findall(styles)}
    cells = styles[styles.index(b"<cellXfs") : styles.index(b"</cellXfs>")]
    return [_margin(codes.get(number, "")) for number in _STYLE.findall(cells)]


def _margin(code: str) -> float:
    """A hundred-thousandth of the last digit of a number format; next to nothing for powers, dates and texts."""
    positive = code.split(";")[0]
    if not positive.endswith(("0", "0%")) or "E" in positive:
        return NOTHING
    decimals = len(positive.rstrip("%").partition(".")[2]) + 2 * positive.endswith("%")
    return INVISIBLE / 10.0**decimals


def _agree(cached: float | str | bool, found: object, margin: float) -> bool:
    """True for the same text, the same truth value, or numbers within the tolerance; TRUE is not 1."""
    if isinstance(cached, str | bool) or isinstance(found, bool) or not isinstance(found, int | float):
        return type(cached) is type(found) and cached == found
    return math.isclose(cached, found, rel_tol=TOLERANCE, abs_tol=margin)
