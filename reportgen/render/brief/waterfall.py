"""From the price to the net margin of the average operator, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.solve import Solution
from reportgen.render.brief.bridge import Bridge
from reportgen.render.brief.figures import MINUS, Figure, counted, per_btc
from reportgen.render.charts.waterfall import Step


@dataclass(frozen=True)
class WaterfallView:
    """The steps in USD/BTC, costs below 0, as the average of the cost table shows them; empty without production.

    The AI credit is left out where there is none. `adds` is False where the price and the margin, each rounded by
    itself, do not differ by what is shown between them.
    """

    steps: tuple[Step, ...]
    margin: Figure
    adds: bool


def waterfall_view(solution: Solution, average: Bridge) -> WaterfallView:
    """The averages of all operators, weighted by production: lines of the model."""
    price, margin = counted(solution.number("price")), per_btc(solution.number("price_gap"))
    if not margin.known:
        return WaterfallView((), margin, adds=True)
    steps = [Step("price", price.value, price.text, "price", total=True)]
    steps += [Step(key, -cost.value, _turned(cost), key) for key, cost in _layers(average).items()]
    if average.ai.value != 0:
        steps.append(Step("ai", -average.ai.value, _turned(average.ai), "ai"))
    steps.append(Step("margin", margin.value, margin.text, "bad" if margin.value < 0 else "price", total=True))
    return WaterfallView(tuple(steps), margin, round(price.value) - round(average.net.value) == round(margin.value))


def _layers(average: Bridge) -> dict[str, Figure]:
    return {"direct": average.direct, "sustaining": average.sustaining, "financing": average.financing}


def _turned(cost: Figure) -> str:
    """The text of a cost as a step down, of one below 0 as a step up."""
    return cost.text if cost.zero else f"+{cost.size}" if cost.negative else f"{MINUS}{cost.size}"
