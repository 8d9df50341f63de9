"""What the auditor finds: a code, where, what is wrong; and its result as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reportgen.audit.file.sheet import Area
from reportgen.problems import Severity

MOST_NAMED = 3
"""Areas that a line names; the rest is counted."""
MOST_LISTED = 200
"""Areas that a record lists."""
SCHEMA = 1
"""Of the JSON: it grows by new keys alone; a change of what is there would be the next number."""


@dataclass(frozen=True)
class Breach:
    """A rule that is broken by one cause: the sheet ("" for the workbook), the cells (none for all of it), and what."""

    code: str
    sheet: str
    areas: tuple[Area, ...]
    message: str
    cells: int = 1


@dataclass(frozen=True)
class Finding:
    """A breach with what its rule says: how bad it is, what the rule is called, what to do."""

    breach: Breach
    severity: Severity
    title: str
    remedy: str

    @property
    def code(self) -> str:
        """Of the rule."""
        return self.breach.code

    def where(self) -> str:
        """Such as AISC!D60:F60, C4 and 3 more."""
        areas = self.breach.areas
        named = ", ".join(str(area) for area in areas[:MOST_NAMED])
        more = len(areas) - MOST_NAMED
        cells = f"{named} and {more} more" if more > 0 else named
        return "!".join(part for part in (self.breach.sheet, cells) if part)

    def said(self, file: str) -> str:
        """The finding as one line."""
        place = self.where()
        return f"{file}{f' [{place}]' if place else ''}: {self.code} {self.title}: {self.breach.message} {self.remedy}"

    def as_record(self) -> dict[str, Any]:
        """The finding for JSON."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "title": self.title,
            "sheet": self.breach.sheet,
            "cells": [str(area) for area in self.breach.areas[:MOST_LISTED]],
            "count": self.breach.cells,
            "message": self.breach.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True)
class Audit:
    """What was looked at, and what was found, in the order of the sheets."""

    findings: tuple[Finding, ...]
    sheets: int
    cells: int
    formulas: int

    @property
    def breaches(self) -> tuple[Finding, ...]:
        """The findings that keep a workbook from being released."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    def as_record(self, file: str) -> dict[str, Any]:
        """The result for JSON."""
        return {
            "schema": SCHEMA,
            "file": file,
            "sheets": self.sheets,
            "cells": self.cells,
            "formulas": self.formulas,
            "breaches": len(self.breaches),
            "remarks": len(self.findings) - len(self.breaches),
            "findings": [each.as_record() for each in self.findings],
        }


def areas_of_cells(places: Iterable[tuple[int, int]]) -> tuple[Area, ...]:
    """The fewest areas, nearly, that cells make: runs down a column, then columns side by side."""
    runs: list[list[int]] = []
    for row, column in sorted(set(places), key=lambda place: (place[1], place[0])):
        if runs and runs[-1][1] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([row, column, row, column])
    wide: dict[tuple[int, int], list[int]] = {}
    done: list[list[int]] = []
    for run in runs:
        before = wide.get((run[0], run[2]))
        if before is not None and before[3] == run[1] - 1:
            before[3] = run[1]
        else:
            wide[run[0], run[2]] = run
            done.append(run)
    return tuple(sorted(Area(*each) for each in done))


def breach(code: str, sheet: str, places: Iterable[tuple[int, int]], message: str) -> Breach:
    """A breach by some cells of a sheet."""
    cells = set(places)
    return Breach(code, sheet, areas_of_cells(cells), message, max(1, len(cells)))
