"""Formulas that count the formulas of an area, and the same counts taken here, from the text of the file.

The independent engine does not know ISFORMULA: it says FALSE of every cell. Excel and LibreOffice know it. So exactly
these cells, and no others, are given to the engine as values that are counted here, and what each carries is held
against its count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_COUNT = re.compile(
    rb"<f>(SUMPRODUCT\(--_xlfn\.ISFORMULA\(([A-Za-z_]+)!\$A\$(\d+):\$([A-Z]+)\$(\d+)\)\))</f><v>[^<]*</v>"
)
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f>')

Counts = Mapping[bytes, int]
"""The number that each such formula must give."""


def count_of(area: str) -> str:
    """The formula, without the equals sign, that counts the formulas of an area, sheet in front."""
    return f"SUMPRODUCT(--_xlfn.ISFORMULA({area}))"


def counts_in(texts: Mapping[str, bytes]) -> Counts:
    """What the counting formulas of a workbook must give, from the texts of its sheets by name."""
    found = {match.groups() for text in texts.values() if b"ISFORMULA" in text for match in _COUNT.finditer(text)}
    return {
        formula: _formulas_in(texts.get(sheet.decode(), b""), int(first), int(last), column)
        for formula, sheet, first, column, last in found
    }


def with_values(text: bytes, counts: Counts) -> bytes:
    """A sheet in which the counting formulas are their numbers."""
    return _COUNT.sub(lambda found: b"<v>%d</v>" % counts[found[1]], text) if b"ISFORMULA" in text else text


def _formulas_in(text: bytes, first: int, last: int, column: bytes) -> int:
    farthest = len(column), column
    return sum(
        first <= int(row) <= last and (len(letters), letters) <= farthest
        for letters, row in _FORMULA_CELL.findall(text)
    )
