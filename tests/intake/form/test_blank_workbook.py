from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.intake.form.blank_workbook import write_template
from reportgen.intake.form.cell_rules import FIRST_ROW
from reportgen.intake.reader import examine, read_workbook
from reportgen.model.solve import solve
from reportgen.sheets import BY_NAME, SHEETS, Field, Kind
from tests.intake.workbooks import small


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "blank.xlsx"
    write_template(path)
    return path


@pytest.fixture(scope="module")
def book(blank: Path) -> Any:
    return openpyxl.load_workbook(blank)


def test_the_same_blank_workbook_comes_out_byte_for_byte(tmp_path: Path, blank: Path) -> None:
    write_template(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == blank.read_bytes()
    assert list(tmp_path.iterdir()) == [tmp_path / "again.xlsx"]


def test_a_blank_workbook_has_every_declared_sheet_behind_a_first_one_that_links_to_them(book: Any) -> None:
    assert book.sheetnames == ["Start", *(sheet.name for sheet in SHEETS)]
    links = {cell.hyperlink.location for row in book["Start"].iter_rows() for cell in row if cell.hyperlink}
    assert {f"'{sheet.name}'!A1" for sheet in SHEETS} <= links


def test_a_blank_workbook_lacks_only_what_the_user_must_fill_in(blank: Path) -> None:
    found = examine(blank)
    assert {each.code for each in found.problems} == {"value_missing", "sheet_empty"}
    required = sum(field.required for sheet in SHEETS if sheet.form for field in sheet.fields)
    assert len(found.problems) == required + len({"Operators", "Fleet"})


def test_every_heading_carries_its_help_as_a_comment(book: Any) -> None:
    for sheet in SHEETS:
        page = book[sheet.name]
        for number, field in enumerate(sheet.fields):
            cell = page.cell(FIRST_ROW + number, 1) if sheet.form else page.cell(FIRST_ROW - 1, number + 1)
            assert field.help.split(".")[0] in cell.comment.text, (sheet.name, field.name)


def test_help_says_what_to_type(book: Any) -> None:
    for sheet in SHEETS:
        assert sheet.help.endswith(".")
        for field in sheet.fields:
            assert len(field.help) >= 10, (sheet.name, field.name)
            assert field.help.endswith("."), (sheet.name, field.name)


def test_input_cells_are_blue_and_open(book: Any) -> None:
    for sheet in SHEETS:
        page = book[sheet.name]
        cell = page.cell(FIRST_ROW, 2 if sheet.form else 1)
        assert cell.font.color.rgb.endswith("0000FF")
        assert cell.protection.locked is False


def test_forms_are_protected_without_a_password_and_lists_are_real_tables_that_grow(book: Any) -> None:
    for sheet in SHEETS:
        page = book[sheet.name]
        assert bool(page.protection.sheet) is sheet.form
        assert page.protection.password is None
        assert page.freeze_panes == f"B{FIRST_ROW}"
        if not sheet.form:
            (table,) = page.tables.values()
            assert table.ref.startswith(f"A{FIRST_ROW - 1}:")


def rule_of(page: Any, cell: str) -> Any:
    return next((rule for rule in page.data_validations.dataValidation if cell in rule.sqref), None)


def cell_of(book: Any, sheet: Any, field: Field) -> tuple[Any, str]:
    number = sheet.fields.index(field)
    page = book[sheet.name]
    cell = page.cell(FIRST_ROW + number, 2) if sheet.form else page.cell(FIRST_ROW, number + 1)
    return page, cell.coordinate


def test_names_choices_dates_and_numbers_have_their_rules(book: Any) -> None:
    for sheet in SHEETS:
        for field in sheet.fields:
            page, cell = cell_of(book, sheet, field)
            rule = rule_of(page, cell)
            if field.many or (field.kind in (Kind.TEXT, Kind.LONG_TEXT) and not field.of and not field.choices):
                assert rule is None
                continue
            assert rule is not None, (sheet.name, field.name)
            assert len(rule.error) <= 255
            assert len(rule.errorTitle) <= 32
            if field.of:
                assert rule.formula1.startswith(f"{field.of}!$A${FIRST_ROW}:")
            if field.choices or field.kind is Kind.YES_NO:
                assert len(rule.formula1) <= 257


def test_a_heading_of_a_list_refuses_to_be_overwritten(book: Any) -> None:
    rule = rule_of(book["Fleet"], f"A{FIRST_ROW - 1}")
    assert (rule.type, rule.formula1) == ("custom", f'EXACT(A{FIRST_ROW - 1},"Operator")')


def test_rows_are_ready_for_as_many_operators_as_asked_for(tmp_path: Path) -> None:
    write_template(tmp_path / "many.xlsx", operators=40)
    book = openpyxl.load_workbook(tmp_path / "many.xlsx")
    assert book["Operators"].tables["Operators_table"].ref.endswith(f"{FIRST_ROW + 39}")
    assert book["Fleet"].tables["Fleet_table"].ref.endswith(f"{FIRST_ROW + 119}")


def test_status_formulas_carry_the_text_that_they_show(blank: Path) -> None:
    book = openpyxl.load_workbook(blank, data_only=True)
    assert book["Report"]["A3"].value == "0 of 4 required figures, 4 problems"
    assert book["Fleet"]["A3"].value == "0 rows, 1 problem"
    assert book["Debt"]["A3"].value == "0 rows, 0 problems"


def fill(source: Path, target: Path) -> None:
    """Types the small case into a blank workbook, cell by cell, finding each by its heading."""
    book = openpyxl.load_workbook(source)
    for name, (header, *rows) in small().items():
        page = book[name]
        if header[0] == "Item":
            places = {page.cell(row, 1).value: row for row in range(FIRST_ROW, FIRST_ROW + 20)}
            for row in rows:
                page.cell(places[row[0]], 2).value = row[1]
            continue
        funds = iter(("Fund 1", "Fund 2"))
        columns = {page.cell(FIRST_ROW - 1, column).value: column for column in range(1, page.max_column + 1)}
        for number in range(FIRST_ROW, FIRST_ROW + 8):
            for column in columns.values():
                page.cell(number, column).value = None
        for offset, cells in enumerate(rows):
            for label, value in zip(header, cells, strict=False):
                column = columns.get(label) or columns[next(funds)]
                columns[label] = column
                page.cell(FIRST_ROW - 1, column).value = label
                page.cell(FIRST_ROW + offset, column).value = value
    book.save(target)


def test_a_blank_workbook_filled_in_by_hand_gives_figures(tmp_path: Path, blank: Path) -> None:
    fill(blank, tmp_path / "filled.xlsx")
    inputs = read_workbook(tmp_path / "filled.xlsx")
    assert inputs.tables["ETF_Flows"].wide["funds"][:2] == ("FUND-A", "FUND-B")
    assert solve(inputs).value("hashprice") > 0


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_live_status_counts_what_the_check_counts(tmp_path: Path, blank: Path) -> None:
    fill(blank, tmp_path / "filled.xlsx")
    book = openpyxl.load_workbook(tmp_path / "filled.xlsx")
    book["Operators"]["B6"].value = 4.5
    book["Operators"]["A7"].value = "Alpha"
    book["Fleet"]["A7"].value = "Gamma"
    book["Fleet"]["C7"].value = "1,234"
    book["Network_History"]["A8"].value = dt.date(2025, 9, 27)
    book["Market"]["B6"].value = None
    book.save(tmp_path / "spoiled.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "spoiled.xlsx")], check=True, capture_output=True, timeout=120)
    shown = openpyxl.load_workbook(tmp_path / "out" / "spoiled.xlsx", data_only=True)
    errors = examine(tmp_path / "spoiled.xlsx").errors
    for sheet in SHEETS:
        status = shown[sheet.name]["A3"].value
        count = sum(each.where.sheet == sheet.name for each in errors)
        if sheet.name == "Operators":  # the formula counts both rows of a double name, the check names the second
            count += 1
        if sheet.name in ("Debt", "AI_HPC"):  # they name Beta, which is Alpha now
            assert count <= 1
        assert status.endswith(f"{count} problem" if count == 1 else f"{count} problems"), (sheet.name, status)


def test_nothing_in_the_file_depends_on_the_clock(blank: Path) -> None:
    with zipfile.ZipFile(blank) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2025-01-01T00:00:00Z" in archive.read("docProps/core.xml")


DECIDING = [
    ("Market", "network_growth"),
    ("Market", "miner_treasury"),
    ("Operators", "site_overhead"),
    ("Operators", "hosting"),
    ("Operators", "minimum_liquidity"),
    ("Fleet", "units"),
    ("Fleet", "replacement_price"),
    ("Fleet", "remaining_life"),
]


@pytest.mark.parametrize(("sheet", "name"), DECIDING)
def test_help_of_a_figure_that_decides_much_has_an_example_a_range_and_a_place_to_find_it(
    sheet: str, name: str
) -> None:
    said = BY_NAME[sheet].field(name).help
    assert "e.g. " in said
    assert len(re.findall(r"[0-9][0-9,.]*", said)) >= 3
    assert re.search(r"[Ff]rom |sum of|Metered", said)


def test_help_fits_into_every_place_where_it_is_shown() -> None:
    long = [f"{sheet.name}.{field.name}" for sheet in SHEETS for field in sheet.fields if len(field.help) > 255]
    assert long == []  # of the message of a cell Excel shows 255 characters
