"""What the rules look at: the inputs, the lines that they imply without a shock, and what was asked about before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.lines import business
from reportgen.model.solve import solve_lines
from reportgen.problem_codes import codes
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reportgen.inputs import Inputs
    from reportgen.model.solve import Solution
    from reportgen.problems import Problem, Where

LINES = (
    *("aisc", "direct_cost", "electricity", "energy", "production", "hash_rate", "ai_revenue", "liquidity_build"),
    *("interest", "direct_cost_per_btc", "sustaining_capex_per_btc", "corporate_financing_per_btc"),
)
"""The lines of an operator that the rules look at."""
OF_COLUMNS = frozenset({"amounts_thousands", "aisc_high"})
"""Codes that are told at one cell and about every row; so are those that are told at no row's cell."""
SMALL_AI = 0.25
"""Of the revenue from mining: AI revenue up to which an operator counts as a miner alone."""
DIRECT, SUSTAINING, CORPORATE, DEBT, AI = PARTS = ("direct", "sustaining", "corporate", "debt", "AI")
"""What of an operator a cell can be wrong about."""
PARTS_OF: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Operators": {
        **dict.fromkeys(("power_price", "site_overhead", "hosting", "site_maintenance", "site_labour"), (DIRECT,)),
        **dict.fromkeys(("corporate_overhead", "cash", "btc_held", "minimum_liquidity"), (CORPORATE,)),
        "curtailment_credit": (DIRECT,),
    },
    "Fleet": dict.fromkeys(("replacement_price", "remaining_life"), (SUSTAINING,)),
    "Debt": dict.fromkeys(("principal", "interest_rate", "monthly_repayment"), (CORPORATE, DEBT)),
    "AI_HPC": dict.fromkeys(("monthly_revenue", "monthly_cost"), (AI,)),
}
"""The parts that a field makes; any other (units, uptime) makes the production, and so all of them."""
OWNED = ("Fleet", "Debt", "AI_HPC")
"""The lists whose rows belong to an operator."""


@dataclass(frozen=True)
class ImpliedFigures:
    """The inputs with their lines solved without a shock, and the operators that a warning has named already.

    One mistake has many consequences: a rule is silent about a part of an operator's cost of which a cell was named
    before it. `named` holds operator and part, `market` says that a cell of Market was named.
    """

    inputs: Inputs
    solution: Solution
    named: frozenset[tuple[str, str]]
    market: bool

    def line(self, name: str) -> NDArray[np.float64]:
        """A line or field of each operator."""
        return self.solution.numbers("operators", name)

    @cached_property
    def names(self) -> list[str]:
        """The operators."""
        return self.solution.texts("operators", "operator")

    def unnamed(self, *parts: str) -> NDArray[np.bool_]:
        """True for each operator of which no warning has named any of the parts."""
        return np.array([all((name, part) not in self.named for part in parts) for name in self.names], dtype=bool)

    @cached_property
    def power_bills(self) -> Mapping[str, NDArray[np.float64]]:
        """USD/month: the power bill of the operator of each row, by sheet."""
        bills = dict(zip(self.names, self.line("electricity").tolist(), strict=True))
        tables = {sheet: self.inputs.tables[sheet] for sheet in ("Operators", *OWNED)}
        return {
            sheet: np.array([bills[str(name)] for name in table.columns["operator"]]) for sheet, table in tables.items()
        }

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
    solution = solve_lines(inputs.with_shock(""), wanted, business())
    return looked_at(ImpliedFigures(inputs, solution, frozenset(), market=False), told)


def looked_at(figures: ImpliedFigures, told: Iterable[Problem], *, wholly: bool = False) -> ImpliedFigures:
    """The figures with what more was told of them: of the parts that a cell makes or, `wholly`, of its operator."""
    size = [each for each in told if codes()[each.code].explains]
    named = set(figures.named)
    for sheet in ("Operators", *OWNED):
        table = figures.inputs.tables[sheet]
        names = [str(name) for name in table.columns["operator"]]
        by_row = dict(zip(map(str, table.cells.rows), names, strict=True)) if table.cells else {}
        for each in size:
            if each.where.sheet == sheet:
                row = each.where.cell.lstrip(ascii_uppercase)
                rows = [by_row[row]] if row in by_row and each.code not in OF_COLUMNS else names
                named.update((name, part) for name in rows for part in (PARTS if wholly else _parts(each.where)))
    market = figures.market or any(each.where.sheet == "Market" for each in size)
    return replace(figures, named=frozenset(named), market=market)


def _parts(where: Where) -> tuple[str, ...]:
    """The parts that the field of a cell makes."""
    labels = {BY_NAME[where.sheet].field(name).label: parts for name, parts in PARTS_OF[where.sheet].items()}
    return labels.get(where.label, PARTS)
