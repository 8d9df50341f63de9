"""What is typed into a workbook is text everywhere: never a formula, a link, markup or a path."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.intake.workbooks import Grid, small, write_xlsxwriter
from tests.running import reportgen

OPERATOR = '=HYPERLINK("http://x","y")'
CLIENT = "../../etc"
COMMENTARY = '<b>bold</b><script>alert(1)</script><img src="file:///etc/passwd"> {{ 7 * 7 }} & more'
TITLES = ["../../etc/passwd", "CON", "<i>Title</i>", "=1+1", "a\\b:c*d?"]


def hostile(title: str) -> Grid:
    grid = small()
    grid["Report"][1][1] = title
    grid["Report"] += [["Commentary", COMMENTARY], ["Disclaimer", "+cmd|' /C calc'!A0"]]
    grid["Clients"][1][0] = CLIENT
    for sheet in ("Operators", "Fleet", "AI_HPC"):
        grid[sheet] = [[OPERATOR if cell == "Alpha" else cell for cell in row] for row in grid[sheet]]
    grid["Scenarios"][1][0] = "@SUM(1)"
    grid["Events"][1][1] = "http://example.com/<u>x</u>"
    return grid


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    write_xlsxwriter(folder / "week.xlsx", hostile("<i>Title</i>"), strings_to_formulas=False, strings_to_urls=False)
    built = reportgen("build", "week.xlsx", cwd=folder)
    assert built.returncode == 0, built.stderr
    return {path.suffix if path.name != "manifest.json" else "manifest": path for path in folder.glob("outputs/*/*/*")}


def test_nothing_typed_becomes_a_formula_or_a_link_in_the_workbook(pack: dict[str, Path]) -> None:
    with zipfile.ZipFile(pack[".xlsx"]) as archive:
        parts = {
            name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(("xml", "rels"))
        }
    formulas = [formula for part in parts.values() for formula in re.findall(r"<f[ >].*?</f>", part)]
    assert len(formulas) > 1000
    assert not [formula for formula in formulas if "http" in formula or "SUM(1)" in formula or "cmd" in formula]
    assert not [name for name, part in parts.items() if name.endswith(".rels") and 'TargetMode="External"' in part]
    assert "=HYPERLINK(&quot;" in parts["xl/sharedStrings.xml"] or '=HYPERLINK("http' in parts["xl/sharedStrings.xml"]


def test_the_brief_shows_what_was_typed_as_it_was_typed(pack: dict[str, Path]) -> None:
    reader = PdfReader(pack[".pdf"])
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "<b>bold</b><script>alert(1)</script>" in text.replace("\n", "")
    assert "{{ 7 * 7 }}" in text
    assert "=HYPERLINK(" in text
    assert "<i>Title</i>" in text


def test_the_brief_leads_nowhere_and_runs_nothing(pack: dict[str, Path]) -> None:
    reader = PdfReader(pack[".pdf"])
    marks: list[Any] = [mark.get_object() for page in reader.pages for mark in page.get("/Annots", [])]
    actions = [mark["/A"] for mark in marks if "/A" in mark]
    assert not [action for action in actions if action.get("/S") in ("/URI", "/Launch", "/JavaScript")]
    root: Any = reader.trailer["/Root"]
    assert "/JavaScript" not in root.get("/Names", {})
    assert reader.metadata is not None
    assert reader.metadata.title
    assert "root:" not in " ".join(page.extract_text() for page in reader.pages)


def test_figures_and_manifest_hold_the_same_text(pack: dict[str, Path]) -> None:
    figures = json.loads(pack[".json"].read_text(encoding="utf-8"))
    assert figures["operators"][0]["operator"] == OPERATOR
    assert json.loads(pack["manifest"].read_text(encoding="utf-8"))["report"] == "<i>Title</i>"


@pytest.mark.parametrize("title", TITLES)
def test_no_title_leads_out_of_the_outputs_folder(title: str, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    write_xlsxwriter(desk / "week.xlsx", hostile(title), strings_to_formulas=False, strings_to_urls=False)
    built = reportgen("build", "week.xlsx", "--format", "xlsx", cwd=desk)
    assert built.returncode == 0, built.stderr
    files = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parts[:3] for path in files} == {("desk", "week.xlsx"), ("desk", "outputs", "2025-12-05")}
    for path in files:
        assert re.fullmatch(r"[a-z0-9.-]+", path.name)
