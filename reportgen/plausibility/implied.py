"""The rules about implied figures, from cause to consequence: what one has named, the later ones leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from reportgen.plausibility import amounts, costs
from reportgen.plausibility.figures import ImpliedFigures, implied_figures, looked_at

if TYPE_CHECKING:
    from reportgen.inputs import Inputs
    from reportgen.problems import Problem

Rule = Callable[[ImpliedFigures], Iterator["Problem"]]
RULES: tuple[Rule, ...] = (
    costs.low_power_price,
    amounts.small_amounts,
    costs.cheap_electricity,
    costs.dear_sites,
    amounts.fast_repayment,
    amounts.large_ai_revenue,
    costs.dear_everywhere,
    costs.far_layers,
    costs.far_aisc,
)


def implied(inputs: Inputs, told: Sequence[Problem]) -> list[Problem]:
    """Every warning about what checked inputs imply; `told` are the warnings that were found before, or accepted."""
    figures = implied_figures(inputs, told)
    before = {(each.code, each.where.sheet, each.where.cell) for each in told}
    found: list[Problem] = []
    for rule in RULES:
        more = [each for each in rule(figures) if (each.code, each.where.sheet, each.where.cell) not in before]
        if more:
            found.extend(more)
            figures = looked_at(figures, more, wholly=True)
    return found
