"""What people do to a delivered workbook: type, clear, sort, insert, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.address import CellRange
from reportgen.render.workbook.figure_checks import CHECKS
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.side_columns import SideColumns
from reportgen.render.workbook.verdicts import Verdicts
from tests.render.workbook.edits.edited_file import EditedFile, Formula

Change = Callable[[EditedFile, Plan], None]


def _address(plan: Plan, sheet: str, field: str, row: int = 0) -> str:
    return plan.input_ranges[sheet, field].cell(row, absolute=False)


def at(sheet: str, address: str, value: Any) -> Change:
    """Type into a cell by its address."""
    return lambda file, plan: file.put(sheet, address, value)


def repeated(sheet: str, to: str, source: str) -> Change:
    """Copy a cell to another."""
    return lambda file, plan: file.put(sheet, to, file.value(sheet, source))


def default_of(sheet: str, field: str, value: Any) -> Change:
    """Type over the default of a field."""

    def change(file: EditedFile, plan: Plan) -> None:
        checks, address = plan.default_cell(sheet, field).replace("$", "").split("!")
        file.put(checks, address, value)

    return change


def verdict(number: int, value: Any) -> Change:
    """Type over a verdict of the list on Checks, or over the line above it (-1)."""

    def change(file: EditedFile, plan: Plan) -> None:
        verdicts = Verdicts(plan)
        file.put(CHECKS, f"C{verdicts.top + 2 if number < 0 else verdicts.first + 1 + number}", value)

    return change


def put(sheet: str, field: str, value: Any, row: int = 0) -> Change:
    """Type into an input cell; None clears it."""
    return lambda file, plan: file.put(sheet, _address(plan, sheet, field, row), value)


def over(block: str, name: str, value: Any, row: int = 0) -> Change:
    """Type a value over a cell of a sheet of figures."""

    def change(file: EditedFile, plan: Plan) -> None:
        cells = plan.range_of(block, (block, name))
        file.put(cells.sheet, cells.cell(row, absolute=False), value)

    return change


def other_formula(block: str, name: str, text: str, row: int = 0) -> Change:
    """Put another formula in the place of the one of a figure."""
    return over(block, name, Formula(text), row)


def swapped(block: str, name: str, first: int, second: int) -> Change:
    """Swap two cells of a column."""

    def change(file: EditedFile, plan: Plan) -> None:
        cells = plan.range_of(block, (block, name))
        values = [file.value(cells.sheet, cells.cell(row, absolute=False)) for row in (first, second)]
        for row, value in zip((second, first), values, strict=True):
            over(block, name, value, row)(file, plan)

    return change


def swapped_numbers(sheet: str) -> Change:
    """Swap two plain numbers that differ, one below the other on a sheet."""

    def change(file: EditedFile, plan: Plan) -> None:
        numbers = file.numbers(sheet)
        first, second = next(
            ((row, column), (row + 1, column))
            for row, column in numbers
            if numbers.get((row + 1, column), numbers[row, column]) != numbers[row, column]
        )
        for at_cell, value in ((first, numbers[second]), (second, numbers[first])):
            file.put(sheet, f"{column_letters(at_cell[1])}{at_cell[0]}", value)

    return change


def side(header: str, place: int, value: Any) -> Change:
    """Type over a cell of a column that checks look at."""

    def change(file: EditedFile, plan: Plan) -> None:
        sheet, address = SideColumns(plan).get(header).cell(place).replace("$", "").split("!")
        file.put(sheet, address, value)

    return change


def both(*changes: Change) -> Change:
    """One edit after the other."""

    def change(file: EditedFile, plan: Plan) -> None:
        for each in changes:
            each(file, plan)

    return change


def _rows(plan: Plan, sheet: str) -> tuple[int, int]:
    """The first and last row with a record, as Excel counts them."""
    first = next(cells for (name, _), cells in plan.input_ranges.items() if name == sheet).first + 1
    return first, first + plan.solution.inputs.tables[sheet].rows - 1


def turned(sheet: str) -> Change:
    """Sort a list the other way round."""
    return lambda file, plan: file.swap_order(sheet, *_rows(plan, sheet))


def cells_of(file: EditedFile, plan: Plan, sheet: str, row: int) -> list[Any]:
    """The values of a row of a list."""
    last = max(cells.fixed + cells.width for (name, _), cells in plan.input_ranges.items() if name == sheet)
    return [file.value(sheet, f"{chr(65 + column)}{row}") for column in range(last)]


def typed(sheet: str, below: int = 0, like: int = 0, **changed: Any) -> Change:
    """Type a row below the last one (`below` rows further down), like another row but for what is told."""

    def change(file: EditedFile, plan: Plan) -> None:
        file.type_row(sheet, _rows(plan, sheet)[1] + 1 + below, *_record(file, plan, sheet, like, changed))

    return change


def typed_record(sheet: str, *values: Any) -> Change:
    """Type a record of these values into the first row of a list."""
    return lambda file, plan: file.type_row(sheet, _rows(plan, sheet)[0], *values)


def inserted(sheet: str, before: int = 1, like: int = 0, **changed: Any) -> Change:
    """Insert a row before a record and type one like another into it; without changes it stays blank."""

    def change(file: EditedFile, plan: Plan) -> None:
        record = _record(file, plan, sheet, like, changed) if changed else []
        file.insert_row(sheet, _rows(plan, sheet)[0] + before, *record)

    return change


def deleted(sheet: str, record: int = 0) -> Change:
    """Delete the whole row of a record."""
    return lambda file, plan: file.delete_row(sheet, _rows(plan, sheet)[0] + record)


def cleared(sheet: str, record: int = 0) -> Change:
    """Clear every cell of a record."""

    def change(file: EditedFile, plan: Plan) -> None:
        for (name, _), cells in plan.input_ranges.items():
            if name == sheet:
                for column in range(cells.width):
                    moved = CellRange(sheet, cells.fixed + column, cells.first, cells.members, cells.across)
                    file.put(sheet, moved.cell(record, absolute=False), None)

    return change


def _record(file: EditedFile, plan: Plan, sheet: str, like: int, changed: dict[str, Any]) -> list[Any]:
    values = cells_of(file, plan, sheet, _rows(plan, sheet)[0] + like)
    for name, value in changed.items():
        values[plan.input_ranges[sheet, name].fixed] = value
    return values


def new_operator(place: Callable[..., Change], name: str = "Gamma Solar") -> Change:
    """Type or insert an operator, and type its machines."""
    return both(place("Operators", operator=name, power_price=0.04), typed("Fleet", operator=name))


def day_after(sheet: str) -> Change:
    """A new day below the last, with the as-of date a day later."""

    def change(file: EditedFile, plan: Plan) -> None:
        as_of = float(plan.solution.value("as_of"))
        last = float(plan.solution.inputs.tables[sheet].columns["date"][-1])
        put("Report", "as_of", max(as_of, last + 1))(file, plan)
        typed(sheet, like=5, date=last + 1)(file, plan)

    return change


def fund(column: int, header: Any, values: float | None = 12.5) -> Change:
    """Insert a column before fund number `column`, with a heading and a flow in every row."""

    def change(file: EditedFile, plan: Plan) -> None:
        cells = plan.input_ranges["ETF_Flows", "funds"]
        first, last = _rows(plan, "ETF_Flows")
        letter = chr(65 + cells.fixed + column)
        flows: dict[int, Any] = dict.fromkeys(range(first, last + 1), values) if values is not None else {}
        file.insert_column("ETF_Flows", letter, {4: header, **flows})

    return change


def heading(sheet: str, field: str, text: Any) -> Change:
    """Type over the heading of a column."""

    def change(file: EditedFile, plan: Plan) -> None:
        file.put(sheet, f"{_address(plan, sheet, field).rstrip('0123456789')}4", text)

    return change


def fund_heading(text: Any) -> Change:
    """Type over the heading of the first fund."""
    return heading("ETF_Flows", "funds", text)
