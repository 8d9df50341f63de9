"""The business: every figure of the model, one module a sheet of the output."""

from __future__ import annotations

from functools import cache

from reportgen.model.graph import Graph, build
from reportgen.model.lines import (
    aisc,
    averages,
    blocks,
    checks,
    comparable_costs,
    cost_curve,
    etf,
    fleet,
    liquidity,
    market,
    pressure,
    ribbon,
    risk,
    self_correction,
)

SECTIONS = (
    market.market, market.shock, market.conventions,
    fleet.fleet, fleet.contracts,
    aisc.output, aisc.costs, aisc.per_btc, comparable_costs.comparable, cost_curve.ranking, averages.averages,
    liquidity.debts, liquidity.cash, liquidity.selling, liquidity.sums,
    cost_curve.levels, cost_curve.curve,
    pressure.scenarios, etf.summary, etf.flows,
    ribbon.summary, ribbon.ribbon_days,
    self_correction.summary, self_correction.epochs,
    risk.score_now, risk.components, risk.measures,
    checks.table, checks.given, checks.master, checks.checks, checks.delivered,
)  # fmt: skip


@cache
def business() -> Graph:
    """The whole model, traced and ordered once a process."""
    return build(SECTIONS, inputs_only=(blocks.network_history,))
