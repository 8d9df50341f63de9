"""What lookup(...) and lookup_latest(...) do to numbers and texts, in one case or in many.

Keys and values are columns, (rows,) or (rows, cases); the key is one value, or an array whose last axis is the cases.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reportgen.formula.array_functions import NOT_NAMED
from reportgen.formula.operators import Values, fold, textual

NO_ROW = -1
AT_ONCE = 2**22  # comparisons of keys that are made at once
Search = Callable[[Values, Values], Values]  # the row of each key, or NO_ROW


def lookup(key: Values, keys: Values, values: Values, default: Values = None) -> Values:
    """The value at the first equal key, the default (n/a) where there is none, n/a for a key that is n/a."""
    return _found(_first_rows, key, keys, values, default)


def lookup_latest(key: Values, keys: Values, values: Values) -> Values:
    """The value at the last key that is not larger; keys ascend. n/a before the first."""
    return _found(_latest_rows, key, keys, values, None)


def _found(search: Search, key: Values, keys: Values, values: Values, default: Values) -> Values:
    column: Values = np.asarray(values)
    nothing = np.array(NOT_NAMED, dtype=object) if textual(column) else np.nan
    default = nothing if default is None else default
    key = key if textual(key) else np.asarray(key, dtype=float)
    if not len(column):
        found: Values = np.broadcast_to(default, np.broadcast_shapes(np.shape(default), np.shape(key)))
    else:
        rows: Values = _rows(search, key, np.asarray(keys))
        found = np.where(rows >= 0, _at(column, np.maximum(rows, 0)), default)
    return (found if textual(key) else np.where(np.isnan(key), nothing, found))[()]


def _at(values: Values, rows: Values) -> Values:
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
    at = np.minimum(np.searchsorted(ascending, wanted), len(keys) - 1)
    return np.where(ascending[at] == wanted, order[at], NO_ROW)


def _latest_rows(wanted: Values, keys: Values) -> Values:
    """The last row whose key is not larger; keys ascend."""
    return np.where(np.isnan(wanted), NO_ROW, np.searchsorted(keys, wanted, side="right") - 1)
