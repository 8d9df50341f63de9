"""What miners could sell (top-down) and must sell (bottom-up), against the flows of exchange-traded funds."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, amount, counted, day, money, named, percent
from reportgen.render.charts.pressure import Flow, FlowGroup

_THIN = 0.05
"""With less of the network covered, an extrapolated figure is a rough indication."""


@dataclass(frozen=True)
class ScenarioRow:
    """A scenario; `severe` marks the one with the largest miner sales, which the risk score takes."""

    scenario: str
    horizon: Figure
    issuance_sold: Figure
    inventory_sold: Figure
    sales: Figure
    sales_usd: Figure
    visible: Figure
    total: Figure
    etf_multiple: Figure
    exceedance: Figure
    absorption: Figure
    severe: bool


@dataclass(frozen=True)
class EtfView:
    """Flows of all funds; figures are n/a without reported days. `unpriced` counts the days without a price."""

    days: Figure
    newest: Figure
    mean_long_usd: Figure
    mean_long_btc: Figure
    mean_short_usd: Figure
    mean_short_btc: Figure
    long_days: Figure
    short_days: Figure
    largest: Figure
    largest_day: Figure
    smallest: Figure
    smallest_day: Figure
    unpriced: Figure


@dataclass(frozen=True)
class SellingView:
    """Scenarios, the bottom-up need and ETF flows; `groups` is the same for the chart.

    `over_severe` is True when the need exceeds every scenario, `thin` when too little is covered to rely on it.
    """

    scenarios: tuple[ScenarioRow, ...]
    hidden: Figure
    severe: ScenarioRow | None
    issuance: Figure
    issuance_month: Figure
    treasury: Figure
    ceiling: Figure
    forced: Figure
    forced_network: Figure
    forced_of_issuance: Figure
    draw: Figure
    draw_network: Figure
    coverage: Figure
    over_issuance: bool
    over_severe: bool
    buying: bool
    thin: bool
    reference_usd: Figure
    reference_btc: Figure
    etf: EtfView
    groups: tuple[FlowGroup, ...]


def selling_view(solution: Solution, most: int) -> SellingView:
    """Scenarios by miner sales, largest first when there are more than fit."""
    sales = np.asarray(solution.column("scenarios", "miner_sales"), dtype=float)
    order = sorted(sorted(range(len(sales)), key=lambda row: -sales[row])[:most])
    severe = int(np.argmax(sales)) if len(sales) else -1
    rows = tuple(_scenario(solution, row, row == severe) for row in order)
    forced = float(solution.value("forced_sales_network"))
    issuance = float(solution.value("issuance"))
    reference = float(solution.value("etf_reference_outflow")) / float(solution.value("price"))
    groups = _groups(solution, order, forced, reference)
    return SellingView(
        scenarios=rows,
        hidden=counted(len(sales) - len(rows)),
        severe=_scenario(solution, severe, True) if severe >= 0 else None,
        issuance=amount(issuance, 0 if issuance >= 100 else 1),
        issuance_month=amount(float(solution.value("issuance_30d"))),
        treasury=amount(float(solution.value("miner_treasury"))),
        ceiling=amount(float(solution.value("supply_ceiling_30d"))),
        forced=_btc(float(solution.value("forced_sales"))),
        forced_network=_btc(forced),
        forced_of_issuance=percent(float(solution.value("forced_selling")), 0),
        draw=_btc(float(solution.value("treasury_draw_total"))),
        draw_network=_btc(float(solution.value("treasury_draw_network"))),
        coverage=percent(float(solution.value("network_coverage"))),
        over_issuance=forced > issuance,
        over_severe=bool(len(sales)) and forced > float(np.max(sales)),
        thin=float(solution.value("network_coverage")) < _THIN,
        reference_usd=money(float(solution.value("etf_reference_outflow"))),
        reference_btc=_btc(reference),
        etf=_etf(solution),
        buying=any(flow.amount < 0 for group in groups for flow in group.flows),
        groups=groups,
    )


def _btc(value: float) -> Figure:
    return amount(value, 0 if abs(value) >= 99.5 or math.isnan(value) else 1)


def _scenario(solution: Solution, row: int, severe: bool) -> ScenarioRow:
    def of(name: str) -> float:
        return float(solution.column("scenarios", name)[row])

    return ScenarioRow(
        scenario=named(str(solution.column("scenarios", "scenario")[row])),
        horizon=amount(of("horizon_days")),
        issuance_sold=percent(of("issuance_sold"), 0),
        inventory_sold=percent(of("inventory_sold"), 0),
        sales=_btc(of("miner_sales")),
        sales_usd=money(of("miner_sales_usd")),
        visible=_btc(of("visible_sales")),
        total=amount(of("total_sales")),
        etf_multiple=amount(of("etf_to_miner"), 2, suffix="×"),
        exceedance=percent(of("etf_exceedance"), 0),
        absorption=amount(of("etf_absorption"), 2, suffix="×"),
        severe=severe,
    )


def _etf(solution: Solution) -> EtfView:
    def of(name: str) -> float:
        return float(solution.value(name))

    dates = np.asarray(solution.column("etf_flows", "date"), dtype=float)
    reported = ~np.isnan(np.asarray(solution.column("etf_flows", "flow_btc"), dtype=float))
    history = solution.inputs.tables["Network_History"].columns
    known = history["date"][~np.isnan(history["btc_price"])]
    return EtfView(
        days=counted(of("etf_days")),
        newest=day(of("etf_last_day")),
        mean_long_usd=money(of("etf_mean_long_usd")),
        mean_long_btc=_btc(of("etf_mean_long_btc")),
        mean_short_usd=money(of("etf_mean_short_usd")),
        mean_short_btc=_btc(of("etf_mean_short_btc")),
        long_days=counted(min(of("etf_long_days"), of("etf_days"))),
        short_days=counted(min(of("etf_short_days"), of("etf_days"))),
        largest=money(of("etf_largest_day")),
        largest_day=day(of("etf_largest_date")),
        smallest=money(of("etf_smallest_day")),
        smallest_day=day(of("etf_smallest_date")),
        unpriced=counted(int((reported & ~np.isin(dates, known)).sum())),
    )


def _groups(solution: Solution, order: list[int], forced: float, reference: float) -> tuple[FlowGroup, ...]:
    sales = solution.column("scenarios", "miner_sales")
    issued = solution.column("scenarios", "issuance_sales")
    names = solution.column("scenarios", "scenario")
    top = tuple(Flow(str(names[row]), float(sales[row]), _btc(sales[row]).text, float(issued[row])) for row in order)
    bottom = () if math.isnan(forced) else (Flow("", forced, _btc(forced).text, key="forced"),)
    # funds are drawn as sellers: an outflow goes to the right, as miner sales do
    flows = [Flow("", reference, _btc(reference).text, key="reference")]
    for key, line in (("etf_long", "etf_mean_long_btc"), ("etf_short", "etf_mean_short_btc")):
        sold = -float(solution.value(line))
        if not math.isnan(sold):
            flows.append(Flow("", sold, _btc(sold).text, key=key))
    return (
        FlowGroup("top_down", "accent", top),
        FlowGroup("bottom_up", "sustaining", bottom),
        FlowGroup("funds", "etf", tuple(flows)),
    )
