"""Ordinary workbooks are full of ties; what decides them is the same in every engine, so all of them give packs."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.model.solve import solve
from tests.model.generated import generated
from tests.model.ties import LAST_DIGITS, disagreements, tied


@pytest.mark.parametrize("seed", range(1000, 1015))
def test_an_independent_engine_decides_every_tie_as_we_do(seed: int) -> None:
    assert disagreements(seed) == ()


def test_the_workbooks_do_hold_ties() -> None:
    solved = [solve(tied(seed)) for seed in range(1000, 1015)]
    costs = [solution.numbers("operators", "aisc_net") for solution in solved]
    near = [np.diff(np.sort(cost[~np.isnan(cost)])) <= 1e-12 * np.nanmax(np.abs(cost)) for cost in costs]
    assert sum(ties.any() for ties in near) >= 5
    assert sum((solution.numbers("days", "ribbon") == 0).any() for solution in solved) >= 2
    assert sum((solution.numbers("operators", "cash_flow_after_debt") == 0).any() for solution in solved) >= 2


@pytest.mark.parametrize("digit", LAST_DIGITS)
def test_a_price_on_a_cost_is_not_below_it_whatever_the_last_digit(digit: float) -> None:
    inputs = generated(operators=3, seed=5)
    cost = solve(inputs).row("operators", 1).number("direct_cost_per_btc")
    at = solve(inputs.with_value("Market", "btc_price", cost * (1 + digit)))
    below = solve(inputs.with_value("Market", "btc_price", cost * (1 - 1e-9)))
    assert at.row("operators", 1).number("stress_level") < 3
    assert below.row("operators", 1).number("stress_level") == 3
