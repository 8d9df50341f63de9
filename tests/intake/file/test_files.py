from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from reportgen.intake.file import package
from reportgen.intake.reader import examine
from tests.intake.raw_xlsx import parts, zipped
from tests.intake.workbooks import small


def code_of(path: Path) -> str:
    (found,) = examine(path).problems
    assert str(path) in str(found)
    assert found.hint
    return found.code


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.xlsx") == "file_missing"


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "file_folder"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"a;b;c\n1;2;3\n", "file_kind"),
        (b"<html><table></table></html>", "file_kind"),
        (b"%PDF-1.7 \x00", "file_kind"),
        (b"\x00\x01\x02\x03", "file_kind"),
        (package.OLE + b"\x00" * 500, "file_kind"),
        (package.OLE + b"\x00" * 500 + package.ENCRYPTED_STREAM, "file_encrypted"),
        (b"PK\x03\x04 cut off", "file_damaged"),
        (zipped({"readme.txt": "no workbook"}), "file_kind"),
        (zipped({"xl/workbook.bin": "x", "a.xml": "<a/>"}), "file_kind"),
        (zipped({"mimetype": "application/vnd.oasis", "content.xml": "<a/>"}), "file_kind"),
        (zipped({"word/document.xml": "<a/>"}), "file_damaged"),
    ],
)
def test_a_file_of_another_kind_is_told_what_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "week.xlsx"
    path.write_bytes(content)
    assert code_of(path) == code


def test_a_workbook_that_unpacks_to_more_than_the_cap_is_refused_unread(tmp_path: Path) -> None:
    made: dict[str, str | bytes] = dict(parts(small()))
    path = tmp_path / "week.xlsx"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
        with archive.open("xl/media/zeros.bin", "w", force_zip64=True) as stream:
            for _ in range(201):
                stream.write(b"\x00" * 1024 * 1024)
    path.write_bytes(buffer.getvalue())
    assert path.stat().st_size < 1024 * 1024
    assert code_of(path) == "file_large"


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    made = parts(small())
    layers = "".join(
        f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{"" if n == 0 else ("&l" + str(n - 1) + ";") * 9}">'
        for n in range(10)
    )
    for name in ("xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml", "_rels/.rels"):
        path = tmp_path / "week.xlsx"
        path.write_bytes(zipped({**made, name: f"<!DOCTYPE x [{layers}]><x>&l9;</x>"}))
        assert code_of(path) == "file_damaged"


def test_every_way_to_cut_a_workbook_short_ends_in_a_problem(tmp_path: Path) -> None:
    whole = zipped(parts(small()))
    path = tmp_path / "week.xlsx"
    for size in range(1, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:size])
        assert code_of(path) in ("file_damaged", "file_kind")


def test_a_sheet_whose_part_is_missing_is_named(tmp_path: Path) -> None:
    made = parts(small())
    del made["xl/worksheets/sheet4.xml"]
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(made))
    (found,) = examine(path).problems
    assert "Fleet" in found.message
