"""What a slide shows: charts that PowerPoint draws itself from their figures, or a table where it has no such chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIRST_DAY = dt.date(1899, 12, 30)
"""The day that Excel counts from."""
Record = Mapping[str, Any]
"""What a chart of the brief was to show: its name and arguments, as JSON has them."""
Value = float | None
"""A figure, None where it is not known."""


@dataclass(frozen=True)
class Series:
    """Figures of one name, in a colour of the theme ("" for none: a bar that only lifts the next one)."""

    name: str
    values: tuple[Value, ...]
    colour: str = "accent"


@dataclass(frozen=True)
class Bars:
    """Bars beside each other or stacked, one for each category; upright ones stand on the axis.

    `most` is where the axis ends, where that is known.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    upright: bool = False
    number_format: str = "#,##0"
    most: float | None = None


@dataclass(frozen=True)
class Days:
    """Lines over days."""

    days: tuple[dt.date, ...]
    series: tuple[Series, ...]
    number_format: str = "#,##0"


@dataclass(frozen=True)
class Path:
    """A line through points, or the points alone."""

    name: str
    points: tuple[tuple[float, float], ...]
    colour: str = "accent"
    joined: bool = True


@dataclass(frozen=True)
class Plane:
    """Lines and points over two axes of numbers; one without a format up has lanes there, not figures."""

    paths: tuple[Path, ...]
    across: str
    up: str
    across_format: str = "#,##0"
    up_format: str = "#,##0"
    most: float | None = None


@dataclass(frozen=True)
class Grid:
    """A table of texts with a head above and one at the left; `shares` from −1 to 1 colour the cells."""

    corner: str
    across: tuple[str, ...]
    down: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    shares: tuple[tuple[Value, ...], ...]


Native = Bars | Days | Plane | Grid


def column(rows: Sequence[Record], name: str) -> tuple[Value, ...]:
    """One figure of each row."""
    return tuple(row[name] for row in rows)


def texts(rows: Sequence[Record], name: str) -> tuple[str, ...]:
    """One text of each row."""
    return tuple(str(row[name]) for row in rows)


def dates(rows: Sequence[Record]) -> tuple[dt.date, ...]:
    """The day of each row, counted as Excel counts them."""
    return tuple(FIRST_DAY + dt.timedelta(days=int(row["day"])) for row in rows)
