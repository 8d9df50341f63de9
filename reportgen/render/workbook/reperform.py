"""Re-performance: an independent engine computes every formula of the finished file again, from the file alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from reportgen.problems import CheckError
from reportgen.render.workbook.finished_file import Part, parts_of
from reportgen.render.workbook.second_look import Disagreement, wrong_alone

TOLERANCE = 1e-9  # relative
SHOWN = 20
LOOKED_AT_AGAIN = 1_000  # disagreements; more have another cause than cancelling figures
LIMITS = {"max_input_bytes": 2**32, "max_expanded_bytes": 2**32, "max_part_bytes": 2**32}  # the file is our own


@dataclass(frozen=True)
class Reperformance:
    """How many formulas were computed again, and the cells (with both values) that did not agree."""

    formulas: int
    disagreements: tuple[str, ...]


def reperform(content: bytes) -> Reperformance:
    """Compute every formula of a workbook again and compare with the values that it carries, to 1e-9 of each.

    Where a difference cancels, what is left is compared to a hundred-thousandth of the last digit that its cell shows.
    """
    count = 0
    wrong: list[Disagreement] = []
    for part in parts_of(content):
        engine = _computed(part)
        for formula in part.formulas():
            count += 1
            found = engine.get_value(formula.sheet, formula.row, formula.column)
            if not agree(formula.cached, found, formula.margin):
                text = engine.get_formula(formula.sheet, formula.row, formula.column)
                wrong.append(Disagreement(formula, text or "", found))
        del engine  # before the next part is read
    if wrong and len(wrong) <= LOOKED_AT_AGAIN:
        wrong = wrong_alone(content, wrong, agree, LIMITS)
    return Reperformance(count, tuple(map(str, wrong)))


def _computed(part: Part) -> Any:
    import formualizer

    engine = formualizer.Workbook.from_bytes(part.copy(), load_limits=LIMITS)
    engine.set_temporal_egress("serial")
    engine.evaluate_all()
    return engine


def assured(content: bytes) -> Reperformance:
    """Re-perform and insist: CheckError, naming cells, when anything disagrees or there is nothing to compute."""
    result = reperform(content)
    if result.disagreements:
        shown = "\n".join(result.disagreements[:SHOWN])
        more = len(result.disagreements) - SHOWN
        rest = f"\nand {more} more" if more > 0 else ""
        raise CheckError(
            f"{len(result.disagreements)} of {result.formulas} formulas do not agree with the independent engine; "
            f"nothing was delivered:\n{shown}{rest}"
        )
    if not result.formulas:
        raise CheckError("the workbook holds no formula to re-perform; nothing was delivered")
    return result


def agree(cached: float | str | bool, found: object, margin: float) -> bool:
    """True for the same text, the same truth value, or numbers within the tolerance; TRUE is not 1."""
    if isinstance(cached, str | bool) or isinstance(found, bool) or not isinstance(found, int | float):
        return type(cached) is type(found) and cached == found
    return math.isclose(cached, found, rel_tol=TOLERANCE, abs_tol=margin)
