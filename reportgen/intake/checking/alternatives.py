"""What may be given in one of two ways: machines by units or by totals, growth by hand or by history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reportgen.problem_codes import problem

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

BY_UNITS = ("units", "unit_hash_rate", "unit_power")
BY_TOTALS = ("total_hash_rate", "total_efficiency")
OF_BLANKS = frozenset({"machines_unmeasured", "growth_unknown"})
"""The codes that say that a cell is blank: not told of a cell that could not be read, which was told already."""
YEAR_AND_MONTH = 395
"""Days of history that the growth of a year needs: a 30-day mean at each end."""


def wrong_alternatives(sheets: Mapping[str, ReadSheet]) -> Iterator[Problem]:
    """Every error of what was given twice, or in neither way."""
    yield from _fleet(sheets["Fleet"])
    yield from _growth(sheets)


def _fleet(fleet: ReadSheet) -> Iterator[Problem]:
    for record in range(fleet.table.rows):
        units, totals = (
            [name for name in names if not fleet.blank_where(name, record)] for names in (BY_UNITS, BY_TOTALS)
        )
        if units and totals:
            given = " and ".join(_label(fleet, name) for name in (*units, *totals))
            yield problem("machines_twice", fleet.where(totals[0], record), f"found {given} in one row.")
            continue
        wanted, found = (BY_TOTALS, totals) if totals else (BY_UNITS, units)
        missing = [name for name in wanted if name not in found]
        if missing:
            message = f"found no {' and no '.join(_label(fleet, name) for name in missing)}."
            yield problem("machines_unmeasured", fleet.where(missing[0], record), message)


def _label(fleet: ReadSheet, name: str) -> str:
    return fleet.sheet.field(name).label.lower()


def _growth(sheets: Mapping[str, ReadSheet]) -> Iterator[Problem]:
    market, as_of = sheets["Market"], float(sheets["Report"].column("as_of")[0])
    if not market.blank_where("network_growth", 0) or np.isnan(as_of):
        return
    dates = sheets["Network_History"].column("date")
    dates = dates[dates <= as_of]
    days = int(dates.max() - dates.min()) + 1 if len(dates) else 0
    if days < YEAR_AND_MONTH:
        message = f"found nothing, and Network_History covers {days} days up to the as-of date."
        yield problem("growth_unknown", market.where("network_growth", 0), message)
