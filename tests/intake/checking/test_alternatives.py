"""Machines by units or by totals, growth by hand or by history: one way, never both, never neither."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from reportgen.intake.reader import read_workbook
from reportgen.model.solve import solve
from reportgen.problems import Problem
from tests.intake.checking.edited import checked, held
from tests.intake.workbooks import write_openpyxl
from tests.running import grid_of
from tests.worked_case import CASE

Records = dict[str, Any]
BY_UNITS = {"units": 1000, "unit_hash_rate": 200, "unit_power": 3500}
BY_TOTALS = {"total_hash_rate": 0.2, "total_efficiency": 17.5}


def with_machine(**figures: Any) -> Records:
    """The worked case with one machine more, which has these figures."""
    records: Records = copy.deepcopy(CASE["input"])
    machine = {"operator": "Beta Hosted", "machine": "New", "replacement_price": 14, "remaining_life": 48}
    records["Fleet"].append(machine | figures)
    return records


def errors(records: Records) -> list[Problem]:
    return list(checked(held(grid_of(records))).errors)


def test_units_and_totals_that_say_the_same_give_the_same_figures(tmp_path: Path) -> None:
    solved = [
        solve(read_workbook(write_openpyxl(tmp_path / f"{way}.xlsx", grid_of(with_machine(**figures)))))
        for way, figures in (("units", BY_UNITS), ("totals", BY_TOTALS))
    ]
    for name in ("installed_hash_rate", "electricity", "aisc"):
        assert solved[0].numbers("operators", name) == pytest.approx(solved[1].numbers("operators", name), rel=1e-12)
    assert solved[0].numbers("fleet", "row_hash_rate")[-1] == pytest.approx(200_000)


@pytest.mark.parametrize("extra", ["units", "unit_power"])
def test_a_machine_measured_in_both_ways_is_an_error_at_its_total(extra: str) -> None:
    (found,) = errors(with_machine(**BY_TOTALS, **{extra: BY_UNITS[extra]}))
    assert (found.code, found.where.sheet, found.where.label) == ("machines_twice", "Fleet", "Total hash rate")
    assert found.where.cell.endswith("7")
    assert found.message.startswith(f"found {extra.replace('_', ' ')} and total hash rate and total efficiency")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "found no units and no unit hash rate and no unit power."),
        ({"units": 5}, "found no unit hash rate and no unit power."),
        ({"total_efficiency": 18}, "found no total hash rate."),
        ({"total_hash_rate": 1}, "found no total efficiency."),
    ],
)
def test_a_machine_measured_in_neither_way_is_an_error_that_names_what_lacks(
    given: dict[str, float], missing: str
) -> None:
    (found,) = errors(with_machine(**given))
    assert (found.code, found.message) == ("machines_unmeasured", missing)
    assert "total hash rate and total efficiency" in found.hint


def test_a_cell_that_cannot_be_read_is_told_once() -> None:
    (found,) = errors(with_machine(**{**BY_UNITS, "units": "many"}))
    assert found.code == "number_text"


def growth(typed: float | None, days: int) -> Records:
    records: Records = copy.deepcopy(CASE["input"])
    records["Market"]["network_growth"] = typed
    upto = [row for row in records["Network_History"] if row["date"] <= "2025-12-05"]
    later = [row for row in records["Network_History"] if row["date"] > "2025-12-05"]
    records["Network_History"] = upto[-days:] + later
    return records


def test_without_typed_growth_395_days_of_history_are_enough_and_394_are_not() -> None:
    assert errors(growth(None, 395)) == []
    (found,) = errors(growth(None, 394))
    assert (found.code, found.where.sheet, found.where.label) == ("growth_unknown", "Market", "Network growth")
    assert "394 days" in found.message
    assert errors(growth(0.1, 60)) == []


def test_the_observed_growth_is_used_where_the_cell_is_blank(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", grid_of(growth(None, 500)))
    solution = solve(read_workbook(path))
    assert (
        solution.number("growth_used")
        == solution.number("observed_growth")
        == pytest.approx(CASE["expected"]["market"]["observed_growth"])
    )
    assert solution.number("aisc_net_average") == pytest.approx(solution.number("aisc_net_average_observed"))
