"""What is possible but odd about machines: efficiency, price, life and number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.intake.reading.names import same_name
from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

EFFICIENCIES = (8.0, 110.0)
"""J/TH: from the best machine announced to the first ones that still run."""
PRICES = (2.0, 80.0)
"""USD/TH: from old machines in a bad year to new ones in the spring of 2021."""
LIVES = (6.0, 120.0)
"""Months: machines that are about to go are not sustained, and none has run for ten years."""
OUT_OF_SCALE = 100.0
"""Times the median of the operator's other rows."""
LEAST_POWER = 50.0
"""W of one machine: below it, kW."""
RATES = (4.0, 2_000.0)
"""TH/s of one machine: outside, the hash rate is the figure to look at, not the power."""
MONTHS = 12.0


def odd_fleet(fleet: ReadSheet) -> Iterator[Problem]:
    """Every warning about single rows of Fleet, and about rows of one operator."""
    yield from _efficiencies(fleet)
    yield from _prices(fleet)
    yield from _lives(fleet)
    units = fleet.column("units")
    if len(units) and bool(np.all(units == 0)):
        yield problem("machines_none", fleet.where("units"), "found no machine in any row.")


def _efficiencies(fleet: ReadSheet) -> Iterator[Problem]:
    low, high = EFFICIENCIES
    rows = zip(*(fleet.column(name).tolist() for name in ("unit_hash_rate", "unit_power")), strict=True)
    for record, (rate, power) in enumerate(rows):
        if rate > power >= LEAST_POWER:
            message = f"found {plain_number(rate)} TH/s and {plain_number(power)} W for one machine."
            yield problem("rate_power_swapped", fleet.where("unit_hash_rate", record), message)
        elif rate > 0 and not low <= power / rate <= high and not np.isnan(power):
            message = f"found {power / rate:.4g} J/TH ({plain_number(power)} W for {plain_number(rate)} TH/s)."
            kilowatts = (
                f"If {plain_number(power)} is in kW, type {plain_number(power * 1_000)}." if power < LEAST_POWER else ""
            )
            where = fleet.where("unit_power" if RATES[0] <= rate <= RATES[1] else "unit_hash_rate", record)
            yield problem("efficiency_odd", where, message, kilowatts)
    for record, efficiency in enumerate(fleet.column("total_efficiency").tolist()):
        if efficiency < low or efficiency > high:
            message = f"found {plain_number(efficiency)} J/TH."
            yield problem("efficiency_odd", fleet.where("total_efficiency", record), message)


def _prices(fleet: ReadSheet) -> Iterator[Problem]:
    low, high = PRICES
    rates = fleet.column("unit_hash_rate").tolist()
    for record, price in enumerate(fleet.column("replacement_price").tolist()):
        if not (price < low or price > high):
            continue
        rate, hint = rates[record], ""
        if price > high and low <= price / rate <= high:
            per_unit = f"{price / rate:.4g} USD/TH is {price:,.6g} USD for a machine of {plain_number(rate)} TH/s"
            hint = f"If {price:,.6g} is the price of a machine, type {price / rate:.4g}: {per_unit}."
        message = f"found {price:,.6g} USD/TH, outside {plain_number(low)} to {plain_number(high)}."
        yield problem("replacement_price_odd", fleet.where("replacement_price", record), message, hint)


def _lives(fleet: ReadSheet) -> Iterator[Problem]:
    low, high = LIVES
    for record, life in enumerate(fleet.column("remaining_life").tolist()):
        if life < low or life > high:
            years = f"{plain_number(life)} years are {plain_number(life * MONTHS)} months"
            hint = f"If you mean years, type months: {years}." if life < low else ""
            message = f"found {plain_number(life)} months, outside {plain_number(low)} to {plain_number(high)}."
            yield problem("remaining_life_odd", fleet.where("remaining_life", record), message, hint)


def odd_units(fleet: ReadSheet) -> Iterator[Problem]:
    """Rows whose number of machines is out of scale with their operator's others; of two rows the smaller is told."""
    rows: dict[str, list[tuple[float, int]]] = defaultdict(list)
    names, units = fleet.texts("operator"), fleet.column("units").tolist()
    for record, (name, number) in enumerate(zip(names, units, strict=True)):
        if number > 0:
            rows[same_name(name)].append((number, record))
    for own in (sorted(each) for each in rows.values() if len(each) > 1):
        # The others' middle row, the one that tells less where there are two: only one of both may be right.
        few, many = own[len(own) // 2][0], own[(len(own) - 1) // 2][0]
        for number, record in own:
            if number * OUT_OF_SCALE < few or (number > many * OUT_OF_SCALE and len(own) > 2):
                usual = few if number < few else many
                message = f"found {number:,.0f} machines, where a usual row of the operator has {usual:,.0f}."
                yield problem("units_odd", fleet.where("units", record), message)
