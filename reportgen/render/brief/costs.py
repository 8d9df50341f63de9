"""What a bitcoin costs: the bridge from direct cost to net AISC per operator, and the cost curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Solution
from reportgen.render.brief.averages import AverageRow, average_row, net_without_led
from reportgen.render.brief.figures import Figure, amount, counted, named, percent, share
from reportgen.render.charts.cost_curve import Block, Level, is_cut
from reportgen.render.charts.stacked_costs import CostBar

_MOST = 9_999_999.0


@dataclass(frozen=True)
class CostRow:
    """An operator's bridge in USD/BTC, each step as it is shown, and how the price compares.

    `debt` is not known without a Debt sheet, unless it is the liquidity buffer.
    """

    operator: str
    share: Figure
    direct: Figure
    sustaining: Figure
    overhead: Figure
    gold: Figure
    debt: Figure
    debt_known: bool
    aisc: Figure
    ai: Figure
    net: Figure
    margin: Figure
    level: int
    layer: str
    ai_led: bool


@dataclass(frozen=True)
class CostsView:
    """The operators shown, cheapest first (the largest of them when there are many), with averages over all."""

    rows: tuple[CostRow, ...]
    hidden: Figure
    all: Figure
    producing: Figure
    average: AverageRow
    net_without_led: Figure
    margin: Figure
    bars: tuple[CostBar, ...]
    curve: tuple[Block, ...]
    curve_cut: bool
    ladder: tuple[Level, ...]
    cheapest: CostRow | None
    dearest: CostRow | None
    has_ai: bool


def costs_view(solution: Solution, most: int) -> CostsView:
    """Rows of the largest operators by hash rate, in order of net AISC."""
    rate = np.asarray(solution.column("operators", "hash_rate"), dtype=float)
    net = np.asarray(solution.column("operators", "aisc_net"), dtype=float)
    largest = np.argsort(-rate, kind="stable")[:most]
    # sorting puts NaN last: operators without production end the table
    shown = [int(row) for row in largest[np.argsort(net[largest], kind="stable")]]
    price = float(solution.value("price"))
    average = float(solution.value("aisc_net_average"))
    known = [int(row) for row in np.argsort(net, kind="stable") if not np.isnan(net[row])]
    rows = tuple(_row(solution, row) for row in shown)
    return CostsView(
        rows=rows,
        hidden=counted(len(rate) - len(shown)),
        all=counted(len(rate)),
        producing=counted(len(known)),
        average=average_row(solution),
        net_without_led=net_without_led(solution),
        margin=percent((price - average) / price),
        bars=tuple(_bar(solution, row) for row in shown),
        curve=_curve(solution),
        curve_cut=is_cut(_curve(solution), price),
        ladder=_ladder(solution),
        cheapest=_row(solution, known[0]) if known else None,
        dearest=_row(solution, known[-1]) if known else None,
        has_ai=bool(np.any(np.asarray(solution.column("operators", "ai_margin"), dtype=float) != 0)),
    )


def _row(solution: Solution, row: int) -> CostRow:
    def of(name: str) -> float:
        return float(solution.column("operators", name)[row])

    level = of("stress_level")
    debt = amount(of("aisc") - of("aisc_wgc"), most=_MOST)
    return CostRow(
        operator=named(str(solution.column("operators", "operator")[row])),
        share=share(of("network_share")),
        direct=amount(of("direct_cost_per_btc"), most=_MOST),
        sustaining=amount(of("sustaining_capex_per_btc"), most=_MOST),
        overhead=amount(of("aisc_wgc") - of("direct_cost_per_btc") - of("sustaining_capex_per_btc"), most=_MOST),
        gold=amount(of("aisc_wgc"), most=_MOST),
        debt=debt,
        debt_known=solution.inputs.tables["Debt"].rows > 0 or debt.positive,
        aisc=amount(of("aisc"), most=_MOST),
        ai=amount(-of("ai_credit"), most=_MOST),
        net=amount(of("aisc_net"), most=_MOST),
        margin=percent(of("aisc_margin"), 0),
        level=-1 if np.isnan(level) else int(level),
        layer=str(solution.column("operators", "stress")[row]),
        ai_led=of("ai_led") == 1,
    )


def _bar(solution: Solution, row: int) -> CostBar:
    def of(name: str) -> float:
        return float(solution.column("operators", name)[row])

    return CostBar(
        operator=named(str(solution.column("operators", "operator")[row])),
        direct=of("direct_cost_per_btc"),
        sustaining=of("sustaining_capex_per_btc"),
        financing=of("corporate_financing_per_btc"),
        ai=of("ai_credit"),
        net=of("aisc_net"),
        label=amount(of("aisc_net"), most=_MOST).text,
    )


def _curve(solution: Solution) -> tuple[Block, ...]:
    return tuple(
        Block(str(operator), float(cost), float(part))
        for operator, cost, part in zip(
            *(solution.column("ranked", name) for name in ("operator", "aisc_net", "hash_share")), strict=True
        )
        if not np.isnan(cost)
    )


def _ladder(solution: Solution) -> tuple[Level, ...]:
    names = ("level", "below_direct", "below_sustaining", "below_aisc_net")
    return tuple(
        Level(*(float(value) for value in values))
        for values in zip(*(solution.column("cost_curve", name) for name in names), strict=True)
    )
