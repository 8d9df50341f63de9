"""The workbooks that are edited: the sample with a shorter history, and the worked case with hardly any."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path

from reportgen.inputs import Inputs, Table
from reportgen.intake.form.sample import write_sample
from reportgen.intake.reader import read_workbook
from reportgen.model.solve import solve
from reportgen.render.workbook.plan import Plan, make_plan
from reportgen.render.workbook.writer import write_workbook
from tests.worked_case import worked_case


@dataclasses.dataclass(frozen=True)
class Pack:
    """A delivered workbook and where its figures stand."""

    content: bytes
    plan: Plan


def _last(table: Table, rows: int) -> Table:
    return dataclasses.replace(
        table, rows=rows, columns={name: values[-rows:] for name, values in table.columns.items()}
    )


def _shorter(inputs: Inputs, history: int, flows: int) -> Inputs:
    tables = dict(inputs.tables)
    tables["Network_History"] = _last(tables["Network_History"], history)
    tables["ETF_Flows"] = _last(tables["ETF_Flows"], flows)
    return dataclasses.replace(inputs, tables=tables)


def _delivered(inputs: Inputs) -> Pack:
    solution = solve(inputs)
    return Pack(write_workbook(solution), make_plan(solution))


@cache
def sample_pack(folder: Path) -> Pack:
    """The sample with 13 months of history and 30 days of flows."""
    path = folder / "sample.xlsx"
    write_sample(path)
    return _delivered(_shorter(read_workbook(path), 400, 30))


@cache
def small_pack() -> Pack:
    """The worked case with 65 days of history and 22 of flows: quick in LibreOffice too."""
    return _delivered(_shorter(worked_case(), 65, 22))
