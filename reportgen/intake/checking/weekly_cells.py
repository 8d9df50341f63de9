"""Cells that change every week: those that still hold last week's value, and those that nobody has confirmed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem
from reportgen.sheets import BY_NAME, Kind

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem
    from reportgen.sheets import Field

BLOCKS_PER_EPOCH = 2016
"""Blocks between two retargets of the difficulty, a rule of the network."""
PROPOSED = "(proposed)"
"""How the Source of a value begins that a program proposed and nobody has confirmed."""


def weekly_cells(
    sheets: Mapping[str, ReadSheet], last_week: Mapping[str, Mapping[str, float | str]]
) -> Iterator[Problem]:
    """A problem for each value that is still last week's (an error for the price), a warning for proposed ones."""
    for name, noted in last_week.items():
        for field in (BY_NAME[name].field(each) for each in noted):
            if _same(sheets[name].column(field.name)[0], noted[field.name]):
                yield _unchanged(sheets[name], field, noted)
    yield from _proposed(sheets["Market"])


def _same(now: float | str, before: float | str) -> bool:
    """Equal values; a blank cell equals nothing, and the spaces of a text do not matter."""
    if isinstance(now, str) or isinstance(before, str):
        return bool(str(now).strip()) and str(now).split() == str(before).split()
    return now == before


def _unchanged(read: ReadSheet, field: Field, noted: Mapping[str, float | str]) -> Problem:
    where = read.where(field.name)
    if field.kind is Kind.LONG_TEXT:
        return problem("commentary_unchanged", where, "found the same text as last week.")
    value = read.column(field.name)[0]
    shown = iso_day(value) if field.kind is Kind.DATE else plain_number(float(value))
    code = "price_unchanged" if field.name == "btc_price" else "value_unchanged"
    heights = read.column("block_height")[0], noted.get("block_height", math.nan)
    if field.name == "network_difficulty" and heights[0] != heights[1] and len({_epoch(each) for each in heights}) == 1:
        span = f"no retarget lies between block {plain_number(float(heights[1]))} and now, so it may be right"
        return problem(code, where, f"found {shown}, the same as last week: {span}.")
    return problem(code, where, f"found {shown}, the same as last week.")


def _epoch(height: float | str) -> float:
    """The number of the difficulty epoch that a block is in."""
    return float(height) // BLOCKS_PER_EPOCH


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
