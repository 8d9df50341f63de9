"""What moved more than a week explains: an input tenfold, an AISC though its operator did not change."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportgen.plausibility.figures import ImpliedFigures, implied_figures
from reportgen.plausibility.wording import figure
from reportgen.problem_codes import codes, problem
from reportgen.problems import shortened
from reportgen.sheets import BY_NAME, Kind

if TYPE_CHECKING:
    from reportgen.inputs import Inputs
    from reportgen.problems import Problem

TENFOLD, FAR_AISC = 10.0, 0.25
KEYS = {
    "Market": (),
    "Operators": ("operator",),
    "Fleet": ("operator", "machine"),
    "Debt": ("operator", "facility"),
    "AI_HPC": ("operator", "customer"),
    "Scenarios": ("scenario",),
    "Shocks": ("shock",),
    "Risk": ("component",),
}
"""What a row is known by from week to week; of rows with the same names the first is held against the first."""
OF_OPERATOR = ("Operators", "Fleet", "Debt", "AI_HPC")
MARKET = ("network_difficulty", "block_height", "blocks_per_day", "fees_per_block", "network_growth", "btc_price")
"""What of Market moves an AISC."""
BLOCKS_PER_HALVING = 210_000
Row = tuple[str, tuple[str, ...]]


def moved(previous: Inputs, now: Inputs, told: Sequence[Problem]) -> list[Problem]:
    """Every warning about what moved from `previous` to `now`; `told` are the warnings that were found before."""
    found = list(_tenfold(previous, now, told))
    return [*found, *_aisc(implied_figures(previous, ()), implied_figures(now, [*told, *found]))]


def _tenfold(previous: Inputs, now: Inputs, told: Sequence[Problem]) -> Iterator[Problem]:
    asked = {(each.where.sheet, each.where.cell) for each in told if codes()[each.code].explains}
    for sheet in KEYS:
        before = dict(_rows(previous, sheet))
        for record, (row, numbers) in enumerate(_rows(now, sheet)):
            for field, value in numbers.items():
                last = before.get(row, {}).get(field, 0.0)
                where = now.where(sheet, field, record)
                if last * value > 0 and (sheet, where.cell) not in asked and _fold(last, value) >= TENFOLD:
                    message = f"found {figure(value)}, {figure(last)} last time."
                    yield problem("moved_tenfold", where, message)


def _rows(inputs: Inputs, sheet: str) -> list[tuple[Row, dict[str, float]]]:
    """The numbers of each record, by what it is known by."""
    table, fields = inputs.tables[sheet], [each.name for each in BY_NAME[sheet].fields if each.kind is Kind.NUMBER]
    seen: Counter[tuple[str, ...]] = Counter()
    rows: list[tuple[Row, dict[str, float]]] = []
    for record in range(table.rows):
        names = tuple(str(table.columns[key][record]).casefold() for key in KEYS[sheet])
        seen[names] += 1
        numbers = {field: float(table.columns[field][record]) for field in fields}
        rows.append(((f"{seen[names]}", names), numbers))
    return rows


def _aisc(before: ImpliedFigures, after: ImpliedFigures) -> Iterator[Problem]:
    """One warning for all operators whose AISC moved though their rows did not: Market is what they share."""
    if after.market or _halved(before.inputs, after.inputs):
        return
    last, now = (dict(zip(each.names, each.line("aisc").tolist(), strict=True)) for each in (before, after))
    owned = _own_numbers(before.inputs), _own_numbers(after.inputs)
    far: list[tuple[float, str]] = []
    for name, aisc in now.items():
        earlier = last.get(name, math.nan)
        moving = earlier > 0 and aisc > 0 and abs(aisc / earlier - 1) > FAR_AISC
        if moving and owned[0].get(name.casefold()) == owned[1][name.casefold()]:
            far.append((_fold(earlier, aisc), name))
    if far:
        _, name = max(far)
        most = f'of "{shortened(name)}" from {figure(last[name])} to {figure(now[name])} USD per BTC'
        field = max(MARKET, key=lambda each: _market_fold(before.inputs, after.inputs, each))
        message = (
            f"AISC moved by more than a quarter at {len(far)} of {len(now)} operators that did not change, {most}."
        )
        yield problem("aisc_moved", after.inputs.where("Market", field), message)


def _own_numbers(inputs: Inputs) -> dict[str, list[tuple[object, ...]]]:
    """Every number of an operator's rows, by its name; blank is None, so that blanks compare equal."""
    owned: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for sheet in OF_OPERATOR:
        for (_, names), numbers in _rows(inputs, sheet):
            owned[names[0]].append((sheet, *(None if value != value else value for value in numbers.values())))
    return owned


def _halved(before: Inputs, after: Inputs) -> bool:
    first, second = (float(each.value("Market", "block_height")) // BLOCKS_PER_HALVING for each in (before, after))
    return first != second


def _market_fold(before: Inputs, after: Inputs, field: str) -> float:
    first, second = (float(each.value("Market", field)) for each in (before, after))
    return _fold(first, second) if first * second > 0 else 1.0


def _fold(first: float, second: float) -> float:
    """How many times one number is the other, at least 1; both are of one sign and not 0."""
    return max(first / second, second / first)
