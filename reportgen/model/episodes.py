"""Inversions of the hash ribbon as a reader counts them: short interruptions joined, short dips dropped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.inputs import Column

JOINED_GAP = 5
"""Days above zero, at most, that do not end an episode."""
SHORTEST = 10
"""Days that an episode must last to be told."""


@dataclass(frozen=True)
class Episode:
    """An inversion: its first day, the day of the cross back up (None while it lasts), its length and lowest ribbon.

    Days are Excel serial days. An episode that lasts counts its newest day in.
    """

    start: float
    end: float | None
    days: int
    depth: float


def episodes(dates: Column, ribbon: Column) -> tuple[Episode, ...]:
    """The episodes of a ribbon with one value a calendar day, oldest first; a day without a value is not inverted."""
    inverted = np.asarray(ribbon, dtype=float) < 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inverted, [False])).astype(int)))
    joined: list[tuple[int, int]] = []
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        if joined and first - joined[-1][1] <= JOINED_GAP:
            joined[-1] = joined[-1][0], int(after)
        else:
            joined.append((int(first), int(after)))
    return tuple(
        Episode(
            start=float(dates[first]),
            end=float(dates[after]) if after < len(inverted) else None,
            days=after - first,
            depth=float(np.nanmin(ribbon[first:after])),
        )
        for first, after in joined
        if after - first >= SHORTEST
    )
