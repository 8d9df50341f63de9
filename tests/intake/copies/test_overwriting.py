"""Copies of a workbook never replace a file that somebody has worked in."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportgen.intake.copies.annotate import write_annotated
from reportgen.intake.copies.roll import roll
from reportgen.intake.exports.history_import import import_network
from reportgen.intake.file.reproducible_save import is_sealed
from reportgen.intake.reader import examine
from reportgen.problems import UsageError
from tests.intake.workbooks import changed, small, write_openpyxl

EXPORT = "time,HashRate,PriceUSD\n2025-12-06,1070000000,90001\n"


@pytest.fixture
def week(tmp_path: Path) -> Path:
    return write_openpyxl(tmp_path / "week.xlsx", changed("Market", 2, 2, "n/a"))


def marked(week: Path) -> Path | None:
    return write_annotated(week, week.with_name("week-checked.xlsx"), examine(week).problems)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_marked_copy_that_nobody_has_touched_is_replaced(week: Path) -> None:
    assert marked(week) is None
    write_openpyxl(week, changed("Market", 2, 2, "unknown"))
    assert marked(week) is None
    assert names(week.parent) == ["week-checked.xlsx", "week.xlsx"]
    comment = load_workbook(week.with_name("week-checked.xlsx"))["Market"]["B2"].comment
    assert comment is not None
    assert "unknown" in comment.text


def test_a_marked_copy_that_was_worked_in_is_kept(week: Path) -> None:
    marked(week)
    copy = week.with_name("week-checked.xlsx")
    book = load_workbook(copy)
    book["Market"]["B2"] = 91_000
    book.save(copy)
    edited = copy.read_bytes()
    kept = marked(week)
    assert kept == week.with_name("week-checked-kept-1.xlsx")
    assert kept.read_bytes() == edited
    assert is_sealed(copy)


@pytest.mark.parametrize("content", [b"my notes", b"", b"PK\x03\x04 half a workbook"])
def test_another_file_of_that_name_is_kept(week: Path, content: bytes) -> None:
    week.with_name("week-checked.xlsx").write_bytes(content)
    kept = marked(week)
    assert kept is not None
    assert kept.read_bytes() == content


def test_one_changed_byte_of_any_part_breaks_the_seal(week: Path, tmp_path: Path) -> None:
    marked(week)
    copy = week.with_name("week-checked.xlsx")
    assert is_sealed(copy)
    with zipfile.ZipFile(copy) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for changed_part in ("xl/workbook.xml", "xl/worksheets/sheet2.xml", "[Content_Types].xml"):
        for edited in (parts[changed_part] + b" ", parts[changed_part].replace(b"1", b"2", 1)):
            other = tmp_path / "other.xlsx"
            with zipfile.ZipFile(other, "w") as archive:
                for name, content in parts.items():
                    archive.writestr(name, edited if name == changed_part else content)
            assert not is_sealed(other)
    assert not is_sealed(write_openpyxl(tmp_path / "plain.xlsx", small()))


@pytest.mark.parametrize("force", [False, True])
def test_next_week_and_imports_keep_what_was_worked_in(tmp_path: Path, force: bool) -> None:
    week = write_openpyxl(tmp_path / "week.xlsx", small())
    (tmp_path / "export.csv").write_text(EXPORT)
    rolled, merged = tmp_path / "rolled.xlsx", tmp_path / "merged.xlsx"
    for out in (rolled, merged):
        out.write_bytes(b"my figures")
    if not force:
        with pytest.raises(UsageError, match="--force"):
            roll(week, dt.date(2025, 12, 12), rolled)
        with pytest.raises(UsageError, match="--force"):
            import_network(tmp_path / "export.csv", week, merged)
        assert rolled.read_bytes() == merged.read_bytes() == b"my figures"
        return
    for turn in range(2):
        kept = {
            "rolled": roll(week, dt.date(2025, 12, 12), rolled, force=True).kept,
            "merged": import_network(tmp_path / "export.csv", week, merged, force=True).kept,
        }
        assert kept == {name: None if turn else tmp_path / f"{name}-kept-1.xlsx" for name in kept}
    assert (tmp_path / "rolled-kept-1.xlsx").read_bytes() == b"my figures"
