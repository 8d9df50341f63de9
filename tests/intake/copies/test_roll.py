from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from reportgen.excel_dates import serial
from reportgen.intake.copies.annotate import write_annotated
from reportgen.intake.copies.copy_losses import losses
from reportgen.intake.copies.copying import read_raw
from reportgen.intake.copies.roll import lines, roll
from reportgen.intake.form.sample import write_sample
from reportgen.intake.reader import examine, read_workbook
from reportgen.intake.reading.sheet_reader import read_sheet
from reportgen.problems import InputError, UsageError
from reportgen.sheets import BY_NAME, SHEETS
from tests.intake.raw_xlsx import Formula
from tests.intake.workbooks import changed, small, write_openpyxl, write_xlsxwriter

NEXT = dt.date(2025, 12, 12)


def priced(path: Path, price: float) -> Path:
    """The workbook with this week's price, without which it is still last week's."""
    book = openpyxl.load_workbook(path)
    (row,) = [cells[1] for cells in book["Market"].iter_rows(max_col=2) if cells[0].value == "BTC price"]
    row.value = price
    book.save(path)
    return path


def test_a_number_format_that_the_file_does_not_define_is_refused_in_words(tmp_path: Path) -> None:
    sound, path = write_openpyxl(tmp_path / "sound.xlsx", small()), tmp_path / "week.xlsx"
    with zipfile.ZipFile(sound) as parts, zipfile.ZipFile(path, "w") as damaged:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "xl/styles.xml":
                content = re.sub(rb'(<xf [^>]*numFmtId=)"164"', rb'\1"999"', content)
                assert content != parts.read(name)
            damaged.writestr(name, content)
    with pytest.raises(InputError, match="can be read, but not copied"):
        roll(path, NEXT)
    with pytest.raises(InputError, match="can be read, but not copied"):
        write_annotated(path, tmp_path / "marked.xlsx", examine(path).problems)
    assert {each.name for each in tmp_path.iterdir()} == {"sound.xlsx", "week.xlsx"}


def test_the_next_week_keeps_everything_but_the_date(tmp_path: Path) -> None:
    path = tmp_path / "sample.xlsx"
    write_sample(path)
    before, bytes_before = read_workbook(path), path.read_bytes()
    report = roll(path)
    assert path.read_bytes() == bytes_before
    assert report.out == tmp_path / "sample-2025-12-12.xlsx"
    after = read_workbook(priced(report.out, 91_000))
    assert after.value("Report", "as_of") == serial(NEXT)
    for name, table in before.tables.items():
        for field, column in table.columns.items():
            if field not in ("as_of", "btc_price"):
                assert str(column.tolist()) == str(after.tables[name].columns[field].tolist()), (name, field)


def test_the_old_date_in_a_name_gives_way_to_the_new_one(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week 2025-12-05.xlsx", small())
    assert roll(path, NEXT).out.name == "week 2025-12-12.xlsx"


def test_what_changes_every_week_is_marked_and_listed_with_its_last_value(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", small())
    report = roll(path, NEXT)
    assert [(each.sheet, each.cell, each.value) for each in report.rolled.to_change] == [
        ("Market", "B2", "90000"),
        ("Market", "B3", "149.3"),
        ("Market", "B4", "926500"),
        ("Market", "B5", "0.03"),
        ("Market", "B7", "50000"),
    ]
    page = openpyxl.load_workbook(report.out)["Market"]
    assert page["B2"].fill.fgColor.rgb == "00FFF8E1"
    assert (page["F1"].value, page["F2"].value, page["F6"].value) == ("Last week", 90_000, None)
    rules = {str(cells.sqref): cells.rules[0].formula for cells in page.conditional_formatting}
    assert rules["B2"] == ['AND(B2<>"",B2=F2)']
    (unchanged,) = page.conditional_formatting["B2"]
    assert unchanged.dxf.fill.bgColor.rgb == "00FFD8A8"
    said = lines(report.out, report.rolled)
    assert "rolled from 2025-12-05 to 2025-12-12" in said[0]
    assert "Network_History: add the days since 2025-12-05." in said


def test_last_weeks_column_is_used_again_the_week_after(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", small())
    second = roll(priced(roll(path).out, 95_000)).out
    assert second.name == "week-2025-12-19.xlsx"
    page = openpyxl.load_workbook(second)["Market"]
    assert (page["F1"].value, page["F2"].value, page["G1"].value) == ("Last week", 95_000, None)


def test_a_rolled_workbook_with_nothing_changed_does_not_build(tmp_path: Path) -> None:
    write_sample(tmp_path / "sample.xlsx")
    found = examine(roll(tmp_path / "sample.xlsx").out)
    assert [(each.code, each.where.label) for each in found.problems] == [
        ("commentary_unchanged", "Commentary"),
        ("price_unchanged", "BTC price"),
        ("value_unchanged", "Network difficulty"),
        ("value_unchanged", "Block height"),
        ("value_unchanged", "Fees per block"),
        ("value_unchanged", "Miner treasury"),
    ]
    assert [each.code for each in found.errors] == ["price_unchanged"]


def test_a_formula_is_remembered_by_what_it_showed(tmp_path: Path) -> None:
    grid = changed("Market", 2, 2, Formula("100000-10000", 90_000))
    page = openpyxl.load_workbook(roll(write_xlsxwriter(tmp_path / "week.xlsx", grid)).out)["Market"]
    assert (page["B2"].value, page["F2"].value) == ("=100000-10000", 90_000)


def test_only_forms_have_values_of_a_week_which_is_what_a_roll_notes() -> None:
    assert not [field.name for sheet in SHEETS if not sheet.form for field in sheet.fields if field.weekly]


def test_notes_columns_formats_and_sheets_of_the_user_stay(tmp_path: Path) -> None:
    grid = small()
    grid["Operators"][0].append("My column")
    grid["Operators"][1].append("my word")
    grid["My sheet"] = [["anything", 5]]
    path = write_openpyxl(tmp_path / "week.xlsx", grid)
    book = openpyxl.load_workbook(path)
    book["Operators"]["B2"].number_format = "0.000000"
    book["Operators"].column_dimensions["A"].width = 47
    book.save(path)
    after = openpyxl.load_workbook(roll(path, NEXT).out)
    assert after["My sheet"]["B1"].value == 5
    assert after["Operators"]["F2"].value == "my word"
    assert after["Operators"]["B2"].number_format == "0.000000"
    assert after["Operators"].column_dimensions["A"].width == 47


def test_formulas_stay_formulas_and_keep_what_they_showed(tmp_path: Path) -> None:
    grid = changed("Operators", 2, 2, Formula("0.08/2", 0.04))
    path = write_xlsxwriter(tmp_path / "week.xlsx", grid)
    out = roll(path, NEXT).out
    assert openpyxl.load_workbook(out)["Operators"]["B2"].value == "=0.08/2"
    read, _ = read_sheet(BY_NAME["Operators"], read_raw(out)["Operators"], "")
    assert read.column("power_price")[0] == 0.04


def test_contracts_and_debts_that_are_over_are_told(tmp_path: Path) -> None:
    grid = changed("AI_HPC", 2, 6, dt.date(2025, 12, 8))
    report = roll(write_openpyxl(tmp_path / "week.xlsx", grid), NEXT)
    assert 'AI_HPC: "Tenant" ends on 2025-12-08, before the new as-of date.' in report.rolled.remarks
    lasting = changed("AI_HPC", 2, 6, dt.date(2025, 12, 12))
    report = roll(write_openpyxl(tmp_path / "other.xlsx", lasting), NEXT)
    assert not any("Tenant" in remark for remark in report.rolled.remarks)


def test_a_date_that_is_not_later_and_a_taken_name_are_refused(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", small())
    with pytest.raises(UsageError, match="not after it"):
        roll(path, dt.date(2025, 12, 5))
    roll(path, NEXT)
    with pytest.raises(UsageError, match="exists already"):
        roll(path, NEXT)
    with pytest.raises(UsageError, match="there is no folder"):
        roll(path, NEXT, tmp_path / "none" / "x.xlsx")


def test_a_workbook_without_its_forms_cannot_be_rolled(tmp_path: Path) -> None:
    grid = small()
    del grid["Market"]
    with pytest.raises(InputError, match="Market"):
        roll(write_openpyxl(tmp_path / "week.xlsx", grid), NEXT)
    with pytest.raises(InputError, match="As of"):
        roll(write_openpyxl(tmp_path / "other.xlsx", changed("Report", 5, 2, "soon")), NEXT)


def test_what_a_copy_would_lose_is_told_in_plain_words(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "rich.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Own")
    assert sheet.add_sparkline(0, 0, {"range": "B1:F1"}) == 0
    assert sheet.insert_textbox(2, 2, "note") == 0
    assert sheet.conditional_format("B1:B9", {"type": "data_bar", "data_bar_2010": True}) == 0
    book.close()
    lost = losses(path)
    assert "sparklines" in lost
    assert "shapes and text boxes" in lost
    assert any("conditional formats" in words for words in lost)
    assert losses(write_openpyxl(tmp_path / "week.xlsx", small())) == ()


def test_a_sheet_without_a_column_of_names_is_rolled_without_its_drop_down(tmp_path: Path) -> None:
    grid = small()
    grid["Debt"] = [row[1:] for row in grid["Debt"]]
    path = write_openpyxl(tmp_path / "week.xlsx", grid)
    book = openpyxl.load_workbook(path)
    rule = DataValidation(type="whole", operator="greaterThan", formula1="0")
    rule.add("B2:B9")
    book["Debt"].add_data_validation(rule)
    book.save(path)
    page = openpyxl.load_workbook(roll(path, NEXT).out)["Debt"]
    assert [each.type for each in page.data_validations.dataValidation] == ["whole"]


def test_drop_downs_that_excel_keeps_elsewhere_are_set_anew(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", small())
    page = openpyxl.load_workbook(roll(path, NEXT).out)["Fleet"]
    (rule,) = [rule for rule in page.data_validations.dataValidation if "A2" in rule.sqref]
    assert rule.formula1 == "Operators!$A$2:$A$1002"
