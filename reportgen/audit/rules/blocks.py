"""One formula a row or a column block: what differs from its neighbours was edited, or is another figure."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.audit.findings import Breach, breach
from reportgen.audit.formulas.blocks import odd_ones
from reportgen.audit.view import View, is_figure

PLAIN = -1


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
    lines: dict[tuple[bool, bool, int], list[tuple[int, int]]] = {}
    for along, places in odd_ones(kinds):
        for place in places:
            line = place[0] if along else place[1]
            lines.setdefault((along, kinds[place] == PLAIN, line), []).append(place)
    for (along, plain, _), places in lines.items():
        way, before = ("row", "left of it") if along else ("column", "above it")
        if plain:
            yield breach("A104", view.name, places, f"a plain value stands where the {way} has a formula.")
        else:
            yield breach("A104", view.name, places, f"the {way} goes on with another formula than {before}.")
