"""Ranks: what agrees to 12 digits is equal, and equal rows rank in the order of their rows."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.formula.functions import position

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
