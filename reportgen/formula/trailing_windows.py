"""Reductions over trailing windows, all windows and all cases at once, without a copy of each window.

The values of a window are taken in their order, oldest first: the result is that of reducing each window by itself, to
the last bit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.array_functions import safe_divide
from reportgen.formula.function_kinds import Kind

Column = NDArray[np.float64]


def over_windows(kind: Kind, column: Column, length: int) -> Column:
    """The sum, count, mean, largest or smallest of what the last `length` rows know.

    n/a before there are so many, and where the newest of them is n/a.
    `column` is (rows,) or (rows, cases), and so is the result.
    """
    result = np.full(column.shape, np.nan)
    if len(column) >= length:
        result[length - 1 :] = _reduced(kind, np.asarray(column, dtype=float), length)
        result[np.isnan(column)] = np.nan
    return result


def _reduced(kind: Kind, column: Column, length: int) -> Column:
    known = ~np.isnan(column)
    counts = _summed(known.astype(float), length)
    match kind:
        case Kind.COUNT:
            return counts
        case Kind.SUM:
            return _summed(np.where(known, column, 0.0), length)
        case Kind.MEAN:
            return np.asarray(safe_divide(_summed(np.where(known, column, 0.0), length), counts))
        case Kind.LARGEST:
            return np.where(counts > 0, _largest(np.where(known, column, -np.inf), length), np.nan)
        case Kind.SMALLEST:
            return np.where(counts > 0, -_largest(np.where(known, -column, -np.inf), length), np.nan)
    raise ValueError(f"windows are not reduced by {kind.name}")


def _summed(column: Column, length: int) -> Column:
    windows = len(column) - length + 1
    found = column[:windows].copy()
    for start in range(1, length):
        found += column[start : start + windows]
    return found


def _largest(column: Column, length: int) -> Column:
    """Of windows twice as long at each step, then of two that overlap."""
    reach = 1
    while 2 * reach <= length:
        column = np.maximum(column[:-reach], column[reach:])
        reach *= 2
    rest = length - reach
    return np.maximum(column[: len(column) - rest], column[rest:])
