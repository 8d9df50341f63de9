from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from reportgen.inputs import Inputs
from reportgen.intake.reader import examine, read_workbook
from tests.intake.raw_xlsx import MAIN, Dialect, Formula, Raw, parts, zipped
from tests.intake.workbooks import Grid, changed, small, write_openpyxl, write_xlsxwriter


def same(one: Inputs, other: Inputs) -> bool:
    for name, table in one.tables.items():
        twin = other.tables[name]
        assert table.rows == twin.rows
        assert table.wide == twin.wide
        for field, column in table.columns.items():
            np.testing.assert_array_equal(column, twin.columns[field], err_msg=f"{name} {field}")
    return True


@pytest.fixture
def plain(tmp_path: Path) -> Inputs:
    return read_workbook(write_openpyxl(tmp_path / "plain.xlsx", small()))


def raw(tmp_path: Path, grid: Grid, dialect: Dialect) -> Path:
    path = tmp_path / "raw.xlsx"
    path.write_bytes(zipped(parts(grid, dialect)))
    return path


@pytest.mark.parametrize(
    "dialect",
    [
        Dialect(),
        Dialect(shared=False),
        Dialect(addresses=False),
        Dialect(dimension=False),
        Dialect(prefix="x"),
        Dialect(from_1904=True),
        Dialect(strict=True, iso_dates=True),
        Dialect(strict=True, iso_dates=True, from_1904=True),
    ],
    ids=str,
)
def test_a_workbook_reads_alike_in_every_dialect(tmp_path: Path, plain: Inputs, dialect: Dialect) -> None:
    assert same(plain, read_workbook(raw(tmp_path, small(), dialect)))


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}, {"date_1904": True}, {"use_zip64": True}], ids=str)
def test_xlsxwriter_files_read_alike(tmp_path: Path, plain: Inputs, options: dict[str, bool]) -> None:
    assert same(plain, read_workbook(write_xlsxwriter(tmp_path / "week.xlsx", small(), **options)))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "xlsx:Calc MS Excel 2007 XML:EXPORT", "xlsm"])
def test_libreoffice_files_read_alike(tmp_path: Path, plain: Inputs, kind: str) -> None:
    source = write_openpyxl(tmp_path / "week.xlsx", small())
    out = tmp_path / "out"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert same(plain, read_workbook(next(out.iterdir())))


def test_formulas_count_with_the_value_that_they_show(tmp_path: Path) -> None:
    grid = changed("Operators", 2, 2, Formula("0.08/2", 0.04))
    grid["Operators"][1][0] = Formula('"Al"&"pha"', Raw("", "").inside or None)
    grid["Operators"][1][0] = "Alpha"
    grid["Operators"][1].append(Formula('IF(1=1,"","x")', None))
    inputs = read_workbook(raw(tmp_path, grid, Dialect()))
    assert inputs.tables["Operators"].columns["power_price"][0] == 0.04


def test_a_formula_that_shows_nothing_is_a_blank_cell(tmp_path: Path) -> None:
    grid = changed("Operators", 2, 4, Raw(' t="str"', "<f>IF(1=1,&quot;&quot;,1)</f><v></v>"))
    assert read_workbook(raw(tmp_path, grid, Dialect())).tables["Operators"].columns["cash"][0] == 0.0


def test_rich_text_and_phonetic_hints_read_as_the_text_that_shows(tmp_path: Path) -> None:
    rich = "<is><r><t>Al</t></r><r><rPr><b/></rPr><t>pha</t></r><rPh sb='0' eb='1'><t>other</t></rPh></is>"
    grid = changed("Operators", 2, 1, Raw(' t="inlineStr"', rich))
    assert read_workbook(raw(tmp_path, grid, Dialect())).tables["Operators"].columns["operator"][0] == "Alpha"


def test_escaped_characters_read_as_excel_shows_them(tmp_path: Path) -> None:
    grid = changed("Report", 2, 2, "A_x0026_B_x005F_x0041_ _xD800_")
    assert read_workbook(raw(tmp_path, grid, Dialect())).value("Report", "report_title") == "A&B_x0041_ _xD800_"


@pytest.mark.parametrize("value", ["1e999", "NaN", "0x10", "1,5", ""])
def test_a_number_that_is_none_is_named_not_crashed_on(tmp_path: Path, value: str) -> None:
    grid = changed("Operators", 2, 2, Raw("", f"<v>{value}</v>"))
    (found,) = examine(raw(tmp_path, grid, Dialect())).problems
    assert found.code in ("cell_damaged", "value_missing")
    assert found.where.cell == "B2"


def test_a_text_that_is_not_among_the_shared_ones_is_named(tmp_path: Path) -> None:
    grid = changed("Operators", 2, 1, Raw(' t="s"', "<v>9999</v>"))
    assert "cell_damaged" in [each.code for each in examine(raw(tmp_path, grid, Dialect())).problems]


def test_merged_titles_hidden_rows_filters_and_far_formats_do_no_harm(tmp_path: Path, plain: Inputs) -> None:
    import openpyxl
    from openpyxl.styles import PatternFill

    grid = small()
    for name in ("Fleet", "Operators"):
        grid[name] = [["Our own title"], [], *grid[name]]
    path = write_openpyxl(tmp_path / "week.xlsx", grid)
    book = openpyxl.load_workbook(path)
    for name in ("Fleet", "Operators"):
        page = book[name]
        page.merge_cells("A1:E1")
        page.row_dimensions[4].hidden = True
        page.auto_filter.ref = "A3:E5"
        page["XFD1048576"].fill = PatternFill("solid", fgColor="FF0000")
    book["Debt"].sheet_state = "hidden"
    book.create_chartsheet("Chart")
    book.save(path)
    book.close()
    assert same(plain, read_workbook(path))


def test_a_sheet_formatted_down_to_its_last_row_reads_in_seconds(tmp_path: Path, plain: Inputs) -> None:
    made = parts(small())
    number = list(small()).index("Fleet") + 1
    sheet = made[f"xl/worksheets/sheet{number}.xml"]
    tail = "".join(
        f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>'
        for row in range(4, 1_048_577)
    )
    made[f"xl/worksheets/sheet{number}.xml"] = sheet.replace("</sheetData>", tail + "</sheetData>")
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(made))
    began = time.perf_counter()
    assert same(plain, read_workbook(path))
    assert time.perf_counter() - began < 10


def test_a_large_workbook_reads_in_under_three_seconds(tmp_path: Path) -> None:
    grid = small()
    names = [f"Operator {number}" for number in range(500)]
    grid["Operators"][1:] = [[name, 0.05, 0.95, 1e6, 10] for name in names]
    grid["Fleet"][1:] = [[names[row % 500], "S21", 1_000, 200, 3_500, 14, 60] for row in range(2_000)]
    grid["Debt"][1:] = []
    grid["AI_HPC"][1:] = []
    first = dt.date(2025, 12, 5) - dt.timedelta(days=4_169)
    grid["Network_History"][1:] = [[first + dt.timedelta(days=day), 1060.0, 90_000.0] for day in range(4_170)]
    path = write_xlsxwriter(tmp_path / "week.xlsx", grid)
    began = time.perf_counter()
    inputs = read_workbook(path)
    assert time.perf_counter() - began < 3
    assert inputs.tables["Network_History"].rows == 4_170


def test_a_prefixed_document_type_is_refused(tmp_path: Path) -> None:
    made = parts(small())
    made["xl/worksheets/sheet1.xml"] = f'<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet xmlns="{MAIN}"/>'
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(made))
    (found,) = examine(path).problems
    assert found.code == "file_damaged"
    assert "document type" in found.message


@pytest.mark.parametrize("number", [14, 22, 27, 36, 45, 47, 50, 58])
def test_the_built_in_formats_of_dates_and_times_make_a_number_a_date(tmp_path: Path, number: int) -> None:
    made = parts(changed("Operators", 2, 2, Raw(' s="1"', "<v>45996</v>")))
    made["xl/styles.xml"] = made["xl/styles.xml"].replace('<xf numFmtId="164"/>', f'<xf numFmtId="{number}"/>')
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(made))
    assert "number_date" in [each.code for each in examine(path).problems]


@pytest.mark.parametrize("number", [0, 1, 4, 9, 13, 23, 37, 44, 48, 49, 59])
def test_the_other_built_in_formats_leave_a_number_a_number(tmp_path: Path, number: int) -> None:
    made = parts(changed("Operators", 2, 2, Raw(' s="2"', "<v>0.05</v>")))
    more = f'<xf numFmtId="164"/><xf numFmtId="{number}"/>'
    made["xl/styles.xml"] = made["xl/styles.xml"].replace('<xf numFmtId="164"/>', more)
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(made))
    assert examine(path).problems == ()
