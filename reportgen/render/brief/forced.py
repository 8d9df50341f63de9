"""Who is forced to sell, and how much: what bills and lenders take from each operator, against the market."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, btc, counted, money, whole_percent
from reportgen.render.brief.reading import read, shown


@dataclass(frozen=True)
class ForcedView:
    """What all operators together are forced to sell; each of them stands on the first page, and all in the workbook.

    The counts are of operators: `all`; `sellers`, that draw or have collateral called; `drawing`, `short` (of cash),
    `called`, with a refinancing `gap`.
    """

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


def forced_view(solution: Solution) -> ForcedView:
    """The sums over all operators, and how many of them each is made up of."""

    def positive(*names: str) -> Figure:
        above = [solution.numbers("operators", name) > 0 for name in names]
        return counted(int(np.logical_or.reduce(above).sum()))

    return read(
        ForcedView,
        solution,
        all=counted(solution.rows["operators"]),
        sellers=positive("treasury_draw", "collateral_called"),
        drawing=positive("treasury_draw"),
        short=positive("shortfall"),
        called=positive("collateral_called"),
        gap=positive("refinancing_gap"),
    )
