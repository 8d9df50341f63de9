"""Every figure of the model is the one that the model book, read by somebody else, comes to."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import formualizer
import numpy as np
import pytest
from hypothesis import given, settings

from reportgen.deliver.figures import figures
from reportgen.model.adverse_cases import grid, reverse_stress
from reportgen.model.lines import business
from reportgen.model.solve import Solution, solve
from reportgen.render.workbook.plan import make_plan
from reportgen.render.workbook.reperform import assured
from reportgen.render.workbook.writer import write_workbook
from tests.model import book
from tests.model.book_triggers import SNAPSHOT
from tests.model.comparison import OWN, Difference, differences, same
from tests.model.random_workbooks import random_workbook
from tests.model.records import workbooks
from tests.worked_case import CASE, inputs_of

DAILY = (
    "hash_rate", "btc_price", "filled", "sma_30", "sma_60", "ribbon", "inverted", "days_inverted", "price_sma_10",
    "price_sma_20", "state", "market_score",
)  # fmt: skip
SHOCKED = (
    "price", "hashprice", "aisc_average", "aisc_net_average", "share_below_direct_cost", "share_below_sustaining",
    "share_below_aisc_net", "forced_sales_network", "risk_score",
)  # fmt: skip
BATCHES = 10


def compared(records: dict[str, Any], solution: Solution) -> list[Difference]:
    """Where the engine and the reading come to different figures, shocks and every day of the history included."""
    reading = book.Book(records)
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
        for name in SHOCKED
        if not same(row[name], figures_under[row["shock"]][name])
    ]


@settings(max_examples=100)
@given(workbooks())
def test_every_figure_of_made_up_workbooks_is_that_of_a_second_reading_of_the_book(records: dict[str, Any]) -> None:
    solution = solve(inputs_of(records))
    assert compared(records, solution) == []
    for key, values in solution.columns.items():
        if values.dtype == np.float64:
            assert not np.isinf(values).any(), key


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_figure_of_200_ordinary_workbooks_is_that_of_a_second_reading_of_the_book(batch: int) -> None:
    for seed in range(20 * batch, 20 * batch + 20):
        records = random_workbook(seed)
        assert compared(records, solve(inputs_of(records))) == [], f"seed {seed}"


@pytest.mark.parametrize("shock", ["", *CASE["expected_by_shock"]])
def test_the_engine_comes_to_every_figure_of_the_second_reading_on_the_worked_case(shock: str) -> None:
    records = {**CASE["input"], "Market": {**CASE["input"]["Market"], "active_shock": shock}}
    assert compared(records, solve(inputs_of(records))) == []


@pytest.mark.parametrize("seed", [2, 11])
def test_the_re_performed_workbook_of_a_random_case_holds_the_figures_of_the_second_reading(seed: int) -> None:
    records = random_workbook(seed)
    solution, reading = solve(inputs_of(records)), book.solved(records)
    content = write_workbook(solution)
    assert assured(content).formulas > 1000
    cells = Cells(solution, content)
    wrong = [("market", name) for name, value in reading["market"].items() if not same(cells("market", name), value)]
    for block in ("fleet", "operators", "debt", "cost_curve", "scenarios", "risk", "self_correction"):
        for member, row in enumerate(reading[block]):
            wrong += [
                (block, f"{name} of row {member}")
                for name, value in row.items()
                if name not in OWN and not isinstance(value, str) and not same(cells(block, name, member), value)
            ]
    assert wrong == []


class Cells:
    """The cells of a workbook after another engine computed every formula, by block, name and row; n/a is None."""

    def __init__(self, solution: Solution, content: bytes) -> None:
        self.plan, self.engine = make_plan(solution), formualizer.Workbook.from_bytes(content)
        self.engine.set_temporal_egress("serial")
        self.engine.evaluate_all()

    def __call__(self, block: str, name: str, member: int = 0) -> Any:
        cell = self.plan.range_of(block, (block, name))
        row, column = cell.at(member)
        found = self.engine.get_value(cell.sheet, row + 1, column + 1)
        return None if found in ("n/a", "", None) else found


@pytest.mark.parametrize("seed", range(6))
def test_grid_and_reverse_stress_are_those_of_the_second_reading(seed: int) -> None:
    records = random_workbook(seed)
    solution, reading = solve(inputs_of(records)), book.Book(records)
    for ours, theirs, names in (
        (grid(solution), reading.grid(), ("price_change", "difficulty_change")),
        (reverse_stress(solution), reading.reverse_stress(), ("driver", "measure", "target")),
    ):
        engine = {tuple(getattr(row, name) for name in names): dataclasses.asdict(row) for row in ours}
        found = {tuple(row[name] for name in names): row for row in theirs}
        assert engine.keys() == found.keys()
        wrong = [
            (*key, name, value, found[key][name])
            for key, row in engine.items()
            for name, value in row.items()
            if name not in names and not same(None if value != value else value, found[key][name])
        ]
        assert wrong == []


@pytest.mark.parametrize("batch", range(3))
def test_beside_the_nearest_ten_triggers_stands_the_second_reading_solved_at_their_price(batch: int) -> None:
    for seed in range(10 * batch, 10 * batch + 10):
        records = random_workbook(seed)
        rows, reading = figures(solve(inputs_of(records)))["triggers"], book.Book(records).snapshot()
        told = [row for row in rows if row["risk_score"] is not None]
        # equal prices have no order of their own: rows are matched by price and figures
        assert len(told) == len(reading), f"seed {seed}"
        for ours, theirs in zip(told, reading, strict=True):
            wrong = [name for name in ("trigger_price", *SNAPSHOT) if not same(ours[name], theirs[name])]
            assert wrong == [], f"seed {seed}: {ours} against {theirs}"


def test_only_treasury_draw_and_called_collateral_are_spoken_of_as_forced() -> None:
    compelled = re.compile(r"\bforced\b|\bmust (sell|be sold|take out|draw)", re.IGNORECASE)
    spoken = {
        line.name
        for section in business().sections
        if section.sheet != "Checks"
        for line in section.lines
        if compelled.search(f"{line.label}. {line.meaning}")
    }
    assert "treasury_draw" in spoken
    assert [name for name in spoken if not name.startswith(("treasury_draw", "forced_flow", "forced_selling"))] == []
