from __future__ import annotations

import math
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from reportgen.excel_dates import day
from reportgen.inputs import Inputs
from reportgen.intake.reader import examine, read_workbook
from reportgen.model.solve import Solution, solve
from reportgen.trading_days import is_trading_day
from tests.running import ROOT, SAMPLE


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return read_workbook(SAMPLE)


@pytest.fixture(scope="module")
def solution(inputs: Inputs) -> Solution:
    return solve(inputs)


def cells(path: Path) -> dict[str, object]:
    """Every cell that holds something, by "Sheet!A1"."""
    book = openpyxl.load_workbook(path)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def changes(old: Path, new: Path) -> list[str]:
    """What differs between two workbooks: sheet and cell, old value, new value."""
    before, after = cells(old), cells(new)
    places = [place for place in {**before, **after} if before.get(place) != after.get(place)]
    return [f"{place}: {before.get(place)!r} -> {after.get(place)!r}" for place in places]


def test_the_sample_is_the_one_that_make_sample_writes(tmp_path: Path) -> None:
    made = tmp_path / "sample.xlsx"
    subprocess.run([sys.executable, "-m", "reportgen.intake.form.sample", made], check=True, cwd=ROOT)
    assert changes(SAMPLE, made) == []
    assert made.read_bytes() == SAMPLE.read_bytes(), "the cells agree; styles, comments or validation differ"


def test_a_sample_that_differs_is_told_by_sheet_cell_old_and_new(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "other.xlsx")
    book = openpyxl.load_workbook(tmp_path / "other.xlsx")
    book["Market"]["B6"], book["Events"]["A50"] = 91_000, "new"
    book.save(tmp_path / "other.xlsx")
    assert changes(SAMPLE, tmp_path / "other.xlsx") == ["Market!B6: 90000 -> 91000", "Events!A50: None -> 'new'"]


def test_the_sample_has_no_problem_and_no_warning() -> None:
    assert examine(SAMPLE).problems == ()


def test_the_sample_stands_on_its_date_and_market(inputs: Inputs) -> None:
    assert day(inputs.value("Report", "as_of")).isoformat() == "2025-12-05"
    assert inputs.value("Market", "btc_price") == 90_000
    assert inputs.value("Market", "network_difficulty") == 149.30
    assert inputs.value("Market", "block_height") == 926_500
    assert [inputs.tables[name].rows for name in ("Operators", "Scenarios", "Shocks", "Risk", "Events", "Clients")] == [
        8, 3, 4, 9, 6, 3,
    ]  # fmt: skip


def test_the_average_cost_lies_between_eighty_and_a_hundred_thousand(solution: Solution) -> None:
    assert 80_000 < solution.value("aisc_net_average") < 100_000


def test_every_stress_level_occurs_and_one_operator_is_led_by_ai(solution: Solution) -> None:
    assert set(solution.column("operators", "stress_level").tolist()) == {0.0, 1.0, 2.0, 3.0}
    assert solution.column("operators", "ai_led").tolist().count(1.0) == 1


def test_the_operators_are_a_plausible_part_of_the_network(solution: Solution) -> None:
    assert 0.10 < solution.value("network_coverage") < 0.25


def test_the_history_ends_on_the_day_in_an_inversion_at_the_market_price(inputs: Inputs) -> None:
    history = inputs.tables["Network_History"]
    rates, prices = history.columns["hash_rate"], history.columns["btc_price"]
    assert history.rows == 800
    assert history.columns["date"][-1] == inputs.value("Report", "as_of")
    assert rates[-30:].mean() < rates[-60:].mean()
    assert abs(prices[-1] / 90_000 - 1) < 0.01
    network = inputs.value("Market", "network_difficulty") * 1e12 * 2**32 / 600 / 1e18
    assert abs(rates[-7:].mean() / network - 1) < 0.05


def test_the_inversion_begins_on_the_day_that_the_events_tell(inputs: Inputs) -> None:
    rates = inputs.tables["Network_History"].columns["hash_rate"]
    gaps = [rates[end - 30 : end].mean() / rates[end - 60 : end].mean() - 1 for end in range(60, len(rates) + 1)]
    first = next(index for index in range(len(gaps)) if all(gap < 0 for gap in gaps[index:]))
    began = inputs.tables["Network_History"].columns["date"][59 + first]
    events = inputs.tables["Events"].columns
    (told,) = [date for date, text in zip(events["date"], events["event"], strict=True) if "inverts" in text]
    assert told == began


def test_the_flows_are_of_trading_days_and_scatter_as_real_ones_do(inputs: Inputs) -> None:
    flows = inputs.tables["ETF_Flows"]
    sums = flows.columns["funds"].sum(axis=1)
    assert flows.rows == 120
    assert all(is_trading_day(day(date)) for date in flows.columns["date"])
    assert np.std(sums, ddof=1) == pytest.approx(340, abs=2)
    assert all(name.startswith("FUND-") for name in flows.wide["funds"])


def test_the_worst_five_days_of_flows_end_on_the_day_that_the_events_tell(inputs: Inputs) -> None:
    flows = inputs.tables["ETF_Flows"]
    sums = flows.columns["funds"].sum(axis=1)
    worst = int(np.argmin(np.convolve(sums, np.ones(5), "valid"))) + 4
    events = inputs.tables["Events"].columns
    (told,) = [date for date, text in zip(events["date"], events["event"], strict=True) if "ETF outflow" in text]
    assert told == flows.columns["date"][worst]


def test_a_loan_is_near_its_margin_call_and_somebody_has_little_runway(inputs: Inputs, solution: Solution) -> None:
    debt = inputs.tables["Debt"].columns
    with np.errstate(divide="ignore", invalid="ignore"):
        calls = debt["principal"] / (debt["btc_collateral"] * debt["max_ltv"])
    nearest = max(call for call in calls if math.isfinite(call))
    assert 0.9 < nearest / 90_000 < 1
    direct = solution.column("operators", "direct_cost_per_btc")
    assert (direct > 90_000).any()


def test_what_is_made_up_is_marked_so_in_the_sheets(inputs: Inputs) -> None:
    book = openpyxl.load_workbook(SAMPLE, data_only=True)
    for name in ("Operators", "Fleet", "Debt", "AI_HPC", "Network_History", "ETF_Flows", "Events", "Clients"):
        assert "illustrative" in book[name]["A1"].value.casefold()
    assert "illustrative" in book["Start"]["A2"].value.casefold()
    assert "illustrative" in inputs.value("Report", "confidentiality").casefold()
    assert all("Illustrative" in text for text in inputs.tables["Operators"].columns["notes"])
    assert all("example.com" in text for text in inputs.tables["Clients"].columns["email"])
