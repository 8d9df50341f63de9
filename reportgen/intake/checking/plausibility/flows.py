"""What is possible but odd about ETF_Flows: days without a row, lost signs, dollars for millions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import day, iso_day, serial
from reportgen.intake.checking.plausibility.wording import count, listed
from reportgen.intake.file.cell import address
from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened
from reportgen.trading_days import trading_days

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

LARGE_FLOW = 10_000.0
"""USD million in a day and fund: several times the largest ever, and far below any flow typed in USD."""
UNSIGNED_DAYS = 20
"""Reported days on end; the funds together have had inflows on 19, each of them on 5."""
SMALL_FLOW, SMALL_DAYS = 1.0, 5
"""USD million that no flow of so many reported days reaches, where flows are typed in USD billion."""
SMOOTH = 0.1
"""Change from day to day as a share of the size: a level, such as a cumulative flow, moves less, a flow far more."""
MOST_GAP = 20_000
"""Days between two rows that are still counted one by one."""


def odd_flows(flows: ReadSheet, as_of: float) -> Iterator[Problem]:
    """Every warning about ETF_Flows that is not about its age."""
    if flows.table.rows:
        yield from _missing_trading_days(flows)
        yield from _unreported(flows)
        yield from _large(flows)
        yield from _small(flows)
        yield from _unsigned(flows, as_of)
        yield from _levels(flows)


def where_of_fund(flows: ReadSheet, fund: int, record: int) -> Where:
    """The cell of a fund, counted from 0, in a record."""
    assert flows.layout is not None  # a sheet with rows has one
    name, column = flows.layout.wide[fund]
    return Where(flows.file, flows.sheet.name, address(flows.layout.rows[flows.order[record]], column), shortened(name))


def _large(flows: ReadSheet) -> Iterator[Problem]:
    """One warning, at the first fund: dollars are typed for a whole column or sheet, not for a day."""
    large = np.abs(np.nan_to_num(flows.column("funds"))) > LARGE_FLOW
    funds = np.flatnonzero(large.any(axis=0)).tolist()
    if not funds:
        return
    record = int(np.argmax(large[:, funds[0]]))
    found = f"found {plain_number(float(flows.column('funds')[record, funds[0]]))} USD million for one fund on one day"
    more = (
        f"; {count(int(large.sum()) - 1, 'more cell')} of {count(len(funds), 'fund')} alike" if large.sum() > 1 else ""
    )
    yield problem("flow_large", where_of_fund(flows, funds[0], record), f"{found}{more}.")


def _small(flows: ReadSheet) -> Iterator[Problem]:
    """One warning for the sheet: whoever types USD billion types all flows so."""
    sizes = np.abs(np.nan_to_num(flows.column("funds")))
    reported = np.flatnonzero(sizes.any(axis=1))
    if len(reported) >= SMALL_DAYS and sizes.max() < SMALL_FLOW:
        record, fund = int(reported[0]), int(np.argmax(sizes[reported[0]]))
        message = f"found flows below 1 USD million only, on {len(reported):,} days."
        yield problem("flows_small", where_of_fund(flows, fund, record), message)


def _unsigned(flows: ReadSheet, as_of: float) -> Iterator[Problem]:
    """The newest reported days up to the as-of day, twenty and more, without a single outflow.

    Older ones are no sign: after them the same columns have outflows again.
    """
    block = np.nan_to_num(flows.column("funds"))
    dates = flows.column("date")
    reported = np.flatnonzero(block.any(axis=1) & (dates <= as_of))
    outflows = np.flatnonzero((block[reported] < 0).any(axis=1))
    run = reported[outflows[-1] + 1 :] if len(outflows) else reported
    if len(run) >= UNSIGNED_DAYS:
        span = f"from {iso_day(float(dates[run[0]]))} to {iso_day(float(dates[run[-1]]))}"
        message = f"found no outflow of any fund on {len(run)} reported days {span}."
        yield problem("flows_unsigned", flows.where("date", int(run[0])), message)


def _levels(flows: ReadSheet) -> Iterator[Problem]:
    """Columns that keep their sign and hardly move from day to day."""
    block = np.nan_to_num(flows.column("funds"))
    for fund, flow in enumerate(block.T):
        days = np.flatnonzero(flow)
        if len(days) < UNSIGNED_DAYS or abs(np.sign(flow[days]).sum()) < len(days):
            continue
        move = float(np.median(np.abs(np.diff(flow[days]))))
        if 0 < move <= SMOOTH * float(np.median(np.abs(flow[days]))):
            message = f"found the same sign on {len(days):,} days, with small changes from day to day."
            yield problem("flows_level", where_of_fund(flows, fund, int(days[0])), message)


def _missing_trading_days(flows: ReadSheet) -> Iterator[Problem]:
    dates = _dates(flows)
    if len(dates) < 2 or dates[-1] - dates[0] > MOST_GAP:
        return
    there = set(dates)
    missing = [each for each in trading_days(day(dates[0]), day(dates[-1])) if serial(each) not in there]
    if missing:
        after = next(index for index, date in enumerate(dates) if date > serial(missing[0]))
        names = listed([each.isoformat() for each in missing])
        message = f"{count(len(missing), 'trading day')} without a row: {names}."
        yield problem("etf_gap", flows.where("date", after), message)


def _unreported(flows: ReadSheet) -> Iterator[Problem]:
    block = flows.column("funds")
    if not block.size:
        return
    dates = _dates(flows)  # rows without a date sort behind these and have an error of their own
    empty = np.all(np.isnan(block) | (block == 0), axis=1)[: len(dates)]
    if not dates or not empty[-1]:
        return
    first = 0 if empty.all() else len(empty) - int(np.argmin(empty[::-1]))
    span = iso_day(dates[-1]) if first == len(empty) - 1 else f"{iso_day(dates[first])} to {iso_day(dates[-1])}"
    yield problem("etf_zeros", flows.where("date", len(empty) - 1), f"found zeros or blanks only on {span}.")


def _dates(flows: ReadSheet) -> list[float]:
    return [float(date) for date in flows.column("date") if not np.isnan(date)]
