"""figures.json: every figure at full precision, for programs and for next week's comparison."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from reportgen.excel_dates import iso_day
from reportgen.model.solve import NO_SHOCK

if TYPE_CHECKING:
    from reportgen.model.solve import Solution

Record = dict[str, Any]

RECORDS = {
    "fleet": ("fleet", ("operator", "machine")),
    "operators": ("operators", ("operator",)),
    "debt": ("debt", ("operator", "facility")),
    "ai_hpc": ("ai_hpc", ("operator", "customer")),
    "cost_curve": ("cost_curve", ()),
    "ranking": ("ranked", ()),
    "scenarios": ("scenarios", ("scenario",)),
    "risk": ("risk", ("component", "calm", "stress", "weight")),
    "self_correction": ("self_correction", ()),
}
"""Key of the file → the block that it shows, and the input columns that stand before its lines."""

APART = {"Conventions": "conventions", "Checks": "checks", "Against the snapshot": "checks", "Master check": "checks"}
"""Titles of market sections whose lines stand under a key of their own."""


def figures(solution: Solution) -> Record:
    """All figures as plain numbers and texts; a figure that does not exist is None."""
    found: Record = {
        "as_of": iso_day(solution.value("as_of")),
        "active_shock": str(solution.value("active_shock")) or None,
    }
    found |= {"market": {}, "conventions": {}, "checks": {}}
    for section in solution.graph.sections:
        if section.block.one:
            key = APART.get(section.title, "market")
            found[key] |= {line.name: _plain(solution, section.block.name, line.name, 0) for line in section.lines}
    for key, (block, leading) in RECORDS.items():
        found[key] = _records(solution, block, (*leading, *_lines(solution, block)))
    names = solution.graph.blocks["snapshot"].given
    found["shocks"] = [record for record in _records(solution, "snapshot", names) if record["shock"] != NO_SHOCK]
    found["ribbon"] = _newest_iso_day(solution)
    return found


def as_json(content: Mapping[str, Any]) -> bytes:
    """A readable JSON file: UTF-8, keys in the order given, a newline at the end."""
    return (json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def _lines(solution: Solution, block: str) -> tuple[str, ...]:
    sections = (section for section in solution.graph.sections if section.block.name == block)
    return tuple(line.name for section in sections for line in section.lines)


def _records(solution: Solution, block: str, names: Iterable[str]) -> list[Record]:
    columns = tuple(names)
    return [{name: _plain(solution, block, name, row) for name in columns} for row in range(solution.rows[block])]


def _newest_iso_day(solution: Solution) -> Record:
    names, rows = _lines(solution, "days"), solution.rows["days"]
    return {name: _plain(solution, "days", name, rows - 1) if rows else None for name in names}


def _plain(solution: Solution, block: str, name: str, row: int) -> float | str | None:
    value = solution.column(block, name)[row]
    line = solution.graph.lines.get((block, name))
    if isinstance(value, str):
        return None if line is not None and value == "n/a" else str(value)  # an operator may be called "n/a"
    number = float(value)
    if not math.isfinite(number):
        return None
    if line is not None and line.unit == "date":
        return iso_day(number)
    return number + 0.0  # -0.0 becomes 0.0
