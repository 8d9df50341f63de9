"""The hash ribbon on the network's own history, where that is at hand beside the project."""

from __future__ import annotations

import copy
import csv
import datetime as dt
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from reportgen.model.solve import Solution, solve
from tests.worked_case import CASE, inputs_of, serial

HISTORY = Path(__file__).resolve().parents[3] / "shared" / "data" / "network_daily.csv"
# inversions that are known from public writing on the ribbon: first day, day of the cross back up
KNOWN = (
    ("2018-10-30", "2019-01-10"),
    ("2021-06-03", "2021-08-07"),
    ("2022-06-09", "2022-08-19"),
    ("2024-05-14", "2024-07-23"),
)

pytestmark = pytest.mark.skipif(not HISTORY.exists(), reason="the real history is not part of the project")


@pytest.fixture(scope="module")
def real() -> Solution:
    with HISTORY.open(encoding="utf-8") as file:
        rows = [
            {"date": row["time"][:10], "hash_rate": float(row["HashRate"]) / 1e6, "btc_price": float(row["PriceUSD"])}
            for row in csv.DictReader(file)
            if row["HashRate"] and row["PriceUSD"]
        ]
    return solve(inputs_of({**copy.deepcopy(CASE["input"]), "Network_History": rows}))


def row_of(real: Solution, date: str) -> int:
    return int(np.flatnonzero(real.column("days", "date") == serial(date))[0])


@pytest.mark.parametrize(("start", "cross"), KNOWN)
def test_the_ribbon_inverts_and_recovers_on_the_known_days(real: Solution, start: str, cross: str) -> None:
    inverted, run, state = (real.column("days", name) for name in ("inverted", "days_inverted", "state"))
    first, back = row_of(real, start), row_of(real, cross)
    assert inverted[first - 1] == 0
    assert inverted[first] == run[first] == 1
    assert state[first] == "capitulation"
    assert inverted[back - 1] == 1
    assert inverted[back] == run[back] == 0
    assert state[back] in ("recovery", "buy signal")


def test_days_inverted_count_without_a_break_and_start_again(real: Solution) -> None:
    inverted, run = real.column("days", "inverted"), real.column("days", "days_inverted")
    count = 0.0
    for day, is_inverted in enumerate(inverted):
        count = count + 1 if is_inverted == 1 else 0
        assert run[day] == count


def test_every_inversion_ends_in_at_most_one_buy_signal_and_then_in_normal(real: Solution) -> None:
    state = real.column("days", "state").tolist()
    assert state[:59] == ["n/a"] * 59
    allowed = {
        "normal": {"normal", "capitulation"},
        "capitulation": {"capitulation", "recovery", "buy signal"},
        "recovery": {"recovery", "buy signal", "capitulation"},
        "buy signal": {"normal", "capitulation"},
    }
    for before, after in pairwise(state[59:]):
        assert after in allowed[before], (before, after)
    assert state.count("buy signal") >= len(KNOWN)


def test_every_day_of_the_real_history_is_there(real: Solution) -> None:
    first, last = (dt.date(1899, 12, 30) + dt.timedelta(real.column("days", "date")[end]) for end in (0, -1))
    assert real.rows["days"] == (last - first).days + 1
    assert real.value("days_filled") == real.column("days", "filled").sum()
