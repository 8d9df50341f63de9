"""Trailing windows reduced together give what each gives by itself, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.formula import array_functions
from reportgen.formula.function_kinds import Kind
from reportgen.formula.trailing_windows import over_windows

ALONE = {
    Kind.SUM: array_functions.total,
    Kind.COUNT: array_functions.count,
    Kind.MEAN: array_functions.average,
    Kind.LARGEST: array_functions.extreme(np.max, -np.inf),
    Kind.SMALLEST: array_functions.extreme(np.min, np.inf),
}
DRAWN = np.random.default_rng(5)


def column(rows: int, missing: float) -> np.ndarray:
    values = DRAWN.normal(50_000, 20_000, rows)
    values[DRAWN.random(rows) < missing] = np.nan
    return values


@pytest.mark.parametrize("kind", ALONE)
@pytest.mark.parametrize("length", [1, 2, 3, 7, 30, 60])
@pytest.mark.parametrize("missing", [0.0, 0.3, 1.0])
def test_each_window_is_reduced_as_it_would_be_alone(kind: Kind, length: int, missing: float) -> None:
    values = column(60, missing)
    found = over_windows(kind, values, length)
    assert np.isnan(found[: length - 1]).all()
    alone = np.where(np.isnan(values), np.nan, ALONE[kind](array_functions.windows(values, length)))
    np.testing.assert_array_equal(found[length - 1 :], alone[length - 1 :])


@pytest.mark.parametrize("kind", ALONE)
def test_cases_are_reduced_side_by_side(kind: Kind) -> None:
    values = np.stack([column(40, 0.2) for _ in range(3)], axis=1)
    found = over_windows(kind, values, 30)
    for case in range(3):
        np.testing.assert_array_equal(found[:, case], over_windows(kind, values[:, case].copy(), 30))


@pytest.mark.parametrize("rows", [0, 1, 29])
def test_fewer_rows_than_a_window_give_nothing(rows: int) -> None:
    found = over_windows(Kind.MEAN, column(rows, 0.0), 30)
    assert found.shape == (rows,)
    assert np.isnan(found).all()


def test_another_reduction_is_refused() -> None:
    with pytest.raises(ValueError, match="windows are not reduced by RANK"):
        over_windows(Kind.RANK, column(40, 0.0), 30)
