"""Who is forced to sell, and how much: what bills and lenders take from each operator, against the market."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Row, Solution
from reportgen.render.brief.figures import Figure, btc, counted, money, whole_percent
from reportgen.render.brief.reading import read, shown, told


@dataclass(frozen=True)
class ForcedRow:
    """An operator: bitcoin a month that it mines, sells for bills and draws, what it holds and pledges, what falls due.

    `shortfall` is what neither the month's bitcoin nor the free treasury pays; `collateral_called` may be sold by a
    lender.
    """

    operator: str = told()
    production: Figure = shown(btc)
    btc_sales_needed: Figure = shown(btc)
    treasury_draw: Figure = shown(btc)
    shortfall: Figure = shown(money)
    free_btc: Figure = shown(btc)
    pledged_btc: Figure = shown(btc)
    collateral_called: Figure = shown(btc)
    due_12m: Figure = shown(money)
    refinancing_gap: Figure = shown(money)


@dataclass(frozen=True)
class ForcedView:
    """Operators by what they are forced to sell, and all together; `buying` is True while funds take bitcoin in.

    The counts are of operators: `all`; `sellers`, that draw or have collateral called; `drawing`, `short` (of cash),
    `called`, with a refinancing `gap`.
    """

    rows: tuple[ForcedRow, ...]
    hidden: Figure
    all: Figure
    sellers: Figure
    drawing: Figure
    short: Figure
    called: Figure
    gap: Figure
    flow: Figure = shown(btc, "forced_flow")
    network: Figure = shown(btc, "forced_flow_network")
    of_issuance: Figure = shown(whole_percent, "forced_flow_of_issuance")
    of_etf: Figure = shown(whole_percent, "forced_flow_of_etf")
    call_days: Figure = shown(counted)
    draw_network: Figure = shown(btc, "treasury_draw_network")
    called_network: Figure = shown(btc, "collateral_called_network")
    draw_total: Figure = shown(btc, "treasury_draw_total")
    called_total: Figure = shown(btc, "collateral_called_total")
    at_risk_total: Figure = shown(btc, "collateral_at_risk_total")
    due_total: Figure = shown(money, "due_12m_total")
    gap_total: Figure = shown(money, "refinancing_gap_total")


def forced_view(solution: Solution, most: int) -> ForcedView:
    """The operators that are forced to sell most first; those forced to nothing follow by what presses on them."""

    def positive(*names: str) -> Figure:
        above = [solution.numbers("operators", name) > 0 for name in names]
        return counted(int(np.logical_or.reduce(above).sum()))

    operators = sorted(solution.rows_of("operators"), key=_pressed)
    return read(
        ForcedView,
        solution,
        rows=tuple(read(ForcedRow, row) for row in operators[:most]),
        hidden=counted(max(0, len(operators) - most)),
        all=counted(len(operators)),
        sellers=positive("treasury_draw", "collateral_called"),
        drawing=positive("treasury_draw"),
        short=positive("shortfall"),
        called=positive("collateral_called"),
        gap=positive("refinancing_gap"),
    )


def _pressed(row: Row) -> tuple[float, ...]:
    forced = row.number("collateral_called") + row.number("treasury_draw")
    names = ("shortfall", "refinancing_gap", "collateral_at_risk", "hash_rate")
    return (-forced, *(-row.number(name) for name in names), row.index)
