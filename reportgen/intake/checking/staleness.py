"""Data that ends too long before the as-of day: an error, unless the user says that it may be old."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import day, iso_day
from reportgen.inputs import OLDEST_FLOWS, OLDEST_HISTORY, OldData
from reportgen.problem_codes import problem
from reportgen.trading_days import trading_days

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

Sheets = Mapping[str, "ReadSheet"]
_IMPORT = {"Network_History": "network", "ETF_Flows": "etf"}


@dataclasses.dataclass(frozen=True)
class Stale:
    """A sheet that ends too early, and its newest record."""

    data: OldData
    record: int


def stale_sheets(sheets: Sheets) -> tuple[Stale, ...]:
    """The sheets that end too early; `sheets` are those up to the as-of day. An empty sheet is missing, not old."""
    as_of = float(sheets["Report"].column("as_of")[0])
    if np.isnan(as_of):
        return ()
    found = []
    for name, newest in (("Network_History", _newest(sheets)), ("ETF_Flows", _newest_reported(sheets))):
        if newest is None:
            continue
        until, flows = float(sheets[name].column("date")[newest]), name == "ETF_Flows"
        age = sum(1 for _ in trading_days(day(until + 1), day(as_of))) if flows else int(as_of - until)
        if age > (OLDEST_FLOWS if flows else OLDEST_HISTORY):
            found.append(Stale(OldData(name, until, age, flows), newest))
    return tuple(found)


def stale_problems(sheets: Sheets, stale: tuple[Stale, ...], *, stale_ok: bool) -> Iterator[Problem]:
    """An error for each sheet that ends too early; a warning where the user lets old data pass."""
    for each in stale:
        data, as_of = each.data, iso_day(sheets["Report"].column("as_of")[0])
        row = "newest day with a reported flow" if data.trading_days else "newest row"
        message = f"the {row} is of {iso_day(data.until)}, {age_in_words(data)} before the as-of date {as_of}."
        where = sheets[data.sheet].where("date", each.record)
        if stale_ok:
            yield problem("history_old", where, message)
            continue
        hint = (
            f"Add the days since, e.g. with reportgen import {_IMPORT[data.sheet]} FILE.csv WORKBOOK. To use old data "
            "all the same, add --stale-ok: the first page of the brief then says so."
        )
        yield problem("data_stale", where, message, hint)


def age_in_words(data: OldData) -> str:
    """How old data is: "9 trading days"."""
    return f"{data.age:,} {'trading day' if data.trading_days else 'day'}{'' if data.age == 1 else 's'}"


def _newest(sheets: Sheets) -> int | None:
    dates = sheets["Network_History"].column("date")
    dated = np.flatnonzero(~np.isnan(dates))
    return int(dated[-1]) if len(dated) else None


def _newest_reported(sheets: Sheets) -> int | None:
    """The newest day with a flow: rows of blanks or zeros alone at the end are not reported yet."""
    flows = sheets["ETF_Flows"]
    told = np.any(np.nan_to_num(flows.column("funds")) != 0, axis=1) & ~np.isnan(flows.column("date"))
    reported = np.flatnonzero(told)
    return int(reported[-1]) if len(reported) else None
