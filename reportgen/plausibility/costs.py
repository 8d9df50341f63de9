"""Costs that are odd beside the power bill, the other operators, or any miner: the sign of a mistyped input."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.plausibility.figures import CORPORATE, DIRECT, SUSTAINING
from reportgen.plausibility.wording import times
from reportgen.problem_codes import problem
from reportgen.problems import shortened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reportgen.plausibility.figures import ImpliedFigures
    from reportgen.problems import Problem, Where

LEAST_POWER_PRICE = 0.01
"""USD/kWh, hosting included: no one has paid less for long."""
LEAST_ELECTRICITY = 5_000.0
"""USD/BTC: at the efficiency of the best machines, power for a bitcoin has not cost less since 2020."""
MOST_BESIDE_POWER = 1.5
"""Direct cost other than power, in power bills."""
MOST_LAYER, MOST_AISC, LEAST_AISC = 5.0, 4.0, 0.25
"""Times the median."""
MOST_OF_PRICE = 5.0
"""Prices: no year has had a median cost of more."""
LEAST_LAYER = 0.75
"""Of the price: a layer below it is no large part of a cost."""
THROUGHOUT = 3.0
"""Times the median of the others, of each monthly cost beside the power bill: the machines are what is off."""
ALL_HIGH = "every cost is high beside its power bill"
CHECK_MACHINES = "Check the machines first: units, total hash rate, efficiency; and the power price."
FEWEST = 3
"""Operators of which a median says what is usual."""
SITE_COSTS = ("hosting", "site_maintenance", "site_labour")
LAYERS = (
    ("direct_cost_per_btc", "direct cost", DIRECT),
    ("sustaining_capex_per_btc", "sustaining capex", SUSTAINING),
    ("corporate_financing_per_btc", "corporate and financing cost", CORPORATE),
)


def low_power_price(figures: ImpliedFigures) -> Iterator[Problem]:
    """A power price below any tariff, unless the hosting fee includes the power."""
    prices, energy = figures.line("power_price"), figures.line("energy") * 1_000
    in_the_fee = (prices == 0) & (figures.line("hosting") >= LEAST_POWER_PRICE * energy) & (energy > 0)
    for record in np.flatnonzero((prices < LEAST_POWER_PRICE) & ~in_the_fee).tolist():
        message = f"found {prices[record]:.6g} USD/kWh, which is unusually low."
        yield problem("power_price_low", figures.inputs.where("Operators", "power_price", record), message)


def cheap_electricity(figures: ImpliedFigures) -> Iterator[Problem]:
    """Power for a bitcoin that costs next to nothing though it has a price; where all have it so, Market is off."""
    if figures.market:
        return
    per_btc = _divided(figures.line("electricity"), figures.line("production"))
    paid = (figures.line("power_price") > 0) & ~np.isnan(per_btc)
    low = paid & (per_btc < LEAST_ELECTRICITY)
    if np.count_nonzero(paid) >= FEWEST and low.sum() == paid.sum() and figures.unnamed(DIRECT).all():
        message = f"electricity comes to {np.max(per_btc[low]):,.0f} USD per BTC or less at every operator."
        yield problem("electricity_low", figures.inputs.where("Market", "network_difficulty"), message)
        return
    for record in np.flatnonzero(low & figures.unnamed(DIRECT)).tolist():
        message = f"electricity of {_name(figures, record)} comes to {per_btc[record]:,.0f} USD per BTC."
        yield problem("electricity_low", figures.inputs.where("Operators", "power_price", record), message)


def dear_sites(figures: ImpliedFigures) -> Iterator[Problem]:
    """Direct cost other than power above one and a half power bills: often a quarter or a year typed for a month."""
    power = figures.line("electricity")
    beside = figures.line("direct_cost") - power
    throughout = _dear_throughout(figures)
    for record in np.flatnonzero((power > 0) & (beside > MOST_BESIDE_POWER * power) & figures.unnamed(DIRECT)).tolist():
        costs = {name: float(figures.line(name)[record]) for name in SITE_COSTS}
        largest = max(costs, key=lambda name: costs[name])
        share = f"{beside[record] / power[record]:.0%} of the power bill ({power[record]:,.0f})"
        if throughout[record]:
            message = f"direct cost of {_name(figures, record)} other than power is {share}; {ALL_HIGH}."
            yield problem("direct_cost_odd", _machines(figures, record), message, CHECK_MACHINES)
            continue
        message = f"found {costs[largest]:,.0f} USD/month, which brings direct cost other than power to {share}."
        yield problem("direct_cost_odd", figures.inputs.where("Operators", largest, record), message)


def dear_everywhere(figures: ImpliedFigures) -> Iterator[Problem]:
    """A median cost of several prices: amounts of a whole column are in another's place, or of a year."""
    cost, weights = figures.line("aisc"), figures.line("hash_rate")
    mine = ~np.isnan(cost) & figures.miners & figures.unnamed(DIRECT, SUSTAINING, CORPORATE)
    if figures.market or not mine.any():
        return
    median, price = weighted_median(cost[mine], weights[mine]), float(figures.inputs.value("Market", "btc_price"))
    if median > MOST_OF_PRICE * price:
        record = int(np.flatnonzero(mine & (cost >= median))[0])
        layer = max(LAYERS, key=lambda each: float(figures.line(each[0])[record]))[0]
        largest, where = _largest_part(figures, layer, record)
        message = f"the median AISC is {median:,.0f} USD per BTC, {median / price:.1f} times the price"
        yield problem("aisc_high", where, f"{message}; most of that of {_name(figures, record)} is {largest}.")


def far_layers(figures: ImpliedFigures) -> Iterator[Problem]:
    """A layer of AISC far above the median of the other operators, at the input that makes most of it."""
    # A layer that is small beside the price may differ by more: little debt, little overhead.
    least = LEAST_LAYER * float(figures.inputs.value("Market", "btc_price"))
    throughout = _dear_throughout(figures)
    for name, title, part in LAYERS:
        cost = figures.line(name)
        others = median_of_others(np.where(cost > 0, cost, np.nan))
        far = figures.miners & figures.unnamed(part) & (cost > np.maximum(MOST_LAYER * others, least))
        for record in np.flatnonzero(far).tolist():
            beside = f"{times(cost[record] / others[record])} the median of the other operators ({others[record]:,.0f})"
            largest, where = _largest_part(figures, name, record)
            message = f"{title} is {cost[record]:,.0f} USD per BTC, {beside}; most of it is {largest}."
            if throughout[record]:
                message = (
                    f"{title} of {_name(figures, record)} is {cost[record]:,.0f} USD per BTC, {beside}; {ALL_HIGH}."
                )
                yield problem("layer_high", _machines(figures, record), message, CHECK_MACHINES)
                continue
            yield problem("layer_high", where, message)


def _dear_throughout(figures: ImpliedFigures) -> NDArray[np.bool_]:
    """True where every monthly cost is far above that of the others beside the power bill: the machines are too few."""
    power = figures.line("electricity")
    times_others = []
    for cost in (*SITE_COSTS, "corporate_overhead"):
        ratio = _divided(figures.line(cost), power)
        paid = np.where(ratio > 0, ratio, np.nan)
        times_others.append(paid / median_of_others(paid))
    beside = np.array(times_others)
    known = ~np.isnan(beside)
    far: NDArray[np.bool_] = ((beside >= THROUGHOUT) | ~known).all(axis=0) & (known.sum(axis=0) >= FEWEST)
    return far


def _machines(figures: ImpliedFigures, record: int) -> Where:
    """The cell that says how many machines the largest row of an operator has."""
    fleet = figures.inputs.tables["Fleet"].columns

    def rate(row: int) -> float:
        total = float(fleet["total_hash_rate"][row]) * 1e6
        return total if total > 0 else float(fleet["units"][row] * fleet["unit_hash_rate"][row])

    row = max(figures.records_of("Fleet", figures.names[record]), key=rate)
    column = "total_hash_rate" if fleet["total_hash_rate"][row] > 0 else "units"
    return figures.inputs.where("Fleet", column, row)


def far_aisc(figures: ImpliedFigures) -> Iterator[Problem]:
    """An all-in cost far from the median of all, whatever makes it."""
    aisc, weights = figures.line("aisc"), figures.line("hash_rate")
    usual = ~np.isnan(aisc)
    if np.count_nonzero(usual) < FEWEST:
        return
    median = weighted_median(aisc[usual], np.minimum(weights, weights[usual].sum() / FEWEST)[usual])
    far = (aisc > MOST_AISC * median) | (aisc < LEAST_AISC * median)
    for record in np.flatnonzero(far & figures.miners & figures.unnamed(DIRECT, SUSTAINING, CORPORATE)).tolist():
        beside = f"{times(aisc[record] / median)} the median of all operators ({median:,.0f})"
        message = f"AISC of {_name(figures, record)} is {aisc[record]:,.0f} USD per BTC, {beside}."
        credited = _at(figures, "curtailment_credit", record) > _at(figures, "electricity", record)
        field = "curtailment_credit" if credited else "operator"
        yield problem("aisc_far", figures.inputs.where("Operators", field, record), message)


def median_of_others(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each value the median of the others; NaN for a missing value, and where there are fewer than two others."""
    medians = np.full(len(values), np.nan)
    known = np.flatnonzero(~np.isnan(values))
    others = len(known) - 1
    if others < FEWEST - 1:
        return medians
    known = known[np.argsort(values[known], kind="stable")]
    ranked, place = values[known], np.arange(len(known))
    # Without the value at a place, all behind it move one place forward.
    low, high = (others - 1) // 2, others // 2
    medians[known] = (ranked[low + (place <= low)] + ranked[high + (place <= high)]) / 2
    return medians


def weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The smallest value at and below which half of the weight lies."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def _largest_part(figures: ImpliedFigures, layer: str, record: int) -> tuple[str, Where]:
    """The largest amount in a layer of an operator, in words, and its cell."""
    name, inputs = figures.names[record], figures.inputs
    parts: list[tuple[float, str, Where]] = []
    if layer == "direct_cost_per_btc":
        parts.append(
            (_at(figures, "electricity", record), "electricity", inputs.where("Operators", "power_price", record))
        )
        parts += [(_at(figures, cost, record), cost, inputs.where("Operators", cost, record)) for cost in SITE_COSTS]
    elif layer == "sustaining_capex_per_btc":
        capex = figures.solution.numbers("fleet", "row_replacement_capex")
        for row in figures.records_of("Fleet", name):
            parts.append(
                (float(capex[row]), "replacement of machines", inputs.where("Fleet", "replacement_price", row))
            )
    else:
        for cost, field in (("corporate_overhead",) * 2, ("liquidity_build", "minimum_liquidity")):
            parts.append((_at(figures, cost, record), cost, inputs.where("Operators", field, record)))
        debt = inputs.tables["Debt"].columns
        for row in figures.records_of("Debt", name):
            interest = float(debt["principal"][row] * debt["interest_rate"][row]) / 12
            parts.append((interest, "interest", inputs.where("Debt", "principal", row)))
            parts.append(
                (float(debt["monthly_repayment"][row]), "repayment", inputs.where("Debt", "monthly_repayment", row))
            )
    amount, words, where = max(parts, key=lambda part: part[0])
    return f"{words.replace('_', ' ')}, {amount:,.0f} USD/month", where


def _at(figures: ImpliedFigures, line: str, record: int) -> float:
    return float(figures.line(line)[record])


def _name(figures: ImpliedFigures, record: int) -> str:
    return f'"{shortened(figures.names[record])}"'


def _divided(amount: NDArray[np.float64], by: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(by > 0, amount / by, np.nan)
