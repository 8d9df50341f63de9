"""Exports are read right or refused: numbers, columns, currencies, sizes."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from reportgen.intake.exports.history_import import Told, import_etf, import_network, lines
from reportgen.intake.exports.number_convention import Convention
from reportgen.intake.reader import read_workbook
from reportgen.problems import UsageError
from tests.intake.workbooks import small, write_openpyxl


@pytest.fixture
def week(tmp_path: Path) -> Path:
    return write_openpyxl(tmp_path / "week.xlsx", small())


def export(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    return path


def flows(path: Path) -> list[list[float | None]]:
    block = read_workbook(path).tables["ETF_Flows"].columns["funds"][5:]
    return [[None if np.isnan(value) else value for value in row] for row in block.tolist()]


@pytest.mark.parametrize("text", ["n.m.", "12.3*", "5-", "5m", "1.2.3", "12%", "~3", "1 2", "５"])
def test_an_unreadable_cell_is_told_with_its_line_and_leaves_out_itself_alone(
    tmp_path: Path, week: Path, text: str
) -> None:
    source = export(tmp_path, f"Date,FUND-A,FUND-B\n2025-12-08,{text},1.5\n2025-12-09,2.5,3.5\n")
    report = import_etf(source, week)
    assert f'line 2, "FUND-A": "{text}" is no number; this cell is left out' in report.imported.left_out
    assert flows(report.out) == [[None, 1.5], [2.5, 3.5]]


def test_a_day_with_an_unreadable_price_is_left_out_and_told(tmp_path: Path, week: Path) -> None:
    source = export(tmp_path, "date,hash_rate,price\n2025-12-06,1070.5,n.m.\n2025-12-07,1071.5,90000\n")
    report = import_network(source, week)
    assert report.imported.left_out == ('line 2, "price": "n.m." is no number; 2025-12-06 is left out',)
    assert report.imported.added == 1


NUMBERS = [
    (";", "100.5", "1,234", [100.5, 1234.0], 'a decimal point, as "100.5" in line 2'),
    (";", "100,5", "1.234", [100.5, 1234.0], 'a decimal comma, as "100,5" in line 2'),
    ("\t", "10,512", "1.25", [10512.0, 1.25], 'a decimal point, as "1.25" in line 3'),
    ("\t", "1.234.567", "10,512", [1.234567, 1.0512e-05], 'a decimal comma, as "1.234.567" in line 2'),
    (";", "1 234,5", "-0,25", [1234.5, -0.25], 'a decimal comma, as "1 234,5" in line 2'),
    (";", "$1'234.5", "(2.0)", [1234.5, -2.0], 'a decimal point, as "$1\'234.5" in line 2'),
]


@pytest.mark.parametrize(("sign", "first", "second", "values", "said"), NUMBERS)
def test_one_convention_of_numbers_is_decided_from_all_cells_and_said(
    tmp_path: Path, week: Path, sign: str, first: str, second: str, values: list[float], said: str
) -> None:
    rows = [sign.join(cells) for cells in (("Date", "FUND-A"), ("2025-12-08", first), ("2025-12-09", second))]
    report = import_etf(export(tmp_path, "\n".join(rows)), week)
    assert f"numbers have {said}" in report.imported.recognised
    assert any(said in line for line in lines(report))
    assert [row[0] for row in flows(report.out)] == pytest.approx(values)


@pytest.mark.parametrize("text", ["1,234", "10.512"])
def test_numbers_that_fit_both_conventions_are_refused_until_one_is_named(
    tmp_path: Path, week: Path, text: str
) -> None:
    source = export(tmp_path, f"Date;FUND-A\n2025-12-08;{text}\n2025-12-09;7\n")
    with pytest.raises(UsageError, match=r"can be read in two ways.*--decimal point or --decimal comma"):
        import_etf(source, week)
    digits = text.replace(",", ".")
    for decimal in Convention:
        report = import_etf(source, week, force=True, told=Told(decimal=decimal))
        grouped = text.translate(str.maketrans("", "", ",."))
        sign = "," if decimal is Convention.COMMA else "."
        assert flows(report.out)[0][0] == (float(digits) if sign in text else float(grouped))


def test_numbers_in_two_conventions_are_refused_with_a_line_of_each(tmp_path: Path, week: Path) -> None:
    source = export(tmp_path, "Date;FUND-A\n2025-12-08;100.5\n2025-12-09;1,23\n")
    with pytest.raises(UsageError, match=r'"100.5" in line 2 has a decimal point, "1,23" in line 3 a decimal comma'):
        import_etf(source, week)


def test_a_hash_rate_column_without_one_number_is_refused(tmp_path: Path, week: Path) -> None:
    with pytest.raises(UsageError, match=r'the column "hash_rate" holds no hash rates'):
        import_network(export(tmp_path, "date,hash_rate,price\n2025-12-06,n.m.,91000\n"), week)


@pytest.mark.parametrize("header", ["date,\x07A", "date,\x00\x07A"])
def test_a_fund_whose_name_no_page_can_show_is_refused(tmp_path: Path, week: Path, header: str) -> None:
    with pytest.raises(UsageError, match=r'the column "\?A" is no fund by its name'):
        import_etf(export(tmp_path, f"{header}\n2025-12-08,1.5\n"), week)


def test_exact_known_names_are_taken_and_look_alikes_never(tmp_path: Path, week: Path) -> None:
    header = "date,hash_rate_change,hashprice,price_EUR,market_cap_usd,HashRate (EH/s),price_USD"
    report = import_network(export(tmp_path, f"{header}\n2025-12-06,0.5,40.5,80000,1.8e12,1070,91000\n"), week)
    history = read_workbook(report.out).tables["Network_History"].columns
    assert (history["hash_rate"][-1], history["btc_price"][-1]) == (1070.0, 91_000.0)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("date,hash_rate_change,price", "known name of the hash rate"),
        ("date,hashprice,price", "known name of the hash rate"),
        ("date,hash_rate,market_cap_usd", "known name of the price"),
        ("date,hash_rate,price_EUR", "known name of the price"),
        ("date,hash_rate,Price (EUR)", "another currency than the dollar .EUR."),
        ("date,hash_rate,price,close", '"price", "close" may each be the price'),
        ("date,Hash rate (7d change %),price", "known name of the hash rate"),
        ("date,HashRate (EH/day),price", "known name of the hash rate"),
        ("date,hash_rate,Price (24h change)", "known name of the price"),
        ("date,hash_rate,Price (k USD)", "known name of the price"),
        ("date,hash_rate,Price (ETH)", "known name of the price"),
        ("date,hash_rate,Price 200", "known name of the price"),
        ("date,hash_rate,Price %", "known name of the price"),
        ("date,hash_rate,Price (pounds)", "another currency than the dollar .pounds."),
        ("Bitcoin in Euro,,\ndate,hash_rate,Close", "another currency than the dollar .Euro."),
    ],
)
def test_a_column_that_is_not_known_for_sure_is_asked_for(tmp_path: Path, week: Path, header: str, words: str) -> None:
    row = ",".join(["2025-12-06", "1070", "91000", "91500"][: header.split("\n")[-1].count(",") + 1])
    with pytest.raises(UsageError, match=words):
        import_network(export(tmp_path, f"{header}\n{row}\n"), week)


@pytest.mark.parametrize("header", ["Hash Rate (EH/s),Price (USD)", "hashrate_eh/s,price ($)", "HashRate EH/s,BTC-USD"])
def test_a_unit_of_hash_rates_or_dollars_makes_no_other_name(tmp_path: Path, week: Path, header: str) -> None:
    report = import_network(export(tmp_path, f"date,{header}\n2025-12-06,1070,91000\n"), week)
    history = read_workbook(report.out).tables["Network_History"].columns
    assert (history["hash_rate"][-1], history["btc_price"][-1]) == (1070.0, 91_000.0)


@pytest.mark.parametrize("figure", ["9" * 400, "9e99", "1e20"])
def test_a_figure_beyond_what_the_sheet_takes_is_left_out_with_its_line(
    tmp_path: Path, week: Path, figure: str
) -> None:
    source = export(tmp_path, f"date,HashRate (EH/s),price\n2025-12-06,1070,{figure}\n2025-12-07,1071,91000\n")
    report = import_network(source, week)
    assert report.imported.days == 1
    assert any(words.startswith("line 2, ") for words in report.imported.left_out)
    assert read_workbook(report.out).tables["Network_History"].columns["btc_price"][-1] == 91_000.0


def test_columns_are_those_that_the_user_names(tmp_path: Path, week: Path) -> None:
    source = export(tmp_path, "date,HR 7d (EH/s),Settle,close\n2025-12-06,1070,91500,91000\n")
    told = Told((("hash_rate", "hr 7d (eh/s)"), ("price", "Settle")))
    history = read_workbook(import_network(source, week, told=told).out).tables["Network_History"].columns
    assert (history["hash_rate"][-1], history["btc_price"][-1]) == (1070.0, 91_500.0)
    with pytest.raises(UsageError, match=r'found no column "Nothing" among "date", "HR 7d'):
        import_network(source, week, force=True, told=Told((("price", "Nothing"), ("hash_rate", "HR 7d (EH/s)"))))
    with pytest.raises(UsageError, match=r"say --column hash_rate=NAME or --column price=NAME"):
        import_network(source, week, force=True, told=Told((("fund", "close"),)))


@pytest.mark.parametrize("total", ["Total", "Total net flow", "TotalNetFlow", "total_net_flow"])
def test_a_total_is_never_a_fund(tmp_path: Path, week: Path, total: str) -> None:
    report = import_etf(export(tmp_path, f"Date,FUND-A,{total}\n2025-12-08,10,25\n"), week)
    assert report.imported.recognised[0] == "1 fund: FUND-A"
    assert any("Total says 25.0, the funds add up to 10.0" in words for words in report.imported.left_out)


@pytest.mark.parametrize("name", ["All", "Gesamt", "Tot.", "Subtotal", "No.", "#", "Month"])
def test_a_column_that_is_a_total_or_a_number_by_its_name_is_asked_for(tmp_path: Path, week: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r'is no fund by its name.*--column fund="NAME"'):
        import_etf(export(tmp_path, f"Date,FUND-A,{name}\n2025-12-08,10,25\n"), week)


def test_a_column_that_adds_up_the_others_is_asked_for_whatever_its_name(tmp_path: Path, week: Path) -> None:
    rows = "2025-12-08,100.5,-20.2,80.3\n2025-12-09,-8.04,3,-5.0\n2025-12-10,50,9.5,59.5\n2025-12-11,0,4.0,4.0\n"
    with pytest.raises(UsageError, match=r'the column "Zusammen" adds up the others: a total, not a fund'):
        import_etf(export(tmp_path, f"Date,FUND-A,FUND-B,Zusammen\n{rows}"), week)
    other = rows.replace("59.5", "69.5")
    assert import_etf(export(tmp_path, f"Date,FUND-A,FUND-B,FUND-C\n{other}"), week).imported.days == 4
    small = "2025-12-08,0.1,0.1,0.1\n2025-12-09,0.1,-0.1,0.1\n"
    assert import_etf(export(tmp_path, f"Date,FUND-A,FUND-B,FUND-C\n{small}"), week, force=True).imported.days == 2


@pytest.mark.parametrize(
    "text",
    [
        "Flows in USD billion,\nDate,FUND-A\n2025-12-08,0.1\n",
        "Daily flows (BTC),\nDate,FUND-A\n2025-12-08,1000\n",
        "Date,FUND-A (USD thousands)\n2025-12-08,1000\n",
    ],
)
def test_flows_in_another_unit_are_refused(tmp_path: Path, week: Path, text: str) -> None:
    with pytest.raises(UsageError, match=r"flows in another unit .*Export them in USD or USD million"):
        import_etf(export(tmp_path, text), week)
    fine = export(tmp_path, "Bitcoin ETF flows in USD million (BTC funds),\nDate,BTC\n2025-12-08,10\n")
    assert import_etf(fine, week).imported.recognised[0] == "1 fund: BTC"


def test_a_column_that_may_be_no_fund_is_asked_for_and_words_are_left_out(tmp_path: Path, week: Path) -> None:
    source = export(tmp_path, "Date,FUND-A,Remark,AUM\n2025-12-08,10,holiday,500\n")
    with pytest.raises(UsageError, match=r'"AUM" is no fund by its name.*--column fund="NAME"'):
        import_etf(source, week)
    report = import_etf(source, week, tmp_path / "asked.xlsx", told=Told((("fund", "FUND-A"),)))
    assert report.imported.recognised[0] == "1 fund: FUND-A"
    with pytest.raises(UsageError, match=r'"cut of 25 bp" is no number, nor is any in this column'):
        import_etf(export(tmp_path, "Date,FUND-A,Remark\n2025-12-08,10,cut of 25 bp\n"), week)
    plain = import_etf(export(tmp_path, "Date,FUND-A,Remark\n2025-12-08,10,holiday\n"), week)
    assert 'column "Remark": it holds no numbers' in plain.imported.left_out


@pytest.mark.parametrize(
    "text",
    [
        "Flows in EUR million,\nDate,FUND-A\n2025-12-08,10\n",
        "Date,FUND-A (EUR)\n2025-12-08,10\n",
        "Date,FUND-A\n2025-12-08,10\n2025-12-09,\u20ac10\n",
    ],
)
def test_flows_in_another_currency_are_refused(tmp_path: Path, week: Path, text: str) -> None:
    with pytest.raises(UsageError, match=r"another currency than the dollar"):
        import_etf(export(tmp_path, text), week)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Date," + ",".join(f"F{n}" for n in range(20_000)) + "\n2025-12-08,1\n", "more than 300 columns"),
        ("Date,FUND-A\n" + "2025-12-08,1\n" * 20_001, "more than 20,000 rows"),
        ("\n" * 50_000 + "Date,FUND-A\n2025-12-08,1\n", "no table|more than 20,000 rows"),
        ("Date,FUND-A\n2025-12-08," + "9" * 200_000 + "\n", "the file is no table"),
        ("a,b\n" * 10_000, "found no table"),
    ],
    ids=["columns", "rows", "blank", "cell", "headless"],
)
def test_an_export_that_no_history_is_as_large_as_is_refused(tmp_path: Path, week: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        import_etf(export(tmp_path, text), week)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of Unix")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, week: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path(os.devnull)):
        with pytest.raises(UsageError, match=r"no file but a folder, a pipe or a device"):
            import_etf(path, week)
