"""Words that stand in cells as formulas, each with the text that it gives: what is said moves with the inputs.

A number is written by FIXED, which every program writes in its reader's own way; TEXT takes a pattern that not all
languages read alike. What agrees to 12 digits is shown alike by all: a hair is added before rounding.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.render.workbook.page import NOT_AVAILABLE
from reportgen.render.workbook.verdict import Written

if TYPE_CHECKING:
    from reportgen.render.workbook.plan import Plan

HAIR = 1e-12


def figure(plan: Plan, name: str) -> Written:
    """A one-value line where it stands: its number, or its text; n/a where it does not exist."""
    cells = plan.range_of("market", ("market", name))
    value = plan.solution.value(name)
    plain = str(value) if isinstance(value, str) else float(value)
    missing = isinstance(plain, float) and math.isnan(plain)
    return Written(f"{cells.sheet}!{cells.cell()}", NOT_AVAILABLE if missing else plain)


def is_number(cell: Written) -> bool:
    """Whether a figure exists."""
    return not isinstance(cell.value, str)


def number(cell: Written) -> float:
    """The number of a figure that exists."""
    assert not isinstance(cell.value, str)  # asked before
    return float(cell.value)


def fixed(cell: Written, decimals: int = 0, *, size: bool = False) -> Written:
    """The number in words, or n/a; its size alone where the words beside it say the direction."""
    inner = f"ABS({cell.formula})" if size else cell.formula
    formula = f'IF(ISNUMBER({cell.formula}),FIXED({inner}*(1+1/10^12),{decimals}),"{NOT_AVAILABLE}")'
    if not is_number(cell):
        return Written(formula, NOT_AVAILABLE)
    return Written(formula, as_fixed(abs(number(cell)) if size else number(cell), decimals))


def per_cent(cell: Written, *, size: bool = False) -> Written:
    """A share in per cent with a decimal, or n/a."""
    inner = f"ABS({cell.formula})" if size else cell.formula
    formula = f'IF(ISNUMBER({cell.formula}),FIXED(100*{inner}*(1+1/10^12),1)&" %","{NOT_AVAILABLE}")'
    if not is_number(cell):
        return Written(formula, NOT_AVAILABLE)
    share = abs(number(cell)) if size else number(cell)
    return Written(formula, as_fixed(100 * share, 1) + " %")


def day(cell: Written) -> Written:
    """A date as yyyy-mm-dd, or n/a."""
    at = cell.formula
    iso = f'YEAR({at})&"-"&TEXT(MONTH({at}),"00")&"-"&TEXT(DAY({at}),"00")'
    formula = f'IF(ISNUMBER({at}),{iso},"{NOT_AVAILABLE}")'
    return Written(formula, iso_day(number(cell)) if is_number(cell) else NOT_AVAILABLE)


def clipped(cell: Written, room: Written) -> Written:
    """A text, cut with an ellipsis where it has more characters than there is room for."""
    text, most = str(cell.value), int(number(room))
    formula = f'IF(LEN({cell.formula})>{room.formula},LEFT({cell.formula},{room.formula}-1)&"…",{cell.formula}&"")'
    return Written(formula, text[: most - 1] + "…" if len(text) > most else text)


def as_fixed(value: float, decimals: int) -> str:
    """What FIXED makes of a number to which a hair was added: halves go up, thousands have commas, zero has no sign."""
    scaled = abs(value * (1 + HAIR)) * 10**decimals
    whole = math.floor(scaled)
    rounded = (whole + (scaled - whole >= 0.5)) / 10**decimals
    return f"{'-' if value < 0 and rounded else ''}{rounded:,.{decimals}f}"
