"""The as-of day cuts: rows dated after it enter no check and no figure, and it is said how many they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.inputs import DATED
from reportgen.problem_codes import problem

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

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
