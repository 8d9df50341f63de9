"""What `sample.toml` holds: the sample's made-up records, and the standard rows that a blank workbook begins with."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reportgen.intake.form.records import Record

STANDARD = ("Scenarios", "Shocks", "Risk")
"""Sheets whose rows nearly everyone uses: a blank workbook has them too."""


def load() -> dict[str, Any]:
    """The content of `sample.toml`."""
    with Path(__file__).with_name("sample.toml").open("rb") as stream:
        return tomllib.load(stream)


def records_of(data: Mapping[str, Any], sheet: str) -> list[Record]:
    """The records of a list; "" stands for a blank cell."""
    columns: Sequence[str] = data["columns"][sheet]
    rows: Sequence[Sequence[Any]] = data["rows"][sheet]
    return [
        {column: None if value == "" else value for column, value in zip(columns, row, strict=True)} for row in rows
    ]


def standard() -> dict[str, Sequence[Record]]:
    """The rows that a blank workbook begins with."""
    data = load()
    return {sheet: records_of(data, sheet) for sheet in STANDARD}
