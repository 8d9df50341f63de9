"""The snapshot of ribbon episodes, held against the ribbon of the same workbook."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from reportgen.model.solve import solve
from reportgen.render.workbook.episode_rows import HEADERS, TITLE
from reportgen.render.workbook.writer import write_workbook
from tests.render.workbook.reading import read
from tests.worked_case import CASE, inputs_of, serial


def test_an_inversion_is_told_with_its_days_and_its_lowest_ribbon() -> None:
    start = dt.date(2025, 6, 1)
    falls = [1000.0] * 70 + [900.0 - 5 * day for day in range(40)] + [1000.0 + 5 * day for day in range(78)]
    history = [
        {"date": (start + dt.timedelta(days=day)).isoformat(), "hash_rate": rate, "btc_price": 90_000.0}
        for day, rate in enumerate(falls)
    ]
    solution = solve(inputs_of(CASE["input"] | {"Network_History": history}))
    ribbon, days = solution.columns["days", "ribbon"], solution.columns["days", "date"]
    under = np.flatnonzero(ribbon < 0)
    assert len(under) == under[-1] - under[0] + 1 > 20  # one spell, which ends before the last day
    sheet = read(write_workbook(solution))["Record"]
    first = next(cell.row for cell in sheet["A"] if cell.value == HEADERS[0][0]) + 2  # below headers and units
    rows: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_col=4)]
    (told,) = (row for row in rows if row[0] is not None)
    assert serial(told[0].date().isoformat()) == days[under[0]]
    assert serial(told[1].date().isoformat()) == days[under[-1] + 1]
    assert told[2] == len(under)
    assert told[3] == pytest.approx(np.nanmin(ribbon))
    assert [cell.font.italic for cell in sheet[first]][:4] == [True] * 4


def test_no_inversion_is_said() -> None:
    sheet = read(write_workbook(solve(inputs_of(CASE["input"] | {"Network_History": []}))))["Record"]
    told = [cell.value for cell in sheet["A"]]
    assert told[told.index(TITLE) + 2] == "No inversion of that length in the history of this workbook."
