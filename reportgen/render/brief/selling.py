"""What miners could sell (top-down) and the operators sell (bottom-up), against flows of exchange-traded funds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, amount, btc, counted, day, money, percent, times, whole_percent
from reportgen.render.brief.flows import flow_groups
from reportgen.render.brief.reading import read, shown, told
from reportgen.render.charts.pressure import FlowGroup

_THIN = 0.05
"""With less of the network covered, an extrapolated figure is a rough indication."""


def _issued(value: float) -> Figure:
    return amount(value, 0 if value >= 100 else 1)


@dataclass(frozen=True)
class ScenarioRow:
    """A scenario."""

    scenario: str = told()
    horizon_days: Figure = shown(amount)
    issuance_sold: Figure = shown(whole_percent)
    inventory_sold: Figure = shown(whole_percent)
    miner_sales: Figure = shown(btc)
    miner_sales_usd: Figure = shown(money)
    visible_sales: Figure = shown(btc)
    etf_absorption: Figure = shown(times)


@dataclass(frozen=True)
class EtfView:
    """Flows of all funds; figures are n/a without reported days. `unpriced` counts the days without a price."""

    long_days: Figure
    short_days: Figure
    unpriced: Figure
    days: Figure = shown(counted, "etf_days")
    mean_usd: Figure = shown(money, "etf_mean_long_usd")
    mean_btc: Figure = shown(btc, "etf_mean_long_btc")
    largest: Figure = shown(money, "etf_largest_day")
    largest_day: Figure = shown(day, "etf_largest_date")
    smallest: Figure = shown(money, "etf_smallest_day")
    smallest_day: Figure = shown(day, "etf_smallest_date")


@dataclass(frozen=True)
class SellingView:
    """Scenarios, what the operators sell and ETF flows; `groups` is the same for the chart.

    `severe` is the scenario with the largest miner sales, which the risk score takes. `over_severe` is True when
    the sales for bills exceed every scenario, `thin` when too little is covered to rely on it.
    """

    scenarios: tuple[ScenarioRow, ...]
    hidden: Figure
    severe: ScenarioRow | None
    over_issuance: bool
    over_severe: bool
    thin: bool
    reference_btc: Figure
    etf: EtfView
    groups: tuple[FlowGroup, ...]
    issuance: Figure = shown(_issued)
    issuance_30d: Figure = shown(amount)
    miner_treasury: Figure = shown(amount)
    supply_ceiling_30d: Figure = shown(amount)
    forced_sales: Figure = shown(btc)
    forced_sales_network: Figure = shown(btc)
    forced_of_issuance: Figure = shown(whole_percent, "bills_of_issuance")
    network_coverage: Figure = shown(percent)
    etf_reference_outflow: Figure = shown(money)


def selling_view(solution: Solution, most: int) -> SellingView:
    """Scenarios by miner sales, largest first when there are more than fit."""
    scenarios = solution.rows_of("scenarios")
    sales = solution.numbers("scenarios", "miner_sales")
    kept = [scenarios[row] for row in sorted(np.argsort(-sales, kind="stable")[:most])]
    forced = solution.number("forced_sales_network")
    reference = btc(solution.number("etf_reference_outflow") / solution.number("price"))
    return read(
        SellingView,
        solution,
        scenarios=tuple(read(ScenarioRow, row) for row in kept),
        hidden=counted(len(scenarios) - len(kept)),
        severe=read(ScenarioRow, scenarios[int(np.argmax(sales))]) if scenarios else None,
        over_issuance=forced > solution.number("issuance"),
        over_severe=bool(scenarios) and forced > float(np.max(sales)),
        thin=solution.number("network_coverage") < _THIN,
        reference_btc=reference,
        etf=_etf(solution),
        groups=flow_groups(solution, kept, reference),
    )


def _etf(solution: Solution) -> EtfView:
    reported = ~np.isnan(solution.numbers("etf_flows", "flow_btc"))
    priced = solution.numbers("network_history", "date")[~np.isnan(solution.numbers("network_history", "btc_price"))]
    days = solution.number("etf_days")
    return read(
        EtfView,
        solution,
        long_days=counted(min(solution.number("etf_long_days"), days)),
        short_days=counted(min(solution.number("etf_short_days"), days)),
        unpriced=counted(int((reported & ~np.isin(solution.numbers("etf_flows", "date"), priced)).sum())),
    )
