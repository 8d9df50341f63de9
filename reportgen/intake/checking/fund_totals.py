"""Columns of ETF_Flows that are no fund: sums, levels, prices. By their name, or since they equal the others' sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from reportgen.intake.file.cell import address
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

FEWEST_DAYS, ALIKE = 5, 0.95
"""Days with flows, and the share of them on which the sum must come out."""
ROUNDING = 0.06
"""USD million a fund: tables are rounded to a tenth."""
FINE = 0.01
"""Share of a typical flow that the rounding may be, for a day's sum to tell anything."""
APART = 0.02
"""How far, of its own size, a total that is rounded or in another scale may lie from the sum of the others; those of
single funds lie more than 0.8 apart on real days."""
SCALES = (1.0, 1e-3, 1e6)
"""USD million, billion and USD."""
NO_FUND = frozenset(
    {
        *(
            "total",
            "totals",
            "subtotal",
            "sum",
            "net",
            "netflow",
            "netflows",
            "all",
            "aggregate",
            "combined",
            "overall",
        ),
        *("aggregate", "combined", "overall", "summe", "gesamt", "average", "avg", "mean", "median", "cumulative"),
        *(
            "cum",
            "cumul",
            "running",
            "balance",
            "change",
            "price",
            "close",
            "nav",
            "aum",
            "assets",
            "holdings",
            "volume",
        ),
    }
)
"""Words for sums and for what is no flow."""
BESIDE = frozenset(
    {
        *("flow", "flows", "inflow", "inflows", "outflow", "outflows", "etf", "etfs", "fund", "funds", "us", "spot"),
        *("btc", "bitcoin", "usd", "usdm", "usdbn", "m", "mn", "mm", "bn", "million", "billion", "daily", "day", "the"),
        *("of", "in", "under", "management", "grand", "value", "d", "week", "weekly", "month", "monthly", "ytd", "to"),
        "date",
    }
)
"""Words that may stand beside those: a name that holds any other word may be that of a fund."""


def without_total(flows: ReadSheet) -> tuple[ReadSheet, list[Problem]]:
    """The flows without the columns that are no fund by their name or equal the sum of the others (the last, if several
    do), and what to say of them. One column alone is what the user has of flows, whatever its name."""
    if flows.layout is None:
        return flows, []
    named = [place for place, (name, _) in enumerate(flows.layout.wide) if _names_no_fund(name)]
    problems: list[Problem] = []
    if named and len(named) < len(flows.layout.wide):
        message = '"{}" is by its name no fund: it is not counted.'
        problems = [_told(flows, place, message) for place in named]
        flows = _without(flows, named)
    total, days = _sum_of_others(np.nan_to_num(flows.column("funds")))
    if total >= 0:
        message = f'"{{}}" equals the sum of the other columns on {days:,} days: it is no fund.'
        problems.append(_told(flows, total, message))
        flows = _without(flows, [total])
    return flows, problems


def _names_no_fund(name: str) -> bool:
    words = set(re.findall(r"[^\W\d_]+", name.casefold()))
    return bool(words & NO_FUND) and words <= NO_FUND | BESIDE


def _sum_of_others(values: NDArray[np.float64]) -> tuple[int, int]:
    """The last column that is the sum of the others, and on how many days with flows; -1 and 0 when none is."""
    funds = values.shape[1]
    for column in reversed(range(funds if funds > 1 else 0)):
        own, others = values[:, column], np.delete(values, column, axis=1).sum(axis=1)
        days = own != 0
        if days.sum() < FEWEST_DAYS:
            continue
        close = np.abs(own - others)[days] <= ROUNDING * funds
        fine = ROUNDING * funds <= FINE * np.median(np.abs(own[days]))
        if (fine and close.mean() >= ALIKE) or (funds > 2 and _in_some_scale(own, others)):
            return column, int(days.sum())
    return -1, 0


def _in_some_scale(own: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    """True when a column is the sum of the others but for roundings, in USD million or another scale."""
    size = np.linalg.norm(own)
    return any(np.linalg.norm(own - scale * others) <= APART * size for scale in SCALES)


def _told(flows: ReadSheet, place: int, message: str) -> Problem:
    assert flows.layout is not None  # columns have one
    name, column = flows.layout.wide[place]
    where = Where(flows.file, flows.sheet.name, address(flows.layout.header, column), shortened(name))
    return problem("flows_total", where, message.format(shortened(name)))


def _without(flows: ReadSheet, places: Sequence[int]) -> ReadSheet:
    assert flows.layout is not None  # columns have one
    columns = {**flows.table.columns, "funds": np.delete(flows.column("funds"), places, axis=1)}
    wide = tuple(each for place, each in enumerate(flows.layout.wide) if place not in places)
    table = replace(flows.table, columns=columns, wide={"funds": tuple(name for name, _ in wide)})
    return replace(flows, table=table, layout=replace(flows.layout, wide=wide))
