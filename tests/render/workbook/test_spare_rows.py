"""Spare rows of the lists, and input cells as formulas read them: a blank, a text, a row that holds nothing."""

from __future__ import annotations

import dataclasses
import io
from typing import Any

import formualizer
import openpyxl
import pytest
import xlsxwriter

from reportgen.model.solve import Solution, solve
from reportgen.render.theme import load_theme
from reportgen.render.workbook.input_formulas import as_read
from reportgen.render.workbook.page import Page
from reportgen.render.workbook.plain_worksheet import PlainWorksheet
from reportgen.render.workbook.plan import Plan, make_plan
from reportgen.render.workbook.spare_rows import ROOM, ROOM_OF, spare_rows_of
from reportgen.render.workbook.styles import Styles
from reportgen.render.workbook.writer import write_workbook
from reportgen.sheets import BY_NAME, SHEETS, Field, Kind
from tests.worked_case import worked_case

FORMS_AND_LISTS = ("Market", "Operators", "Fleet", "Debt", "AI_HPC", "Scenarios", "Risk")  # what the figures stand on
UNSCORED = (
    {("Market", "etf_reference_outflow"), ("Market", "switch_speed"), ("Scenarios", "otc_share")}
    | {("Operators", name) for name in ("depreciation", "stock_compensation", "figures_as_of")}
    | {(sheet, "figures_as_of") for sheet in ("Fleet", "Debt", "AI_HPC")}
)
"""Numbers that move other figures than the score."""


class Typed:
    """The workbook in an independent engine, one cell of it typed over at a time."""

    def __init__(self, plan: Plan, content: bytes) -> None:
        self.plan, self.engine = plan, formualizer.Workbook.from_bytes(content)
        self.engine.set_temporal_egress("serial")

    def figure(self, name: str) -> Any:
        cells = self.plan.range_of("market", ("market", name))
        row, column = cells.at(0)
        return self.engine.get_value(cells.sheet, row + 1, column + 1)

    def with_cell(self, sheet: str, field: str, value: Any, *figures: str) -> list[Any]:
        """Figures while the first cell of a field holds another value."""
        row, column = self.plan.input_ranges[sheet, field].at(0)
        cell = sheet, row + 1, column + 1
        before = self.engine.get_value(*cell)
        self.engine.set_value(*cell, value)
        self.engine.evaluate_all()
        found = [self.figure(name) for name in figures]
        self.engine.set_value(*cell, before)
        return found


@pytest.fixture(scope="module")
def typed(plan: Plan, content: bytes) -> Typed:
    return Typed(plan, content)


def is_error(value: Any) -> bool:
    return isinstance(value, dict) and value["type"] == "Error"


NUMBERS = [
    (sheet, field)
    for sheet in FORMS_AND_LISTS
    for field in BY_NAME[sheet].fields
    if field.kind in (Kind.NUMBER, Kind.DATE)
]


def test_a_text_in_the_place_of_any_number_reaches_the_score(typed: Typed) -> None:
    silent = {
        (sheet, field.name)
        for sheet, field in NUMBERS
        if not is_error(typed.with_cell(sheet, field.name, "unknown", "risk_score")[0])
    }
    assert silent == UNSCORED


def test_a_required_number_that_is_blank_is_an_error_and_never_zero(typed: Typed) -> None:
    silent = {
        (sheet, field.name)
        for sheet, field in NUMBERS
        if field.required and not is_error(typed.with_cell(sheet, field.name, None, "risk_score")[0])
    }
    assert silent == set()


FIGURES = ("risk_score", "aisc_net_average", "issuance", "final_difficulty_share", "days_to_halving")
WITH_DEFAULT = [(sheet, field) for sheet, field in NUMBERS if field.default]


@pytest.mark.parametrize(("sheet", "field"), WITH_DEFAULT, ids=[field.name for _, field in WITH_DEFAULT])
def test_a_blank_takes_the_default_as_a_rebuild_does(
    typed: Typed, solution: Solution, sheet: str, field: Field
) -> None:
    table = solution.inputs.tables[sheet]
    column = table.columns[field.name].copy()
    column[0] = field.default
    changed = dataclasses.replace(table, columns={**table.columns, field.name: column})
    inputs = dataclasses.replace(solution.inputs, tables={**solution.inputs.tables, sheet: changed})
    rebuilt = solve(inputs)
    found = typed.with_cell(sheet, field.name, None, *FIGURES)
    assert found == pytest.approx([rebuilt.number(name) for name in FIGURES], rel=1e-9)


def test_every_formula_of_a_spare_row_carries_n_a_or_what_is_calculated_with(
    plan: Plan, values: openpyxl.Workbook
) -> None:
    """Totals calculate with 0, no row belongs to owner 0, and a count goes on as it was."""
    seen = 0
    for parts in plan.sheets.values():
        for part in (part for part in parts if part.counted):
            for (block, key), cells in part.ranges(first=True):
                for member in range(part.delivered, part.members):
                    row, column = cells.at(member)
                    if cells.members == part.members:
                        found = values[cells.sheet].cell(row + 1, column + 1).value
                        if key == ("etf_flows", "reported_so_far"):
                            assert found == plan.solution.value("etf_days")
                        else:
                            nothing = key in plan.graph.calculated or key[1] == "owner_number"
                            assert found == (0 if nothing else "n/a"), (block, key)
                        seen += 1
    assert seen > 3000


def test_lists_have_room_and_what_has_names_of_its_own_has_a_row_for_each() -> None:
    assert {sheet.name: spare_rows_of(sheet, 7) for sheet in SHEETS if not sheet.private and not sheet.form} == {
        sheet.name: ROOM for sheet in SHEETS if not sheet.private and not sheet.form
    } | ROOM_OF | {"Risk": 2}  # fmt: skip
    assert [spare_rows_of(BY_NAME["Risk"], rows) for rows in (0, 9, 12)] == [9, 0, 0]
    assert {spare_rows_of(sheet, 3) for sheet in SHEETS if sheet.private or sheet.form} == {0}


def test_each_list_is_a_table_of_its_rows_and_the_spare_ones(plan: Plan, book: openpyxl.Workbook) -> None:
    for sheet in SHEETS:
        rows = plan.solution.inputs.tables[sheet.name].rows
        spare = spare_rows_of(sheet, rows)
        if not spare:
            assert not book[sheet.name].tables
            continue
        (table,) = book[sheet.name].tables.values()
        start, end = table.ref.split(":")
        assert (start, end.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == ("A4", str(4 + rows + spare))
        headers = [cell.value for cell in book[sheet.name][4] if cell.value is not None]
        assert [column.name for column in table.tableColumns] == headers


@pytest.mark.parametrize(
    ("headers", "constant_memory", "tables"),
    [
        (["Date", "FUND-A"], False, 1),
        (["Date", "DATE"], False, 0),
        (["Date", "two\nlines"], False, 0),
        (["Date", " FUND-A"], False, 0),
        (["Date", "F" * 256], False, 0),
        (["Date", "FUND-A"], True, 1),  # though its rows have gone to the disk by then
    ],
)
def test_a_table_is_left_out_where_excel_would_not_take_it(
    headers: list[str], constant_memory: bool, tables: int
) -> None:
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": constant_memory})
    sheet = book.add_worksheet("Flows", PlainWorksheet)
    Page(sheet, Styles(book, load_theme())).table((3, 9), headers, "Flows_list")
    assert len(sheet.tables) == tables
    book.close()


def test_a_spare_cell_is_open_for_typing(plan: Plan, book: openpyxl.Workbook) -> None:
    rows = plan.solution.inputs.tables["Fleet"].rows
    for row in (5 + rows, 4 + rows + ROOM):
        assert [cell.value for cell in book["Fleet"][row]] == [None] * len(BY_NAME["Fleet"].fields)
        assert not any(cell.protection.locked for cell in book["Fleet"][row])


def test_a_list_without_rows_has_spare_ones_that_count_too() -> None:
    inputs = worked_case()
    debt = inputs.tables["Debt"]
    none = dataclasses.replace(debt, rows=0, columns={name: column[:0] for name, column in debt.columns.items()})
    solution = solve(dataclasses.replace(inputs, tables={**inputs.tables, "Debt": none}))
    plan = make_plan(solution)
    typed = Typed(plan, write_workbook(solution))
    for field, value in (
        ("operator", "Alpha Hydro"),
        ("facility", "Loan"),
        ("principal", 1.2e6),
        ("interest_rate", 0.1),
    ):
        row, column = plan.input_ranges["Debt", field].at(0)
        typed.engine.set_value("Debt", row + 1, column + 1, value)
    typed.engine.evaluate_all()
    cells = plan.range_of("operators", ("operators", "interest"))
    row, column = cells.at(solution.texts("operators", "operator").index("Alpha Hydro"))
    assert typed.engine.get_value(cells.sheet, row + 1, column + 1) == pytest.approx(10_000)


@pytest.mark.parametrize(
    ("field", "formula"),
    [
        (Field(Kind.NUMBER, required=True), "AVERAGE(A1)"),
        (Field(Kind.NUMBER, default=2.0), 'IF(A1="",D,AVERAGE(A1))'),
        (Field(Kind.NUMBER), 'IF(A1="","n/a",AVERAGE(A1))'),
        (Field(Kind.DATE), 'IF(A1="","n/a",AVERAGE(A1))'),
        (Field(Kind.TEXT, required=True), 'IF(A1="","required"+0,A1&"")'),
        (Field(Kind.TEXT, default=""), 'A1&""'),
        (Field(Kind.TEXT, default="such"), 'IF(A1="",D,A1&"")'),
        (Field(Kind.YES_NO, required=True), 'MATCH(A1,{"no","yes"},0)-1'),
        (
            Field(Kind.YES_NO, default=0.0),
            'MATCH(IF(A1="",D,A1),{"no","yes"},0)-1',
        ),
    ],
)
def test_an_input_cell_is_read_as(field: Field, formula: str) -> None:
    assert as_read("A1", field, "D") == formula
