"""One cause, one line: what only follows from another problem is not told beside it."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from string import ascii_uppercase, digits
from typing import TYPE_CHECKING

from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from reportgen.problems import Problem

_UNREAD = frozenset({"sheet_missing", "sheet_empty", "header_missing"})
"""A sheet of which no name is known: all names of it on other sheets are unknown then."""
_TOTAL = "operator_total"
_ABSENT = frozenset({"column_missing", "column_lost"})


def without_consequences(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without those that follow from another one.

    Left out are what is said of the cells of a row of totals, unknown names of a sheet that could not be read,
    operators without machines beside machines of an unknown operator, bitcoin that is less than what is pledged where
    its heading names another unit, and headings that are not known beside the column that is missing for them.
    """
    kept = list(problems)
    codes = {(each.code, each.where.sheet) for each in kept}
    unread = tuple(f"expected a name from {sheet}." for code, sheet in codes if code in _UNREAD)
    kept = [each for each in kept if not (each.code == "name_unknown" and each.message.endswith(unread))]
    totals = {row_of(each) for each in kept if each.code == _TOTAL}
    kept = [each for each in kept if each.code == _TOTAL or row_of(each) not in totals]
    if ("name_unknown", "Fleet") in codes:
        kept = [each for each in kept if each.code != "operator_without_fleet"]
    converted = {column_of(each) for each in kept if each.code == "unit_differs"}
    kept = [each for each in kept if not (each.code == "collateral_over_held" and column_of(each) in converted)]
    return _with_their_headings(kept)


def column_of(each: Problem) -> tuple[str, str]:
    """Sheet and column of a problem."""
    return each.where.sheet, each.where.cell.rstrip(digits)


def row_of(each: Problem) -> tuple[str, str]:
    """Sheet and row of a problem."""
    return each.where.sheet, each.where.cell.lstrip(ascii_uppercase)


def _with_their_headings(problems: Sequence[Problem]) -> list[Problem]:
    """The problems, with a missing column and the unknown heading that is meant for it as one."""
    absent: defaultdict[str, list[Problem]] = defaultdict(list)
    unknown: defaultdict[str, list[Problem]] = defaultdict(list)
    for each in problems:
        if each.code in _ABSENT:
            absent[each.where.sheet].append(each)
        elif each.code == "column_unknown":
            unknown[each.where.sheet].append(each)
    instead: dict[Problem, Problem | None] = {}
    for sheet in absent.keys() & unknown.keys():
        alone = len(absent[sheet]) == len(unknown[sheet]) == 1
        for missing in absent[sheet]:
            meant = f'Did you mean "{missing.where.label}"?'
            pair = next((each for each in unknown[sheet] if each.hint == meant or alone), None)
            if pair is not None and pair not in instead:
                instead[pair], instead[missing] = None, _headed_otherwise(missing, pair)
    told = (instead.get(each, each) for each in problems)
    return [each for each in told if each is not None]


def _headed_otherwise(missing: Problem, heading: Problem) -> Problem:
    """A missing column with the cell of the heading that may stand for it. The heading itself stays in the house."""
    label = missing.where.label
    field = next(each for each in BY_NAME[missing.where.sheet].fields if each.label == label)
    hint = f'The header in {heading.where.cell} is not known: if that is the column, head it "{field.header}", with'
    return dataclasses.replace(missing, hint=f"{hint} figures in that unit. Else: {missing.hint}")
