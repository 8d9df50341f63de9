"""Figures of the engine against those of the second reading of the model book, matched by the names of their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

Record = dict[str, Any]
Difference = tuple[str, str, str, Any, Any]  # block, row, figure, engine's, reading's

ROW_NAMES: dict[str, tuple[str, ...]] = {
    "fleet": ("operator", "machine"),
    "operators": ("operator",),
    "debt": ("operator", "facility"),
    "triggers": ("operator", "facility", "trigger"),
    "cost_curve": (),
    "ranking": (),
    "scenarios": ("scenario",),
    "risk": ("component",),
    "dials": ("dial",),
    "record": ("from_score",),
    "self_correction": ("epoch",),
    "stress_windows": ("window",),
}
ONE_ROW = ("market", "auc")
OWN = frozenset({"fleet_value", "ai_revenue"})
"""Steps of the reading that are no lines of the book."""
SCALE = 1e-3
"""Below this a figure is compared as if it were so large: dust of a cancelled difference is no figure."""


def same(ours: Any, theirs: Any) -> bool:
    """None pairs with None alone; numbers agree to 1e-9 of the larger."""
    if isinstance(theirs, str) or isinstance(ours, str) or theirs is None or ours is None:
        return bool(ours == theirs)
    return abs(float(ours) - float(theirs)) <= 1e-9 * max(abs(float(ours)), abs(float(theirs)), SCALE)


def differences(engine: Record, reading: Record) -> list[Difference]:
    """Every figure of the reading that the engine's figures.json does not hold, or holds with another value."""
    found = [each for block in ONE_ROW for each in _row(block, "", engine[block], reading[block])]
    for block, names in ROW_NAMES.items():
        ours, theirs = _by_name(engine[block], names), _by_name(reading[block], names)
        for name in theirs.keys() | ours.keys():
            if len(ours[name]) != len(theirs[name]):
                found.append((block, name, "rows", len(ours[name]), len(theirs[name])))
            for mine, other in zip(ours[name], theirs[name], strict=False):
                found += _row(block, name, mine, other)
    return sorted(found, key=str)


def _by_name(rows: Iterable[Record], names: tuple[str, ...]) -> defaultdict[str, list[Record]]:
    """Rows under their names; rows of the same name, and those without, stay in their order."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[" / ".join(_spelled(row[name]) for name in names)].append(row)
    return found


def _spelled(name: Any) -> str:
    return f"{name:g}" if isinstance(name, int | float) else str(name or "").casefold()


def _row(block: str, name: str, ours: Record, theirs: Record) -> Iterator[Difference]:
    for figure, value in theirs.items():
        if figure not in OWN and figure not in ROW_NAMES.get(block, ()):
            mine = ours.get(figure, "no such figure")
            if not same(mine, value):
                yield block, name, figure, mine, value
