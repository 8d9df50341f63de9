"""manifest.json: what a pack was made from, with what, and what was checked. No clock, no folder, no machine."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from reportgen.excel_dates import iso_day
from reportgen.model.check_results import results

if TYPE_CHECKING:
    from reportgen.documents import Document
    from reportgen.model.solve import Solution

ALWAYS = ("defusedxml", "formualizer", "numpy", "openpyxl", "xlsxwriter")
"""Libraries whose version can change a figure of any pack: they read, solve, draw and re-perform the workbook."""


@dataclass(frozen=True)
class Making:
    """How a pack was made: by which libraries, with how many formulas re-performed without a disagreement.

    `left_out` says, by format, why something is missing. With `name_input` the input file is named: its name may tell
    more than clients are to know.
    """

    libraries: tuple[str, ...]
    formulas: int
    left_out: Mapping[str, str]
    name_input: bool = False


def manifest(solution: Solution, documents: Iterable[Document], making: Making) -> dict[str, Any]:
    """The manifest of a pack of these documents."""
    inputs, named = solution.inputs, {} if making.name_input else {"file": ""}
    return {
        "report": str(solution.value("report_title")),
        "as_of": iso_day(solution.value("as_of")),
        "active_shock": str(solution.value("active_shock")) or None,
        "input": {"file": inputs.file if making.name_input else None, "sha256": inputs.sha256},
        "versions": {"reportgen": version("reportgen"), "python": platform.python_version()}
        | {name: version(name) for name in sorted({*ALWAYS, *making.libraries})},
        "checks": {
            "results": results(solution),
            "formulas_re_performed": making.formulas,
            "disagreements": 0,
        },
        "warnings": [warning.as_record() | named for warning in inputs.warnings],
        "accepted": [warning.as_record() | named for warning in inputs.accepted],
        "left_out": dict(making.left_out),
        "later_rows": {
            sheet: {"rows": later.rows, "until": iso_day(later.until)} for sheet, later in inputs.later_rows.items()
        },
        "old_data": {
            each.sheet: {
                "until": iso_day(each.until),
                "age": each.age,
                "unit": "trading days" if each.trading_days else "days",
            }
            for each in inputs.old_data
        },
        "files": [
            {"name": each.name, "bytes": len(each.content), "sha256": hashlib.sha256(each.content).hexdigest()}
            for each in documents
        ],
    }
