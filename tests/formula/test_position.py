"""Ranks: what agrees to 12 digits is equal, and equal rows rank in the order of their rows."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.formula.functions import position, position_within

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
    np.testing.assert_array_equal(position(np.array(values, dtype=float)), np.array(ranks, dtype=float))


def test_ranks_within_groups_are_those_of_each_group_by_itself() -> None:
    draw = np.random.default_rng(3)
    values, groups = draw.integers(0, 9, 400) / 7, draw.integers(1, 30, 400).astype(float)
    values[draw.random(400) < 0.2] = np.nan
    found = position_within(values, groups)
    for group in np.unique(groups):
        np.testing.assert_array_equal(found[groups == group], position(values[groups == group]))
    cases = np.stack([values, values[::-1]], axis=1)
    np.testing.assert_array_equal(position_within(cases, groups)[:, 0], found)
    np.testing.assert_array_equal(position_within(cases, groups)[:, 1], position_within(values[::-1].copy(), groups))
    assert position_within(np.empty(0), np.empty(0)).shape == (0,)
