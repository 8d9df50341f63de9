"""The rows of blocks by name, and values as they are read."""

from __future__ import annotations

import difflib
from typing import Any

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.model.given_columns import given_as
from reportgen.model.graph import Key
from reportgen.model.solve import Solution
from reportgen.problems import UsageError
from reportgen.sheets import Kind

SPELLED_OUT = 5  # rows that are named one by one; more are counted
NOT_NAMED = "n/a"  # a text that does not exist


def find_row(solution: Solution, block: str, wanted: str) -> int:
    """The row of that name; UsageError with what is near, or with all that fit."""
    labels = [row_name(solution, block, row) for row in range(solution.rows[block])]
    fold = wanted.casefold().strip()
    exact = [row for row, label in enumerate(labels) if label.casefold() == fold or str(row + 1) == fold]
    parts = [row for row, label in enumerate(labels) if fold in (part.casefold() for part in label.split(" / "))]
    found = exact[:1] or parts
    title = solution.graph.blocks[block].title
    if len(found) > 1:
        raise UsageError(f"{wanted} fits several rows of {title}: {'; '.join(labels[row] for row in found)}.")
    if not found:
        close = difflib.get_close_matches(wanted, labels, n=3)
        known = f"Did you mean {' or '.join(close)}?" if close else f"Rows: {'; '.join(labels[:SPELLED_OUT])}."
        raise UsageError(f"{title} has no row called {wanted}. {known if labels else 'It has no rows.'}")
    return found[0]


def blocks_with_row(solution: Solution, wanted: str) -> frozenset[str]:
    """The blocks in which some row has that name."""
    fitting = set()
    for block in solution.graph.blocks:
        try:
            find_row(solution, block, wanted)
        except UsageError:
            continue
        fitting.add(block)
    return frozenset(fitting)


def row_name(solution: Solution, block: str, row: int) -> str:
    """How a row is called: by its key, with its owner before it, a day by its date, else by its texts or its number."""
    declared = solution.graph.blocks[block]
    if declared.one:
        return ""
    if declared.given:
        naming = [declared.given[0], *(name for name, given in declared.told.items() if given.text)]
        return " / ".join(shown(solution, (block, name), row) for name in naming)
    if declared.key != "number":
        name = shown(solution, (block, declared.key), row)
        owner = "" if declared.owner is None else f"{solution.column(block, declared.owner_key)[row]} / "
        return owner + name
    if (block, "date") in solution.columns:
        return shown(solution, (block, "date"), row)
    texts = (solution.column(*key)[row] for key, line in solution.graph.lines.items() if key[0] == block and line.text)
    return " / ".join(text for text in texts if text not in ("", NOT_NAMED)) or str(row + 1)


def shown(solution: Solution, key: Key, row: int) -> str:
    """A value as it is read: thousands separated, shares in per cent, dates as dates, n/a where there is none."""
    line, field = solution.graph.lines.get(key), solution.graph.blocks[key[0]].fields.get(key[1])
    value: Any = solution.columns[key][row]
    if isinstance(value, str):
        return value or "(blank)"
    if np.ndim(value):
        return f"{np.count_nonzero(~np.isnan(value))} values"
    number = float(value)
    if number != number:
        return "(blank)" if field else "n/a"
    if (line is not None and line.unit == "date") or (field is not None and field.kind is Kind.DATE):
        return iso_day(number)
    if field is not None and field.kind is Kind.YES_NO:
        return "yes" if number else "no"
    told = line or field or given_as(solution.graph, key)
    if told is not None and "%" in told.number_format:
        return f"{number * 100:,.2f} %"
    return _plain(number)


def _plain(number: float) -> str:
    if number == int(number) and abs(number) < 1e15:
        return f"{int(number):,}"
    return f"{number:,.2f}" if 1000 <= abs(number) < 1e15 else f"{number:,.6g}"
