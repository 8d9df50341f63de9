"""Snapshots: what blocks with given columns hold, taken from other cases of the workbook when it is solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from reportgen.inputs import Column
from reportgen.model.adverse_cases import grid, reverse_stress
from reportgen.model.block import Block
from reportgen.model.graph import Key
from reportgen.model.solution import Solution, solve_cases

NO_SHOCK = "No shock"
NEAREST = 10  # triggers below the price at which the whole model is solved


def snapshot(solution: Solution, block: Block) -> dict[Key, Column]:
    """The given columns of a block and the numbers of its rows; none for a block without given columns."""
    if not block.given:
        return {}
    columns = dict(zip(block.given, FILLED[block.name](solution, block.given), strict=True))
    numbers = np.arange(1.0, len(columns[block.given[0]]) + 1)
    return {(block.name, name): column for name, column in {**columns, "number": numbers}.items()}


def _shocks(solution: Solution, names: tuple[str, ...]) -> list[Column]:
    """The figures without a shock and under each: each shock is a case."""
    shocks = solution.inputs.tables["Shocks"].columns["shock"]
    active = np.array([["", *shocks]], dtype=object)
    return [
        np.array([NO_SHOCK, *shocks], dtype=object),
        *_of_cases(solution, {("market", "active_shock"): active}, names[1:]),
    ]


def _nearest_triggers(solution: Solution, names: tuple[str, ...]) -> list[Column]:
    """The figures at the nearest triggers below the price, the price at each given."""
    prices, rows = (solution.numbers("triggers", name) for name in ("trigger_price", "from_row"))
    near = np.flatnonzero(solution.numbers("triggers", "crossed") == 0)[:NEAREST]
    texts = [solution.texts("triggers", name) for name in ("operator", "facility", "trigger")]
    labels = [" / ".join(text[row] for text in texts if text[row]) for row in near]
    at = prices[near]
    changes: dict[Key, Column] = {("market", "price"): at[np.newaxis]}
    found = _of_cases(solution, changes, names[3:]) if len(at) else [np.empty(0) for _ in names[3:]]
    return [np.array(labels, dtype=object), rows[near], at, *found]


def _grid(solution: Solution, names: tuple[str, ...]) -> list[Column]:
    cells = grid(solution)
    labels = [f"price {cell.price_change:+.0%}, difficulty {cell.difficulty_change:+.0%}" for cell in cells]
    return [np.array(labels, dtype=object), *_attributes(cells, names[1:])]


def _reverse_stress(solution: Solution, names: tuple[str, ...]) -> list[Column]:
    return _attributes(reverse_stress(solution), names)


def _attributes(records: Sequence[object], names: tuple[str, ...]) -> list[Column]:
    """A column for each attribute: texts or numbers."""
    columns = ([getattr(record, name) for record in records] for name in names)
    return [np.array(values, dtype=object if isinstance(values[0], str) else float) for values in columns]


def _of_cases(solution: Solution, changes: Mapping[Key, Column], names: tuple[str, ...]) -> list[Column]:
    """One-value lines, a number a case."""
    found = solve_cases(solution, changes, [("market", name) for name in names])
    cases = next(iter(changes.values())).shape[-1]
    return [np.broadcast_to(found["market", name], (1, cases))[0].astype(float) for name in names]


FILLED: Mapping[str, Callable[[Solution, tuple[str, ...]], list[Column]]] = {
    "snapshot": _shocks,
    "trigger_snapshot": _nearest_triggers,
    "grid": _grid,
    "reverse_stress": _reverse_stress,
}
"""What fills the given columns of a block, by its name: a column for each, in their order."""
