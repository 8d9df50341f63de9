"""The as-of day cuts: rows dated after it enter no check and no figure, and it is said how many they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.inputs import DATED
from reportgen.intake.checking.plausibility.market import expected_height
from reportgen.problem_codes import problem

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

WRONG_YEAR = 300
"""Days that only a mistyped year, or a history that nobody has kept, lies off."""
Sheets = Mapping[str, "ReadSheet"]


def up_to_as_of(sheets: Sheets) -> dict[str, ReadSheet]:
    """The sheets without the rows of dated lists after the as-of day: what figures are made of, and checks look at."""
    as_of = float(sheets["Report"].column("as_of")[0])
    cut = dict(sheets)
    for name in DATED:
        read = sheets[name]
        kept = ~(read.column("date") > as_of)  # a row without a date has an error of its own
        if not kept.all():
            order = tuple(place for place, stays in zip(read.order, kept.tolist(), strict=True) if stays)
            cut[name] = dataclasses.replace(read, table=read.table.only(kept), order=order)
    return cut


def _newest_day(sheets: Sheets) -> float:
    """The newest day of the history; NaN when the as-of day may be right.

    It is wrong where it lies most of a year away from that day, and the block height is that of the newest day rather.
    """
    as_of, height = float(sheets["Report"].column("as_of")[0]), float(sheets["Market"].column("block_height")[0])
    dates = sheets["Network_History"].column("date")
    newest = float(np.nanmax(dates)) if np.any(dates == dates) else np.nan
    far = abs(as_of - newest) > WRONG_YEAR
    nearer = abs(expected_height(newest) - height) < abs(expected_height(as_of) - height)
    return newest if far and nearer else np.nan


def with_sound_day(sheets: Sheets) -> Sheets:
    """The sheets as they are, or with the newest day of the history for an as-of day of a wrong year.

    So one error tells of that year, and every other check looks at the data.
    """
    newest, report = _newest_day(sheets), sheets["Report"]
    if np.isnan(newest):
        return sheets
    columns = {**report.table.columns, "as_of": np.array([newest])}
    return {**sheets, "Report": dataclasses.replace(report, table=dataclasses.replace(report.table, columns=columns))}


def wrong_year(sheets: Sheets) -> Iterator[Problem]:
    """An error for an as-of day of another year than the data."""
    newest, as_of = _newest_day(sheets), float(sheets["Report"].column("as_of")[0])
    if newest == newest:
        way = f"{abs(as_of - newest):,.0f} days {'after' if as_of > newest else 'before'} the newest row"
        message = f"found {iso_day(as_of)}, {way} of Network_History ({iso_day(newest)}), which the block height fits."
        yield problem("as_of_far", sheets["Report"].where("as_of"), message)


def later_rows(sheets: Sheets) -> Iterator[Problem]:
    """One warning for each sheet with rows after the as-of day: how many, and up to which day."""
    as_of = float(sheets["Report"].column("as_of")[0])
    for name in DATED:
        dates = sheets[name].column("date")
        later = np.flatnonzero(dates > as_of)
        if len(later):
            last = int(later[np.argmax(dates[later])])
            rows = "1 row is" if len(later) == 1 else f"{len(later):,} rows are"
            message = f"{rows} left out: later than the as-of date {iso_day(as_of)}, up to {iso_day(dates[last])}."
            code = "events_future" if name == "Events" else "history_future"
            yield problem(code, sheets[name].where("date", last), message)
