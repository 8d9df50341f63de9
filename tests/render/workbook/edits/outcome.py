"""What an edited workbook shows once it is computed again, and what a rebuild of it gives."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import formualizer

from reportgen.intake.reader import read_workbook
from reportgen.model.lines import business
from reportgen.model.solve import Solution, solve_lines
from reportgen.problems import InputError
from reportgen.render.workbook.about_sheet import HEADLINES
from reportgen.render.workbook.finished_file import parts_of
from reportgen.render.workbook.page import STATUS_COLUMN, STATUS_ROW
from reportgen.render.workbook.plan import Plan

ABOUT_FIGURES = tuple(name for name in HEADLINES if name not in ("master_check", "edits"))
Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """The words and figures of a computed workbook: lines of every sheet, the first sheet, headline figures by name."""

    lines: Mapping[str, Any]
    about: Mapping[str, Any]
    figures: Shown

    @property
    def master(self) -> str:
        """The master check in words, as the first sheet shows it."""
        return str(self.about["Master check"])


def computed(content: bytes, plan: Plan) -> Outcome:
    """The workbook as the independent engine computes it, from formulas whose values were spoiled before."""
    ((_, copy),) = parts_of(content)
    engine = formualizer.Workbook.from_bytes(copy)
    engine.set_temporal_egress("serial")
    engine.evaluate_all()
    return outcome(engine.get_value, list(engine.sheet_names), plan)


def outcome(cell: Any, sheets: list[str], plan: Plan) -> Outcome:
    """What a computed workbook shows; `cell` looks one up by sheet, row and column, counted from 1."""
    about = {cell("About", row, 1): cell("About", row, 2) for row in range(6, 34)}
    labels = {name: plan.graph.lines["market", name].label for name in ABOUT_FIGURES}
    return Outcome(
        {sheet: cell(sheet, STATUS_ROW + 1, STATUS_COLUMN + 1) for sheet in sheets},
        about,
        {name: about[label] for name, label in labels.items()},
    )


def rebuilt(content: bytes, folder: Path) -> Shown | None:
    """The headline figures of a new pack of the edited file; None where it is refused."""
    path = folder / "edited.xlsx"
    path.write_bytes(content)
    try:
        inputs = read_workbook(path)
    except InputError:
        return None
    solution: Solution = solve_lines(inputs, [("market", name) for name in ABOUT_FIGURES], business())
    return {name: solution.value(name) for name in ABOUT_FIGURES}


def same(shown: Any, value: Any) -> bool:
    """The same text, the same number to a billionth, or n/a in both."""
    if isinstance(value, str):
        return bool(shown == value)
    if math.isnan(value):
        return bool(shown == "n/a")
    return isinstance(shown, int | float) and math.isclose(shown, value, rel_tol=1e-9, abs_tol=1e-9)


def differing(found: Outcome, value: Shown) -> list[str]:
    """The headline figures that are not those of the rebuild."""
    return [
        f"{name}: shows {found.figures[name]!r}, rebuilt {value[name]!r}"
        for name in ABOUT_FIGURES
        if not same(found.figures[name], value[name])
    ]
