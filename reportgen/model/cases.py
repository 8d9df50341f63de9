"""Many cases of one workbook at once: a table of what each changes → figures with a level for the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.input_changes import find_change, in_order
from reportgen.inputs import Column
from reportgen.model.graph import Graph, Key
from reportgen.model.solution import Solution, solve_cases

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True)
class CaseSolution:
    """The figures of many cases: columns by (block, name), (rows, cases) where a case touches them, else (rows,).

    `solution` is the workbook as it stands, `changed` what was computed or given for the cases.
    """

    solution: Solution
    changed: Mapping[Key, Column]
    labels: pd.Index[Any]

    def column(self, block: str, name: str) -> Column:
        """All values of a line or field of a block: (rows, cases), of a wide field (rows, names, cases)."""
        alone = self.solution.columns[block, name]
        values = self.changed.get((block, name), alone)
        standing = values if values.ndim > alone.ndim else values[..., np.newaxis]
        return np.broadcast_to(standing, (*alone.shape, len(self.labels)))

    def number(self, name: str, block: str = "market") -> NDArray[np.float64]:
        """A one-value line or field in every case: (cases,); NaN is n/a."""
        return np.asarray(self.column(block, name)[0], dtype=float)

    def table(self, block: str) -> pd.DataFrame:
        """A block as a pandas table, indexed by case and row; a one-value block by case alone. Dates as timestamps."""
        import pandas as pd

        one = self.solution.table(block)
        several, rows = not self.solution.graph.blocks[block].one, len(one)
        names = [name for name in one.columns if self._told(block, name)]
        columns = {name: self._flat(block, name, one) for name in names}
        if not several:
            return pd.DataFrame(columns, index=self.labels)
        levels = [self.labels.get_level_values(level).repeat(rows) for level in range(self.labels.nlevels)]
        index = pd.MultiIndex.from_arrays([*levels, np.tile(np.asarray(one.index), len(self.labels))])
        return pd.DataFrame(columns, index=index.set_names([*self.labels.names, one.index.name]))

    def _told(self, block: str, name: str) -> bool:
        """False for a line that was not asked for, or that only the snapshot of shocks can tell."""
        return (block, name) in self.changed or (block, name) not in self.solution.graph.lines

    def _flat(self, block: str, name: str, one: pd.DataFrame) -> Any:
        """All cases of a column, one under the other."""
        values = self.column(block, name).T.ravel()
        if one[name].dtype.kind != "M":
            return values
        import pandas as pd

        return pd.to_datetime(values, unit="D", origin="1899-12-30")

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every block that has lines of its own as a pandas table, by name."""
        asked = {block for block, _ in self.changed}
        return {name: self.table(name) for name in self.solution.graph.blocks if name in asked}


def solved_cases(
    solution: Solution, cases: pd.DataFrame | Mapping[str, Any], lines: Iterable[str] | None = None
) -> CaseSolution:
    """The figures of every case, with one value a case in each column of `cases`.

    A column is named as in `reportgen.input_changes` ("btc_price", "Operators.power_price*"), or after a one-value line
    that is then given and not computed ("market.price_change"). `lines` limits the work to some figures ("risk_score",
    "operators.aisc_net"). KeyError for a name that is not there, ValueError for a value out of its field's bounds.
    """
    import pandas as pd

    table = cases if isinstance(cases, pd.DataFrame) else pd.DataFrame(dict(cases))
    labels = table.index if any(table.index.names) else table.index.rename("case")
    changes = changed_columns(solution, {str(name): table[name].to_numpy() for name in table.columns})
    wanted = None if lines is None else [find_key(solution.graph, name) for name in lines]
    found = solve_cases(solution, changes, wanted) if len(table) else {}
    return CaseSolution(solution, {**found, **changes}, labels)


def changed_columns(solution: Solution, cases: Mapping[str, Column]) -> dict[Key, Column]:
    """Columns of inputs and given lines as (rows, cases); values first, then factors."""
    inputs, graph = solution.inputs, solution.graph
    found: dict[Key, Column] = {}
    for written in in_order(cases):
        values = cases[written]
        block, _, name = written.rpartition(".")
        key = (block, name)
        if key in graph.lines and graph.blocks[block].one:
            found[key] = np.asarray(values)[np.newaxis, :]
            continue
        change = find_change(written, inputs.tables)
        key = next(
            (each.name, change.field)
            for each in graph.blocks.values()
            if change.sheet in {sheet.name for sheet in each.sources}
        )
        column = inputs.tables[change.sheet].columns[change.field][..., np.newaxis]
        before = found.get(key, np.repeat(column, len(values), axis=-1))
        found[key] = change.applied(before, values)
    return found


def find_key(graph: Graph, name: str) -> Key:
    """The line of that name, "block.name" or the only "name" (of a one-value block first); KeyError otherwise."""
    block, _, line = name.rpartition(".")
    having = [key for key in graph.lines if key[1] == line and block in ("", key[0])]
    single = [key for key in having if graph.blocks[key[0]].one] or having
    if len(single) == 1:
        return single[0]
    several = ", ".join(".".join(key) for key in single)
    raise KeyError(f"{name} is the name of several lines: {several}" if several else f"there is no line called {name}")
