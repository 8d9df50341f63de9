"""What changed since last week's workbook, as the input remembers it: it says the same wherever it is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.render.workbook.live_words import fixed
from reportgen.render.workbook.verdict import Written
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from reportgen.render.workbook.plan import Plan
    from reportgen.render.workbook.workings import Workings
    from reportgen.sheets import Field

NOT_NOTED = "The input notes no values of last week; a workbook made by roll or update does."
NOTHING = "No weekly value of Market changed."


def since_last_week(plan: Plan, workings: Workings) -> Written:
    """Each weekly value of Market that differs from last week's, both in words."""
    noted = plan.solution.inputs.last_week
    fields = [field for field in BY_NAME["Market"].fields if field.number and field.name in noted.get("Market", {})]
    if not fields:
        return workings.given("Last week", NOT_NOTED)
    parts = [_changed(plan, workings, field, float(noted["Market"][field.name])) for field in fields]
    together = parts[0]
    for place, part in enumerate(parts[1:], start=2):
        both = Written(f"{together.formula}&{part.formula}", f"{together.value}{part.value}")
        together = workings.add(f"The first {place} together", both)
    day = noted.get("Report", {}).get("as_of")
    since = f"Since {iso_day(float(day))}: " if isinstance(day, float) else "Since last week: "
    said = workings.given("Since when", since)
    return Written(
        f'IF({together.formula}="","{NOTHING}",{said.formula}&{together.formula})',
        f"{since}{together.value}" if together.value else NOTHING,
    )


def _changed(plan: Plan, workings: Workings, field: Field, before: float) -> Written:
    """The field with both values, or nothing where it is as it was."""
    now = float(np.nan_to_num(plan.solution.inputs.value("Market", field.name)))
    decimals = len(field.number_format.partition(".")[2])
    last = workings.given(f"{field.label}, last week", before, field.unit)
    live = workings.add(f"{field.label}, now", Written(plan.used_cell("Market", field.name), now), field.unit)
    was = workings.add(f"{field.label}, last week, in words", fixed(last, decimals))
    words = workings.add(f"{field.label}, now, in words", fixed(live, decimals))
    unit = f" {field.unit}" if field.unit else ""
    said = f"{field.label} {was.value} → {words.value}{unit}. "
    formula = f'IF({last.formula}={live.formula},"","{field.label} "&{was.formula}&" → "&{words.formula}&"{unit}. ")'
    return workings.add(f"{field.label}, said", Written(formula, "" if before == now else said))
