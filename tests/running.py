"""The real command in a real process, and the worked case as a real workbook."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.intake.workbooks import Grid, write_openpyxl
from tests.worked_case import CASE

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "inputs" / "sample.xlsx"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def reportgen(
    *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, in a folder of its own; what it printed is decoded as UTF-8."""
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **options,
    )


def worked_case_workbook(path: Path) -> Path:
    """The worked case as an input workbook, with field names for headers."""
    return write_openpyxl(path, grid_of(CASE["input"]))


def grid_of(records: Mapping[str, Any]) -> Grid:
    """Records by sheet, as the worked case writes them, as grids of cells."""
    grid: Grid = {}
    for sheet, given in records.items():
        if isinstance(given, dict):
            grid[sheet] = [["Item", "Value"], *([name, _cell(value)] for name, value in given.items())]
        else:
            names = list(dict.fromkeys(name for row in given for name in row))
            grid[sheet] = [names, *([_cell(row.get(name)) for name in names] for row in given)]
    return grid


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return dt.date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else value
