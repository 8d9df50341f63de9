"""Sheets flow from inputs over workings to outputs: a formula looks back, not ahead."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.audit.findings import Breach, breach
from reportgen.audit.view import View, places_of

_LIST = Path(__file__).with_name("flow.toml")
ANY = "*"


@dataclass(frozen=True)
class Ahead:
    """Sheets that may look at others that stand behind them, and why."""

    looks: tuple[str, ...]
    at: tuple[str, ...]
    reason: str

    def covers(self, sheet: str, other: str) -> bool:
        """True for a look from one sheet at another that is declared here."""
        return (ANY in self.looks or sheet in self.looks) and (ANY in self.at or other in self.at)


@functools.cache
def declared() -> Sequence[Ahead]:
    """All that is declared."""
    with _LIST.open("rb") as stream:
        listed = tomllib.load(stream)["ahead"]
    return tuple(Ahead(tuple(each["looks"]), tuple(each["at"]), each["reason"]) for each in listed)


def looks_ahead(view: View) -> Iterator[Breach]:
    """A314: no formula looks at a sheet further right, but where that is declared with a reason."""
    order = {listed.name: listed.number for listed in view.book.sheets}
    own = view.sheet.listed.number
    found: dict[str, list[tuple[int, int]]] = {}
    for formula, cells in view.by_formula.items():
        for other in formula.facts.sheets:
            if order.get(other, 0) > own and not any(each.covers(view.name, other) for each in declared()):
                found.setdefault(other, []).extend(places_of(cells))
    for other, places in sorted(found.items()):
        yield breach("A314", view.name, places, f"the formula looks ahead at {other}, a sheet that stands behind.")
