"""Ranks: what agrees to 12 digits is equal, and equal rows rank in the order of their rows."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.formula.functions import first_named, higher_within, level_within, position

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


def test_within_a_group_what_is_higher_and_what_is_level_so_far_are_counted() -> None:
    draw = np.random.default_rng(3)
    values, groups = draw.integers(0, 9, 200) / 7, draw.integers(1, 30, 200).astype(float)
    values[draw.random(200) < 0.2] = np.nan
    margin = np.abs(values) / 10**12
    higher, level = higher_within(values, margin, groups), level_within(values, margin, groups)
    for row, value in enumerate(values):
        same = groups == groups[row]
        expected = [
            np.count_nonzero(values[same] > value),
            np.count_nonzero(values[: row + 1][same[: row + 1]] == value),
        ]
        np.testing.assert_array_equal([higher[row], level[row]], expected if value == value else [np.nan, np.nan])
    cases, both = np.stack([values, values[::-1]], axis=1), np.stack([margin, margin[::-1]], axis=1)
    np.testing.assert_array_equal(higher_within(cases, both, groups)[:, 0], higher)
    np.testing.assert_array_equal(
        level_within(cases, both, groups)[:, 1], level_within(values[::-1].copy(), margin[::-1].copy(), groups)
    )
    assert higher_within(np.empty(0), np.empty(0), np.empty(0)).shape == (0,)


def test_equal_to_within_the_margin_is_level_and_not_higher() -> None:
    column, one = np.array([1.0, 1 + HAIR, 1 + 2 * HAIR]), np.ones(3)
    np.testing.assert_array_equal(higher_within(column, np.full(3, 1e-12), one), [1, 0, 0])
    np.testing.assert_array_equal(level_within(column, np.full(3, 1e-12), one), [1, 2, 2])
