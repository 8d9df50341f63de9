"""How large a workbook can be: counted from the plan, before anything is paid for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reportgen.problems import UsageError
from reportgen.render.workbook.plan import INPUT_CHECKS, checked_fields

if TYPE_CHECKING:
    from reportgen.render.workbook.plan import Plan

MOST_FORMULAS = 4_500_000
"""Minutes, not seconds, of writing and re-performing."""
MOST_ROWS = 1_048_576  # of an Excel sheet
ELSEWHERE = "Dashboard, Net_Margin and the other sheets of a fixed size"
MOST_ELSEWHERE = 600
LARGE = 250_000  # formulas; beyond, rows are written to disk as they are made, with the texts in their cells

FORMULAS_A_FIELD, OTHER_CHECKS = 8, 500
"""Of checks: on the row of a field; and beside them, on Checks among them."""

WHAT_FITS = (
    f"workbooks of up to {MOST_FORMULAS:,} formulas and {MOST_ROWS:,} rows a sheet; "
    "2,000 operators with three machines and two loans each and ten years of days hold about 960,000 formulas"
)


def formulas(plan: Plan) -> Counter[str]:
    """Formulas that each sheet of figures holds at most: every item of a part in every row of its block.

    Checks of the file's own cells are counted roughly: those of each field, of each row of flows, and the rest.
    """
    counted = Counter(
        {sheet: sum(len(part.items) * part.members for part in parts) for sheet, parts in plan.sheets.items()}
        | {ELSEWHERE: MOST_ELSEWHERE}
    )
    counted[INPUT_CHECKS] = FORMULAS_A_FIELD * sum(1 for _ in checked_fields(plan.solution)) + OTHER_CHECKS
    if ("ETF_Flows", "date") in plan.input_ranges:
        counted[INPUT_CHECKS] += plan.input_ranges["ETF_Flows", "date"].members
    return counted


def refuse_too_large(plan: Plan) -> None:
    """Refuse what would not fit. UsageError names the sheet, the limit and what still works."""
    longest = max(
        [(table.rows, name) for name, table in plan.solution.inputs.tables.items()]
        + [(part.end[0], sheet) for sheet, parts in plan.sheets.items() for part in parts],
    )
    counted = formulas(plan)
    most, sheet = max((count, name) for name, count in counted.items())
    if longest[0] > MOST_ROWS:
        said = f"sheet {longest[1]} would need {longest[0]:,} rows and Excel has {MOST_ROWS:,}"
    elif counted.total() > MOST_FORMULAS:
        held = f"it would hold {counted.total():,} formulas ({most:,} of them on sheet {sheet})"
        said = f"{held}; at most {MOST_FORMULAS:,} fit"
    else:
        return
    raise UsageError(
        f"the workbook would be too large: {said}. Leave rows out or add rows of a kind together "
        "(machines of one model of an operator), or ask for the figures alone: --format json."
    )
