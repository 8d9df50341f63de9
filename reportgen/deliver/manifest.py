"""manifest.json: what a pack was made from, with what, and what was checked. No clock, no folder, no machine."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from reportgen.excel_dates import iso_day
from reportgen.model.check_results import results

if TYPE_CHECKING:
    from reportgen.documents import Document
    from reportgen.model.solve import Solution

ALWAYS = ("defusedxml", "formualizer", "numpy", "openpyxl", "xlsxwriter")
"""Libraries whose version can change a figure of any pack: they read, solve, draw and re-perform the workbook."""


def manifest(
    solution: Solution,
    documents: Iterable[Document],
    libraries: Iterable[str],
    formulas: int,
    left_out: Mapping[str, str],
) -> dict[str, Any]:
    """The manifest of a pack.

    `libraries` made its formats, `formulas` were re-performed without a disagreement, `left_out` says what is missing.
    """
    made = tuple(documents)
    return {
        "report": str(solution.value("report_title")),
        "as_of": iso_day(solution.value("as_of")),
        "active_shock": str(solution.value("active_shock")) or None,
        "input": {"file": solution.inputs.file, "sha256": solution.inputs.sha256},
        "versions": {"reportgen": version("reportgen"), "python": platform.python_version()}
        | {name: version(name) for name in sorted({*ALWAYS, *libraries})},
        "checks": {
            "results": results(solution),
            "formulas_re_performed": formulas,
            "disagreements": 0,
        },
        "warnings": [warning.as_record() for warning in solution.inputs.warnings],
        "left_out": dict(left_out),
        "files": [
            {"name": each.name, "bytes": len(each.content), "sha256": hashlib.sha256(each.content).hexdigest()}
            for each in made
        ],
    }
