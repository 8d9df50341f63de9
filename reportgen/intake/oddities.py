"""What is possible but odd: warnings, which a build prints and delivers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.intake.sheet_reader import ReadSheet
    from reportgen.problems import Problem

Sheets = Mapping[str, "ReadSheet"]


def odd_together(sheets: Sheets) -> Iterator[Problem]:
    """Every warning about values of the sheets."""
    yield from ()
