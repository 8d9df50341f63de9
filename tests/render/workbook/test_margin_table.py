"""The live table of net margins: each cell is the model, solved again at that price and difficulty."""

from __future__ import annotations

import copy
import re
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

import reportgen
from reportgen.model.solve import Solution, solve
from reportgen.render.workbook.margin_sheet import BESIDE, OVER, SHEET, TOP, net_margins
from tests.worked_case import CASE, inputs_of

FIRST_ROW, FIRST_COLUMN = TOP + len(OVER) + 2, len(BESIDE) + 1  # as Excel counts them
PRICES = [-0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]
DIFFICULTIES = [-0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]


def short_of_cash(changes: list[dict[str, Any]]) -> dict[str, Any]:
    """The worked case in which some operators are changed, the last of these added."""
    case: dict[str, Any] = copy.deepcopy(CASE["input"])
    case["Operators"] = [
        {**case["Operators"][min(place, 1)], "operator": f"Operator {place}", **change}
        for place, change in enumerate(changes)
    ]
    named = {row["operator"]: f"Operator {place}" for place, row in enumerate(CASE["input"]["Operators"])}
    for sheet in ("Fleet", "Debt", "AI_HPC"):
        for row in case.get(sheet, []):
            row["operator"] = named[row["operator"]]
    return case


CASES = {
    "as it is": CASE["input"],
    "a shock": CASE["input"] | {"Market": CASE["input"]["Market"] | {"active_shock": "Halving"}},
    "the buffer fills at one of the prices": short_of_cash(
        [
            {"minimum_liquidity": 8e7, "cash": 0, "btc_held": 1_100},
            {"minimum_liquidity": 5e6, "cash": 1e6, "btc_held": 0},
        ]
    ),
    "one operator mines nothing and is short": short_of_cash(
        [{}, {"minimum_liquidity": 5e7, "cash": 0}, {"minimum_liquidity": 7e7, "cash": 1, "btc_held": 10}]
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_cell_is_the_model_solved_there(case: dict[str, Any]) -> None:
    inputs = inputs_of(case)
    cases = pd.MultiIndex.from_product(
        [[1 + change for change in DIFFICULTIES], [1 + change for change in PRICES]],
        names=["network_difficulty*", "btc_price*"],
    ).to_frame()
    solved = reportgen.solve(inputs, cases=cases, lines=["aisc_margin_average"]).table("market")
    expected = np.asarray(solved["aisc_margin_average"], dtype=float).reshape(7, 9)
    assert net_margins(solve(inputs)) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_the_buffer_is_what_moves_the_bills() -> None:
    """Else the cases above would prove the table only where bills stand still."""
    bills = solve(inputs_of(CASES["the buffer fills at one of the prices"])).numbers("margin_prices", "bills_there")
    assert len(set(bills.round(2))) > 3


def test_one_formula_serves_the_whole_table(
    solution: Solution, book: openpyxl.Workbook, values: openpyxl.Workbook
) -> None:
    margins = net_margins(solution)
    rows, columns = margins.shape
    found = set()
    for row in range(rows):
        for column in range(columns):
            at = FIRST_ROW + row, FIRST_COLUMN + column
            assert values[SHEET].cell(*at).value == pytest.approx(margins[row, column])
            written = str(book[SHEET].cell(*at).value)
            letters = get_column_letter(at[1])
            found.add(re.sub(rf"(?<=\D){at[0]}\b", "R", written).replace(f"{letters}$", "C$"))
    assert found == {'=IF($CR=0,"n/a",1-C$8/($CR*C$7))'}


def test_its_middle_is_the_margin_of_today(solution: Solution, values: openpyxl.Workbook) -> None:
    row, column = FIRST_ROW + DIFFICULTIES.index(0), FIRST_COLUMN + PRICES.index(0)
    assert values[SHEET].cell(row, column).value == pytest.approx(solution.number("aisc_margin_average"), abs=1e-12)
    assert values[SHEET].cell(TOP + 2, column).value == solution.number("price")


def test_where_nothing_is_mined_there_is_no_margin() -> None:
    case = copy.deepcopy(CASE["input"]) | {"Fleet": []}
    assert np.isnan(net_margins(solve(inputs_of(case)))).all()
