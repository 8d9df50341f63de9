"""Checks of the cells that nobody should type into: formulas, conventions, snapshots; and of errors in any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.formula.tree import Number
from reportgen.model.lines.delivered import WATCHED
from reportgen.render.workbook.fingerprints import BOUNDS, BOUNDS_THEN, weighted
from reportgen.render.workbook.page import ABOUT
from reportgen.render.workbook.plan import INPUT_CHECKS, INPUT_HEADER, Plan, checked_fields
from reportgen.render.workbook.side_columns import HOLIDAYS, LIMIT
from reportgen.render.workbook.verdict import Verdict, Written, changed

if TYPE_CHECKING:
    from reportgen.model.block import Block
    from reportgen.render.workbook.address import CellRange
    from reportgen.render.workbook.side_columns import SideColumns

CHECKS = "Checks"
WORDS_A_STEP = 2
"""Headline figures whose words one formula holds."""


def typed_over(plan: Plan, side: SideColumns) -> Iterator[Verdict]:
    """Whether formulas, conventions and snapshots are as they were delivered."""
    for sheet in (INPUT_CHECKS, *plan.sheets, *_MAPS, ABOUT):
        yield Verdict(
            f"{sheet}: every formula is there",
            "A number typed over a formula does not move with the inputs; such cells are red.",
            "{now}={then}",
            sheet=sheet,
            counted=True,
        )
    yield _bounds(plan)
    yield _given(side)
    for (block, name), line in plan.graph.lines.items():
        tree = plan.graph.trees[block, name]
        if isinstance(tree, Number) and not line.parameters:
            cells = plan.range_of(block, (block, name))
            value = float(plan.solution.columns[block, name][0])
            yield Verdict(
                f"{cells.sheet}: {line.label} is the convention as delivered",
                line.note,
                "{now}={then}",
                now=Written(f"{cells.sheet}!{cells.cell()}", value),
                then=value,
            )
    for snapshot in plan.graph.blocks.values():
        if snapshot.given and plan.solution.rows[snapshot.name]:
            yield _snapshot(plan, snapshot)
    for sheet in _TOLD:
        yield Verdict(
            f"{sheet}: the snapshot is as delivered",
            _NOT_MOVING,
            "{now}=0",
            sheet=sheet,
            by_rows=True,
        )


def _given(side: SideColumns) -> Verdict:
    """Holidays and limits are as delivered: the age of the data is measured with them."""
    cells = [side.get(header) for header in (HOLIDAYS, LIMIT)]
    total = float(sum(float(each) for column in cells for each in column.cells if isinstance(each, float)))
    return Verdict(
        f"{INPUT_CHECKS}: holidays and limits are as delivered",
        "Their sum: the age of the data is measured with them.",
        "{now}={then}",
        now=Written("+".join(f"SUM({column.whole})" for column in cells), total),
        then=total,
    )


def _bounds(plan: Plan) -> Verdict:
    """Bounds are as delivered: cells are held against them."""
    last = INPUT_HEADER + 1 + sum(1 for _ in checked_fields(plan.solution))
    pairs = (
        tuple(f"{INPUT_CHECKS}!${letter}${INPUT_HEADER + 2}:${letter}${last}" for letter in pair)
        for pair in zip(BOUNDS, BOUNDS_THEN, strict=True)
    )
    return Verdict(
        f"{INPUT_CHECKS}: bounds are as delivered",
        "How many differ. They are those of reportgen: a rebuild does not take others.",
        "{now}=0",
        now=Written("+".join(f"SUMPRODUCT(--({now}<>{then}))" for now, then in pairs), 0.0),
    )


def formulas_changed(plan: Plan) -> Iterator[Verdict]:
    """Whether figures are as delivered while the inputs are: a formula put in the place of another shows in them."""
    moved = []
    for name, (words, _, _) in WATCHED.items():
        cell = plan.range_of("market", ("market", f"kept_{name}"))
        moved.append(Written(f'IF({cell.cell()}=1,"","{words}; ")', f"{words}; " if _moved(plan, name) else ""))
    parts = [moved[place : place + WORDS_A_STEP] for place in range(0, len(moved), WORDS_A_STEP)]
    steps = [
        Written("&".join(each.formula for each in part), "".join(str(each.value) for each in part)) for part in parts
    ]
    yield Verdict(
        "Headline figures are as delivered while no input was edited",
        "A formula was changed: the figures named differ from those delivered, although the inputs are the same.",
        'IF({inputs}=0,TRUE,{now}="")',
        plan.solution.value("as_delivered") == 1,
        now=Written(
            "&".join(f"{{s{place}}}" for place in range(1, len(steps) + 1)), "".join(str(each.value) for each in steps)
        ),
        steps=tuple(steps),
    )
    same = "ABS({0}-{1})<=(1+ABS({1}))/10^9".format  # other engines may add in another order
    for sheet in (INPUT_CHECKS, *plan.sheets, *_MAPS, ABOUT):
        yield Verdict(
            f"{sheet}: figures are as delivered while no input was edited",
            "The sum of the sheet's numbers below 10^12. A formula was changed: it differs from the one delivered, "
            "although the inputs are the same.",
            f"IF({{all_inputs}}=0,TRUE,AND({same('{now}', '{then}')},{same('{s1}', '{s2}')}))",
            sheet=sheet,
            summed=True,
        )


def _moved(plan: Plan, name: str) -> bool:
    return bool(plan.solution.value(f"kept_{name}") != 1)


def errors(plan: Plan) -> Iterator[Verdict]:
    """Whether any cell of the working sheets shows an error."""
    for sheet in (INPUT_CHECKS, *plan.sheets, *_MAPS, ABOUT):
        yield Verdict(
            f"{sheet}: no cell shows an error",
            "An error comes from a cell that it looks at; find the first one, or the input that is no number.",
            "NOT(ISERROR(SUM({area})))",
            sheet=sheet,
        )


def _snapshot(plan: Plan, block: Block) -> Verdict:
    """The sum of the numbers of a snapshot, each by its row so that two swapped ones show: they are plain values."""
    names = [name for name in block.given[1:] if plan.solution.columns[block.name, name].dtype != object]
    ranges = [plan.range_of(block.name, (block.name, name)) for name in names]
    columns = (np.nan_to_num(plan.solution.columns[block.name, name]) for name in names)
    totals = [float(values @ np.arange(1.0, len(values) + 1)) for values in columns]
    sums = [(_weighted(plan, block, cells), total) for cells, total in zip(ranges, totals, strict=True)]
    now, steps = changed(sums)
    return Verdict(f"{ranges[0].sheet}: the snapshot is as delivered", _NOT_MOVING, "{now}=0", now=now, steps=steps)


def _weighted(plan: Plan, block: Block, cells: CellRange) -> str:
    """The sum of a figure with the weight of each of its rows: where rows run across, the numbers above them."""
    if not cells.across:
        return weighted(cells)
    numbers = plan.range_of(block.name, (block.name, "number"))
    return f"SUMPRODUCT({cells.sheet}!{cells.whole()},{numbers.sheet}!{numbers.whole()})"


_NOT_MOVING = (
    "How many columns differ. Solved when this file was made: these numbers do not move, and are not to be typed over."
)
_MAPS = ("Dashboard", "Net_Margin", "Heat_Map")
_TOLD = ("Record",)
