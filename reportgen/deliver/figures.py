"""figures.json: every figure at full precision, for programs and for next week's comparison."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reportgen.excel_dates import iso_day
from reportgen.model.record import record
from reportgen.model.solve import NO_SHOCK

if TYPE_CHECKING:
    from reportgen.model.block import Block, Line, Section
    from reportgen.model.solve import Solution

Record = dict[str, Any]

KEYS = {
    "fleet": "fleet", "operators": "operators", "debt": "debt", "ai_hpc": "ai_hpc", "triggers": "triggers",
    "cost_curve": "cost_curve",
    "ranking": "ranked", "scenarios": "scenarios", "risk": "risk", "self_correction": "self_correction",
    "shocks": "snapshot",
}  # fmt: skip
"""Key of the file → block whose rows it lists, in this order; a block that is not named follows under its own name."""

NEWEST = {"ribbon": "days"}
"""Key of the file → block of which only the newest row is told."""

LEFT_OUT = {
    "trigger_snapshot": "its figures stand beside the nearest triggers",
    "trigger_rows": "the same as triggers, before they are sorted",
    "trigger_kinds": "the names of triggers, which each trigger tells",
    "components": "the measure of each component is told under the key risk",
    "network_history": "an input sheet, without lines of its own",
    "shocks": "what each shock does is told under the key shocks, from the snapshot",
    "etf_flows": "a row a day: on the sheet ETF_Days of the workbook; their means are in market",
}
"""Blocks that the file does not hold, and why."""

BESIDE = {"risk": ("calm", "stress", "weight")}
"""Inputs that a record tells beside the names of its row, by block."""

USED = {"triggers": "trigger_price"}
"""Blocks with rows to spare, and the column that is n/a in those that are not used."""

UNTOLD = {"Trigger_Order": "only where a row is found"}
"""Sheets whose columns are no figures, and why."""

CHECKS = "Checks"  # the sheet whose one-value lines stand under a key of their own


def figures(solution: Solution) -> Record:
    """All figures as plain numbers and texts; a figure that does not exist is None."""
    found: Record = {
        "as_of": iso_day(solution.value("as_of")),
        "active_shock": str(solution.value("active_shock")) or None,
    }
    found |= {"market": {}, "conventions": {}, "checks": {}}
    for section in solution.graph.sections:
        if section.block.one:
            for line in told(section):
                found[_key(section, line)][line.name] = _plain(solution, section.block.name, line.name, 0)
    for key, block in _listed(solution).items():
        found[key] = _records(solution, block, (*_leading(block), *_lines(solution, block.name)))
    for key, name in USED.items():
        found[key] = [record for record in found[key] if record[name] is not None]
    found["shocks"] = [record for record in found["shocks"] if record["shock"] != NO_SHOCK]
    for key, name in NEWEST.items():
        found[key] = _newest(solution, name)
    return found | record_figures(solution)


def record_figures(solution: Solution) -> Record:
    """What followed the market score (`record`), how well it tells times of stress (`auc`), and in which windows."""
    found = record(solution)
    windows = [
        {"window": each.window, "from": iso_day(each.start), "to": iso_day(each.end), "highest": known(each.highest)}
        for each in found.windows
    ]
    return {
        "record": [{name: known(value) for name, value in asdict(band).items()} for band in found.bands],
        "auc": {name: known(value) for name, value in found.auc.items()},
        "stress_windows": windows,
    }


def known(number: float) -> float | None:
    """The number, None for one that does not exist."""
    return number + 0.0 if math.isfinite(number) else None  # -0.0 becomes 0.0


def _key(section: Section, line: Line) -> str:
    """Where a one-value line stands: one that takes nothing is a convention of the model."""
    if line.check or section.sheet == CHECKS:
        return "checks"
    return "market" if line.parameters else "conventions"


def _listed(solution: Solution) -> dict[str, Block]:
    """Every block of many rows that is not left out, by its key."""
    apart = {*KEYS.values(), *NEWEST.values(), *LEFT_OUT}
    blocks = solution.graph.blocks
    more = {name: block for name, block in blocks.items() if not block.one and name not in apart}
    return {key: blocks[name] for key, name in KEYS.items()} | more


def _leading(block: Block) -> tuple[str, ...]:
    """The columns that name a row and stand before its lines."""
    if block.given:
        return block.given
    named = [block.owner_key] if block.owner is not None else []
    return (*named, *([block.key] if block.key != "number" else []), *BESIDE.get(block.name, ()))


def _lines(solution: Solution, block: str) -> tuple[str, ...]:
    sections = (
        section for section in solution.graph.sections if section.block.name == block and section.sheet not in UNTOLD
    )
    return tuple(line.name for section in sections for line in told(section))


def told(section: Section) -> tuple[Line, ...]:
    """The lines of a section that are figures: not the steps that others are made of."""
    return tuple(line for line in section.lines if not line.working)


def _records(solution: Solution, block: Block, names: Iterable[str]) -> list[Record]:
    columns, rows = tuple(names), solution.rows[block.name]
    return [{name: _plain(solution, block.name, name, row) for name in columns} for row in range(rows)]


def _newest(solution: Solution, block: str) -> Record:
    names, rows = _lines(solution, block), solution.rows[block]
    return {name: _plain(solution, block, name, rows - 1) if rows else None for name in names}


def _plain(solution: Solution, block: str, name: str, row: int) -> float | str | None:
    value = solution.column(block, name)[row]
    line = solution.graph.lines.get((block, name))
    if isinstance(value, str):
        return None if line is not None and value == "n/a" else str(value)  # an operator may be called "n/a"
    number = known(float(value))
    return iso_day(number) if number is not None and line is not None and line.unit == "date" else number
