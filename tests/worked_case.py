"""The worked case as inputs: the numbers that everything is held against."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.inputs import Inputs, Table
from reportgen.sheets import SHEETS, Field

CASE: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "two_operators.json").read_text(encoding="utf-8"))


def serial(text: str) -> float:
    """An ISO date as an Excel serial day."""
    return float((dt.date.fromisoformat(text) - dt.date(1899, 12, 30)).days)


def inputs_of(records: dict[str, Any]) -> Inputs:
    """Inputs made of records by sheet, as the worked case writes them; defaults fill what is left out."""
    tables = {}
    for sheet in SHEETS:
        given = records.get(sheet.name, {} if sheet.form else [])
        rows = [given] if sheet.form else given
        columns: dict[str, Any] = {}
        wide: dict[str, tuple[str, ...]] = {}
        for field in sheet.fields:
            if field.wide:
                names = tuple(name for name in (rows[0] if rows else {}) if name not in ("date", "Total"))
                values = [[np.nan if row.get(name) is None else row[name] for name in names] for row in rows]
                columns[field.name] = np.array(values, dtype=float).reshape(len(rows), len(names))
                wide[field.name] = names
            else:
                dtype = float if field.number else object
                columns[field.name] = np.array([_value(field, row.get(field.name)) for row in rows], dtype=dtype)
        tables[sheet.name] = Table(len(rows), columns, wide)
    return Inputs(tables, "case.xlsx")


def _value(field: Field, given: Any) -> float | str:
    value = field.default if given is None else given
    if not field.number:
        return "" if value is None else str(value)
    if value is None:
        return float("nan")
    return serial(value) if isinstance(value, str) else float(value)


def worked_case() -> Inputs:
    """The inputs of the worked case."""
    return inputs_of(CASE["input"])
