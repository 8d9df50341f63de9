"""Ordinary workbooks are left alone: a check that cries wolf is switched off by people."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from reportgen.excel_dates import serial
from reportgen.intake.checking.plausibility.history import outliers
from tests.intake.checking import ordinary
from tests.intake.checking.edited import checked, held
from tests.intake.workbooks import Grid
from tests.worked_case import CASE

REAL = Path(__file__).resolve().parents[4] / "shared" / "data"
SEEDS = 200


@pytest.mark.parametrize(
    "workbook",
    [
        ordinary.three_miners, ordinary.private_miners, ordinary.ai_led, ordinary.hosted, ordinary.hosted_all_in,
    ],
)  # fmt: skip
def test_an_ordinary_workbook_is_left_alone(workbook: Callable[[], Grid]) -> None:
    found = checked(held(workbook()))
    assert found.inputs is not None
    assert found.problems == ()


def test_two_hundred_plausible_workbooks_are_left_alone() -> None:
    operators = 0
    for seed in range(SEEDS):
        found = checked(held(ordinary.plausible(seed)))
        assert found.problems == (), seed
        assert found.inputs is not None
        operators += found.inputs.tables["Operators"].rows
    assert operators > 5 * SEEDS


def test_the_worked_case_is_asked_about_its_made_up_history_alone() -> None:
    found = checked(held(ordinary.grid_of(CASE["input"])))
    assert {(each.code, each.where.sheet) for each in found.problems} == {
        ("price_off_history", "Market"),  # its prices end a tenth below that of Market
        ("difficulty_off_history", "Market"),  # and its hash rates a tenth below what the difficulty implies
        ("history_future", "Network_History"),
        ("history_future", "ETF_Flows"),
    }


def history_of(days: list[float], prices: list[float], rates: list[float]) -> Any:
    """Rows of Network_History, as far as the rule about neighbours looks at them."""
    columns = {"date": np.array(days), "btc_price": np.array(prices), "hash_rate": np.array(rates)}
    return SimpleNamespace(column=columns.__getitem__)


def real_days() -> tuple[list[float], list[float], list[float]]:
    with (REAL / "network_daily.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    days = [serial(dt.date.fromisoformat(row["time"])) for row in rows]
    return days, [float(row["PriceUSD"]) for row in rows], [float(row["HashRate"]) / 1e6 for row in rows]


@pytest.mark.skipif(not REAL.exists(), reason="the real days lie outside the project")
def test_no_real_day_is_out_of_line_seen_from_any_later_day() -> None:
    days, prices, rates = real_days()
    assert len(days) > 4_000
    for end in range(20, len(days)):
        first = max(0, end - 60)
        assert not outliers(history_of(days[first:end], prices[first:end], rates[first:end]), days[end - 1]), days[end]


@pytest.mark.skipif(not REAL.exists(), reason="the real days lie outside the project")
@pytest.mark.parametrize("day", ["2025-12-05", "2025-06-20", "2024-11-15", "2026-03-20"])
def test_a_workbook_with_the_real_days_is_left_alone(day: str) -> None:
    days, prices, rates = real_days()
    today = days.index(serial(dt.date.fromisoformat(day)))
    grid = ordinary.priced(dt.date.fromisoformat(day), prices[today], float(np.mean(rates[today - 13 : today + 1])))
    grid["Network_History"][1:] = [
        [dt.date(1899, 12, 30) + dt.timedelta(days[row]), rates[row], prices[row]]
        for row in range(today - 500, today + 1)
    ]
    assert checked(held(grid)).problems == ()


def test_a_jump_that_stays_is_a_move_and_one_that_goes_is_a_mistake() -> None:
    days, flat = [46_000.0 + day for day in range(60)], [1_000.0] * 60
    fallen = [90_000.0] * 30 + [60_000.0] * 30
    assert not outliers(history_of(days, fallen, flat), days[-1])
    spiked = [90_000.0] * 30 + [140_000.0] + [90_000.0] * 29
    assert outliers(history_of(days, spiked, flat), days[-1]) == {("btc_price", 30): 90_000.0}
    monthly = [46_000.0 + 30 * month for month in range(60)]
    assert not outliers(history_of(monthly, spiked, flat), monthly[-1])  # months apart, a price may double
