"""Checks of the input cells: what a rebuild of the edited file would refuse or read, and no formula here does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_addresses import column_letters
from reportgen.excel_dates import day, serial
from reportgen.inputs import DATED, OLDEST_FLOWS, OLDEST_HISTORY
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
from reportgen.render.workbook.verdict import Verdict, Written
from reportgen.trading_days import ONE_OFF, holidays, trading_days

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reportgen.render.workbook.address import CellRange
    from reportgen.sheets import Sheet

FEWEST_ADDED = 3
MOST_COMPARED = 100  # headings of funds, each counted among all; a formula holds 8,192 characters
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _.-]*")
IN_ORDER = ("Network_History", "ETF_Flows")
"""Lists whose rows formulas look for by date, oldest first."""


def cell_checks(plan: Plan) -> Iterator[Verdict]:
    """A verdict for each thing that must hold on the input sheets, sheet by sheet."""
    for sheet in input_sheets(plan.solution):
        if sheet.private:
            continue
        yield from names_spelled(plan, sheet)
        yield _fields(plan, sheet)
        if not sheet.form:
            yield from _rows(plan, sheet)
            if sheet.required:
                yield _some(plan, sheet)
            yield from _funds(plan, sheet)
            yield from headings_plain(plan, sheet)
        if sheet.name == "Stress_Windows":
            yield _windows(plan, sheet)
        if sheet.name in IN_ORDER:
            yield _ascending(plan, sheet)
        if sheet.name == "Network_History":
            yield _recent(plan, sheet)
        if sheet.name == "ETF_Flows":
            yield _recent_flows(plan, sheet)
        if sheet.name in DATED:
            yield _not_later(plan, sheet)


def _fields(plan: Plan, sheet: type[Sheet]) -> Verdict:
    first, last = plan.field_rows(sheet.name)
    verdicts, names = (f"{INPUT_CHECKS}!${letter}${first}:${letter}${last}" for letter in (FIELD_VERDICT, "B"))
    wrong = fields_wrong(plan, sheet)
    return Verdict(
        f"{sheet.name}: its cells are filled, of their kind and within bounds",
        "The first column that is not is named; counts of each stand on Input_Checks.",
        f"MIN({verdicts})=1",
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


def _windows(plan: Plan, sheet: type[Sheet]) -> Verdict:
    """No stress window ends before it starts."""
    start, end = (f"{sheet.name}!{plan.input_ranges[sheet.name, name].whole()}" for name in ("from", "to"))
    return Verdict(
        f"{sheet.name}: no window ends before it starts",
        "Windows that do; a rebuild refuses them.",
        "{now}=0",
        now=Written(f"SUMPRODUCT(--({end}<{start}))", 0.0),
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


def _funds(plan: Plan, sheet: type[Sheet]) -> Iterator[Verdict]:
    """Columns with a name of their own: each within the range that is summed, named once, and no total."""
    for field in sheet.fields:
        if field.wide:
            cells = plan.input_ranges[sheet.name, field.name]
            names = plan.solution.inputs.tables[sheet.name].wide[field.name]
            row = INPUT_HEADER + 1
            columns = [column_letters(cells.fixed + 1 + place) for place in range(cells.width)]
            heads = f"{sheet.name}!${columns[0]}${row}:${columns[-1]}${row}"
            computed = f"-COLUMNS({heads})" if names else ""
            lost = len(names) - cells.width if names else 0
            flows = np.nan_to_num(plan.solution.inputs.tables[sheet.name].columns[field.name])
            yield Verdict(
                f"{sheet.name}: every column of a fund is computed",
                "Columns beside the funds as delivered, without a name, named twice, called Total, or the sum of the "
                "others; a rebuild counts the first, and not the last.",
                f"AND({{now}}=0{_named_once(heads, sheet.name, columns, names)}{_no_total(cells, columns)})",
                lost == 0 and not _adds_up(flows),
                Written(f"COUNTA({sheet.name}!$A${row}:${LAST_COLUMN}${row})-{cells.fixed}{computed}", float(lost)),
            )


def _named_once(heads: str, sheet: str, columns: list[str], names: tuple[str, ...]) -> str:
    """No heading is a total, and none stands twice; only asked of names that COUNTIF takes letter by letter."""
    if not names:
        return ""
    total = f',COUNTIF({heads},"*total*")=0' if not any("total" in name.casefold() for name in names) else ""
    distinct = len({name.casefold() for name in names}) == len(names)
    if len(names) > MOST_COMPARED or not distinct or not all(_PLAIN.fullmatch(name) for name in names):
        return total
    each = "+".join(f"COUNTIF({heads},{sheet}!${column}${INPUT_HEADER + 1})" for column in columns)
    return f"{total},{each}={len(names)}"


def _no_total(cells: CellRange, columns: list[str]) -> str:
    """No column adds up to what the others add up to; not asked of one or two funds, nor of very many."""
    if not FEWEST_ADDED <= len(columns) <= MOST_COMPARED:
        return ""
    first, last = cells.first + 1, cells.first + cells.members
    everything = f"SUM({cells.sheet}!{cells.whole()})"
    each = (f"{cells.sheet}!${column}${first}:${column}${last}" for column in columns)
    tests = "+".join(f"(ABS(2*SUM({one})-{everything})<=ABS({everything})/10^6)" for one in each)
    return f",OR({everything}=0,{tests}=0)"


def _adds_up(flows: NDArray[np.float64]) -> bool:
    """Whether a column of these flows does so at delivery."""
    sums = flows.sum(axis=0)
    asked = FEWEST_ADDED <= len(sums) <= MOST_COMPARED and sums.sum() != 0
    return bool(asked and np.any(np.abs(2 * sums - sums.sum()) <= abs(sums.sum()) / 10**6))


def _ascending(plan: Plan, sheet: type[Sheet]) -> Verdict:
    cells = plan.input_ranges[sheet.name, "date"]
    dates = plan.solution.inputs.tables[sheet.name].columns["date"]
    if cells.members == 1:
        later, earlier = (f"{sheet.name}!{cells.whole()}",) * 2
        test = f'SUMPRODUCT(({later}<>"")*({later}<{earlier}))'
    else:
        column = column_letters(cells.fixed + 1)
        first, last = cells.first + 1, cells.first + cells.members
        later = f"{sheet.name}!${column}${first + 1}:${column}${last}"
        earlier = f"{sheet.name}!${column}${first}:${column}${last - 1}"
        test = f'SUMPRODUCT(({later}<>"")*({later}<{earlier}+1))+SUMPRODUCT(({later}<>"")*({earlier}=""))'
    wrong = int(np.count_nonzero(np.diff(dates) <= 0))
    return Verdict(
        f"{sheet.name}: dates ascend, without a blank row between",
        "Rows out of order, or less than a day apart; the oldest stands first, as formulas look for the last day up to "
        "a date.",
        "{now}=0",
        wrong == 0,
        Written(test, float(wrong)),
    )


def _recent(plan: Plan, sheet: type[Sheet]) -> Verdict:
    column = column_letters(plan.input_ranges[sheet.name, "date"].fixed + 1)
    dates = f"{sheet.name}!${column}${INPUT_HEADER + 1}:${column}${LAST_ROW}"
    as_of = plan.used_cell("Report", "as_of")
    known = plan.solution.inputs.tables[sheet.name].columns["date"]
    age = max(0.0, float(plan.solution.value("as_of") - known.max())) if len(known) else 0.0
    return Verdict(
        f"{sheet.name}: its newest row is at most {OLDEST_HISTORY} days before the as-of date",
        "Days between them; a rebuild takes older data only when it is told to.",
        f"{{now}}<={OLDEST_HISTORY}",
        age <= OLDEST_HISTORY,
        Written(f"IF(COUNT({dates})=0,0,MAX(0,{as_of}-MAX({dates})))", age),
    )


def _recent_flows(plan: Plan, sheet: type[Sheet]) -> Verdict:
    """The same of the newest day with a flow, in trading days: weekdays that are no holiday of the exchanges."""
    last, as_of = (plan.solution.value(name) for name in ("etf_last_day", "as_of"))
    shown, until = plan.range_of("market", ("market", "etf_last_day")), plan.used_cell("Report", "as_of")
    newest = f"{shown.sheet}!{shown.cell()}"
    year = day(as_of).year
    closed = sorted(each for known in range(year - 1, year + 3) for each in holidays(known) | ONE_OFF)
    listed = ",".join(f"{serial(each):.0f}" for each in dict.fromkeys(closed))
    weekdays = f"NETWORKDAYS({newest}+1,{until},{{{listed}}})"
    age = 0.0 if np.isnan(last) else float(sum(1 for _ in trading_days(day(last + 1), day(as_of))))
    return Verdict(
        f"{sheet.name}: its newest day with a flow is at most {OLDEST_FLOWS} trading days before the as-of date",
        "Trading days between them; a rebuild takes older data only when it is told to.",
        f"{{now}}<={OLDEST_FLOWS}",
        age <= OLDEST_FLOWS,
        Written(f'IF({newest}="n/a",0,IF({newest}>={until},0,MAX(0,{weekdays})))', age),
    )


def _not_later(plan: Plan, sheet: type[Sheet]) -> Verdict:
    column = column_letters(plan.input_ranges[sheet.name, "date"].fixed + 1)
    dates = f"{sheet.name}!${column}${INPUT_HEADER + 1}:${column}${LAST_ROW}"
    return Verdict(
        f"{sheet.name}: no row is dated after the as-of date",
        "Rows later than the as-of date on Report; a rebuild leaves them out.",
        "{now}=0",
        True,
        Written(f'COUNTIF({dates},">"&{plan.used_cell("Report", "as_of")})', 0.0),
    )
