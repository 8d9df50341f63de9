"""Every figure of the model is the one that the model book, read by somebody else, comes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from reportgen.model.solve import Solution, solve
from tests.model import book
from tests.model.records import workbooks
from tests.worked_case import CASE, inputs_of

BLOCKS = ("fleet", "operators", "debt", "cost_curve", "scenarios", "risk", "self_correction", "days")


def same(ours: Any, theirs: Any) -> bool:
    """NaN pairs with None; numbers agree to 1e-9, and differences of large ones to the last digits of these."""
    if isinstance(theirs, str):
        return bool(ours == theirs)
    if theirs is None or ours is None or ours != ours:
        return theirs is None and (ours is None or bool(ours != ours))
    return abs(float(ours) - float(theirs)) <= 1e-9 * max(abs(float(ours)), abs(float(theirs)), 1e-3)


def differences(solution: Solution, figures: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Every figure of the book that the model does not come to."""
    for name, value in figures["market"].items():
        if not same(solution.value(name), value):
            yield "market", name, solution.value(name), value
    for block in BLOCKS:
        for row, record in enumerate(figures.get(block, [])):
            for name, value in record.items():
                ours = solution.column(block, name)[row]
                if not same(ours, value):
                    yield block, row, name, ours, value


@settings(max_examples=100)
@given(workbooks())
def test_every_figure_of_made_up_workbooks_is_that_of_a_second_reading_of_the_book(records: dict[str, Any]) -> None:
    solution = solve(inputs_of(records))
    assert list(differences(solution, book.solved(records))) == []
    for key, values in solution.columns.items():
        if values.dtype == np.float64:
            assert not np.isinf(values).any(), key


@pytest.mark.parametrize("shock", ["", *CASE["expected_by_shock"]])
def test_the_second_reading_of_the_book_agrees_with_the_worked_case(shock: str) -> None:
    records = {**CASE["input"], "Market": {**CASE["input"]["Market"], "active_shock": shock}}
    figures = book.solved(records)
    expected = {"market": CASE["expected_by_shock"][shock]} if shock else CASE["expected"]
    for name, value in expected["market"].items():
        assert same(figures["market"][name], value), name
    for block in BLOCKS:
        for record, wanted in zip(figures.get(block, []), expected.get(block, []), strict=False):
            assert all(same(record[name], value) for name, value in wanted.items() if name in record), wanted
    assert list(differences(solve(inputs_of(records)), figures)) == []
