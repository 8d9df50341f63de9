"""Output formats: one entry each, made when wanted, refused when unknown, left out aloud where the machine lacks."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from reportgen import formats
from reportgen.formats import FORMATS, Drawn, Format
from reportgen.pipeline import build_pack
from reportgen.problems import UsageError
from tests.intake.workbooks import small, write_openpyxl


def listing(drawn: Drawn) -> bytes:
    return f"{drawn.workbook.name}: {drawn.formulas} formulas".encode()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_openpyxl(tmp_path / "week.xlsx", small())


@pytest.fixture(autouse=True)
def only_the_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    """Formats under test, without the slow one."""
    monkeypatch.setattr(formats, "FORMATS", {"xlsx": FORMATS["xlsx"]})


def added(name: str, entry: Format) -> None:
    formats.FORMATS[name] = entry


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_format_that_is_added_once_is_made_named_and_listed_in_the_manifest(workbook: Path, tmp_path: Path) -> None:
    added("txt", Format(listing, "listing", libraries=("click",)))
    steps: list[str] = []
    pack = build_pack(workbook, tmp_path / "out", progress=steps.append)
    made = pack.folder / "small-case-2025-12-05.txt"
    assert made.read_bytes().startswith(b"small-case-2025-12-05.xlsx: ")
    assert "listing" in steps
    manifest = json.loads((pack.folder / "manifest.json").read_text(encoding="utf-8"))
    assert {
        "name": made.name,
        "bytes": made.stat().st_size,
        "sha256": hashlib.sha256(made.read_bytes()).hexdigest(),
    } in (manifest["files"])
    assert "click" in manifest["versions"]
    assert "weasyprint" not in manifest["versions"]


def test_a_format_that_is_not_usual_is_made_when_it_is_asked_for_and_only_then(workbook: Path, tmp_path: Path) -> None:
    added("txt", Format(listing, usual=False))
    plain = build_pack(workbook, tmp_path / "plain")
    asked = build_pack(workbook, tmp_path / "asked", formats=("txt",))
    assert names(plain.folder) == ["figures.json", "manifest.json", "small-case-2025-12-05.xlsx"]
    assert names(asked.folder) == ["figures.json", "manifest.json", "small-case-2025-12-05.txt"]


def test_what_this_machine_lacks_is_left_out_aloud_or_refused_when_asked_for(workbook: Path, tmp_path: Path) -> None:
    added("txt", Format(listing, lacks=lambda: "there is no ink"))
    pack = build_pack(workbook, tmp_path / "out")
    assert pack.left_out == pack.manifest["left_out"] == {"txt": "there is no ink"}
    assert names(pack.folder) == ["figures.json", "manifest.json", "small-case-2025-12-05.xlsx"]
    with pytest.raises(UsageError, match="the txt cannot be made: there is no ink"):
        build_pack(workbook, tmp_path / "asked", formats=("xlsx", "txt"))
    assert not (tmp_path / "asked").exists()


@pytest.mark.parametrize("asked", [("docx",), ("xlsx", "docx"), (), ("",)])
def test_an_unknown_format_is_refused_before_the_workbook_is_read(asked: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such format: .*Known formats: xlsx\."):
        build_pack(tmp_path / "nowhere.xlsx", tmp_path / "out", formats=asked)
