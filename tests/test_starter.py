"""The workbooks that a new user begins with: whole or not there, and never over a file that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.problems import UsageError
from reportgen.starter import write_blank, write_sample
from tests.running import SAMPLE


def test_the_sample_is_written_whole_with_the_folders_that_it_needs_and_nothing_is_left_over(tmp_path: Path) -> None:
    target = tmp_path / "desk" / "inputs" / "sample.xlsx"
    assert write_sample(target) == target
    assert target.read_bytes() == SAMPLE.read_bytes()
    assert [path.name for path in target.parent.iterdir()] == ["sample.xlsx"]


@pytest.mark.parametrize("write", [write_sample, write_blank])
def test_a_file_that_is_there_stays(write: object, tmp_path: Path) -> None:
    target = tmp_path / "week.xlsx"
    target.write_bytes(b"my figures")
    assert callable(write)
    with pytest.raises(UsageError, match="already there"):
        write(target)
    assert target.read_bytes() == b"my figures"
    assert [path.name for path in tmp_path.iterdir()] == ["week.xlsx"]


def test_a_blank_workbook_has_rows_for_as_many_operators_as_were_asked_for(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for operators, rows in ((3, 3), (40, 40)):
        write_blank(tmp_path / f"{operators}.xlsx", operators)
        page = load_workbook(tmp_path / f"{operators}.xlsx")["Operators"]
        assert page.max_row >= rows
    few, many = (load_workbook(tmp_path / f"{number}.xlsx")["Operators"].max_row for number in (3, 40))
    assert many > few


def test_writing_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    def half(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", half)
    with pytest.raises(OSError, match="No space left"):
        write_sample(tmp_path / "sample.xlsx")
    assert list(tmp_path.iterdir()) == []
