"""Flows of bitcoin with one sign: coins that come to the market are below 0, coins that are taken off it above."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from reportgen.model.solve import Row, Solution
from reportgen.render.brief.figures import Figure, btc
from reportgen.render.charts.pressure import Flow, FlowGroup


def flow_groups(solution: Solution, scenarios: Sequence[Row], reference: Figure) -> tuple[FlowGroup, ...]:
    """What miners could sell by scenario, what the operators sell, and what funds sell or take in, in BTC/day.

    `reference` is the outflow of funds that scenarios are held against, as a positive amount.
    """
    top = tuple(
        _flow(-row.number("miner_sales"), name=row.text("scenario"), first=-row.number("issuance_sales"))
        for row in scenarios
    )
    sold = {"bills": -solution.number("forced_sales_network"), "forced": -solution.number("forced_flow_network")}
    means = {"etf_long": solution.number("etf_mean_long_btc"), "etf_short": solution.number("etf_mean_short_btc")}
    return (
        FlowGroup("top_down", "accent", top),
        FlowGroup("bottom_up", "sustaining", _flows(sold)),
        FlowGroup("funds", "etf", _flows({"reference": -reference.value} | means)),
    )


def _flows(amounts: Mapping[str, float]) -> tuple[Flow, ...]:
    return tuple(_flow(value, key=key) for key, value in amounts.items() if not math.isnan(value))


def _flow(amount: float, *, name: str = "", key: str = "", first: float = 0.0) -> Flow:
    shown = btc(amount)
    return Flow(name, amount, f"+{shown}" if shown.positive else shown.text, first, key)
