from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from reportgen.excel_dates import iso_day
from reportgen.intake.exports.history_import import ImportReport, import_etf, import_network, lines
from reportgen.intake.form.blank_workbook import write_template
from reportgen.intake.reader import examine, read_workbook
from reportgen.problems import UsageError
from tests.intake.workbooks import Grid, small, write_openpyxl, write_xlsxwriter

NETWORK = """time,HashRate,PriceUSD
2025-12-04,1060100000.5,90010.5
2025-12-05,1060000000,90000
2025-12-06,1071000000.25,91000.12
2025-12-07,1072000000,
2025-12-08,1073000000,92000
"""
FLOWS = """\ufeffDate\tFUND-A\tFUND-B\tNEW\tTotal
05 Dec 2025\t22.5\t(4.0)\t1.5\t20.0
08 Dec 2025\t1,111.7\t(95.1)\t-\t1,016.6
09 Dec 2025\t0.0\t0.0\t-\t0.0
Total\t\t\t\t"53,150.9"
Average\t\t\t\t80.3
"""


@pytest.fixture
def week(tmp_path: Path) -> Path:
    return write_openpyxl(tmp_path / "week.xlsx", small())


def export(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_new_days_of_the_network_are_added_in_exahashes_and_the_unit_is_said(tmp_path: Path, week: Path) -> None:
    before = week.read_bytes()
    report = import_network(export(tmp_path, NETWORK), week)
    assert week.read_bytes() == before
    assert report.out == tmp_path / "week-updated.xlsx"
    assert (report.imported.added, report.imported.same) == (2, 1)
    assert '"HashRate" is the hash rate in TH/s' in report.imported.recognised
    assert report.imported.left_out == ("line 5, 2025-12-07: no hash rate or no price",)
    history = read_workbook(report.out).tables["Network_History"].columns
    assert [iso_day(day) for day in history["date"][-2:]] == ["2025-12-06", "2025-12-08"]
    assert history["hash_rate"][-2:].tolist() == [1071.00000025, 1073.0]


def test_a_day_that_differs_is_listed_and_kept_unless_told_otherwise(tmp_path: Path, week: Path) -> None:
    source = export(tmp_path, NETWORK)
    kept = import_network(source, week, tmp_path / "kept.xlsx")
    assert [(iso_day(c.day), c.column, c.kept, c.other) for c in kept.imported.conflicts] == [
        ("2025-12-04", "hash_rate", 1061.0, 1060.1000005),
        ("2025-12-04", "btc_price", 90_010.0, 90_010.5),
    ]
    assert read_workbook(kept.out).tables["Network_History"].columns["btc_price"][-4] == 90_010.0
    replaced = import_network(source, week, tmp_path / "replaced.xlsx", replace=True)
    assert read_workbook(replaced.out).tables["Network_History"].columns["btc_price"][-4] == 90_010.5
    assert any("--replace takes the export's" in line for line in lines(kept))


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("date,hash_rate,price", 1.0),
        ("date,hash_rate,price", 1e3),
        ("date,Hash Rate (PH/s),BTC close", 1e3),
        ("date,hashrate,price_usd", 1e6),
        ("Date,HashRate_GHs,close", 1e9),
        ("day,hash-rate,usd", 1e18),
    ],
)
def test_the_unit_of_the_hash_rate_is_told_by_its_name_or_size(
    tmp_path: Path, week: Path, header: str, factor: float
) -> None:
    report = import_network(export(tmp_path, f"{header}\n2025-12-06,{1070 * factor!r},91000\n"), week)
    history = read_workbook(report.out).tables["Network_History"].columns
    assert history["hash_rate"][-1] == pytest.approx(1070.0)


def test_a_hash_rate_that_fits_no_unit_is_refused(tmp_path: Path, week: Path) -> None:
    with pytest.raises(UsageError, match="fits no unit"):
        import_network(export(tmp_path, "date,hash_rate,price\n2025-12-06,1e-9,91000\n"), week)
    assert not (tmp_path / "week-updated.xlsx").exists()


def test_flows_copied_from_a_web_table_are_read_as_they_are_meant(tmp_path: Path, week: Path) -> None:
    report = import_etf(export(tmp_path, FLOWS), week)
    assert report.imported.new_columns == ("NEW",)
    assert report.imported.beside == ()
    assert (report.imported.added, report.imported.filled) == (1, 1)
    assert "2025-12-09: zeros or blanks only, not reported yet" in report.imported.left_out
    assert 'line 5, "Total": no date' in report.imported.left_out
    flows = read_workbook(report.out).tables["ETF_Flows"]
    assert flows.wide["funds"] == ("FUND-A", "FUND-B", "NEW")
    assert flows.columns["funds"][-2].tolist() == [22.5, -4.0, 1.5]
    assert flows.columns["funds"][-1, :2].tolist() == [1111.7, -95.1]
    assert np.isnan(flows.columns["funds"][-1, 2])


def test_flows_in_dollars_become_millions(tmp_path: Path, week: Path) -> None:
    report = import_etf(export(tmp_path, "date,FUND-A\n2025-12-08,111700000\n2025-12-09,-5000000\n"), week)
    assert read_workbook(report.out).tables["ETF_Flows"].columns["funds"][-2:, 0].tolist() == [111.7, -5.0]
    assert any("USD, turned into" in words for words in report.imported.recognised)


def test_an_export_of_the_network_is_not_taken_for_flows(tmp_path: Path, week: Path) -> None:
    with pytest.raises(UsageError, match="import network"):
        import_etf(export(tmp_path, "time,HashRate,PriceUSD\n2025-12-08,1000,90000\n"), week)


def test_a_total_that_the_funds_do_not_add_up_to_is_said(tmp_path: Path, week: Path) -> None:
    report = import_etf(export(tmp_path, "date,FUND-A,Total\n2025-12-08,10,11.1\n2025-12-09,10,11\n"), week)
    assert [words for words in report.imported.left_out if "Total says" in words] == [
        "2025-12-08: Total says 11.1, the funds add up to 10.0, which counts"
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("13/12/2025", "09/12/2025"),
        ("12/13/2025", "12/09/2025"),
        ("13.12.2025", "9.12.2025"),
        ("1765584000", "1765238400"),
    ],
)
def test_dates_with_slashes_are_read_in_the_one_way_that_fits_all_rows(
    tmp_path: Path, week: Path, first: str, second: str
) -> None:
    report = import_network(
        export(tmp_path, f"date;hash_rate;price\n{first};1070,5;91.000,5\n{second};1069;91000\n"), week
    )
    history = read_workbook(report.out).tables["Network_History"].columns
    assert [iso_day(day) for day in history["date"][-2:]] == ["2025-12-09", "2025-12-13"]
    assert history["hash_rate"][-1] == 1070.5


def test_dates_that_read_in_two_ways_are_refused(tmp_path: Path, week: Path) -> None:
    with pytest.raises(UsageError, match="two ways"):
        import_network(export(tmp_path, "date,hash_rate,price\n05/12/2025,1070,91000\n"), week)


@pytest.mark.parametrize("text", ["", "no table", "a,b\n1,2\n", "date,price\n2025-12-06,5\n", "\x00\x01\x02"])
def test_an_export_without_what_is_needed_is_refused_in_words(tmp_path: Path, week: Path, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        import_network(export(tmp_path, text), week)
    assert "export.csv" in str(refused.value)


def test_an_export_that_is_not_there_or_a_workbook_is_refused_in_words(tmp_path: Path, week: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        import_network(tmp_path / "none.csv", week)
    with pytest.raises(UsageError, match="Save the sheet as CSV"):
        import_network(week, week)


def test_funds_that_the_export_does_not_have_beside_new_ones_of_the_same_days_are_one_line(
    tmp_path: Path, week: Path
) -> None:
    report = import_etf(export(tmp_path, "Date,NEW,NEWER\n05 Dec 2025,1.5,2.5\n08 Dec 2025,1.5,2.5\n"), week)
    assert report.imported.beside == ("FUND-A", "FUND-B")
    (line,) = (words for words in lines(report) if "count together" in words)
    assert "FUND-A, FUND-B, which the export does not have" in line


def test_a_file_that_exists_is_not_overwritten_unless_forced(tmp_path: Path, week: Path) -> None:
    source = export(tmp_path, NETWORK)
    import_network(source, week)
    with pytest.raises(UsageError, match=r"exists already\. .*give week-updated\.xlsx in place of week\.xlsx"):
        import_network(source, week)
    import_network(source, week, force=True)
    with pytest.raises(UsageError, match="the workbook itself"):
        import_network(source, week, week, force=True)


def test_older_days_are_sorted_in_and_formulas_and_notes_move_with_their_row(tmp_path: Path) -> None:
    grid: Grid = small()
    grid["Network_History"][0].append("Notes")
    grid["Network_History"][1].append("=B2*2")
    grid["Network_History"][2].append("a note")
    week = write_openpyxl(tmp_path / "week.xlsx", grid)
    report = import_network(export(tmp_path, "date,hash_rate,price\n2025-09-26,1055,90700\n"), week)
    page = openpyxl.load_workbook(report.out)["Network_History"]
    assert page["A2"].value == dt.datetime(2025, 9, 26)
    assert page["D2"].value is None
    assert page["D3"].value == "=B3*2"
    assert page["D4"].value == "a note"


def test_a_table_grows_and_new_rows_look_like_the_last_one(tmp_path: Path) -> None:
    from reportgen.intake.form.sample import write_sample

    write_sample(tmp_path / "sample.xlsx")
    report = import_network(export(tmp_path, NETWORK), tmp_path / "sample.xlsx")
    page = openpyxl.load_workbook(report.out)["Network_History"]
    assert page.tables["Network_History_table"].ref == "A5:C807"
    assert page["B807"].value == 1073.0
    assert page["B807"].number_format == page["B805"].number_format
    assert page["A807"].is_date


def test_a_blank_workbook_takes_an_export_and_its_example_funds_give_way(tmp_path: Path) -> None:
    write_template(tmp_path / "blank.xlsx")
    report = import_etf(export(tmp_path, FLOWS), tmp_path / "blank.xlsx")
    page = openpyxl.load_workbook(report.out)["ETF_Flows"]
    assert [cell.value for cell in page[5]] == ["Date", "FUND-A", "FUND-B", "NEW"]
    assert page.tables["ETF_Flows_table"].ref.startswith("A5:D")
    codes = {each.code for each in examine(report.out).problems if each.where.sheet == "ETF_Flows"}
    assert codes == set()


def test_a_sheet_that_is_missing_is_made(tmp_path: Path) -> None:
    grid = small()
    del grid["Network_History"]
    week = write_xlsxwriter(tmp_path / "week.xlsx", grid)
    report: ImportReport = import_network(export(tmp_path, NETWORK), week)
    assert read_workbook(report.out).tables["Network_History"].rows == 4


def test_a_history_of_ten_years_is_taken_in_whole(tmp_path: Path, week: Path) -> None:
    first = dt.date(2014, 7, 17)
    days = [first + dt.timedelta(days=number) for number in range(4_170)]
    rows = [f"{day},{(900 + number % 97) * 1e6!r},{300.25 + number}" for number, day in enumerate(days)]
    network = export(tmp_path, "\n".join(["time,HashRate,PriceUSD", *rows]))
    one = import_network(network, week, tmp_path / "one.xlsx", replace=True)
    inputs = read_workbook(one.out)
    history = inputs.tables["Network_History"]
    assert (one.imported.added, history.rows) == (4_170 - 70, 4_170)
    assert (np.diff(history.columns["date"]) == 1).all()
    assert history.columns["hash_rate"][:3].tolist() == [900.0, 901.0, 902.0]
    assert history.columns["btc_price"][4_000] == 4_300.25


def test_a_format_in_the_farthest_cell_does_no_harm(tmp_path: Path, week: Path) -> None:
    from openpyxl.styles import PatternFill

    book = openpyxl.load_workbook(week)
    book["Network_History"]["XFD1048576"].fill = PatternFill("solid", fgColor="FF0000")
    book.save(week)
    text = "date,hash_rate,price\n2025-09-01,1055,90700\n2025-12-09,1055,90700\n"
    assert import_network(export(tmp_path, text), week).imported.added == 2


def test_a_bomb_in_a_part_that_only_copying_reads_is_refused(tmp_path: Path, week: Path) -> None:
    import zipfile

    from openpyxl.comments import Comment

    from reportgen.problems import InputError

    book = openpyxl.load_workbook(week)
    book["Fleet"]["A1"].comment = Comment("hello", "me")
    book.save(week)
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><comments><t>&b;</t></comments>'
    with zipfile.ZipFile(week) as archive:
        made = {name: archive.read(name) for name in archive.namelist()}
    (part,) = [name for name in made if "comment" in name and name.endswith(".xml")]
    with zipfile.ZipFile(week, "w") as archive:
        for name, content in {**made, part: bomb.encode()}.items():
            archive.writestr(name, content)
    with pytest.raises(InputError, match="not copied"):
        import_network(export(tmp_path, NETWORK), week)
