"""What this week is held against: the newest earlier pack of the same title that nobody has touched."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from reportgen.deliver.files import MANIFEST, write_pack
from reportgen.deliver.names import file_name, pack_folder
from reportgen.deliver.previous_pack import previous_workbook
from reportgen.documents import Document, as_json
from reportgen.excel_dates import serial

TITLE = "Miner costs"
NOW = serial(dt.date(2025, 12, 5))


def delivered(out: Path, back: float, title: str = TITLE) -> Path:
    """A pack of so many days before; the path of its workbook."""
    name = file_name(NOW - back, title, "xlsx")
    content = f"workbook of {back}".encode()
    documents = [Document(name, content), Document("figures.json", b"{}\n")]
    listed = [{"name": each.name, "sha256": hashlib.sha256(each.content).hexdigest()} for each in documents]
    documents.append(Document(MANIFEST, as_json({"files": listed})))
    folder = out / pack_folder(NOW - back, title)
    write_pack(folder, documents)
    return folder / name


def test_the_newest_earlier_pack_of_the_title_is_the_previous_one(tmp_path: Path) -> None:
    week = delivered(tmp_path, 7)
    for back, title in ((14, TITLE), (0, TITLE), (-7, TITLE), (3, "Another brief")):
        delivered(tmp_path, back, title)
    (tmp_path / "notes").mkdir()
    assert previous_workbook(tmp_path, NOW, TITLE) == week


@pytest.mark.parametrize("touched", ["edited", "added", "figures.json", MANIFEST, "manifest edited"])
def test_a_pack_that_was_touched_is_passed_over(tmp_path: Path, touched: str) -> None:
    older, newer = delivered(tmp_path, 14), delivered(tmp_path, 7)
    if touched == "edited":
        newer.write_bytes(b"another workbook")
    elif touched == "added":
        (newer.parent / "mine.txt").write_text("note", encoding="utf-8")
    elif touched in ("figures.json", MANIFEST):
        (newer.parent / touched).unlink()
    else:
        manifest = newer.parent / MANIFEST
        manifest.write_text(manifest.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert previous_workbook(tmp_path, NOW, TITLE) == older


def test_a_pack_of_more_than_a_month_ago_says_nothing_of_this_week(tmp_path: Path) -> None:
    delivered(tmp_path, 32)
    assert previous_workbook(tmp_path, NOW, TITLE) is None
    month = delivered(tmp_path, 31)
    assert previous_workbook(tmp_path, NOW, TITLE) == month


def test_without_a_folder_of_packs_there_is_none(tmp_path: Path) -> None:
    assert previous_workbook(tmp_path / "outputs", NOW, TITLE) is None
    (tmp_path / "file").write_bytes(b"")
    assert previous_workbook(tmp_path / "file", NOW, TITLE) is None
