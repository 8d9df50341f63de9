"""A formula that a person can read: short, not deep, no constant in it, functions that every program has."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.audit.findings import Breach, breach
from reportgen.audit.function_names import ALLOWED_NEWER, ARRAYS, EVERYWHERE, VOLATILE
from reportgen.audit.view import View, places_of

LONGEST = 150
DEEPEST = 2
UNIVERSAL = frozenset(
    {0, 1, 2, 3, 4, 7, 12, 14, 24, 30, 50, 60, 100, 360, 365, 600, 2016, 86_400, 210_000}
    | {10**power for power in range(1, 13)}
)
"""The calendar, Bitcoin's rules (50 in the first block, 600 s, 2,016 blocks, 210,000 blocks), powers of ten."""
GROWS = 60
"""Characters by which addresses may make a formula longer than the first that says the same."""
MOST_NUMBERS = 8
"""Numbers of one sheet that are told one by one."""
SHOWN = 60
USUAL = EVERYWHERE | ALLOWED_NEWER.keys()


def long_formulas(view: View) -> Iterator[Breach]:
    """A105: at most 150 characters, the longest first."""
    found = {}
    for formula, cells in view.by_formula.items():
        if len(formula.text) + GROWS < LONGEST:
            continue
        long = [cell for cell in cells if len(cell.formula or "") > LONGEST]
        if long:
            found[max(len(cell.formula or "") for cell in long), formula.relative] = long
    for (length, _), cells in sorted(found.items(), key=lambda each: -each[0][0]):
        yield breach("A105", view.name, places_of(cells), f"the formula has {length} characters, more than {LONGEST}.")


def deep_conditions(view: View) -> Iterator[Breach]:
    """A106: an IF inside an IF, and no further."""
    for formula, cells in view.by_formula.items():
        depth = formula.facts.depth
        if depth > DEEPEST:
            yield breach("A106", view.name, places_of(cells), f"IF is nested {depth} deep, more than {DEEPEST}.")


def embedded_constants(view: View) -> Iterator[Breach]:
    """A107: numbers that could change stand in cells, not in formulas; one breach a number."""
    found: dict[str, list[tuple[int, int]]] = {}
    for formula, cells in view.by_formula.items():
        for number in formula.facts.numbers:
            if float(number) not in UNIVERSAL:
                found.setdefault(number, []).extend(places_of(cells))
    if len(found) > MOST_NUMBERS:
        places = [place for each in found.values() for place in each]
        some = ", ".join(sorted(found)[:3])
        yield breach("A107", view.name, places, f"{len(found)} different numbers stand in formulas, such as {some}.")
        return
    for number, places in sorted(found.items()):
        yield breach("A107", view.name, places, f"the number {number[:SHOWN]} stands in the formula.")


def functions(view: View) -> Iterator[Breach]:
    """A108, A109: functions that Excel 2010, LibreOffice and Google Sheets have; none that is volatile or an array."""
    unknown: dict[str, list[tuple[int, int]]] = {}
    volatile: dict[str, list[tuple[int, int]]] = {}
    for formula, cells in view.by_formula.items():
        for name in formula.facts.functions - USUAL:
            (volatile if name in VOLATILE else unknown).setdefault(name, []).extend(places_of(cells))
    for name, places in sorted(unknown.items()):
        yield breach("A108", view.name, places, f"the function {name[:SHOWN]} is not one that all three programs have.")
    for name, places in sorted(volatile.items()):
        yield breach("A109", view.name, places, f"{name} is computed anew at every change, or hides what it looks at.")
    held = view.sheet.cells
    entered = [
        place for place in view.formulas if (marks := held[place].attributes) and any(m in marks for m in ARRAYS)
    ]
    if entered:
        yield breach("A109", view.name, entered, "the formula is entered as an array or as a data table.")
