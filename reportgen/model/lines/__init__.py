"""The business: every figure of the model, one module a sheet of the output."""

from __future__ import annotations

from functools import cache

from reportgen.model.graph import Graph, build
from reportgen.model.lines import (
    above_water,
    aisc,
    averages,
    blocks,
    chart_data,
    checks,
    comparable_costs,
    control_totals,
    conventions,
    cost_curve,
    covenants,
    delivered,
    dials,
    etf,
    fleet,
    forced_selling,
    input_checks,
    light_limits,
    liquidity,
    margin_table,
    market,
    market_score,
    pressure,
    price_ladder,
    provenance,
    ribbon,
    risk,
    risk_measures,
    score_days,
    self_correction,
    stress,
    trigger_prices,
    triggers,
)

SECTIONS = (
    checks.given, input_checks.names,
    market.market, market.shock, conventions.conventions, risk_measures.conventions,
    fleet.fleet, fleet.contracts, covenants.debts,
    aisc.output, aisc.costs, aisc.per_btc, comparable_costs.comparable, risk_measures.cost_pressure, cost_curve.ranking,
    averages.averages, provenance.provenance,
    liquidity.cash, covenants.pressure, liquidity.selling, liquidity.sums, forced_selling.forced,
    trigger_prices.prices, margin_table.bills, chart_data.ranks,
    etf.summary, etf.flows, ribbon.summary, score_days.ribbon_days,
    pressure.scenarios,
    risk.score_now, dials.dials, risk.scored, risk_measures.measures, market_score.today, risk_measures.table,
    triggers.counts, triggers.candidates, triggers.order, triggers.kinds, triggers.nearest, triggers.triggers,
    stress.reverse, stress.grid,
    margin_table.conventions, margin_table.sums, margin_table.prices, margin_table.difficulties,
    cost_curve.levels, cost_curve.curve,
    self_correction.summary, self_correction.epochs,
    chart_data.counts, chart_data.dearest, chart_data.shortest, chart_data.flows,
    price_ladder.place, price_ladder.ladder, price_ladder.first_sheet, light_limits.limits,
    chart_data.words, chart_data.named,
    checks.table, checks.master, checks.checks, input_checks.checks,
    above_water.above, control_totals.checks, delivered.delivered, stress.middle,
)  # fmt: skip


@cache
def business() -> Graph:
    """The whole model, traced and ordered once a process."""
    return build(SECTIONS, inputs_only=(blocks.network_history,))
