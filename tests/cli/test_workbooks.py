"""Import, roll and annotate: new workbooks from old ones, and the user's own file stays as it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from reportgen.cli.commands import commands
from tests.intake.workbooks import changed, small, write_openpyxl
from tests.running import reportgen

HISTORY = "time,HashRate,PriceUSD\n" + "".join(f"2025-12-{day:02},1070000000,{90_000 + day}\n" for day in range(1, 9))
FLOWS = "Date,NEWFUND,Total\n08 Dec 2025,(12.5),(12.5)\n09 Dec 2025,7.0,7.0\nTotal,(5.5),(5.5)\n"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_openpyxl(tmp_path / "week.xlsx", small())


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("kind", "export", "said"),
    [("network", HISTORY, "3 of 8 days added to Network_History"), ("etf", FLOWS, "2 of 2 days added to ETF_Flows")],
)
def test_an_export_is_merged_into_a_copy_that_can_be_read(
    workbook: Path, tmp_path: Path, kind: str, export: str, said: str
) -> None:
    (tmp_path / "export.csv").write_text(export, encoding="utf-8")
    before = digest(workbook)
    merged = reportgen("import", kind, "export.csv", "week.xlsx", "--out", "merged.xlsx", cwd=tmp_path)
    assert merged.returncode == 0, merged.stderr
    assert said in merged.stdout
    assert digest(workbook) == before
    assert reportgen("check", "merged.xlsx", cwd=tmp_path).returncode == 0


def test_an_export_that_is_no_table_is_a_sentence(workbook: Path, tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_bytes(b"\x00\x01\x02 nothing here")
    refused = reportgen("import", "network", "export.csv", "week.xlsx", "--out", "merged.xlsx", cwd=tmp_path)
    assert refused.returncode in (1, 2)
    assert refused.stderr.startswith("error: ")
    assert not (tmp_path / "merged.xlsx").exists()


def test_next_week_needs_no_date_and_does_not_build_as_it_is(workbook: Path, tmp_path: Path) -> None:
    before = digest(workbook)
    rolled = reportgen("roll", workbook.name, cwd=tmp_path)
    assert "week-2025-12-12.xlsx: rolled from 2025-12-05 to 2025-12-12" in rolled.stdout
    assert digest(workbook) == before
    refused = reportgen("build", "week-2025-12-12.xlsx", cwd=tmp_path)
    assert refused.returncode == 1
    assert '[Market!B2 "BTC price"]: found 90000, the same as last week.' in refused.stderr
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize(
    ("text", "typed"),
    [("12/12/2025", "Type 2025-12-12."), ("05.12.2025", "Type 2025-12-05 or 2025-05-12."), ("soon", "year-month-day")],
)
def test_a_day_in_another_spelling_is_told_what_to_type(text: str, typed: str) -> None:
    refused = CliRunner().invoke(commands, ["roll", "week.xlsx", "--as-of", text])
    assert refused.exit_code == 2
    assert typed in " ".join(refused.output.split())


def test_one_command_makes_next_week_from_both_exports(workbook: Path, tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text(HISTORY.replace("12-0", "12-1").replace("12-18", "12-09"), encoding="utf-8")
    (tmp_path / "e.csv").write_text(FLOWS, encoding="utf-8")
    made = reportgen(
        "update", workbook.name, "--as-of", "2025-12-12", "--network", "n.csv", "--etf", "e.csv", cwd=tmp_path
    )
    assert made.returncode == 0, made.stderr
    assert "Market!B2 BTC price: 90,002 USD/BTC (network export, row of 2025-12-12)" in made.stdout
    assert "2 of 2 days added to ETF_Flows" in made.stdout
    assert (tmp_path / "week-2025-12-12.xlsx").is_file()


def test_a_row_to_accept_a_warning_is_printed_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    from reportgen.examination import examine

    grid = small()
    grid["Debt"].extend([["Beta", "Small loan", 900, 0.1], ["Beta", "Smaller loan", 90, 0.1]])
    grid["Accepted"] = [["Reason", "Code", "Mine", "Sheet", "Row", "Accepted by", "Until"]]
    write_openpyxl(tmp_path / "week.xlsx", grid)
    asked = reportgen("check", "week.xlsx", "--accept", "amount_small", cwd=tmp_path)
    assert asked.returncode == 0
    rows = [f"\tamount_small\t\tDebt\t{name}\t\t2025-12-05" for name in ("Small loan", "Smaller loan")]
    assert asked.stdout.splitlines() == rows
    grid["Accepted"].extend(["It is so", *row.split("\t")[1:5], "AB", None] for row in rows)
    found = examine(write_openpyxl(tmp_path / "week.xlsx", grid))
    assert [each.code for each in found.problems] == ["column_unknown"]
    assert len(found.accepted) == 2
    unknown = reportgen("check", "week.xlsx", "--accept", "data_stale", cwd=tmp_path)
    assert (unknown.returncode, unknown.stdout) == (2, "")


def test_a_checked_copy_has_the_problem_in_its_cell(tmp_path: Path) -> None:
    bad = write_openpyxl(tmp_path / "week.xlsx", changed("Market", 2, 2, "n/a"))
    before = digest(bad)
    found = reportgen("check", "week.xlsx", "--annotate", cwd=tmp_path)
    assert found.returncode == 1
    assert "Marked copy: week-checked.xlsx" in found.stderr
    assert digest(bad) == before
    comment = load_workbook(tmp_path / "week-checked.xlsx")["Market"]["B2"].comment
    assert comment is not None
    assert comment.text.startswith("ERROR: ")


def test_without_a_problem_no_copy_is_written(tmp_path: Path) -> None:
    from tests.running import SAMPLE

    (tmp_path / "sample.xlsx").write_bytes(SAMPLE.read_bytes())
    found = reportgen("check", "sample.xlsx", "--annotate", cwd=tmp_path)
    assert found.returncode == 0
    assert "no copy was written" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["sample.xlsx"]
