"""Cells that change every week: those that still hold last week's value, and those that nobody has confirmed."""

from __future__ import annotations

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

PROPOSED = "(proposed)"
"""How the Source of a value ends that a program proposed and nobody has confirmed."""


def weekly_cells(
    sheets: Mapping[str, ReadSheet], last_week: Mapping[str, Mapping[str, float | str]]
) -> Iterator[Problem]:
    """A problem for each value that is still last week's (an error for the price), a warning for proposed ones."""
    for name, noted in last_week.items():
        for field in (BY_NAME[name].field(each) for each in noted):
            if _same(sheets[name].column(field.name)[0], noted[field.name]):
                yield _unchanged(sheets[name], field)
    yield from _proposed(sheets["Market"])


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
    return source.rstrip().casefold().endswith(PROPOSED)
