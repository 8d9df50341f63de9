"""What the reader must know about the figures: checks, warnings of the input, sheets that were empty."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.check_results import failed
from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, counted, cut, day

_OPTIONAL = ("Debt", "AI_HPC", "Network_History", "ETF_Flows", "Shocks", "Risk", "Events")
_FORMS = ("Market", "Report")
_MESSAGE = 200


@dataclass(frozen=True)
class Warned:
    """A warning of the input: where it is (without the file), what was found."""

    place: str
    message: str


@dataclass(frozen=True)
class Later:
    """Rows of a sheet after the as-of day, which are left out: how many, and the last of their days."""

    sheet: str
    rows: Figure
    until: Figure


@dataclass(frozen=True)
class QualityView:
    """`empty` names the sheets without any row, later ones included, `failed` what does not hold.

    `sources` is False without any.
    """

    empty: tuple[str, ...]
    failed: tuple[str, ...]
    checks_failed: Figure
    formulas: Figure
    warnings: tuple[Warned, ...]
    warnings_hidden: Figure
    warnings_found: Figure
    sources: bool
    later: tuple[Later, ...]


def quality_view(solution: Solution, formulas: int, most: int) -> QualityView:
    """Checks, and the first warnings."""
    inputs, failing = solution.inputs, failed(solution)
    found = inputs.warnings
    warnings = []
    for problem in found[:most]:
        spot = "!".join(part for part in (problem.where.sheet, problem.where.cell) if part)
        warnings.append(
            Warned(" ".join(part for part in (spot, problem.where.label) if part), cut(problem.message, _MESSAGE))
        )
    return QualityView(
        empty=tuple(name for name in _OPTIONAL if inputs.tables[name].rows == 0 and name not in inputs.later_rows),
        failed=failing,
        checks_failed=counted(len(failing)),
        formulas=counted(formulas),
        warnings=tuple(warnings),
        warnings_hidden=counted(len(found) - len(warnings)),
        warnings_found=counted(len(found)),
        later=tuple(Later(sheet, counted(rows.rows), day(rows.until)) for sheet, rows in inputs.later_rows.items()),
        sources=any(source.strip() for form in _FORMS for source, _ in inputs.tables[form].remarks.values()),
    )
