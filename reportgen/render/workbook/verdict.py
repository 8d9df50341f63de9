"""One thing that must hold in the file, as a row of the list of verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

LARGE, SMALL = 10**12, 1234.5678
"""Numbers from the first on (a difficulty in full) would hide what others add to a sum: what they give is watched.
Those nearer to zero than the second (shares, scores) are added up apart, as amounts of dollars would hide them."""


def sum_of(area: str) -> str:
    """The formula, without the equals sign, of the sum of the numbers below LARGE; errors and texts are left out."""
    return f'SUMIF({area},"<{LARGE}")'


def small_sum_of(area: str) -> str:
    """The same of the numbers between -SMALL and SMALL."""
    return f'SUMIFS({area},{area},">-{SMALL}",{area},"<{SMALL}")'


class Written(NamedTuple):
    """A formula, without the equals sign, and the value that it has."""

    formula: str
    value: float | str


@dataclass(frozen=True)
class Verdict:
    """A condition on cells, in words and as Excel text.

    `label` says what must hold, and first where; `note` why, or where to look. In `test`, {now} and {then} stand for
    the row's own cells with the figure as it is and as it was delivered, {area} for the cells of `sheet` that hold
    formulas, {small} and {small_then} for the sum of its small numbers, {inputs} for the cell that is 1 while the
    inputs are as delivered; an error counts as not holding.
    `holds`: whether it does on delivery. `counted`: the figure is the number of formulas on `sheet`, `summed`: the sum
    of the numbers below `LARGE` on it; both are known once the sheet is written.
    """

    label: str
    note: str
    test: str
    holds: bool = True
    now: Written | None = None
    then: float | None = None
    sheet: str = ""
    counted: bool = False
    summed: bool = False
