"""What of a workbook may be used and sent: nothing dated after the as-of day, and nothing private."""

from __future__ import annotations

import dataclasses

import numpy as np

from reportgen.inputs import DATED, Inputs, LaterRows, Table
from reportgen.sheets import BY_NAME, Sheet


def sendable(inputs: Inputs) -> Inputs:
    """The inputs that figures, workbook and brief are made from; given twice, the same.

    Rows of dated lists after the as-of day are left out and told in `later_rows`. Private sheets lose their rows,
    private columns their texts, the forms their notes.
    """
    if "Report" not in inputs.tables:
        return inputs
    as_of = float(inputs.value("Report", "as_of"))
    tables = {name: _public(BY_NAME.get(name), table) for name, table in inputs.tables.items()}
    later = dict(inputs.later_rows)
    for name in DATED:
        dates = tables[name].columns["date"]
        after = dates > as_of
        if after.any():
            known = later.get(name, LaterRows(0, as_of))
            rows, until = known.rows + int(np.count_nonzero(after)), max(known.until, float(np.max(dates[after])))
            later[name] = LaterRows(rows, until)
            tables[name] = tables[name].only(~after)
    return dataclasses.replace(inputs, tables=tables, later_rows=later)


def _public(sheet: type[Sheet] | None, table: Table) -> Table:
    if sheet is None:
        return table
    if sheet.private:
        return table.only(np.zeros(table.rows, dtype=bool))
    columns = {field.name: np.full(table.rows, "", dtype=object) for field in sheet.fields if field.private}
    remarks = {name: (source, "") for name, (source, _) in table.remarks.items()}
    return dataclasses.replace(table, columns={**table.columns, **columns}, remarks=remarks)
