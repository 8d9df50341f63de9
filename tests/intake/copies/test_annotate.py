from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from reportgen.intake.copies.annotate import annotated_path, write_annotated
from reportgen.intake.reader import examine, read_workbook
from reportgen.problems import InputError, UsageError
from tests.intake.raw_xlsx import Formula
from tests.intake.workbooks import Grid, changed, write_openpyxl, write_xlsxwriter


def spoiled() -> Grid:
    grid = changed("Fleet", 3, 3, "1,234")
    grid["Operators"][1][1] = 0.3
    grid["Market"][1][1] = None
    return grid


def test_a_marked_copy_colours_and_comments_each_cell_and_lists_all_with_links(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", spoiled())
    before = path.read_bytes()
    found = examine(path)
    target = annotated_path(path)
    write_annotated(path, target, found.problems)
    assert target == tmp_path / "week-checked.xlsx"
    assert path.read_bytes() == before
    book = openpyxl.load_workbook(target)
    assert book.sheetnames[0] == "Problems"
    assert book["Fleet"]["C3"].fill.fgColor.rgb == "00FFC7CE"
    assert "Type 1234" in book["Fleet"]["C3"].comment.text
    assert book["Operators"]["B2"].fill.fgColor.rgb == "00FFEB9C"
    listed = [
        (row[1].value, row[1].hyperlink.location) for row in book["Problems"].iter_rows(min_row=5) if row[1].hyperlink
    ]
    assert listed == [
        ("Market!B2", "'Market'!B2"),
        ("Operators!B2", "'Operators'!B2"),
        ("Fleet!C3", "'Fleet'!C3"),
    ]


def test_a_marked_copy_reads_like_the_original(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", spoiled())
    found = examine(path)
    write_annotated(path, tmp_path / "copy.xlsx", found.problems)
    again = examine(tmp_path / "copy.xlsx")
    assert [(each.code, each.where.cell) for each in again.problems] == [
        (each.code, each.where.cell) for each in found.problems
    ]


def test_texts_of_strangers_stay_texts_in_a_marked_copy(tmp_path: Path) -> None:
    grid = changed("Fleet", 2, 1, "x")
    path = write_openpyxl(tmp_path / "=1+1.xlsx", grid)
    write_annotated(path, tmp_path / "copy.xlsx", examine(path).problems)
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert all(cell.data_type != "f" for row in book["Problems"].iter_rows() for cell in row)


def test_formulas_keep_the_values_that_they_showed(tmp_path: Path) -> None:
    grid = changed("Operators", 2, 2, Formula("0.08/2", 0.04))
    grid["Operators"][2][1] = 0.3
    path = write_xlsxwriter(tmp_path / "week.xlsx", grid)
    write_annotated(path, tmp_path / "copy.xlsx", examine(path).problems)
    assert read_workbook(tmp_path / "copy.xlsx").tables["Operators"].columns["power_price"].tolist() == [0.04, 0.3]


def test_the_users_own_file_is_never_written(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", spoiled())
    with pytest.raises(UsageError, match="the workbook itself"):
        write_annotated(path, tmp_path / "." / "week.xlsx", examine(path).problems)


def test_a_file_that_is_no_workbook_has_no_marked_copy(tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    path.write_bytes(b"PK nothing")
    with pytest.raises(InputError):
        write_annotated(path, tmp_path / "copy.xlsx", examine(path).problems)
    assert not (tmp_path / "copy.xlsx").exists()


def test_a_comment_that_was_there_is_kept_behind_the_problems(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", spoiled())
    book = openpyxl.load_workbook(path)
    book["Fleet"]["C3"].comment = Comment("ask the site", "me")
    book.save(path)
    write_annotated(path, tmp_path / "copy.xlsx", examine(path).problems)
    comment = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Fleet"]["C3"].comment
    assert comment.text.startswith("ERROR: found the text")
    assert comment.text.endswith("(Earlier comment: ask the site)")
