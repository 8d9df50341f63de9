"""From the price to the net margin of the average operator, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, per_btc
from reportgen.render.charts.waterfall import Step

_COSTS = (
    ("direct", "direct_cost_average", "direct"),
    ("sustaining", "sustaining_capex_average", "sustaining"),
    ("overhead", "overhead_average", "financing"),
    ("debt", "debt_and_buffer_average", "financing"),
)
"""Each cost: its key, its line of the model, its colour role."""
_OPTIONAL = ("debt",)


@dataclass(frozen=True)
class WaterfallView:
    """The steps in USD/BTC, costs below 0; empty without production. Each is a line of the model.

    Debt and buffer, and the AI credit, are left out where there is none.
    """

    steps: tuple[Step, ...]
    margin: Figure


def waterfall_view(solution: Solution) -> WaterfallView:
    """Averages weighted by production."""
    margin = solution.number("price_gap")
    if margin != margin:
        return WaterfallView((), per_btc(margin))
    steps = [_step("price", solution.number("price"), "price", total=True)]
    steps += [
        _step(key, -solution.number(line), role)
        for key, line, role in _COSTS
        if key not in _OPTIONAL or solution.number(line) != 0
    ]
    credit = solution.number("ai_credit_average")
    if credit != 0:
        steps.append(_step("ai", credit, "ai"))
    steps.append(_step("margin", margin, "bad" if margin < 0 else "price", total=True))
    return WaterfallView(tuple(steps), per_btc(margin))


def _step(key: str, amount: float, role: str, *, total: bool = False) -> Step:
    shown = per_btc(amount)
    return Step(key, amount, f"+{shown}" if shown.positive and not total else shown.text, role, total)
