"""Next week's workbook in one step: rolled, both exports merged, and Market proposed from them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from reportgen.excel_dates import iso_day, serial
from reportgen.intake.exports.history_import import Told, import_network
from reportgen.intake.exports.history_import import lines as import_lines
from reportgen.intake.exports.update import Exports, UpdateReport, lines, update
from reportgen.intake.reader import examine, read_workbook
from reportgen.problems import UsageError
from tests.intake.workbooks import small, write_openpyxl

NEXT = dt.date(2025, 12, 12)
HEAD = "time,HashRate,PriceUSD,DiffLast,BlkHgt\n"
DAYS = [f"2025-12-{day:02},1060000000,{90_000 + day},149300000000000,{925_900 + 144 * day}\n" for day in range(4, 15)]
FLOWS = "Date,FUND-A,FUND-B\n" + "".join(f"{day:02} Dec 2025,{day}.0,(4.0)\n" for day in (4, 5, 8, 9, 10, 11, 12, 15))


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> UpdateReport:
    folder = tmp_path_factory.mktemp("update")
    week = write_openpyxl(folder / "week.xlsx", small())
    exports = Exports(written(folder, "network.csv", HEAD + "".join(DAYS)), written(folder, "etf.csv", FLOWS))
    return update(week, exports)


def cell(path: Path, address: str) -> object:
    return openpyxl.load_workbook(path)["Market"][address].value


def test_there_is_one_new_file_of_the_week_after(made: UpdateReport) -> None:
    assert made.out.name == "week-2025-12-12.xlsx"
    assert {each.name for each in made.out.parent.iterdir()} == {
        "week.xlsx", "network.csv", "etf.csv", "week-2025-12-12.xlsx",
    }  # fmt: skip


def test_what_is_left_to_type_is_named_and_the_file_can_be_built_after_it(made: UpdateReport, tmp_path: Path) -> None:
    problems = examine(made.out).problems
    assert [(each.code, each.where.label) for each in problems] == [
        ("values_proposed", "BTC price"),
        ("value_unchanged", "Network difficulty"),
        ("value_unchanged", "Fees per block"),
        ("value_unchanged", "Miner treasury"),
    ]  # the difficulty of the export is that of last week: it has not been retargeted since
    book = openpyxl.load_workbook(made.out)
    for address, value in (("B3", 150.1), ("B5", 0.025), ("B7", 49_800)):
        book["Market"][address].value = value
    for row in (2, 3, 4):
        book["Market"].cell(row, 4).value = str(book["Market"].cell(row, 4).value).removeprefix("(proposed) ")
    book.save(tmp_path / "typed.xlsx")
    assert examine(tmp_path / "typed.xlsx").problems == ()


def test_days_up_to_the_new_day_are_merged_and_later_ones_are_left_for_the_next_time(made: UpdateReport) -> None:
    inputs = read_workbook(made.out)
    assert inputs.value("Report", "as_of") == serial(NEXT)
    for name in ("Network_History", "ETF_Flows"):
        assert iso_day(inputs.tables[name].columns["date"][-1]) == "2025-12-12"
    assert [(each.sheet, each.added, each.untaken, each.later) for each in made.imported] == [
        ("Network_History", 7, 2, 0),
        ("ETF_Flows", 5, 1, 0),
    ]


def test_price_difficulty_and_height_of_the_newest_day_are_proposed_with_their_source(made: UpdateReport) -> None:
    page = openpyxl.load_workbook(made.out)["Market"]
    assert [page.cell(row, 2).value for row in (2, 3, 4)] == [90_012, 149.3, 927_628]
    assert page["D2"].value == "(proposed) network export, row of 2025-12-12"
    assert page["D5"].value is None
    rules = {str(cells.sqref): [rule.formula[0] for rule in cells.rules] for cells in page.conditional_formatting}
    assert 'LEFT(TRIM($D$2),10)="(proposed)"' in rules["B2"]


def test_it_says_what_it_proposed_and_what_is_left(made: UpdateReport) -> None:
    said = "\n".join(lines(made))
    assert "Market!B2 BTC price: 90,012 USD/BTC (network export, row of 2025-12-12)" in said
    assert "  Market!B5 Fees per block: 0.03" in said
    assert "Market!B2 BTC price: 90000" not in said
    assert "add the days since" not in said
    assert "2 later days of the export not taken" in said


def test_proposals_of_the_week_before_are_no_source_of_this_week(made: UpdateReport, tmp_path: Path) -> None:
    again = update(made.out, Exports(), dt.date(2025, 12, 19), tmp_path / "later.xlsx")
    page = openpyxl.load_workbook(again.out)["Market"]
    assert page["D2"].value is None
    assert page.cell(1, 6).value == "Last week"
    assert page["F2"].value == 90_012


@pytest.mark.parametrize(
    ("rows", "proposed", "said"),
    [
        (DAYS[:2], {}, "no day between 2025-12-06 and 2025-12-12"),
        (DAYS[:5], {"btc_price": 90_008.0, "network_difficulty": 149.3, "block_height": 927_052.0}, "is 2025-12-08"),
        (["2025-12-12,1060000000,91000,149.3,\n"], {"btc_price": 91_000.0, "network_difficulty": 149.3}, ""),
        (
            ["2025-12-12,1060000000,91000,88.1,926900.5\n"],
            {"btc_price": 91_000.0, "network_difficulty": 88.1},
            "926,90",
        ),
        (
            [f"2025-12-12,1060000000,{price},149.3,{price + 836_100}\n" for price in (91_000, 91_500)],
            {"btc_price": 91_500.0, "network_difficulty": 149.3, "block_height": 927_600.0},
            "an earlier row for the same day",
        ),
        (["2025-12-12,1060000000,91000,14.9,926900\n"], {"btc_price": 91_000.0, "block_height": 926_900.0}, "fit"),
    ],
)
def test_only_what_the_export_gives_is_proposed(
    tmp_path: Path, rows: list[str], proposed: dict[str, float], said: str
) -> None:
    week = write_openpyxl(tmp_path / "week.xlsx", small())
    report = update(week, Exports(written(tmp_path, "network.csv", HEAD + "".join(rows))))
    assert {each.field: each.value for each in report.proposed.values} == proposed
    assert said in "\n".join(lines(report))


def test_an_export_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    week = write_openpyxl(tmp_path / "week.xlsx", small())
    exports = Exports(written(tmp_path, "network.csv", HEAD + DAYS[0]), written(tmp_path, "etf.csv", "nothing"))
    with pytest.raises(UsageError, match=r"etf\.csv: found no table"):
        update(week, exports)
    with pytest.raises(UsageError, match='no column is called "volume" here'):
        update(week, Exports(told=Told((("volume", "Vol"),))))
    assert {each.name for each in tmp_path.iterdir()} == {"week.xlsx", "network.csv", "etf.csv"}


def test_a_market_without_a_source_column_gets_one(tmp_path: Path) -> None:
    grid = small()
    grid["Market"] = [row[:2] for row in grid["Market"]]
    report = update(
        write_openpyxl(tmp_path / "week.xlsx", grid), Exports(written(tmp_path, "network.csv", HEAD + DAYS[-3]))
    )
    page = openpyxl.load_workbook(report.out)["Market"]
    assert [page.cell(1, column).value for column in (3, 4)] == ["Last week", "Source"]
    assert page["D2"].value == "(proposed) network export, row of 2025-12-12"


def test_a_value_that_market_has_in_another_unit_is_not_proposed(tmp_path: Path) -> None:
    grid = small()
    grid["Market"][1][1:3] = [90, "USD k"]
    grid["Market"][1][0] = "BTC price (USD k)"
    source = written(tmp_path, "network.csv", HEAD + DAYS[-3])
    report = update(write_openpyxl(tmp_path / "week.xlsx", grid), Exports(source))
    assert "btc_price" not in report.proposed_cells
    assert "BTC price is not proposed: Market has it in another unit" in "\n".join(lines(report))
    assert [each.code for each in examine(report.out).errors if each.where.cell == "B2"] == ["price_unchanged"]


def test_an_import_names_days_after_the_as_of_day_and_until_leaves_them_out(tmp_path: Path) -> None:
    week, source = write_openpyxl(tmp_path / "week.xlsx", small()), written(tmp_path, "n.csv", HEAD + "".join(DAYS))
    whole = import_network(source, week, tmp_path / "whole.xlsx")
    assert "9 days are after the as-of date 2025-12-05, up to 2025-12-14" in "\n".join(import_lines(whole))
    cut = import_network(source, week, tmp_path / "cut.xlsx", told=Told(until=serial(dt.date(2025, 12, 5))))
    assert (cut.imported.untaken, cut.imported.later) == (9, 0)
    assert "9 later days of the export not taken" in "\n".join(import_lines(cut))
    assert read_workbook(cut.out).tables["Network_History"].rows == 70
    assert read_workbook(whole.out).tables["Network_History"].rows == 79
