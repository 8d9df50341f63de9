"""A hair below the price of each trigger exactly the condition that it names holds, and a hair above it does not."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.model.cases import CaseSolution, solved_cases
from reportgen.model.lines import business
from reportgen.model.solve import solve_lines
from tests.model.random_workbooks import random_workbook
from tests.model.trigger_conditions import due_within, flipped
from tests.worked_case import inputs_of

Records = dict[str, Any]
HAIR = 0.0001
OF_OPERATORS = ("direct_cost_per_btc", "sustaining_capex_per_btc", "aisc_net", "runway", "liquidity")
OF_TRIGGERS = ("operator", "facility", "trigger", "trigger_price")
WANTED = [
    *(("operators", name) for name in OF_OPERATORS),
    ("debt", "ltv_breach"),
    *(("triggers", name) for name in OF_TRIGGERS),
]
BATCHES = 10


def told(records: Records, cases: CaseSolution, prices: list[float]) -> list[Records]:
    """What the conditions are read from, a record a case."""
    operators = {name: cases.column("operators", name).T.tolist() for name in OF_OPERATORS}
    breaches = cases.column("debt", "ltv_breach").T.tolist()
    return [
        {
            "market": {"price": price},
            "operators": [
                {name: _or_none(values[case][row]) for name, values in operators.items()}
                for row in range(len(records["Operators"]))
            ],
            "debt": [
                {**debt, "ltv_breach": breach} for debt, breach in zip(records["Debt"], breaches[case], strict=True)
            ],
        }
        for case, price in enumerate(prices)
    ]


def _or_none(value: float) -> float | None:
    return None if value != value else value


def untrue(records: Records) -> list[Any]:
    """The triggers around which something else flips than what is named."""
    solution = solve_lines(inputs_of(records), WANTED, business())
    columns = {name: solution.column("triggers", name).tolist() for name in OF_TRIGGERS}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    rows = [row for row in rows if _or_none(row["trigger_price"]) is not None]
    assert rows
    prices = [row["trigger_price"] * factor for row in rows for factor in (1 - HAIR, 1 + HAIR)]
    lines = [".".join(key) for key in WANTED if key[0] != "triggers"]
    solved = told(records, solved_cases(solution, {"market.price": prices}, lines), prices)
    wrong = []
    for number, row in enumerate(rows):
        below, above = solved[2 * number], solved[2 * number + 1]
        flips = flipped(records, above, below)
        named = due_within({"triggers": rows}, below["market"]["price"], above["market"]["price"])
        if flips != named:
            wrong.append((row, flips ^ named))
    return wrong


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_hair_below_each_trigger_of_200_workbooks_exactly_its_condition_flips(batch: int) -> None:
    for seed in range(20 * batch, 20 * batch + 20):
        assert untrue(random_workbook(seed)) == [], f"seed {seed}"
