"""How old the data of the brief is, and how sure: where history and flows end, and what the operators' figures are."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, calendar, counted, cut, day, whole_percent
from reportgen.render.brief.reading import read, shown
from reportgen.render.brief.rounding import added
from reportgen.sheets import BY_NAME

_STATUS = ("reported", "estimated", "assumed", "without_status")


@dataclass(frozen=True)
class OldSheet:
    """A sheet that ends too early and was let pass: the day of its newest row, and how long ago that is."""

    title: str
    until: Figure
    age: Figure
    trading_days: bool


@dataclass(frozen=True)
class DataView:
    """Where history and flows end, which of them are `old`, and shares of the hash rate by the status of its figures.

    `stated` is True when any operator's row has a status. The shares add up to 100% as they are shown.
    """

    old: tuple[OldSheet, ...]
    stated: bool
    reported: Figure
    estimated: Figure
    assumed: Figure
    without_status: Figure
    history: Figure = shown(day, "last_history_day")
    flows: Figure = shown(day, "etf_last_day")


def data_view(solution: Solution) -> DataView:
    """The age of a solution's data."""
    old = tuple(
        OldSheet(BY_NAME[each.sheet].title, day(each.until), counted(each.age), each.trading_days)
        for each in solution.inputs.old_data
    )
    stated = any(row.text("status") for row in solution.rows_of("operators"))
    shares = [solution.number(f"share_{name}") for name in _STATUS]
    shown = dict(zip(_STATUS, added(1.0, shares, 2, whole_percent), strict=True))
    return read(DataView, solution, old=old, stated=stated, **shown)


_SOURCE = 120


@dataclass(frozen=True)
class SourcesView:
    """Where figures of the Market form are from, in the user's words; "" where the form does not say.

    `growth_typed` is False where the growth of the network is the observed one.
    """

    price: str
    difficulty: str
    treasury: str
    growth: str
    growth_typed: bool


def sources_view(solution: Solution) -> SourcesView:
    """The Source column beside the figures of Market that sentences rest on."""
    remarks = solution.inputs.tables["Market"].remarks

    def said(field: str) -> str:
        return cut(remarks.get(field, ("", ""))[0], _SOURCE)

    return SourcesView(
        price=said("btc_price"),
        difficulty=said("network_difficulty"),
        treasury=said("miner_treasury"),
        growth=said("network_growth"),
        growth_typed=not math.isnan(solution.number("network_growth")),
    )


def quarter(serial: float) -> str:
    """The quarter of a day, e.g. Q3 2025; "" without a day."""
    if math.isnan(serial):
        return ""
    date = calendar(serial)
    return f"Q{(date.month + 2) // 3} {date.year}"
