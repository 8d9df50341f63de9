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
NOTHING = 1e-15  # two values this close are equal: a difference that cancels leaves no figure of its own
POISON = b"-98765.4321"
SHOWN = 20

_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)><f>(.*?)</f><v>(.*?)</v></c>', re.DOTALL)
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

    def __str__(self) -> str:
        return f"{self.sheet}!{column_letters(self.column)}{self.row}"


def reperform(content: bytes) -> Reperformance:
    """Compute every formula of a workbook again and compare with the values that it carries, to 1e-9 of each."""
    import formualizer

    formulas, poisoned = _taken_apart(content)
    engine = formualizer.Workbook.from_bytes(poisoned)
    engine.set_temporal_egress("serial")
    engine.evaluate_all()
    wrong = []
    for formula in formulas:
        found = engine.get_value(formula.sheet, formula.row, formula.column)
        if not _agree(formula.cached, found):
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
        for item in source.infolist():
            part = source.read(item)
            if item.filename in names:
                formulas += _formulas(part, names[item.filename])
                part = _CELL.sub(rb'<c r="\1\2"\3><f>\4</f><v>' + POISON + rb"</v></c>", part)
            target.writestr(item.filename, part)  # stored: packing it again would take longer than computing
    return formulas, copy.getvalue()


def _formulas(part: bytes, sheet: str) -> list[_Formula]:
    found = [
        _Formula(sheet, int(row), _column(column), _cached(kind, value))
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
    return float(value) if value else ""  # an empty text has no type in the file


def _agree(cached: float | str | bool, found: object) -> bool:
    """True for the same text, the same truth value, or numbers within the tolerance; TRUE is not 1."""
    if isinstance(cached, str | bool) or isinstance(found, bool) or not isinstance(found, int | float):
        return type(cached) is type(found) and cached == found
    return math.isclose(cached, found, rel_tol=TOLERANCE, abs_tol=NOTHING)
