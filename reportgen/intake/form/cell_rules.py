"""What the cells of the input workbook take: drop-downs, bounds and messages, from the declaration."""

from __future__ import annotations

from typing import Literal, NamedTuple

from openpyxl.worksheet.datavalidation import DataValidation

from reportgen import excel_dates
from reportgen.intake.reading.hints import expected
from reportgen.sheets import BY_NAME, Field, Kind

FIRST_ROW = 6
"""Row of the first record of a list."""
DEPTH = {"Operators": 1000, "Fleet": 3000, "Debt": 2000, "AI_HPC": 2000, "Network_History": 6000, "ETF_Flows": 3000}
SHALLOW = 300
_LONGEST_MESSAGE, _LONGEST_TITLE = 250, 31


def last_row(sheet: str) -> int:
    """The last row that validation and status formulas of a list reach to."""
    return FIRST_ROW + DEPTH.get(sheet, SHALLOW) - 1


def validation(field: Field, cells: str, *, prompt: bool = False) -> DataValidation | None:
    """The data validation of a field for a range of cells; None when anything may be typed."""
    rule = _rule(field, cells.partition(":")[0])
    if rule is None:
        return None
    made = DataValidation(
        type=rule.kind, operator=rule.operator, formula1=rule.low, formula2=rule.high, allow_blank=True
    )
    made.errorTitle = field.label[:_LONGEST_TITLE]
    made.error = shorten(f"Please type {expected(field)}. {field.help}")
    made.showErrorMessage = True
    # Names may be typed before their row is there, so an unknown one is asked about and not refused.
    made.errorStyle = "warning" if field.of else "stop"
    if prompt:
        made.promptTitle = field.label[:_LONGEST_TITLE]
        made.prompt = shorten(field.help)
        made.showInputMessage = True
    made.add(cells)
    return made


def shorten(text: str) -> str:
    """A message that fits where Excel shows it."""
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 3].rsplit(" ", 1)[0] + "..."


def guard(cells: str, label: str) -> DataValidation:
    """A validation that keeps a heading as it is: the tables of a protected sheet could not grow."""
    quoted = label.replace('"', '""')
    made = DataValidation(type="custom", formula1=f'EXACT({cells},"{quoted}")', allow_blank=False)
    made.errorTitle = "A heading"
    made.error = shorten(f'This heading is needed as it is: "{label}". Type figures into the rows below it.')
    made.showErrorMessage = True
    made.add(cells)
    return made


def names_range(sheet: str) -> str:
    """The range that holds the names of a list, for drop-downs and look-ups."""
    return f"{sheet}!$A${FIRST_ROW}:$A${last_row(sheet)}"


class _Rule(NamedTuple):
    """A rule as Excel has it: its kind, and its one or two formulas."""

    kind: Literal["whole", "decimal", "list", "date", "custom"]
    low: str
    operator: Literal["between"] | None = None
    high: str | None = None


def _rule(field: Field, first: str) -> _Rule | None:
    if field.choices:
        return _Rule("list", '"' + ",".join(field.choices) + '"')
    if field.kind is Kind.YES_NO:
        return _Rule("list", '"yes,no"')
    if field.of and not field.many and BY_NAME[field.of].key_field() is not None:
        return _Rule("list", names_range(field.of))
    if field.kind is Kind.DATE:
        return _Rule("date", str(excel_dates.FIRST), "between", str(excel_dates.LAST))
    if field.kind is Kind.NUMBER:
        return _number_rule(field, first)
    return None


def _number_rule(field: Field, first: str) -> _Rule:
    kind: Literal["whole", "decimal"] = "whole" if field.whole else "decimal"
    bounds = field.bounds
    low, high = f"{bounds.low:.15G}", f"{bounds.high:.15G}"
    if bounds.strict:  # Excel has no "above a and up to b" among its rules
        return _Rule("custom", f"AND(ISNUMBER({first}),{first}>{low},{first}<={high})")
    return _Rule(kind, low, "between", high)
