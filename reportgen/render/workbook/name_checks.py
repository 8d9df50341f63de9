"""Checks of names: spelled so that a rebuild takes them as they stand, and so that they mean one row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.side_columns import SPACED, bad_names, fund_columns, named_fields
from reportgen.render.workbook.verdict import Verdict, Written

if TYPE_CHECKING:
    from reportgen.render.workbook.plan import Plan
    from reportgen.render.workbook.side_columns import SideColumns
    from reportgen.sheets import Sheet


def names_spelled(plan: Plan, side: SideColumns, sheet: type[Sheet]) -> Iterator[Verdict]:
    """A verdict for the names on a sheet, if it has any: the first cell that a rebuild refuses or reads otherwise."""
    fields = [each for other, each in named_fields(plan) if other is sheet]
    if not fields:
        return
    counts, places = [], []
    for each in fields:
        cells, found = plan.input_ranges[sheet.name, each.name], side.get(bad_names(sheet, each)).whole
        column = column_letters(cells.at(0)[1] + 1)
        first = f"ROW({sheet.name}!{cells.cell()})"
        counts.append(f"SUM({found})")
        places.append(Written(f'IF(SUM({found})=0,"","{column}"&({first}-1+SMALL({found},COUNTIF({found},0)+1)))', ""))
    yield Verdict(
        f"{sheet.name}: names are plain",
        f"The first cell that is not is named. A name has no * ? ~ in it, no space at an end, no two spaces running"
        f"{', and is not Total, Sum, Average or Subtotal' if sheet.name == 'Operators' else ''}.",
        f"{'+'.join(counts)}=0",
        now=Written("&".join(f"{{s{place}}}" for place in range(1, len(places) + 1)), ""),
        steps=tuple(places),
    )


def headings_plain(plan: Plan, sheet: type[Sheet]) -> Iterator[Verdict]:
    """Headings of funds are names alone: what stands in brackets is read as a unit, and may be refused."""
    for other, field, heads in fund_columns(plan):
        if other is not sheet:
            continue
        names = plan.solution.inputs.tables[sheet.name].wide[field.name]
        bracketed = float(sum(1 for name in names if "(" in name))
        counts = [Written(f'COUNTIF({heads},"*(*")', bracketed)]
        counts += [Written(f'COUNTIF({heads},"{pattern}")', 0.0) for pattern in SPACED]
        yield Verdict(
            f"{sheet.name}: headings of funds are names alone",
            "Headings with brackets or stray spaces that were not delivered: a unit in a heading changes how a "
            "rebuild reads the column.",
            "{now}={then}",
            now=Written("+".join(f"{{s{place}}}" for place in range(1, len(counts) + 1)), bracketed),
            then=bracketed,
            steps=tuple(counts),
        )
