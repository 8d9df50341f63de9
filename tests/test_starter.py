"""The workbooks that a new user begins with: whole or not there, and never over a file that is there."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
from pathlib import Path

import pytest

from reportgen.placing import put_file
from reportgen.problems import UsageError
from reportgen.render.theme import load_theme
from reportgen.resources import templates_folder
from reportgen.starter import write_blank, write_sample, write_templates
from tests.running import ROOT, SAMPLE

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f00048201803d4f6e5b0000000049454e44ae426082"
)
"""A picture of one dot."""


def test_the_sample_is_written_whole_with_the_folders_that_it_needs_and_nothing_is_left_over(tmp_path: Path) -> None:
    target = tmp_path / "desk" / "inputs" / "sample.xlsx"
    assert write_sample(target) is None
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


def test_with_force_a_file_that_is_there_is_kept_under_another_name(tmp_path: Path) -> None:
    target = tmp_path / "sample.xlsx"
    for number, content in enumerate((b"my figures", b"more of my figures"), 1):
        target.write_bytes(content)
        kept = write_sample(target, force=True)
        assert kept == tmp_path / f"sample-kept-{number}.xlsx"
        assert kept.read_bytes() == content
        assert target.read_bytes() == SAMPLE.read_bytes()
    assert write_sample(target, force=True) is None  # the same again needs no keeping
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_or_a_link_of_that_name_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(UsageError, match="it is a folder"):
        write_sample(tmp_path / "folder.xlsx", force=True)
    if os.name != "nt":
        (tmp_path / "mine.xlsx").write_bytes(b"my figures")
        (tmp_path / "link.xlsx").symlink_to(tmp_path / "mine.xlsx")
        assert write_sample(tmp_path / "link.xlsx", force=True) == tmp_path / "link-kept-1.xlsx"
        assert (tmp_path / "mine.xlsx").read_bytes() == b"my figures"
        assert (tmp_path / "link-kept-1.xlsx").is_symlink()


def test_a_file_that_another_process_puts_there_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sample.xlsx"

    def meanwhile(source: Path, made: Path) -> None:
        made.write_bytes(b"the sample")
        target.write_bytes(b"my figures")

    monkeypatch.setattr(shutil, "copyfile", meanwhile)
    with pytest.raises(UsageError, match="already there"):
        write_sample(target)
    assert target.read_bytes() == b"my figures"


@pytest.mark.parametrize("links", [True, False])
def test_a_name_that_is_taken_at_the_last_moment_is_not_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    (tmp_path / "made.xlsx").write_bytes(b"the sample")
    (tmp_path / "sample.xlsx").write_bytes(b"my figures")
    monkeypatch.setattr(os.path, "lexists", lambda path: False)  # as it was when it was looked at
    if not links:
        monkeypatch.setattr(os, "link", lambda made, target: (_ for _ in ()).throw(OSError(errno.EPERM, "no links")))
    with contextlib.suppress(UsageError):
        put_file(tmp_path / "made.xlsx", tmp_path / "sample.xlsx", force=False, ours=lambda _: True)
    assert (tmp_path / "sample.xlsx").read_bytes() == b"my figures"


def test_a_disk_without_hard_links_is_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    write_sample(tmp_path / "sample.xlsx")
    assert (tmp_path / "sample.xlsx").read_bytes() == SAMPLE.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["sample.xlsx"]


def test_a_blank_workbook_has_rows_for_as_many_operators_as_were_asked_for(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for operators, rows in ((3, 3), (40, 40)):
        write_blank(tmp_path / f"{operators}.xlsx", operators)
        page = load_workbook(tmp_path / f"{operators}.xlsx")["Operators"]
        assert page.max_row >= rows
    few, many = (load_workbook(tmp_path / f"{number}.xlsx")["Operators"].max_row for number in (3, 40))
    assert many > few


def test_writing_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", half)
    with pytest.raises(UsageError, match=r"sample\.xlsx: the file cannot be written \(No space left on device\)"):
        write_sample(tmp_path / "sample.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_templates_are_copied_whole_and_make_the_same_theme(tmp_path: Path) -> None:
    copied = write_templates(tmp_path / "house")
    ours = [path for path in templates_folder().rglob("*") if path.is_file()]
    names = [path.relative_to(tmp_path / "house").as_posix() for path in copied]
    assert sorted(names) == sorted(path.relative_to(templates_folder()).as_posix() for path in ours)
    assert load_theme(tmp_path / "house") == load_theme()
    assert [path.name for path in tmp_path.iterdir()] == ["house"]


def test_templates_of_ones_own_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "theme.toml").write_text("# ours")
    with pytest.raises(UsageError, match="already there"):
        write_templates(tmp_path / "house")
    assert (tmp_path / "house" / "theme.toml").read_text() == "# ours"


def test_the_theme_of_the_manual_is_one(tmp_path: Path) -> None:
    manual = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", manual, re.DOTALL)
    (tmp_path / "theme.toml").write_text(example, encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(PIXEL)
    theme = load_theme(tmp_path)
    assert theme.paper_size == "Letter"
    assert theme.logo is not None
    assert theme.colours["accent"] == "#123A6B"
    for named in re.findall(r"^\| `([^`]+)`", manual, re.MULTILINE)[:1]:
        assert (templates_folder() / named).exists()
