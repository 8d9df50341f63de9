"""What rules ask of a formula, found out once for all cells that hold it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.audit.formulas.pieces import CELL, NAME, SHEET, TABLE, pieces_of, sheet_named

_ASKED = re.compile(
    rf"""
    "(?:[^"]|"")*"
  | (?P<error>\#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!))
  | (?P<sheet>{SHEET})
  | {CELL}(?![\w.(!])
  | {TABLE}
  | (?P<function>[A-Za-z_][\w.]*)\(
  | (?<![\w.])(?:10|2)\^\d+(?![\w.])
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<name>{NAME})
    """,
    re.VERBOSE | re.DOTALL,
)
_WHOLE = re.compile(r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(!])|(?<![\w.])\$?\d{1,7}:\$?\d{1,7}(?![\w.])")
"""Whole columns or rows, whose letters are no names and whose digits no numbers."""
CONDITIONS = ("IF", "IFS")
TRUTHS = ("TRUE", "FALSE")


@dataclass(frozen=True)
class Facts:
    """The functions, sheets, names and numbers in a formula; how deep IF is nested; errors that it spells out."""

    functions: frozenset[str]
    sheets: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    errors: frozenset[str]
    depth: int


def facts_of(text: str) -> Facts:
    """The facts of a formula without its equals sign. Powers of two and of ten are no numbers that are asked about."""
    found: dict[str, set[str]] = {kind: set() for kind in ("error", "sheet", "function", "number", "name")}
    for match in _ASKED.finditer(_WHOLE.sub("", text) if ":" in text else text):
        kind = match.lastgroup
        if kind is not None:
            found[kind].add(match[kind])
    return Facts(
        frozenset(name.upper().removeprefix("_XLFN.") for name in found["function"]),
        frozenset(map(sheet_named, found["sheet"])),
        frozenset(name for name in found["name"] if name.upper() not in TRUTHS),
        frozenset(found["number"]),
        frozenset(found["error"]),
        _depth(text),
    )


def _depth(text: str) -> int:
    """How many IF stand inside each other at most."""
    most = text.upper().count("IF(")
    if most <= 1:
        return most
    inside: list[bool] = []
    deepest = 0
    for piece in pieces_of(text):
        if piece.kind == "function":
            inside.append(piece.text.upper() in CONDITIONS)
            deepest = max(deepest, sum(inside))
        elif piece.text == "(":
            inside.append(False)
        elif piece.text == ")" and inside:
            inside.pop()
    return deepest
