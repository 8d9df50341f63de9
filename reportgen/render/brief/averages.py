"""The bridge from direct cost to net AISC for all operators together, weighted by production."""

from __future__ import annotations

from dataclasses import dataclass

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

    direct, sustaining, gold, aisc, net = (
        float(solution.value(name))
        for name in (
            "direct_cost_average",
            "sustaining_capex_average",
            "aisc_wgc_average",
            "aisc_average",
            "aisc_net_average",
        )
    )
    debt = amount(aisc - gold, most=_MOST)
    return AverageRow(
        direct=amount(direct, most=_MOST),
        sustaining=amount(sustaining, most=_MOST),
        overhead=amount(gold - direct - sustaining, most=_MOST),
        gold=amount(gold, most=_MOST),
        debt=debt,
        debt_known=solution.inputs.tables["Debt"].rows > 0 or debt.positive,
        aisc=amount(aisc, most=_MOST),
        ai=amount(net - aisc, most=_MOST),
        net=amount(net, most=_MOST),
    )


def net_without_led(solution: Solution) -> Figure:
    """Average net AISC of the operators that AI does not carry."""
    return amount(float(solution.value("aisc_net_average_mining")), most=_MOST)
