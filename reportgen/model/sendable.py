"""What of a workbook may be used and sent: nothing dated after the as-of day, and nothing private."""

from __future__ import annotations

import dataclasses

import numpy as np

from reportgen.inputs import Inputs, Table
from reportgen.sheets import BY_NAME, Sheet

DATED = ("Network_History", "ETF_Flows", "Events")
"""The lists whose rows after the as-of day are left out."""


def sendable(inputs: Inputs) -> Inputs:
    """The inputs that figures, workbook and brief are made from; given twice, the same.

    Rows of dated lists after the as-of day are left out and counted in `later_rows`. Private sheets lose their rows,
    private columns their texts, the forms their notes.
    """
    if "Report" not in inputs.tables:
        return inputs
    as_of = float(inputs.value("Report", "as_of"))
    tables = {name: _public(BY_NAME.get(name), table) for name, table in inputs.tables.items()}
    later = dict(inputs.later_rows)
    for name in DATED:
        kept = ~(tables[name].columns["date"] > as_of)
        left_out = tables[name].rows - int(np.count_nonzero(kept))
        if left_out:
            tables[name] = _rows(tables[name], kept)
            later[name] = later.get(name, 0) + left_out
    return dataclasses.replace(inputs, tables=tables, later_rows=later)


def _public(sheet: type[Sheet] | None, table: Table) -> Table:
    if sheet is None:
        return table
    if sheet.private:
        return _rows(table, np.zeros(table.rows, dtype=bool))
    columns = {field.name: np.full(table.rows, "", dtype=object) for field in sheet.fields if field.private}
    remarks = {name: (source, "") for name, (source, _) in table.remarks.items()}
    return dataclasses.replace(table, columns={**table.columns, **columns}, remarks=remarks)


def _rows(table: Table, kept: np.ndarray) -> Table:
    columns = {name: values[kept] for name, values in table.columns.items()}
    cells = table.cells
    if cells is not None and len(cells.rows) != len(kept):
        cells = None  # the rows are others than those that were read
    if cells is not None:
        rows = tuple(row for row, stays in zip(cells.rows, kept.tolist(), strict=True) if stays)
        cells = dataclasses.replace(cells, rows=rows)
    return dataclasses.replace(table, rows=int(np.count_nonzero(kept)), columns=columns, cells=cells)
