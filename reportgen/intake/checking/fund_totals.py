"""A column of ETF_Flows that is the sum of the others is no fund, whatever its name: it is not counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from reportgen.intake.file.cell import address
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

FEWEST_DAYS, ALIKE = 5, 0.95
"""Days with flows, and the share of them on which the sum must come out."""
ROUNDING = 0.06
"""USD million a fund: tables are rounded to a tenth."""


def without_total(flows: ReadSheet) -> tuple[ReadSheet, list[Problem]]:
    """The flows without a column that equals the sum of the others (the last, if several do), and what to say of it."""
    block = flows.column("funds")
    funds = block.shape[1]
    if funds < 2 or flows.layout is None:
        return flows, []
    values = np.nan_to_num(block)
    alike = np.abs(2 * values - values.sum(axis=1, keepdims=True)) <= ROUNDING * funds
    days = (values != 0).sum(axis=0)
    matched = (alike & (values != 0)).sum(axis=0)
    totals = np.flatnonzero((days >= FEWEST_DAYS) & (matched >= ALIKE * days))
    if not len(totals):
        return flows, []
    total = int(totals[-1])
    name, column = flows.layout.wide[total]
    where = Where(flows.file, flows.sheet.name, address(flows.layout.header, column), shortened(name))
    message = f'"{shortened(name)}" equals the sum of the other columns on {int(matched[total]):,} days: it is no fund.'
    columns = {**flows.table.columns, "funds": np.delete(block, total, axis=1)}
    wide = flows.layout.wide[:total] + flows.layout.wide[total + 1 :]
    table = replace(flows.table, columns=columns, wide={"funds": tuple(each for each, _ in wide)})
    kept = replace(flows, table=table, layout=replace(flows.layout, wide=wide))
    return kept, [problem("flows_total", where, message)]
