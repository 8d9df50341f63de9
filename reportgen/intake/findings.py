"""What a look at a workbook found, in plain words for a terminal and as records for programs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from reportgen.problems import MOST_LISTED, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.intake.reader import Examination
    from reportgen.problems import Problem


def lines(path: Path, found: Examination, most: int = MOST_LISTED) -> list[str]:
    """The findings by sheet, in the order of its cells; at most `most` of them, the rest counted."""
    listed = found.problems[:most]
    made = []
    for sheet, group in itertools.groupby(listed, key=lambda each: each.where.sheet):
        made.extend(["", sheet or "The file", *(_line(each) for each in group)])
    if len(found.problems) > most:
        made.extend(["", f"and {len(found.problems) - most} more"])
    return [f"{path}: {verdict(found)}", *made]


def verdict(found: Examination) -> str:
    """The result in a few words, e.g. "2 errors, 1 warning: fix the errors first"."""
    if not found.problems:
        return "no problems, ready to build"
    errors, warnings = len(found.errors), len(found.warnings)
    counts = [
        f"{number} {noun}{'' if number == 1 else 's'}"
        for number, noun in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return f"{', '.join(counts)}: {'nothing can be built until the errors are fixed' if errors else 'ready to build'}"


def record(path: Path, found: Examination) -> dict[str, object]:
    """The findings for JSON: file, whether it can be built, counts, and every problem."""
    return {
        "file": str(path),
        "buildable": found.inputs is not None,
        "errors": len(found.errors),
        "warnings": len(found.warnings),
        "problems": [each.as_record() for each in found.problems],
    }


def _line(each: Problem) -> str:
    kind = "error  " if each.severity is Severity.ERROR else "warning"
    name = f'"{each.where.label}"' if each.where.label else ""
    place = " ".join(part for part in (each.where.cell, name) if part)
    text = f"{place}: {each.message}" if place else each.message
    return f"  {kind}  {text} {each.hint}".rstrip() + f" [{each.code}]"
