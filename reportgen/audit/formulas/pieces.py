"""A formula cut into pieces: texts, references, names, functions, numbers, operators."""

from __future__ import annotations

import re
from typing import NamedTuple

SHEET = r"(?:'(?:[^']|'')*'|[A-Za-z_\u0080-\uffff][\w.\u0080-\uffff]*|\[\d+\][\w.]*)!"
CELL = r"\$?[A-Za-z]{1,3}\$?\d{1,7}"
TABLE = r"[A-Za-z_\\]\w*\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]"
NAME = r"[A-Za-z_\\\u0080-\uffff][\w.\\?\u0080-\uffff]*"
_PIECE = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<error>\#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!))
  | (?P<sheet>{SHEET})
  | (?P<area>{CELL}:{CELL}|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}(?![\w(])|\$?\d{{1,7}}:\$?\d{{1,7}})(?![\w.(])
  | (?P<cell>{CELL})(?![\w.(!])
  | (?P<table>{TABLE})
  | (?P<function>[A-Za-z_][\w.]*)\(
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<name>{NAME})
  | (?P<space>\s+)
  | (?P<sign><>|<=|>=|[-+*/^&=<>%(),;:{{}}!@\#])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Piece(NamedTuple):
    """A piece of a formula: its kind as named in the pattern, and its text (of a function, without the bracket)."""

    kind: str
    text: str


def pieces_of(formula: str) -> list[Piece]:
    """All pieces of a formula without its equals sign, in order; blanks are left out."""
    found: list[Piece] = []
    for match in _PIECE.finditer(formula):
        kind = match.lastgroup or "other"
        if kind != "space":
            found.append(Piece(kind, match[kind]))
    return found


def sheet_named(text: str) -> str:
    """The name of a sheet as it stands before a reference: Fleet! is Fleet, 'It''s'! is It's."""
    name = text.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name
