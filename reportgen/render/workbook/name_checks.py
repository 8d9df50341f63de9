"""Checks of names: spelled so that a rebuild takes them as they stand, and so that they mean one row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.plan import INPUT_HEADER, Plan
from reportgen.render.workbook.verdict import Verdict, Written
from reportgen.sheets import TOTALS

if TYPE_CHECKING:
    from reportgen.render.workbook.address import CellRange
    from reportgen.sheets import Sheet

NO_BREAK_SPACE = "\u00a0"
_WILD = ("*~**", "*~?*", "*~~*")
"""As COUNTIF and MATCH take them: names that hold *, ? or ~."""
_SPACED = ("* ", " *", "*  *", f"*{NO_BREAK_SPACE}*")
_SUMS = ("grand total", *sorted(TOTALS))
"""Names of a row of sums, whatever their case: a rebuild refuses them as operators."""


def names_spelled(plan: Plan, sheet: type[Sheet]) -> Iterator[Verdict]:
    """A verdict for the names on a sheet, if it has any: the first cell that a rebuild refuses or reads otherwise."""
    ranges = [
        (plan.input_ranges[sheet.name, field.name], _refused(field.key, sheet.name))
        for field in sheet.fields
        if (field.key or field.of) and not field.private and not field.choices
    ]
    if not ranges:
        return
    counts, first = [], '""'
    for cells, patterns in reversed(ranges):
        whole = f"{cells.sheet}!{cells.whole()}"
        counts += [f'COUNTIF({whole},"{pattern}")' for pattern in patterns]
        for pattern in reversed(patterns):
            first = f"IFERROR({_place(cells, whole, pattern)},{first})"
    yield Verdict(
        f"{sheet.name}: names are plain",
        f"The first cell that is not is named. A name has no * ? ~ in it, no space at an end, no two spaces running"
        f"{', and is not Total, Sum, Average or Subtotal' if sheet.name == 'Operators' else ''}.",
        f"{'+'.join(counts)}=0",
        now=Written(first, ""),
    )


def _refused(key: bool, sheet: str) -> tuple[str, ...]:
    return (*_WILD, *_SPACED, *(_SUMS if key and sheet == "Operators" else ()))


def _place(cells: CellRange, whole: str, pattern: str) -> str:
    """The address of the first cell that fits a pattern; an error where none does."""
    column, top = column_letters(cells.fixed + 1), f"ROW({cells.sheet}!{cells.cell()})"
    if cells.across:
        return f'IF(COUNTIF({whole},"{pattern}")>0,"{column_letters(cells.first + 1)}"&{top},0+"none")'
    return f'"{column}"&(MATCH("{pattern}",{whole},0)+{top}-1)'


def headings_plain(plan: Plan, sheet: type[Sheet]) -> Iterator[Verdict]:
    """Headings of funds are names alone: what stands in brackets is read as a unit, and may be refused."""
    for field in sheet.fields:
        names = plan.solution.inputs.tables[sheet.name].wide.get(field.name, ())
        if not field.wide or not names:
            continue
        cells = plan.input_ranges[sheet.name, field.name]
        left, right = (column_letters(cells.fixed + place) for place in (1, cells.width))
        heads = f"{sheet.name}!${left}${INPUT_HEADER + 1}:${right}${INPUT_HEADER + 1}"
        bracketed = sum(1 for name in names if "(" in name)
        patterns = ("*(*", *_SPACED)
        yield Verdict(
            f"{sheet.name}: headings of funds are names alone",
            "Headings with brackets or stray spaces that were not delivered: a unit in a heading changes how a "
            "rebuild reads the column.",
            "{now}={then}",
            now=Written("+".join(f'COUNTIF({heads},"{pattern}")' for pattern in patterns), float(bracketed)),
            then=float(bracketed),
        )
