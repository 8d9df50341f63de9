"""What is possible but odd about operators: rows of totals or averages, more of the network than anyone has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reportgen.intake.checking.plausibility.market import installed_hash_rate, network_hash_rate, running_hash_rate
from reportgen.intake.reading.names import names_total, same_name
from reportgen.problem_codes import problem
from reportgen.problems import shortened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

Sheets = Mapping[str, "ReadSheet"]
MOST_OF_NETWORK = 0.15
"""Of the hash rate that the difficulty implies; the largest operator has had some 6 %."""
ALIKE, FEWEST = 0.005, 3
"""How far a hash rate and a holding may lie from the sum of the others, and the operators that it takes."""
AGGREGATES = frozenset(
    {
        *("total", "totals", "subtotal", "sum", "sums", "average", "averages", "avg", "mean", "median", "aggregate"),
        *("gesamt", "insgesamt", "summe", "durchschnitt", "mittelwert", "moyenne", "somme", "promedio", "suma"),
    }
)
"""Words in the name of a row that is no operator."""
EVERYONE = frozenset({"all", "alle", "miners", "operators", "companies", "peers", "sites", "miner", "firmen"})
"""Words of which the name of such a row may be made as a whole, the first or the second among them."""
_WORD = re.compile(r"[^\W\d_]+")


def odd_aggregates(sheets: Sheets) -> Iterator[Problem]:
    """Rows of Operators that are totals or averages of the others, by their name or by their figures."""
    operators = sheets["Operators"]
    names = operators.texts("operator")
    rates = hash_rates(sheets, installed_hash_rate(sheets["Fleet"]))
    held = np.nan_to_num(operators.column("btc_held"))
    sums = _equals_the_others(rates) & _equals_the_others(held)
    for record, name in enumerate(names):
        if names_total(name):
            continue  # an error
        if sums[record]:
            message = f'hash rate and BTC held of "{shortened(name)}" are the sum of those of the other operators.'
            yield problem("operator_aggregate", operators.where("operator", record), message)
        elif names_aggregate(name):
            message = f'found "{shortened(name)}": is that an operator?'
            yield problem("operator_aggregate", operators.where("operator", record), message)


def names_aggregate(text: str) -> bool:
    """True for a name with a word for a total or an average in it, and for "All miners"."""
    words = _WORD.findall(text.casefold())
    return any(word in AGGREGATES for word in words) or (
        words[:1] in (["all"], ["alle"]) and EVERYONE.issuperset(words)
    )


def hash_rates(sheets: Sheets, of_rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The hash rate (TH/s) of each operator, given that of each row of Fleet."""
    totals = dict.fromkeys(map(same_name, sheets["Operators"].texts("operator")), 0.0)
    for name, rate in zip(map(same_name, sheets["Fleet"].texts("operator")), of_rows.tolist(), strict=True):
        totals[name] = totals.get(name, 0.0) + rate
    return np.array([totals[same_name(name)] for name in sheets["Operators"].texts("operator")])


def _equals_the_others(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """True for each value above 0 that is the sum of the others."""
    if len(values) < FEWEST:
        return np.zeros(len(values), dtype=bool)
    others = values.sum() - values
    alike: NDArray[np.bool_] = (values > 0) & (np.abs(values - others) <= ALIKE * others)
    return alike


def odd_share_of_network(sheets: Sheets) -> Iterator[Problem]:
    """More of the network than anyone has; of one operator at its largest row in Fleet, of several at Market."""
    fleet, running, network = sheets["Fleet"], running_hash_rate(sheets), network_hash_rate(sheets)
    names = sheets["Operators"].texts("operator")
    shares = {name: rate / network for name, rate in zip(names, hash_rates(sheets, running).tolist(), strict=True)}
    large = [name for name, share in shares.items() if share > MOST_OF_NETWORK and not names_aggregate(name)]
    implied = f"the {network / 1e6:,.0f} EH/s that the difficulty implies"
    if len(large) > 1:
        message = f"{len(large)} operators have more than {MOST_OF_NETWORK:.0%} of {implied} each."
        yield problem("operator_large", sheets["Market"].where("network_difficulty"), message)
    elif large:
        rows = [row for row, name in enumerate(fleet.texts("operator")) if same_name(name) == same_name(large[0])]
        largest = max(rows, key=lambda row: float(running[row]))
        column = "units" if fleet.blank_where("total_hash_rate", largest) else "total_hash_rate"
        rate = f"{shares[large[0]] * network / 1e6:,.1f} EH/s, {shares[large[0]]:.0%}"
        message = f'"{shortened(large[0])}" has {rate} of {implied}.'
        yield problem("operator_large", fleet.where(column, largest), message)
