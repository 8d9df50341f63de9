"""Checks of the input cells: what a rebuild of the edited file would refuse or read, and no formula here does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.date_checks import dates_hold
from reportgen.render.workbook.field_checks import (
    FIELD_VERDICT,
    LAST_COLUMN,
    LAST_ROW,
    fields_wrong,
    key_cells,
    listed_rows,
)
from reportgen.render.workbook.name_checks import headings_plain, names_spelled
from reportgen.render.workbook.plan import INPUT_CHECKS, INPUT_HEADER, Plan, input_sheets
from reportgen.render.workbook.side_columns import (
    ADDED_FUNDS,
    FLOWS,
    HEADINGS,
    MOST_COMPARED,
    counted_apart,
    fund_columns,
)
from reportgen.render.workbook.verdict import Verdict, Written

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reportgen.render.workbook.address import CellRange
    from reportgen.render.workbook.side_columns import SideColumns
    from reportgen.sheets import Sheet

FEWEST_ADDED = 3


def cell_checks(plan: Plan, side: SideColumns) -> Iterator[Verdict]:
    """A verdict for each thing that must hold on the input sheets, sheet by sheet."""
    for sheet in input_sheets(plan.solution):
        if sheet.private:
            continue
        yield from names_spelled(plan, side, sheet)
        yield _fields(plan, side, sheet)
        if not sheet.form:
            yield from _rows(plan, sheet)
            if sheet.required:
                yield _some(plan, sheet)
            yield from _funds(plan, side, sheet)
            yield from headings_plain(plan, sheet)
        yield from dates_hold(plan, side, sheet)


def _fields(plan: Plan, side: SideColumns, sheet: type[Sheet]) -> Verdict:
    first, last = plan.field_rows(sheet.name)
    verdicts, names = (f"{INPUT_CHECKS}!${letter}${first}:${letter}${last}" for letter in (FIELD_VERDICT, "B"))
    wrong = fields_wrong(plan, side, sheet)
    heads = ""
    if sheet.form:  # a rebuild finds the values by these headings
        row = f"{sheet.name}!$A${INPUT_HEADER + 1}:${LAST_COLUMN}${INPUT_HEADER + 1}"
        heads = f',COUNTIF({row},"Item")=1,COUNTIF({row},"Value")=1'
    return Verdict(
        f"{sheet.name}: its cells are filled, of their kind and within bounds",
        "The first column that is not is named; counts of each stand on Input_Checks.",
        f"AND(MIN({verdicts})=1{heads})",
        not wrong,
        Written(f'IFERROR(INDEX({names},MATCH(0,{verdicts},0)),"")', wrong[0] if wrong else ""),
    )


def _rows(plan: Plan, sheet: type[Sheet]) -> Iterator[Verdict]:
    """Rows that no formula reaches: below the last spare row, or beside the rows that the workings number."""
    computed = _computed_rows(plan, sheet)
    if computed is None:
        return
    listed = f"(COUNTA({key_cells(plan, sheet)})-1)"
    table = plan.solution.inputs.tables[sheet.name]
    lost = listed_rows(plan, sheet) - table.rows
    yield Verdict(
        f"{sheet.name}: every row is computed",
        "Rows in this list that no formula reaches, or that lack their first cell; they count after a rebuild.",
        f"AND({{now}}=0,COUNTA({_below(plan, sheet)})=0)",
        lost == 0,
        Written(f"{listed}-{computed}", float(lost)),
    )


def _some(plan: Plan, sheet: type[Sheet]) -> Verdict:
    """A list that a pack cannot do without has a row."""
    rows = listed_rows(plan, sheet)
    return Verdict(
        f"{sheet.name}: a row is filled in",
        "The rows of this list; a rebuild needs at least one.",
        "{now}>0",
        rows > 0,
        Written(f"COUNTA({key_cells(plan, sheet)})-1", float(rows)),
    )


def _computed_rows(plan: Plan, sheet: type[Sheet]) -> str | None:
    """How many rows of a list the workings number; of a list that is looked up, those within its range."""
    for block in plan.graph.blocks.values():
        if sheet in block.sources:
            numbers = plan.ranges.get((block.name, (block.name, "number")))
            if numbers is not None:
                return f"COUNT({numbers.sheet}!{numbers.whole()})"
            first = plan.input_ranges[sheet.name, sheet.fields[0].name]
            return f"COUNTA({sheet.name}!{first.whole()})"
    return None


def _below(plan: Plan, sheet: type[Sheet]) -> str:
    """The cells below the rows that formulas look at."""
    ranges = [plan.input_ranges[sheet.name, field.name] for field in sheet.fields]
    first = ranges[0].first + ranges[0].members
    last = max(cells.fixed + cells.width for cells in ranges)
    return f"{sheet.name}!$A${first + 1}:${column_letters(last)}${LAST_ROW}"


def _funds(plan: Plan, side: SideColumns, sheet: type[Sheet]) -> Iterator[Verdict]:
    """Columns with a name of their own: each within the range that is summed, named once, and no total."""
    for field in sheet.fields:
        if not field.wide:
            continue
        cells, table = plan.input_ranges[sheet.name, field.name], plan.solution.inputs.tables[sheet.name]
        names, row = table.wide[field.name], INPUT_HEADER + 1
        heads = next((heads for other, _, heads in fund_columns(plan) if other is sheet), "")
        flows = np.nan_to_num(table.columns[field.name])
        lost = len(names) - cells.width if names else 0
        computed = f"-COLUMNS({heads})" if names else ""
        tests, steps = ["{now}=0"], []
        if names:
            steps = _fund_steps(side, cells, heads, names, flows)
            compared = FEWEST_ADDED <= len(names) <= MOST_COMPARED
            tests += ["{s2}=0"] if counted_apart(names) else []
            tests += ["OR({s1}=0,{s3}=0)"] if compared else []
            tests += ["{s4}=0"] if not any("total" in name.casefold() for name in names) else []
        yield Verdict(
            f"{sheet.name}: every column of a fund is computed",
            "Columns beside the funds as delivered, without a name, named twice, called Total, or the sum of the "
            "others; a rebuild counts the first, and not the last.",
            f"AND({','.join(tests)})",
            lost == 0 and not _adds_up(flows),
            Written(f"COUNTA({sheet.name}!$A${row}:${LAST_COLUMN}${row})-{cells.fixed}{computed}", float(lost)),
            steps=tuple(steps),
        )


def _fund_steps(
    side: SideColumns, cells: CellRange, heads: str, names: tuple[str, ...], flows: NDArray[np.float64]
) -> list[Written]:
    """All flows; headings that stand twice; columns that add up to what the others do; headings that say total."""
    alike, sums = side.find(HEADINGS), side.get(FLOWS)
    total = float(flows.sum())
    equal = np.abs(2 * flows.sum(axis=0)[:MOST_COMPARED] - total) <= abs(total) / 10**6
    spare = ADDED_FUNDS if total == 0 else 0
    return [
        Written(f"SUM({cells.sheet}!{cells.whole()})", total),
        Written("0" if alike is None else f"SUMPRODUCT(--({alike.whole}>1))", 0.0),
        Written(
            f"SUMPRODUCT(--((2*{sums.whole}-{{s1}})*(2*{sums.whole}-{{s1}})<={{s1}}*{{s1}}/10^12))",
            float(np.count_nonzero(equal) + spare),
        ),
        Written(f'COUNTIF({heads},"*total*")', float(sum("total" in name.casefold() for name in names))),
    ]


def _adds_up(flows: NDArray[np.float64]) -> bool:
    """Whether a column of these flows does so at delivery."""
    sums = flows.sum(axis=0)
    asked = FEWEST_ADDED <= len(sums) <= MOST_COMPARED and sums.sum() != 0
    return bool(asked and np.any(np.abs(2 * sums - sums.sum()) <= abs(sums.sum()) / 10**6))
