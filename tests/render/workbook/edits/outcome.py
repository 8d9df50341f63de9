"""What an edited workbook shows once it is computed again, and what a rebuild of it gives."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import formualizer

from reportgen.excel_addresses import column_letters
from reportgen.intake.reader import read_workbook
from reportgen.model.lines import business
from reportgen.model.solve import Solution, solve_lines
from reportgen.problems import InputError
from reportgen.render.workbook.about_sheet import HEADLINES
from reportgen.render.workbook.finished_file import parts_of
from reportgen.render.workbook.formula_counts import counts_in
from reportgen.render.workbook.page import STATUS_COLUMN, STATUS_ROW
from reportgen.render.workbook.plan import Plan
from tests.render.workbook.edits.edited_file import EditedFile, Formula, place

ABOUT_FIGURES = tuple(name for name in HEADLINES if name not in ("master_check", "edits"))
Shown = Mapping[str, Any]
TYPED_ONE_BY_ONE = 100  # cells; with more, loading the file anew is quicker


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


class Bench:
    """The independent engine with one delivered workbook loaded, whose cells are typed into and put back.

    Typing into cells computes again what depends on them, which is quick; a file whose rows or columns moved is loaded
    anew. The engine does not know ISFORMULA: the counts of formulas are taken from the edited file and set.
    """

    def __init__(self, content: bytes, plan: Plan) -> None:
        self.content, self.plan = content, plan
        self._original = EditedFile(content)
        self._engine = _loaded(content)
        self._counts = counts_in(self._original.texts())
        checks = re.findall(
            rb'<c r="([A-Z]+\d+)"[^>]*><f>(SUMPRODUCT\(--_xlfn.*?)</f>', self._original.texts()["Checks"]
        )
        self._count_cells = {formula: place(address.decode()) for address, formula in checks}

    def computed(self, file: EditedFile) -> Outcome:
        """What the edited workbook shows."""
        with self._edited(file) as engine:
            return outcome(engine.get_value, list(engine.sheet_names), self.plan)

    def cell(self, file: EditedFile, at: tuple[str, int, int]) -> Any:
        """One cell of the edited workbook."""
        with self._edited(file) as engine:
            return engine.get_value(*at)

    @contextmanager
    def _edited(self, file: EditedFile) -> Iterator[formualizer.Workbook]:
        if file.shifted or len(file.typed) > TYPED_ONE_BY_ONE:
            yield _loaded(file.content())
            return
        typed = dict(file.typed)
        for formula, count in counts_in(file.texts()).items():
            if count != self._counts.get(formula, count):
                typed["Checks", *self._count_cells[formula]] = count
        for cell, value in typed.items():
            if isinstance(value, Formula):
                self._engine.set_formula(*cell, f"={value.text}")
            else:
                self._engine.set_value(*cell, value)
        self._engine.evaluate_all()
        try:
            yield self._engine
        finally:
            for cell in typed:
                self._put_back(*cell)

    def _put_back(self, sheet: str, row: int, column: int) -> None:
        formula = self._original.formula(sheet, row, column)
        if formula is None:
            self._engine.set_value(sheet, row, column, self._original.value(sheet, f"{column_letters(column)}{row}"))
        elif "ISFORMULA" in formula:
            self._engine.set_value(sheet, row, column, self._counts[formula.encode()])
        else:
            self._engine.set_formula(sheet, row, column, f"={formula}")


def _loaded(content: bytes) -> formualizer.Workbook:
    """The workbook as the engine computes it, from formulas whose values were spoiled before."""
    (part,) = parts_of(content)
    engine = formualizer.Workbook.from_bytes(part.copy())
    engine.set_temporal_egress("serial")
    engine.evaluate_all()
    return engine


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
