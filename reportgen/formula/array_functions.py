"""What each function of the formula language does to numbers: floats, or arrays with a value a row; n/a is NaN.

What reduces a column reduces the first axis, so that columns of another block can stand upright. Cases lie on the last
axis, where there are any.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reportgen.formula.operators import TOLERANCE, Values, fold, textual

NOT_NAMED = "n/a"  # what a text line says where it has nothing to say


def when(condition: Values, then: Values, otherwise: Values) -> Values:
    """`then` where the condition holds, `otherwise` where not; n/a where the condition is n/a."""
    if isinstance(condition, bool | float | int):
        if condition != condition:
            return NOT_NAMED if textual(then) or textual(otherwise) else float("nan")
        return then if condition else otherwise
    condition = np.asarray(condition, dtype=float)
    if textual(then) or textual(otherwise):
        chosen = np.where(condition != 0, _named(then), _named(otherwise))
        return np.where(np.isnan(condition), np.array(NOT_NAMED, dtype=object), chosen)
    return np.where(np.isnan(condition), np.nan, np.where(condition != 0, then, otherwise))


def _named(value: Values) -> Values:
    """A branch of texts: where it is not available it says so."""
    return np.asarray(value if textual(value) else NOT_NAMED, dtype=object)


def least(*values: Values) -> Values:
    """The smallest of the values, value by value; n/a when one is."""
    result = values[0]
    for value in values[1:]:
        result = np.minimum(result, value)
    return result


def most(*values: Values) -> Values:
    """The largest of the values, value by value; n/a when one is."""
    result = values[0]
    for value in values[1:]:
        result = np.maximum(result, value)
    return result


def clip(value: Values, low: Values, high: Values) -> Values:
    """The value, at most `high`, and then at least `low`."""
    return np.maximum(low, np.minimum(high, value))


def floor(value: Values) -> Values:
    """The whole number below; what agrees with one to 12 digits is that one."""
    return np.floor(value + np.abs(value) / TOLERANCE)


def difference(value: Values, subtracted: Values) -> Values:
    """The value less what is subtracted; 0 where they are equal to 12 digits."""
    left: Values = np.subtract(value, subtracted)
    return np.where(np.abs(left) <= np.abs(subtracted) / TOLERANCE, 0.0, left)[()]


def safe_divide(numerator: Values, denominator: Values) -> Values:
    """The quotient; n/a where the denominator is zero."""
    denominator = np.asarray(denominator, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient: Values = np.true_divide(numerator, denominator)
    return np.where(denominator == 0, np.nan, quotient)[()]


def known(value: Values) -> Values:
    """1 where there is a value, 0 where it is n/a."""
    there: Values = np.where(np.isnan(value), 0.0, 1.0)
    return there[()]


def otherwise(value: Values, default: Values) -> Values:
    """The value, or the default where it is n/a."""
    filled: Values = np.where(np.isnan(value), default, value)
    return filled[()]


def choose(code: Values, *texts: str) -> Values:
    """The text for each code 0, 1, 2 ...; "n/a" for n/a."""
    codes = np.asarray(code, dtype=float)
    return np.array([*texts, NOT_NAMED], dtype=object)[np.where(np.isnan(codes), len(texts), codes).astype(int)]


def pick(number: Values, *values: Values) -> Values:
    """The value of that number, 1 for the first; n/a where the number or what it picks is n/a."""
    numbers, *columns = np.broadcast_arrays(*(np.asarray(item, dtype=float) for item in (number, *values)))
    places = np.where(np.isnan(numbers), 1, numbers).astype(int) - 1
    picked = np.take_along_axis(np.stack(columns), places[np.newaxis], axis=0)[0]
    return np.where(np.isnan(numbers), np.nan, picked)[()]


def _chosen(values: Values, where: Values | None) -> Values:
    """The values with NaN where the condition does not hold."""
    if where is None:
        return np.asarray(values, dtype=float)
    return np.where(np.nan_to_num(where) != 0, values, np.nan)


def total(values: Values, where: Values | None = None) -> Values:
    """The sum of what is known (and chosen by `where`); 0 of nothing."""
    return np.nansum(_chosen(values, where), axis=0)


def count(values: Values, where: Values | None = None) -> Values:
    """How many are known (and chosen by `where`)."""
    return np.sum(~np.isnan(_chosen(values, where)), axis=0).astype(float)


def average(values: Values, where: Values | None = None, weight: Values | None = None) -> Values:
    """The weighted mean of what is known (and chosen by `where`); n/a when the weights come to nothing."""
    picked = _chosen(values, where)
    weights = np.where(np.isnan(picked), 0.0, 1.0 if weight is None else weight)
    return safe_divide(np.nansum(picked * weights, axis=0), np.nansum(weights, axis=0))


def extreme(find: Callable[..., Values], empty: float, nothing: float = np.nan) -> Callable[..., Values]:
    """The reduction by `find` of what is known, or `nothing`. `empty` never wins."""

    def reduced(values: Values) -> Values:
        column = np.asarray(values, dtype=float)
        there = ~np.isnan(column)
        found = find(np.where(there, column, empty), axis=0, initial=empty)
        return np.where(np.any(there, axis=0), found, nothing)[()]

    return reduced


def position(values: Values, margin: Values) -> Values:
    """The rank of each value, 1 for the lowest; those within the margin in the order of their rows; n/a stays n/a."""
    if np.ndim(values) > 1:
        return _positions_by_case(values, margin)
    order = np.argsort(values, kind="stable")[: np.count_nonzero(~np.isnan(values))]  # NaN sorts last
    ascending, places = values[order], np.full(len(values), np.nan)
    if not len(order):
        return places
    near = np.broadcast_to(margin, values.shape)[order]
    starts = np.append(True, np.diff(ascending) > np.maximum(near[1:], near[:-1]))
    group = np.cumsum(starts) - 1
    by_row = np.lexsort((order, group))
    places[order[by_row]] = np.arange(1.0, len(order) + 1)
    first = np.flatnonzero(starts)
    last = np.append(first[1:], len(order)) - 1
    wide = ascending[last] - ascending[first] > np.minimum(near[first], near[last])
    for at in np.flatnonzero(wide[group]):  # a chain of neighbours, of which not all are equal to each other
        lower = np.searchsorted(ascending, ascending[at] - near[at], side="left")
        up_to = np.searchsorted(ascending, ascending[at] + near[at], side="right")
        places[order[at]] = lower + np.count_nonzero(order[lower:up_to] <= order[at])
    return places


def _positions_by_case(values: Values, margin: Values) -> Values:
    """The ranks within each column: of all columns at once where no two rows of a column are nearly equal."""
    order = np.argsort(values, axis=0, kind="stable")
    places = np.empty(values.shape)
    np.put_along_axis(places, order, np.arange(1.0, len(values) + 1)[:, np.newaxis], axis=0)
    ascending = np.take_along_axis(values, order, axis=0)
    margins = np.broadcast_to(margin, values.shape)
    near = np.diff(ascending, axis=0) <= 2 * np.take_along_axis(margins, order, axis=0)[1:]
    for case in np.flatnonzero(near.any(axis=0)):
        places[:, case] = position(values[:, case], margins[:, case])
    return np.where(np.isnan(values), np.nan, places)


def first_named(names: Values) -> Values:
    """For each text the first row, from 1, that has it."""
    if np.ndim(names) > 1:
        return np.stack([first_named(case) for case in names.T], axis=1)
    places: dict[str, int] = {}
    return np.array([places.setdefault(name, row) for row, name in enumerate(fold(names), start=1)], dtype=float)


def windows(values: Values, length: int) -> Values:
    """The trailing windows of a column as an array (length, rows); NaN where one is not full or its newest value is."""
    result = np.full((length, len(values)), np.nan)
    if len(values) >= length:
        result[:, length - 1 :] = np.lib.stride_tricks.sliding_window_view(values, length).T
    result[:, np.isnan(values)] = np.nan
    return result
