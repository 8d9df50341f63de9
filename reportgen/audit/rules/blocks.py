"""One formula a row or a column block: what differs from its neighbours was edited, or is another figure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from reportgen.audit.findings import Breach, breach
from reportgen.audit.formulas.blocks import Line, odd_ones
from reportgen.audit.view import View, is_figure

PLAIN = -1
NEARLY_ALL = 0.8
"""The share of a column's cells that differ from the one above, from which on it may be a list and no series."""
HALF = 0.5
_FIXED = re.compile(r"C\d+R\d+|C\d+(?=:C\d)|R\d+(?=:R\d)")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


def broken_blocks(view: View) -> Iterator[Breach]:
    """A104: places at which a row (or a column) goes on with another formula than before."""
    numbers: dict[int, int] = {}
    kinds = {}
    for place, cell in view.sheet.cells.items():
        formula = view.formulas.get(place)
        if formula is not None:
            kinds[place] = numbers.setdefault(id(formula), len(numbers))
        elif is_figure(cell) and view.look(cell).locked:
            kinds[place] = PLAIN
    for line in odd_ones(kinds):
        changes = sum(kinds[before] != kinds[after] for before, after in itertools.pairwise(line.figures))
        if not line.along and changes >= NEARLY_ALL * (len(line.figures) - 1) and not _is_numbered(view, line):
            continue
        way, before = ("row", "left of it") if line.along else ("column", "above it")
        plain = [place for place in line.places if kinds[place] == PLAIN]
        other = [place for place in line.places if kinds[place] != PLAIN]
        if plain:
            yield breach("A104", view.name, plain, f"a plain value stands where the {way} has a formula.")
        if other:
            yield breach("A104", view.name, other, f"the {way} goes on with another formula than {before}.")


def _is_numbered(view: View, line: Line) -> bool:
    """True for a column whose formulas differ in numbers alone: one formula would serve.

    Else a column in which nearly every formula differs is a list of different figures, or of inputs that stand in
    different places, each a row of its own.
    """
    texts = [formula.relative for place in line.figures if (formula := view.formulas.get(place)) is not None]
    elsewhere = [_FIXED.sub("$", text) for text in texts]
    without = {_NUMBERS.sub("#", text) for text in elsewhere}
    return len(set(elsewhere)) > HALF * len(texts) >= len(without)
