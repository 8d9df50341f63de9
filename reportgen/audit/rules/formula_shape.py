"""A formula that a person can read: short, not deep, no constant in it, functions that every program has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.audit.findings import Breach, breach
from reportgen.audit.formulas.pieces import Piece
from reportgen.audit.function_names import ALLOWED_NEWER, ENTERED_AS_ARRAY, EVERYWHERE, VOLATILE
from reportgen.audit.view import View, places_of

LONGEST = 150
DEEPEST = 2
UNIVERSAL = frozenset(
    {0, 1, 2, 3, 4, 7, 12, 14, 24, 30, 50, 60, 100, 360, 365, 600, 2016, 86_400, 210_000}
    | {10**power for power in range(1, 13)}
)
"""The calendar, Bitcoin's rules (50 in the first block, 600 s, 2,016 blocks, 210,000 blocks), powers of ten."""
POWERS_OF = ("2", "10")
"""What may be raised to any whole power: 2^32, 10^12."""
SHOWN = 60


def long_formulas(view: View) -> Iterator[Breach]:
    """A105: at most 150 characters, the longest first."""
    found = {}
    for formula, cells in view.by_formula.items():
        long = [cell for cell in cells if len(cell.formula or formula.text) > LONGEST]
        if long:
            found[max(len(cell.formula or formula.text) for cell in long), formula.relative] = long
    for (length, _), cells in sorted(found.items(), key=lambda each: -each[0][0]):
        yield breach("A105", view.name, places_of(cells), f"the formula has {length} characters, more than {LONGEST}.")


def deep_conditions(view: View) -> Iterator[Breach]:
    """A106: an IF inside an IF, and no further."""
    for formula, cells in view.by_formula.items():
        depth = _depth(formula.pieces)
        if depth > DEEPEST:
            yield breach("A106", view.name, places_of(cells), f"IF is nested {depth} deep, more than {DEEPEST}.")


def _depth(pieces: Sequence[Piece]) -> int:
    """How many IF stand inside each other at most."""
    open_functions: list[bool] = []
    deepest = 0
    for piece in pieces:
        if piece.kind == "function":
            open_functions.append(piece.text.upper() in ("IF", "IFS"))
            deepest = max(deepest, sum(open_functions))
        elif piece.text == "(" and piece.kind == "sign":
            open_functions.append(False)
        elif piece.text == ")" and piece.kind == "sign" and open_functions:
            open_functions.pop()
    return deepest


def embedded_constants(view: View) -> Iterator[Breach]:
    """A107: numbers that could change stand in cells, not in formulas; one breach a number."""
    found: dict[str, list[tuple[int, int]]] = {}
    for formula, cells in view.by_formula.items():
        for number in _constants(formula.pieces):
            found.setdefault(number, []).extend(places_of(cells))
    if len(found) > MOST_NUMBERS:
        places = [place for each in found.values() for place in each]
        some = ", ".join(list(found)[:3])
        yield breach("A107", view.name, places, f"{len(found)} different numbers stand in formulas, such as {some}.")
        return
    for number, places in found.items():
        yield breach("A107", view.name, places, f"the number {number[:SHOWN]} stands in the formula.")


MOST_NUMBERS = 8
"""Numbers of one sheet that are told one by one."""


def _constants(pieces: Sequence[Piece]) -> set[str]:
    found = set()
    for place, piece in enumerate(pieces):
        if piece.kind != "number" or float(piece.text) in UNIVERSAL:
            continue
        raised = place >= 2 and pieces[place - 1].text == "^" and pieces[place - 2].text in POWERS_OF
        if not (raised and piece.text.isdecimal()):
            found.add(piece.text)
    return found


def functions(view: View) -> Iterator[Breach]:
    """A108, A109: functions that Excel 2010, LibreOffice and Google Sheets have; none that is volatile or an array."""
    unknown: dict[str, list[tuple[int, int]]] = {}
    volatile: dict[str, list[tuple[int, int]]] = {}
    for formula, cells in view.by_formula.items():
        for name in {piece.text.upper().removeprefix("_XLFN.") for piece in formula.pieces if piece.kind == "function"}:
            if name in VOLATILE:
                volatile.setdefault(name, []).extend(places_of(cells))
            elif name not in EVERYWHERE and name not in ALLOWED_NEWER:
                unknown.setdefault(name, []).extend(places_of(cells))
    for name, places in unknown.items():
        yield breach("A108", view.name, places, f"the function {name[:SHOWN]} is not one that all three programs have.")
    for name, places in volatile.items():
        yield breach("A109", view.name, places, f"{name} is computed anew at every change, or hides what it looks at.")
    entered = [
        place for place in view.formulas if any(mark in view.sheet.cells[place].attributes for mark in ENTERED_AS_ARRAY)
    ]
    if entered:
        yield breach("A109", view.name, entered, "the formula is entered as an array or as a data table.")
