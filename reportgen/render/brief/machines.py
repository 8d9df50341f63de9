"""At which price each type of machine loses money on power alone, over all operators that run it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.inputs import Column
from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, counted, cut, named, per_btc, percent
from reportgen.render.charts.shutdown_prices import Machine

_MOST = 10


@dataclass(frozen=True)
class FirstMachine:
    """A type of machine and its highest shutdown price, with the distance of that from today's price."""

    name: str
    price: Figure
    distance: Figure


@dataclass(frozen=True)
class MachinesView:
    """The types with the most hash rate, those that stop first on top; empty without machines.

    `off` is the share of the installed hash rate that does not earn its power today; `first` the type whose highest
    shutdown price is the nearest below today's, None where every type is above it.
    """

    machines: tuple[Machine, ...]
    types: Figure
    hidden: Figure
    off: Figure
    first: FirstMachine | None


def machines_view(solution: Solution) -> MachinesView:
    """Machines of one name are taken together, whoever runs them; means are weighted by hash rate."""
    rate, prices = solution.numbers("fleet", "row_hash_rate"), solution.numbers("fleet", "shutdown_price")
    online = solution.numbers("fleet", "online")
    rows = solution.rows_of("fleet")
    running = rate > 0
    kinds: dict[str, list[int]] = {}
    for row in rows:
        if running[row.index]:
            kinds.setdefault(" ".join(row.text("machine").split()), []).append(row.index)
    whole = float(rate[running].sum())
    found = [_machine(name, rate[at], prices[at], whole) for name, at in kinds.items()]
    shown = sorted(found, key=lambda item: -item[0])[:_MOST]
    off = float(rate[running & (online == 0)].sum()) / whole if whole else float("nan")
    return MachinesView(
        machines=tuple(machine for _, machine in sorted(shown, key=lambda item: -_known(item[1].high))),
        types=counted(len(found)),
        hidden=counted(len(found) - len(shown)),
        off=percent(off),
        first=_first([machine for _, machine in found], solution.number("price")),
    )


def _machine(name: str, rate: Column, prices: Column, whole: float) -> tuple[float, Machine]:
    known = ~np.isnan(prices)
    share = float(rate.sum()) / whole
    if not known.any():
        return share, Machine(named(name), np.nan, np.nan, np.nan, percent(share).text)
    mean = float(np.average(prices[known], weights=rate[known]))
    low, high = float(prices[known].min()), float(prices[known].max())
    return share, Machine(named(name), low, mean, high, percent(share).text)


def _known(price: float) -> float:
    return price if price == price else -np.inf


def _first(machines: list[Machine], price: float) -> FirstMachine | None:
    below = [machine for machine in machines if machine.high <= price]
    if not below:
        return None
    nearest = max(below, key=lambda machine: machine.high)
    return FirstMachine(cut(nearest.name, 30), per_btc(nearest.high), percent(nearest.high / price - 1))
