"""Checks of dated lists: in order, none after the as-of date, and none that ends long before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_addresses import column_letters
from reportgen.excel_dates import day
from reportgen.inputs import DATED, OLDEST_FLOWS, OLDEST_HISTORY
from reportgen.render.workbook.field_checks import LAST_ROW
from reportgen.render.workbook.plan import INPUT_HEADER
from reportgen.render.workbook.side_columns import HOLIDAYS, LIMIT, LIMITS, NEWEST, TWICE
from reportgen.render.workbook.verdict import Verdict, Written
from reportgen.trading_days import trading_days

if TYPE_CHECKING:
    from reportgen.render.workbook.plan import Plan
    from reportgen.render.workbook.side_columns import SideColumns
    from reportgen.sheets import Sheet


def dates_hold(plan: Plan, side: SideColumns, sheet: type[Sheet]) -> Iterator[Verdict]:
    """The verdicts about the dates of a sheet."""
    if sheet.name == "Stress_Windows":
        yield from _windows(plan, side, sheet)
    if sheet.name == "Network_History":
        yield _history_ascends(plan, sheet)
        yield _recent(plan, side, sheet)
    if sheet.name == "ETF_Flows":
        yield _flows_ascend(plan, side, sheet)
        yield _recent_flows(plan, side, sheet)
    if sheet.name in DATED:
        yield _not_later(plan, sheet)


def _windows(plan: Plan, side: SideColumns, sheet: type[Sheet]) -> Iterator[Verdict]:
    """No stress window ends before it starts, and none stands twice."""
    start, end = (f"{sheet.name}!{plan.input_ranges[sheet.name, name].whole()}" for name in ("from", "to"))
    yield Verdict(
        f"{sheet.name}: no window ends before it starts",
        "Windows that do; a rebuild refuses them.",
        "{now}=0",
        now=Written(f"SUMPRODUCT(--({end}<{start}))", 0.0),
    )
    twice = side.get(TWICE)
    found = sum(float(each.value) for each in twice.cells if isinstance(each, Written))
    yield Verdict(
        f"{sheet.name}: no window stands twice",
        "Windows with the same days as another one; a rebuild asks about them.",
        "{now}=0",
        found == 0,
        now=Written(f"SUM({twice.whole})", found),
    )


_ASCEND = "dates ascend, blank rows apart"
_WHY = (
    "Rows out of order, or less than a day apart; the oldest stands first, as formulas look for the last day up to a "
    "date."
)


def _history_ascends(plan: Plan, sheet: type[Sheet]) -> Verdict:
    """The history is looked up by its days: in order, each of its rows is found by its day, and by no other.

    A search that halves a list finds every entry only if the list is in order; blank rows do not matter to it.
    """
    cells = plan.input_ranges[sheet.name, "date"]
    rows = plan.solution.inputs.tables[sheet.name].rows
    filled = plan.range_of("days", ("days", "filled"))
    found = int(np.count_nonzero(np.asarray(plan.solution.columns["days", "filled"], dtype=float) == 0))
    lost = Written(
        f"COUNT({sheet.name}!{cells.whole()})-COUNTIF({filled.sheet}!{filled.whole()},0)", float(rows - found)
    )
    return Verdict(f"{sheet.name}: {_ASCEND}", _WHY, "{now}=0", rows == found, lost)


def _flows_ascend(plan: Plan, side: SideColumns, sheet: type[Sheet]) -> Verdict:
    """The newest day so far rises with every row that is filled."""
    cells, newest = plan.input_ranges[sheet.name, "date"], side.get(NEWEST)
    dates = np.asarray(plan.solution.inputs.tables[sheet.name].columns["date"], dtype=float)
    wrong = float(np.count_nonzero(np.diff(dates) < 1))
    later, earlier = _neighbours(newest.cell(0).split("$")[0], newest.letters, INPUT_HEADER + 2, len(newest.cells))
    risen = Written(f"SIGN({newest.cell(0)})+SUMPRODUCT(--({later}>={earlier}+1))", len(dates) - wrong)
    if len(newest.cells) == 1:
        risen = Written(f"SIGN({newest.cell(0)})", float(len(dates)))
    now = Written(f"COUNT({sheet.name}!{cells.whole()})-{{s1}}", wrong)
    return Verdict(f"{sheet.name}: {_ASCEND}", _WHY, "{now}=0", wrong == 0, now, steps=(risen,))


def _neighbours(sheet: str, letters: str, first: int, rows: int) -> tuple[str, str]:
    """The rows of a column from its second on, and those above them; of one row, itself."""
    last = first + rows - 1
    if rows == 1:
        return (f"{sheet}${letters}${first}:${letters}${first}",) * 2
    return f"{sheet}${letters}${first + 1}:${letters}${last}", f"{sheet}${letters}${first}:${letters}${last - 1}"


def _recent(plan: Plan, side: SideColumns, sheet: type[Sheet]) -> Verdict:
    column = column_letters(plan.input_ranges[sheet.name, "date"].fixed + 1)
    dates = f"{sheet.name}!${column}${INPUT_HEADER + 1}:${column}${LAST_ROW}"
    as_of = plan.used_cell("Report", "as_of")
    known = plan.solution.inputs.tables[sheet.name].columns["date"]
    age = max(0.0, float(plan.solution.value("as_of") - known.max())) if len(known) else 0.0
    return Verdict(
        f"{sheet.name}: its newest row is at most {OLDEST_HISTORY} days before the as-of date",
        "Days between them; a rebuild takes older data only when it is told to.",
        f"{{now}}<={_limit(side, sheet)}",
        age <= OLDEST_HISTORY,
        Written(f"IF(COUNT({dates})=0,0,MAX(0,{as_of}-MAX({dates})))", age),
    )


def _recent_flows(plan: Plan, side: SideColumns, sheet: type[Sheet]) -> Verdict:
    """The same of the newest day with a flow, in trading days: weekdays that are no holiday of the exchanges."""
    last, as_of = (plan.solution.value(name) for name in ("etf_last_day", "as_of"))
    shown, until = plan.range_of("market", ("market", "etf_last_day")), "as_of"
    newest = f"{shown.sheet}!{shown.cell()}"
    weekdays = f"NETWORKDAYS({newest}+1,{until},{side.get(HOLIDAYS).whole})"
    age = 0.0 if np.isnan(last) else float(sum(1 for _ in trading_days(day(last + 1), day(as_of))))
    return Verdict(
        f"{sheet.name}: its newest day with a flow is at most {OLDEST_FLOWS} trading days before the as-of date",
        "Trading days between them; a rebuild takes older data only when it is told to.",
        f"{{now}}<={_limit(side, sheet)}",
        age <= OLDEST_FLOWS,
        Written(f'IF({newest}="n/a",0,MAX(0,{weekdays}))', age),
    )


def _limit(side: SideColumns, sheet: type[Sheet]) -> str:
    return side.get(LIMIT).cell(list(LIMITS).index(sheet.name))


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
