"""Cells that change every week: those that still hold last week's value, and those that nobody has confirmed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.intake.checking.plausibility.market import BLOCKS_A_DAY, height_is_off
from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem
from reportgen.sheets import BY_NAME, Kind

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem
    from reportgen.sheets import Field

BLOCKS_PER_EPOCH = 2016
"""Blocks between two retargets of the difficulty, a rule of the network."""
MOST_OFF_PACE = 0.15
"""How far the blocks of a week lie from 144 a day, half a day for the hour of the day apart."""
ROUNDING = 0.005
"""Of a difficulty: it may be typed to a tenth one week and in full the next."""
PROPOSED = "(proposed)"
"""How the Source of a value begins that a program proposed and nobody has confirmed."""


def weekly_cells(
    sheets: Mapping[str, ReadSheet], last_week: Mapping[str, Mapping[str, float | str]]
) -> Iterator[Problem]:
    """A problem for each value that is still last week's (an error for the price), a warning for proposed ones.

    A warning too for a height that is not a week of blocks further, and for a difficulty that changed on no day on
    which it can.
    """
    noted = last_week.get("Market", {})
    before, now = _number(noted, "block_height"), float(sheets["Market"].column("block_height")[0])
    same_epoch = now > before and now // BLOCKS_PER_EPOCH == before // BLOCKS_PER_EPOCH
    for name, values in last_week.items():
        for field in (BY_NAME[name].field(each) for each in values):
            may_stand = field.name == "network_difficulty" and same_epoch
            if not may_stand and _same(sheets[name].column(field.name)[0], values[field.name]):
                yield _unchanged(sheets[name], field)
    off = list(_height_since(sheets, before, _number(last_week.get("Report", {}), "as_of")))
    yield from off
    if same_epoch and not off and not height_is_off(sheets):
        yield from _difficulty_since(sheets["Market"], before, _number(noted, "network_difficulty"))
    yield from _proposed(sheets["Market"])


def _number(noted: Mapping[str, float | str], field: str) -> float:
    """A number of last week; NaN where none is noted."""
    value = noted.get(field, math.nan)
    return math.nan if isinstance(value, str) else value


def _height_since(sheets: Mapping[str, ReadSheet], before: float, last_day: float) -> Iterator[Problem]:
    """A height below last week's, or too little or too much above it; the same one is told as unchanged."""
    market = sheets["Market"]
    now, days = float(market.column("block_height")[0]), float(sheets["Report"].column("as_of")[0]) - last_day
    mined = now - before
    expected = days * BLOCKS_A_DAY
    too_far = days > 0 and abs(mined - expected) > MOST_OFF_PACE * expected + BLOCKS_A_DAY / 2
    if mined < 0 or (mined > 0 and too_far and not height_is_off(sheets)):
        about = f"; in {days:.0f} days about {expected:,.0f} are mined" if days > 0 else ""
        way = f"{abs(mined):,.0f} blocks {'below' if mined < 0 else 'above'} last week's {plain_number(before)}"
        yield problem("height_off", market.where("block_height"), f"found block {plain_number(now)}, {way}{about}.")


def _difficulty_since(market: ReadSheet, before: float, last: float) -> Iterator[Problem]:
    """A difficulty that changed between two blocks of one epoch, which it cannot; rounding changes it by less."""
    now, height = (float(market.column(name)[0]) for name in ("network_difficulty", "block_height"))
    if abs(now / last - 1) > ROUNDING:
        epoch = f"no retarget lies between last week's block {plain_number(before)} and {plain_number(height)}"
        message = f"found {plain_number(now)}, {plain_number(last)} last week, but {epoch}."
        yield problem("difficulty_impossible", market.where("network_difficulty"), message)


def _same(now: float | str, before: float | str) -> bool:
    """Equal values; a blank cell equals nothing, and the spaces of a text do not matter."""
    if isinstance(now, str) or isinstance(before, str):
        return bool(str(now).strip()) and str(now).split() == str(before).split()
    return now == before


def _unchanged(read: ReadSheet, field: Field) -> Problem:
    where = read.where(field.name)
    if field.kind is Kind.LONG_TEXT:
        return problem("commentary_unchanged", where, "found the same text as last week.")
    value = read.column(field.name)[0]
    shown = iso_day(value) if field.kind is Kind.DATE else plain_number(float(value))
    code = "price_unchanged" if field.name == "btc_price" else "value_unchanged"
    return problem(code, where, f"found {shown}, the same as last week.")


def _proposed(market: ReadSheet) -> Iterator[Problem]:
    fields = [market.sheet.field(name) for name, (source, _) in market.table.remarks.items() if proposed(source)]
    if fields:
        cells = ", ".join(f"{field.label} ({market.where(field.name).cell})" for field in fields)
        yield problem(
            "values_proposed", market.where(fields[0].name), f"proposed from the export and not confirmed yet: {cells}."
        )


def proposed(source: str) -> bool:
    """True for the source of a value that nobody has confirmed."""
    return source.lstrip().casefold().startswith(PROPOSED)
