"""The bridge from direct cost to net AISC for all operators together, weighted by production."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.inputs import Column
from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, amount

_MOST = 9_999_999.0


@dataclass(frozen=True)
class AverageRow:
    """The steps of the bridge in USD/BTC; `debt` is not known without a Debt sheet, unless it is the buffer."""

    direct: Figure
    sustaining: Figure
    overhead: Figure
    gold: Figure
    debt: Figure
    debt_known: bool
    aisc: Figure
    ai: Figure
    net: Figure


def average_row(solution: Solution) -> AverageRow:
    """Averages over the operators that have production."""

    def mean(name: str) -> float:
        return _mean(solution, np.asarray(solution.column("operators", name), dtype=float))

    direct, sustaining, gold = mean("direct_cost_per_btc"), mean("sustaining_capex_per_btc"), mean("aisc_wgc")
    aisc = float(solution.value("aisc_average"))
    debt = amount(aisc - gold, most=_MOST)
    return AverageRow(
        direct=amount(float(solution.value("direct_cost_average")), most=_MOST),
        sustaining=amount(sustaining, most=_MOST),
        overhead=amount(gold - direct - sustaining, most=_MOST),
        gold=amount(gold, most=_MOST),
        debt=debt,
        debt_known=solution.inputs.tables["Debt"].rows > 0 or debt.positive,
        aisc=amount(aisc, most=_MOST),
        ai=amount(-mean("ai_credit"), most=_MOST),
        net=amount(float(solution.value("aisc_net_average")), most=_MOST),
    )


def net_without_led(solution: Solution) -> Figure:
    """Average net AISC of the operators that AI does not carry."""
    led = np.asarray(solution.column("operators", "ai_led"), dtype=float) == 1
    net = np.asarray(solution.column("operators", "aisc_net"), dtype=float)
    return amount(_mean(solution, np.where(led, np.nan, net)), most=_MOST)


def _mean(solution: Solution, values: Column) -> float:
    weights = np.asarray(solution.column("operators", "production"), dtype=float)
    known = ~np.isnan(values) & (weights > 0)
    return float(np.average(values[known], weights=weights[known])) if known.any() else float("nan")
