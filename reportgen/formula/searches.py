"""What row_of(...), row_up_to(...) and at(...) do to numbers and texts, in one case or in many.

Keys and values are columns, (rows,) or (rows, cases); the key is one value, or an array whose last axis is the cases.
Rows are counted from 1, as in a formula; n/a where nothing is found.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reportgen.formula.array_functions import NOT_NAMED
from reportgen.formula.operators import Values, fold, textual

NO_ROW = -1
AT_ONCE = 2**22  # comparisons of keys that are made at once
Search = Callable[[Values, Values], Values]  # the row of each key from 0, or NO_ROW


def row_of(key: Values, keys: Values) -> Values:
    """The first row whose key is equal, n/a where there is none, n/a for a key that is n/a."""
    return _found(_first_rows, key, keys)


def row_up_to(key: Values, keys: Values) -> Values:
    """The last row whose key is not larger; keys ascend. n/a before the first."""
    return _found(_latest_rows, key, keys)


def at(row: Values, values: Values) -> Values:
    """The value in a row of a column; n/a where the row is, and for one that is not there, which no formula may ask."""
    column: Values = np.asarray(values)
    nothing = np.array(NOT_NAMED, dtype=object) if textual(column) else np.nan
    row = np.asarray(row, dtype=float)
    if not len(column):
        return np.broadcast_to(nothing, np.shape(row))[()]
    there = (row >= 1) & (row <= len(column))  # never true of n/a
    place = np.where(there, row, 1).astype(int) - 1
    return np.where(there, _of_case(column, place), nothing)[()]


def entry(number: Values, row: Values, *columns: Values) -> Values:
    """The value in a row of the column of that number, 1 for the first; n/a where either is n/a or not there."""
    *found, numbers = np.broadcast_arrays(*(np.asarray(at(row, column), dtype=float) for column in columns), number)
    there = (numbers >= 1) & (numbers <= len(columns))
    which = np.where(there, numbers, 1).astype(int) - 1
    picked = np.take_along_axis(np.stack(found), which[np.newaxis], axis=0)[0]
    return np.where(there, picked, np.nan)[()]


def _found(search: Search, key: Values, keys: Values) -> Values:
    key = key if textual(key) else np.asarray(key, dtype=float)
    column = np.asarray(keys)
    if not len(column):
        return np.full(np.shape(key), np.nan)[()]
    rows: Values = _rows(search, key, column)
    found: Values = np.where(rows >= 0, rows + 1.0, np.nan)
    return (found if textual(key) else np.where(np.isnan(key), np.nan, found))[()]


def _of_case(values: Values, rows: Values) -> Values:
    """The values at these rows, of the same case where values differ between cases."""
    if values.ndim == 1 or values.shape[1] == 1:
        return values.reshape(len(values))[rows]
    return values[rows, np.arange(values.shape[1])]


def _rows(search: Search, key: Values, keys: Values) -> Values:
    if keys.ndim == 1 or keys.shape[1] == 1:
        return search(key, keys.reshape(len(keys)))
    cases = keys.shape[1]
    key = np.broadcast_to(key, np.broadcast_shapes(np.shape(key), (cases,)))
    if search is _first_rows and not textual(keys) and key.size * len(keys) <= AT_ONCE:
        equal = keys.reshape(len(keys), *(1,) * (key.ndim - 1), cases) == key
        return np.where(equal.any(axis=0), equal.argmax(axis=0), NO_ROW)
    return np.stack([search(key[..., case], keys[:, case]) for case in range(cases)], axis=-1)


def _first_rows(wanted: Values, keys: Values) -> Values:
    """The first row whose key is equal."""
    if textual(keys):
        folded = fold(keys)
        places = {key: row for row, key in zip(range(len(folded) - 1, -1, -1), folded[::-1], strict=True)}
        found = [places.get(key, NO_ROW) for key in np.ravel(fold(wanted))]
        return np.reshape(np.array(found, dtype=int), np.shape(wanted))
    order = np.argsort(keys, kind="stable")
    ascending = keys[order]
    at_most = np.minimum(np.searchsorted(ascending, wanted), len(keys) - 1)
    return np.where(ascending[at_most] == wanted, order[at_most], NO_ROW)


def _latest_rows(wanted: Values, keys: Values) -> Values:
    """The last row whose key is not larger; keys ascend."""
    return np.where(np.isnan(wanted), NO_ROW, np.searchsorted(keys, wanted, side="right") - 1)
