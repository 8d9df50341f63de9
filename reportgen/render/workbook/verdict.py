"""One thing that must hold in the file, as a row of the list of verdicts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportgen.render.workbook.address import looks_out

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


def on_its_sheet(formula: str, sheet: str) -> tuple[str, str]:
    """A formula without its own sheet's name in front of addresses, and the role of its cell: whether it looks across.

    Counts of formulas keep the name: they are known by their text.
    """
    local = re.sub(rf"(?<![A-Za-z_0-9]){sheet}!", "", formula)
    return formula if "ISFORMULA" in formula else local, "cross" if looks_out(local) else "line"


def changed(totals: Sequence[tuple[str, float]]) -> tuple[Written, tuple[Written | float, ...]]:
    """How many sums are not as delivered, and the steps for it: the sums as they are, then those delivered."""
    count = len(totals)
    if not count:
        return Written("0", 0.0), ()
    now, then = f"{{s1}}:{{s{count}}}", f"{{s{count + 1}}}:{{s{2 * count}}}"
    sums: list[Written | float] = [Written(*each) for each in totals]
    steps = (*sums, *(total for _, total in totals))
    apart = f"({now}-{then})"
    return Written(f"SUMPRODUCT(--({apart}*{apart}>{then}*{then}/10^18))", 0.0), steps


@dataclass(frozen=True)
class Verdict:
    """A condition on cells, in words and as Excel text.

    `label` says what must hold, and first where; `note` why, or where to look. In `test`, {now} and {then} stand for
    the row's own cells with the figure as it is and as it was delivered, {s1}, {s2} ... for those of its `steps`, which
    stand beside and are pieces of a formula that would be too long to read, {area} for the cells of `sheet` that hold
    formulas, {inputs} for the cell that is 1 while the inputs are as delivered, {all_inputs} for the one that is 1
    while the active shock is too; an error counts as not holding. The formulas of `now` and of steps know them as well.
    `holds`: whether it does on delivery. `counted`: the figure is the number of formulas on `sheet`, `summed`: the sum
    of the numbers below `LARGE` on it, with the sum of its small ones as its steps, `by_rows`: how many of its
    columns of plain numbers have another sum, each number by its row; all are known once the sheet is written. A step
    is a formula, or a number as it was delivered.
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
    by_rows: bool = False
    steps: tuple[Written | float, ...] = ()
