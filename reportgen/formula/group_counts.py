"""Counts among the rows of one group: how many are higher, and how many up to this one are equal.

Pairs of rows are compared at every distance that two rows of a group have, all groups and all cases at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from reportgen.formula.operators import Values

Comparison = Callable[[Values, Values, Values], Values]


def higher_within(values: Values, margin: Values, groups: Values) -> Values:
    """How many rows of the same group are higher by more than the margin; n/a for a value that is n/a."""
    return _counted(values, margin, groups, lambda other, value, near: other > value + near, later=True)


def level_within(values: Values, margin: Values, groups: Values) -> Values:
    """How many rows of the same group, up to and with this one, are within the margin; n/a for a value that is n/a."""
    return _counted(
        values,
        margin,
        groups,
        lambda other, value, near: (other >= value - near) & (other <= value + near),
        later=False,
    )


def _counted(values: Values, margin: Values, groups: Values, holds: Comparison, later: bool) -> Values:
    if np.ndim(groups) > 1:
        columns = [
            np.broadcast_to(np.reshape(each, (len(each), -1)), groups.shape).T for each in (values, margin, groups)
        ]
        return np.stack(
            [_counted(case, near, group, holds, later) for case, near, group in zip(*columns, strict=True)], axis=1
        )
    order = np.argsort(groups, kind="stable")
    known = np.asarray(values, dtype=float)[order]
    near = np.asarray(margin, dtype=float)[order]
    near = near[:, np.newaxis] if known.ndim > near.ndim else near
    counts = np.zeros(np.broadcast_shapes(known.shape, near.shape))
    if not later:
        counts += holds(known, known, near)
    for here, there in _pairs(groups[order], later):
        counts[here] += holds(known[there], known[here], near[here])
    found = np.empty(counts.shape)
    found[order] = np.where(np.isnan(known), np.nan, counts)
    return found


def _pairs(groups: Values, later: bool) -> Iterator[tuple[Values, Values]]:
    """Rows beside other rows of their group, earlier ones and (if asked for) later ones, a distance at a time."""
    for distance in range(1, len(groups)):
        first = np.flatnonzero(groups[:-distance] == groups[distance:])
        if not len(first):  # groups stand together: none has two rows so far apart
            return
        yield first + distance, first
        if later:
            yield first, first + distance
