"""Ranks: what agrees to 12 digits is equal, and equal rows rank in the order of their rows."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.formula.functions import first_named, position

HAIR = 7e-13  # below the margin of equality, 1e-12; two of them are above it


@pytest.mark.parametrize(
    ("values", "ranks"),
    [
        ([3.0, 1.0, 2.0], [3, 1, 2]),
        ([2.0, 1.0, 2.0, 1.0], [3, 1, 4, 2]),
        ([1 + HAIR, 1.0, 5.0], [1, 2, 3]),  # equal: in the order of the rows, not of the last digits
        ([-1.0, -1.0 - HAIR, -5.0], [2, 3, 1]),
        ([0.0, 0.0, -0.0], [1, 2, 3]),
        ([float("nan"), 2.0, float("nan"), 1.0], [np.nan, 2, np.nan, 1]),
        ([], []),
        ([float("nan")], [np.nan]),
        # a chain: each is equal to its neighbour, the first is lower than the last
        ([1 + 2 * HAIR, 1 + HAIR, 1.0], [2, 2, 2]),
    ],
)
def test_ranks_count_what_is_lower_and_earlier_rows_that_are_equal(values: list[float], ranks: list[float]) -> None:
    column = np.array(values, dtype=float)
    np.testing.assert_array_equal(position(column, np.abs(column) / 10**12), np.array(ranks, dtype=float))


def test_a_margin_of_nothing_tells_the_last_digits_apart() -> None:
    column = np.array([1 + HAIR, 1.0])
    np.testing.assert_array_equal(position(column, np.zeros(2)), [2, 1])
    cases = np.stack([column, column[::-1]], axis=1)
    np.testing.assert_array_equal(position(cases, np.zeros((2, 2))), [[2, 1], [1, 2]])
    np.testing.assert_array_equal(position(cases, np.full((2, 2), 1e-12)), [[1, 1], [2, 2]])


def test_the_first_row_of_a_name_is_found_without_regard_to_case() -> None:
    names = np.array(["Ann", "Bo", "ann", "BO"], dtype=object)
    np.testing.assert_array_equal(first_named(names), [1, 2, 1, 2])
    np.testing.assert_array_equal(first_named(np.stack([names, names[::-1]], axis=1))[:, 1], [1, 2, 1, 2])
    assert first_named(np.empty(0, dtype=object)).shape == (0,)
