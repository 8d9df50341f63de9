"""Every figure of the model is the one that the model book, read by somebody else, comes to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from reportgen.deliver.figures import figures
from reportgen.model.solve import Solution, solve
from tests.model import book
from tests.model.comparison import Difference, differences, same
from tests.model.random_workbooks import random_workbook
from tests.model.records import workbooks
from tests.worked_case import CASE, inputs_of

DAILY = (
    "hash_rate", "btc_price", "filled", "sma_30", "sma_60", "ribbon", "inverted", "days_inverted", "price_sma_10",
    "price_sma_20", "state", "market_score",
)  # fmt: skip
BATCHES = 10


def compared(records: dict[str, Any]) -> list[Difference]:
    """Where the engine and the reading come to different figures, shocks and every day of the history included."""
    solution, reading = solve(inputs_of(records)), book.Book(records)
    engine, found = figures(solution), reading.figures()
    return [*differences(engine, found), *by_day(solution, found["days"]), *by_shock(engine["shocks"], reading)]


def by_day(solution: Solution, days: list[dict[str, Any]]) -> list[Difference]:
    found: list[Difference] = []
    for name in DAILY:
        ours = solution.column("days", name).tolist()
        theirs = [row[name] for row in days]
        if len(ours) != len(theirs):
            found.append(("days", "", "rows", len(ours), len(theirs)))
        for number, (mine, other) in enumerate(zip(ours, theirs, strict=False)):
            mine = None if mine != mine else mine
            if not same(mine, other):
                found.append(("days", str(number), name, mine, other))
    return found


def by_shock(shocks: list[dict[str, Any]], reading: book.Book) -> list[Difference]:
    figures_under = {row["shock"]: reading.under(row["shock"])["market"] for row in shocks}
    return [
        ("shocks", row["shock"], name, row[name], figures_under[row["shock"]][name])
        for row in shocks
        for name in sorted(row.keys() - {"shock"})
        if not same(row[name], figures_under[row["shock"]][name])
    ]


@settings(max_examples=100)
@given(workbooks())
def test_every_figure_of_made_up_workbooks_is_that_of_a_second_reading_of_the_book(records: dict[str, Any]) -> None:
    assert compared(records) == []
    for key, values in solve(inputs_of(records)).columns.items():
        if values.dtype == np.float64:
            assert not np.isinf(values).any(), key


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_figure_of_200_ordinary_workbooks_is_that_of_a_second_reading_of_the_book(batch: int) -> None:
    for seed in range(20 * batch, 20 * batch + 20):
        assert compared(random_workbook(seed)) == [], f"seed {seed}"


@pytest.mark.parametrize("shock", ["", *CASE["expected_by_shock"]])
def test_the_engine_comes_to_every_figure_of_the_second_reading_on_the_worked_case(shock: str) -> None:
    records = {**CASE["input"], "Market": {**CASE["input"]["Market"], "active_shock": shock}}
    assert compared(records) == []
