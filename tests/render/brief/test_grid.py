"""The grid and the reverse stress show what was solved, and the dials and dates of charts what there is."""

from __future__ import annotations

import math

import numpy as np
import pytest

from reportgen.model.solve import Solution, solve
from reportgen.render.brief.dates import day_ticks, thinned
from reportgen.render.brief.risk import risk_view
from reportgen.render.brief.stress_grid import HeatMap, _banded, stress_grid_view
from reportgen.render.charts.heat_map import Cell
from tests.worked_case import worked_case

from .cases import emptied, records, with_rows, words_of
from .tables import table_of

SHARES = {"more than none": "any hash rate", "a third": "a third of hash rate", "half": "half of hash rate"}


def cell(heat: HeatMap, price: str, difficulty: str) -> str:
    return heat.cells[heat.down.index(difficulty)][heat.across.index(price)].label


def solved_at(solution: Solution, price: float, difficulty: float, line: str) -> float:
    (value,) = [
        row.number(line)
        for row in solution.rows_of("grid")
        if abs(row.number("price_change") - price) < 1e-9 and abs(row.number("difficulty_change") - difficulty) < 1e-9
    ]
    return value


def test_each_cell_of_the_heat_maps_is_the_figure_of_its_price_and_difficulty() -> None:
    solution = solve(worked_case())
    view = stress_grid_view(solution)
    assert view.score
    assert view.margin
    for price, column in ((-0.4, "−40%"), (0.0, "0%"), (0.3, "+30%")):
        for difficulty, row in ((-0.2, "−20%"), (0.0, "0%"), (0.4, "+40%")):
            score = solved_at(solution, price, difficulty, "risk_score")
            margin = solved_at(solution, price, difficulty, "aisc_margin")
            assert cell(view.score, column, row) == f"{score:.0f}"
            assert cell(view.margin, column, row) == f"{margin * 100:.0f}%".replace("-", "−")


def test_today_is_framed_and_a_loss_is_bad() -> None:
    view = stress_grid_view(solve(worked_case()))
    assert view.margin
    row, column = view.margin.middle
    assert (view.margin.down[row], view.margin.across[column]) == ("0%", "0%")
    assert view.margin.cells[row][column].badness > 0  # the price is below average net AISC
    assert view.margin.cells[0][-1].badness < 0


def test_the_reverse_stress_names_each_threshold_and_how_far_it_is() -> None:
    solution, table = solve(worked_case()), table_of(worked_case(), "How far each alone must go")
    rows = solution.rows_of("reverse_stress")
    assert rows
    for row in rows:
        target = row.text("target")
        name = f"risk score {target}" if row.text("measure") == "score" else f"{SHARES[target]} below direct cost"
        head = {"price": "Price", "difficulty": "Difficulty", "power": "Power price"}[row.text("driver")]
        change = row.number("change")
        shown = "not reached" if math.isnan(change) else "already" if change == 0 else f"{change * 100:+.1f}%"
        assert table.rows[table.column("Until").index(name)][table.heads.index(head)] == shown.replace("-", "−")


def test_without_machines_the_margin_has_no_map_and_without_a_score_the_score_has_none() -> None:
    bare = stress_grid_view(solve(emptied(worked_case(), "Fleet", "Risk")))
    assert (bare.score, bare.margin) == (None, None)
    assert "Without a score and a cost per bitcoin the grid is left out." in words_of(
        emptied(worked_case(), "Fleet", "Risk")
    )


def test_a_component_without_weight_stands_beside_the_score() -> None:
    view = risk_view(solve(worked_case()))
    assert [part.name for part in view.parts if part.beside] == ["etf_absorption"]
    assert len(view.chart) == 8
    assert [dial.name for dial in view.dials if dial.beside] == ["Absorption"]
    weighed = [row | {"weight": 10.0} if row["component"] == "etf_absorption" else row for row in records()["Risk"]]
    assert len(risk_view(solve(with_rows("Risk", weighed))).chart) == 9


def test_a_long_line_keeps_its_ends_and_its_extremes() -> None:
    values = np.sin(np.arange(2_000) / 50.0)
    values[777], values[1_234] = 9.0, -9.0
    values[:10] = np.nan
    kept = thinned(100, values)
    assert {10, 777, 1_234, 1_999} <= set(kept)
    assert len(kept) <= 104
    assert kept == sorted(kept)
    assert thinned(100, values[:60]) == list(range(10, 60))


def test_every_line_over_the_same_days_keeps_its_own_extremes() -> None:
    one, other = np.zeros(1_000), np.zeros(1_000)
    one[123], other[456], other[789] = 5.0, 7.0, -7.0
    assert {123, 456, 789} <= set(thinned(50, one, other))


def test_an_axis_names_about_as_many_months_as_asked() -> None:
    ticks = day_ticks(45_292.0, 46_022.0, 4)  # 1 Jan 2024 to 31 Dec 2025
    assert [tick.label for tick in ticks] == ["Jan 24", "Jul 24", "Jan 25", "Jul 25"]
    assert day_ticks(45_294.0, 45_300.0, 4) == ()


@pytest.mark.parametrize(
    ("score", "label", "role"),
    [(33.8, "34", "guarded"), (39.7, "39.7", "guarded"), (40.0, "40", "elevated"), (39.999, "39.999", "guarded"),
     (100.0, "100", "severe"), (0.0, "0", "low")],
)  # fmt: skip
def test_a_score_of_the_grid_stands_on_the_colour_of_its_band_and_never_looks_like_another(
    score: float, label: str, role: str
) -> None:
    assert _banded(score, 20) == Cell(label, (score - 40) / 60, f"band_{role}")


def test_a_score_that_is_not_known_has_no_band() -> None:
    assert (_banded(math.nan, 20).label, _banded(math.nan, 20).role) == ("n/a", "")
