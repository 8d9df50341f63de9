"""What is accepted can be computed: every number at either end of its bounds gives figures, and a pack."""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from reportgen.examination import examine
from reportgen.intake.checking.alternatives import BY_TOTALS, BY_UNITS
from reportgen.model.solve import solve
from reportgen.pipeline import build_pack
from reportgen.render.workbook.reperform import reperform
from reportgen.render.workbook.writer import write_workbook
from reportgen.sheets import SHEETS, Field, Kind, Sheet, normal
from tests.intake.workbooks import Grid, small, write_openpyxl

Choice = Callable[[type[Sheet], Field], "float | None"]
NUMBERS = [(sheet, field) for sheet in SHEETS for field in sheet.fields if field.kind is Kind.NUMBER]


def ends(field: Field) -> tuple[float, float]:
    """The smallest and the largest number that a field takes."""
    low = field.bounds.low + (max(1e-9, abs(field.bounds.low) * 1e-9) if field.bounds.strict else 0.0)
    return low, field.bounds.high


def filled(choice: Choice) -> Grid:
    """The small workbook with the numbers of a choice in every row of their fields."""
    grid = small()
    chosen = {field: choice(sheet, field) for sheet, field in NUMBERS}
    if any(value is not None for field, value in chosen.items() if field.name in BY_TOTALS):
        for row in grid["Fleet"][1:]:
            row[2:5] = [None] * 3
        totals = {field: 20.0 for _, field in NUMBERS if field.name in BY_TOTALS and chosen[field] is None}
        chosen.update(totals | {field: None for field in chosen if field.name in BY_UNITS})
    for sheet, field in NUMBERS:
        value = chosen[field]
        if value is None:
            continue
        rows, label = grid[sheet.name], normal(field.label)
        if sheet.form:
            rows[:] = [row for row in rows if normal(str(row[0])) != label] + [[field.label, value]]
            continue
        names = [normal(str(name)) for name in rows[0]]
        column = 1 if field.wide else names.index(label) if label in names else len(names)
        if column == len(names):
            rows[0].append(field.header)
        for row in rows[1:]:
            row.extend([None] * (column + 1 - len(row)))
            row[column] = value
    return grid


def written(folder: Path, grid: Grid) -> Path:
    """The grid as a workbook; what runs more than the whole network is refused, and then does not run."""
    path = write_openpyxl(folder / "week.xlsx", grid)
    if [each.code for each in examine(path).errors] == ["fleet_over_network"]:
        for row in grid["Operators"][1:]:
            row[2] = 0
        write_openpyxl(path, grid)
    return path


@pytest.mark.parametrize(("sheet", "field"), NUMBERS, ids=[f"{sheet.name}.{field.name}" for sheet, field in NUMBERS])
def test_a_number_at_either_end_of_its_bounds_gives_finite_figures(
    tmp_path: Path, sheet: type[Sheet], field: Field
) -> None:
    for value in ends(field):
        only = functools.partial(_only, field, value)
        path = written(tmp_path, filled(only))
        inputs = examine(path).inputs
        assert inputs is not None, examine(path).errors
        solution = solve(inputs)
        assert [name for name, column in solution.columns.items() if _infinite(column)] == []


@pytest.mark.parametrize("number", range(6))
def test_numbers_at_any_ends_of_their_bounds_together_give_a_pack(tmp_path: Path, number: int) -> None:
    chance = random.Random(number)
    path = written(tmp_path, filled(lambda sheet, field: _any_end(chance, number % 2 == 0, sheet, field)))
    assert examine(path).errors == ()
    assert build_pack(path, tmp_path / "out", formats=("xlsx",)).folder.is_dir()


@pytest.mark.parametrize("number", [14, 27, 54])
def test_numbers_anywhere_within_their_bounds_together_are_computed_alike_by_another_engine(
    tmp_path: Path, number: int
) -> None:
    """Seeds in which figures of 1e16 cancel: what is left of them is the last digit of either."""
    chance = random.Random(number)
    grid = filled(lambda sheet, field: _anywhere(chance, number % 2 == 0, sheet, field))
    inputs = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).inputs
    assert inputs is not None
    assert reperform(write_workbook(solve(inputs))).disagreements == ()


def _anywhere(chance: random.Random, by_units: bool, sheet: type[Sheet], field: Field) -> float | None:
    """A number of any size that the field takes, in half of the fields."""
    if sheet.name == "Risk" or field.name in (BY_TOTALS if by_units else BY_UNITS) or chance.random() < 0.5:
        return None
    low, high = ends(field)
    if (way := chance.random()) < 0.2:
        return chance.choice((low, high))
    if way < 0.3 and low <= 0 <= high:
        return 0.0
    size = 10 ** chance.uniform(-9 if low <= 1e-9 else math.log10(low), math.log10(high))
    negative = low < 0 and chance.random() < 0.2
    value = -min(size, -low) if negative else size
    return min(max(float(round(value)) if field.whole else value, low), high)


def _any_end(chance: random.Random, by_units: bool, sheet: type[Sheet], field: Field) -> float | None:
    value = chance.choice(ends(field))
    other_way = BY_TOTALS if by_units else BY_UNITS
    return None if sheet.name == "Risk" or field.name in other_way else value


def _only(chosen: Field, value: float, sheet: type[Sheet], field: Field) -> float | None:
    return value if field is chosen else None


def _infinite(column: object) -> bool:
    values = np.asarray(column)
    return values.dtype == float and bool(np.isinf(values).any())
