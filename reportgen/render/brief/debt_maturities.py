"""When the operators' debt falls due, by quarter."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen.inputs import Column
from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, calendar, money
from reportgen.render.brief.reading import read, shown
from reportgen.render.charts.maturities import Due

QUARTERS = 8
_YEAR = 365  # the twelve months of the line due_12m


@dataclass(frozen=True)
class MaturitiesView:
    """Principal by quarter of maturity from the as-of day on, later ones together; empty where nothing falls due.

    `dated` is all that falls due after the as-of day; `undated` has no maturity, `past` one that is over.
    """

    periods: tuple[Due, ...]
    dated: Figure
    undated: Figure
    past: Figure
    soon: Figure = shown(money, "due_12m_total")
    gap: Figure = shown(money, "refinancing_gap_total")


def maturities_view(solution: Solution) -> MaturitiesView:
    """The facilities of the sheet Debt."""
    principal, maturity = solution.numbers("debt", "principal"), solution.numbers("debt", "maturity")
    as_of = solution.number("as_of")
    ahead = maturity > as_of
    dated = float(principal[ahead].sum())
    return read(
        MaturitiesView,
        solution,
        periods=_periods(principal[ahead], maturity[ahead], as_of) if dated > 0 else (),
        dated=money(dated),
        undated=money(float(principal[_without(maturity)].sum())),
        past=money(float(principal[maturity <= as_of].sum())),
    )


def _without(maturity: Column) -> Column:
    return maturity != maturity


def _periods(principal: Column, maturity: Column, as_of: float) -> tuple[Due, ...]:
    first = _quarter(as_of)
    sums = [[0.0, 0.0] for _ in range(QUARTERS + 1)]
    for amount, day in zip(principal, maturity, strict=True):
        at = sums[min(QUARTERS, _quarter(day) - first)]
        at[0] += float(amount)
        at[1] += float(amount) if day <= as_of + _YEAR else 0.0
    last = max(index for index, (whole, _) in enumerate(sums) if whole > 0)
    return tuple(
        Due(_name(first + index, index), whole, money(whole).text if whole > 0 else "", soon)
        for index, (whole, soon) in enumerate(sums[: max(last + 1, 4)])
    )


def _quarter(serial: float) -> int:
    """Quarters since the year 0."""
    date = calendar(math.floor(serial))
    return date.year * 4 + (date.month - 1) // 3


def _name(quarter: int, index: int) -> str:
    return "later" if index == QUARTERS else f"Q{quarter % 4 + 1} {quarter // 4 % 100:02d}"
