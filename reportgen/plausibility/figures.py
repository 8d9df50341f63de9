"""What the rules look at: the inputs, the lines that they imply without a shock, and what was asked about before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.lines import business
from reportgen.model.solve import solve_lines
from reportgen.problem_codes import codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reportgen.inputs import Inputs
    from reportgen.model.solve import Solution
    from reportgen.problems import Problem

LINES = (
    *("aisc", "direct_cost", "electricity", "energy", "production", "hash_rate", "ai_revenue", "liquidity_build"),
    *("interest", "direct_cost_per_btc", "sustaining_capex_per_btc", "corporate_financing_per_btc"),
)
"""The lines of an operator that the rules look at."""
OF_COLUMNS = frozenset({"amounts_thousands"})
"""Codes that are told at one cell and about every row; so are those that are told at no row's cell."""
SMALL_AI = 0.25
"""Of the revenue from mining: AI revenue up to which an operator counts as a miner alone."""
OWNED = ("Fleet", "Debt", "AI_HPC")
"""The lists whose rows belong to an operator."""


@dataclass(frozen=True)
class ImpliedFigures:
    """The inputs with their lines solved without a shock, and the operators that a warning has named already.

    One mistake has many consequences: a rule is silent about an operator of which a cell was named before it.
    `market` says that a cell of Market was.
    """

    inputs: Inputs
    solution: Solution
    operators: frozenset[str]
    market: bool

    def line(self, name: str) -> NDArray[np.float64]:
        """A line or field of each operator."""
        return self.solution.numbers("operators", name)

    @cached_property
    def names(self) -> list[str]:
        """The operators."""
        return self.solution.texts("operators", "operator")

    @cached_property
    def unnamed(self) -> NDArray[np.bool_]:
        """True for each operator that no warning has named."""
        return np.array([name not in self.operators for name in self.names], dtype=bool)

    @cached_property
    def mined(self) -> NDArray[np.float64]:
        """USD/month: what each operator's production is worth."""
        return self.line("production") * float(self.inputs.value("Market", "btc_price"))

    @cached_property
    def miners(self) -> NDArray[np.bool_]:
        """False for each operator whose AI contracts, running or to come, are no small thing beside its mining.

        Its overhead and debt are those of data centres too, and say nothing about a bitcoin.
        """
        revenue = self.inputs.tables["AI_HPC"].columns["monthly_revenue"]
        ai = np.array([sum(revenue[row] for row in self.records_of("AI_HPC", name)) for name in self.names])
        return ~(ai > SMALL_AI * self.mined)

    def records_of(self, sheet: str, operator: str) -> list[int]:
        """The records of a list that belong to an operator."""
        return self._records[sheet, operator]

    @cached_property
    def _records(self) -> dict[tuple[str, str], list[int]]:
        records: dict[tuple[str, str], list[int]] = defaultdict(list)
        for sheet in OWNED:
            for record, name in enumerate(self.inputs.tables[sheet].columns["operator"]):
                records[sheet, str(name)].append(record)
        return records


def implied_figures(inputs: Inputs, told: Iterable[Problem]) -> ImpliedFigures:
    """The figures of checked inputs; `told` are the problems that were found before."""
    wanted = [("operators", name) for name in LINES]
    plain = inputs.with_shock("")
    return looked_at(inputs, solve_lines(plain, wanted, business()), told)


def looked_at(inputs: Inputs, solution: Solution, told: Iterable[Problem]) -> ImpliedFigures:
    """The figures with everything that was told of before them."""
    size = [(each.code, each.where) for each in told if codes()[each.code].explains]
    operators: set[str] = set()
    for sheet in ("Operators", *OWNED):
        table = inputs.tables[sheet]
        names = [str(name) for name in table.columns["operator"]]
        by_row = dict(zip(map(str, table.cells.rows), names, strict=True)) if table.cells else {}
        for code, where in size:
            if where.sheet == sheet:
                row = where.cell.lstrip(ascii_uppercase)
                one = row in by_row and code not in OF_COLUMNS
                operators.update([by_row[row]] if one else names)
    market = any(where.sheet == "Market" for _, where in size)
    return ImpliedFigures(inputs, solution, frozenset(operators), market)
