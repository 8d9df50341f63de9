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
from reportgen.render.workbook import size
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


@pytest.mark.parametrize("asked", [("odt",), ("xlsx", "odt"), (), ("",)])
def test_an_unknown_format_is_refused_before_the_workbook_is_read(asked: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such format: .*Known formats: xlsx\."):
        build_pack(tmp_path / "nowhere.xlsx", tmp_path / "out", formats=asked)


def test_figures_alone_need_no_workbook_and_the_manifest_says_so(workbook: Path, tmp_path: Path) -> None:
    formats.FORMATS["json"] = FORMATS["json"]
    steps: list[str] = []
    pack = build_pack(workbook, tmp_path / "out", formats=("json",), progress=steps.append)
    assert names(pack.folder) == ["figures.json", "manifest.json"]
    assert "drawing the workbook" not in steps
    manifest = json.loads((pack.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["checks"]["formulas_re_performed"] == 0


def test_a_workbook_that_would_be_too_large_is_refused_at_once_and_its_figures_still_given(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    formats.FORMATS["json"] = FORMATS["json"]
    monkeypatch.setattr(size, "MOST_FORMULAS", 100)
    steps: list[str] = []
    with pytest.raises(UsageError, match=r"too large: it would hold [\d,]+ formulas .* at most 100 fit.*--format json"):
        build_pack(workbook, tmp_path / "out", progress=steps.append)
    assert steps[-1] == "drawing the workbook"
    assert not (tmp_path / "out").exists()
    assert build_pack(workbook, tmp_path / "out", formats=("json",)).files
