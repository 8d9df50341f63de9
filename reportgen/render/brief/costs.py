"""What a bitcoin costs: the bridge from direct cost to net AISC per operator, and the cost curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Row, Solution
from reportgen.render.brief.bridge import AVERAGE, OPERATOR, Bridge, Reconciliation, bridge, reconciliation
from reportgen.render.brief.data_age import quarter
from reportgen.render.brief.figures import Figure, counted, named, per_btc, percent
from reportgen.render.brief.reading import is_set, read, told
from reportgen.render.charts.cost_curve import Block, is_cut
from reportgen.render.charts.stacked_costs import CostBar
from reportgen.render.charts.under_water import Cost

_BAR = (
    "direct_cost_per_btc", "sustaining_capex_per_btc", "corporate_financing_per_btc", "ai_credit", "aisc_net",
)  # fmt: skip
_COST = ("hash_rate", "direct_cost_per_btc", "sustaining_cost_per_btc", "aisc_net")


@dataclass(frozen=True)
class CostRow:
    """An operator's bridge, and how the price compares with it; `level` is -1 without production.

    `quarter` is the one that its figures are of, "" where the row does not say.
    """

    bridge: Bridge
    level: int
    quarter: str
    operator: str = told()
    stress: str = told()
    ai_led: bool = is_set()


@dataclass(frozen=True)
class CostsView:
    """The operators shown, cheapest first (the largest of them when there are many), with averages over all.

    `marked` is True when a row has the mark of an AI-led operator. `margin` is that of the average;
    `net_without_led` the average net AISC of the operators that AI does not carry.
    """

    rows: tuple[CostRow, ...]
    hidden: Figure
    producing: Figure
    average: Bridge
    reconciliation: Reconciliation
    net_without_led: Figure
    margin: Figure
    bars: tuple[CostBar, ...]
    curve: tuple[Block, ...]
    curve_cut: bool
    ladder: tuple[Cost, ...]
    cheapest: CostRow | None
    dearest: CostRow | None
    has_ai: bool
    marked: bool


def costs_view(solution: Solution, most: int) -> CostsView:
    """Rows of the largest operators by hash rate, in order of net AISC."""
    operators = solution.rows_of("operators")
    # sorting puts NaN last: operators without production end the table
    ranked = [operators[row] for row in np.argsort(solution.numbers("operators", "aisc_net"), kind="stable")]
    largest = set(np.argsort(-solution.numbers("operators", "hash_rate"), kind="stable")[:most])
    shown_rows = [row for row in ranked if row.index in largest]
    known = [row for row in ranked if not np.isnan(row.number("aisc_net"))]
    curve = _curve(solution)
    return CostsView(
        rows=tuple(_row(row) for row in shown_rows),
        marked=any(row.number("ai_led") == 1 for row in shown_rows),
        hidden=counted(len(operators) - len(shown_rows)),
        producing=counted(len(known)),
        average=bridge(solution, AVERAGE),
        reconciliation=reconciliation(solution),
        net_without_led=per_btc(solution.number("aisc_net_average_mining")),
        margin=percent(solution.number("aisc_margin_average")),
        bars=tuple(_bar(row) for row in shown_rows),
        curve=curve,
        curve_cut=is_cut(curve, solution.number("price")),
        ladder=tuple(Cost(*map(row.number, _COST)) for row in operators),
        cheapest=_row(known[0]) if known else None,
        dearest=_row(known[-1]) if known else None,
        has_ai=bool(np.any(solution.numbers("operators", "ai_margin") != 0)),
    )


def _row(row: Row) -> CostRow:
    level = row.number("stress_level")
    return read(
        CostRow,
        row,
        bridge=bridge(row, OPERATOR),
        level=-1 if np.isnan(level) else int(level),
        quarter=quarter(row.number("figures_as_of")),
    )


def _bar(row: Row) -> CostBar:
    direct, sustaining, financing, ai, net = map(row.number, _BAR)
    return CostBar(named(row.text("operator")), direct, sustaining, financing, ai, net, per_btc(net).text)


def _curve(solution: Solution) -> tuple[Block, ...]:
    return tuple(
        Block(row.text("operator"), row.number("aisc_net"), row.number("hash_share"))
        for row in solution.rows_of("ranked")
        if not np.isnan(row.number("aisc_net"))
    )
