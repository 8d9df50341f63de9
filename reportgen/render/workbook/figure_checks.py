"""Checks of the cells that nobody should type into: formulas, conventions, snapshots; and of errors in any of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.formula.tree import Number
from reportgen.model.lines.delivered import WATCHED
from reportgen.render.workbook.fingerprints import BOUNDS, BOUNDS_THEN, shock_as_delivered, weighted
from reportgen.render.workbook.page import ABOUT
from reportgen.render.workbook.plan import INPUT_CHECKS, INPUT_HEADER, Plan, checked_fields
from reportgen.render.workbook.verdict import Verdict, Written

if TYPE_CHECKING:
    from reportgen.model.block import Block

CHECKS = "Checks"


def typed_over(plan: Plan) -> Iterator[Verdict]:
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
            "Solved when this file was made: these numbers do not move, and are not to be typed over.",
            _SAME,
            sheet=sheet,
            summed=True,
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
    kept = [(words, plan.range_of("market", ("market", f"kept_{name}"))) for name, (words, _, _) in WATCHED.items()]
    cells = [(words, f"{place.sheet}!{place.cell()}") for words, place in kept]
    same = "ABS({0}-{1})<=(1+ABS({1}))/10^9".format  # other engines may add in another order
    moved = "&".join(f'IF({cell}=1,"","{words}; ")' for words, cell in cells)
    yield Verdict(
        "Headline figures are as delivered while no input was edited",
        "A formula was changed: the figures named differ from those delivered, although the inputs are the same.",
        'IF({inputs}=0,TRUE,{now}="")',
        plan.solution.value("as_delivered") == 1,
        now=Written(moved, "".join(f"{words}; " for name, (words, _, _) in WATCHED.items() if _moved(plan, name))),
    )
    shock = shock_as_delivered(plan)
    for sheet in (INPUT_CHECKS, *plan.sheets, *_MAPS, ABOUT):
        yield Verdict(
            f"{sheet}: figures are as delivered while no input was edited",
            "The sum of the sheet's numbers below 10^12. A formula was changed: it differs from the one delivered, "
            "although the inputs are the same.",
            f"IF({{inputs}}=0,TRUE,IF({shock},AND({same('{now}', '{then}')},{same('{small}', '{small_then}')}),TRUE))",
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
    total = float(sum(values @ np.arange(1.0, len(values) + 1) for values in columns))
    return Verdict(
        f"{ranges[0].sheet}: the snapshot is as delivered",
        "Solved when this file was made: these numbers do not move, and are not to be typed over.",
        _SAME,
        now=Written("+".join(map(weighted, ranges)), total),
        then=total,
    )


_MAPS = ("Net_Margin", "Heat_Map")
_TOLD = ("Record", "Episodes")
_SAME = "ABS({now}-{then})<=ABS({then})/10^9"
