"""doctor says what is lacking, and only that, with what mends it."""

from __future__ import annotations

import importlib.metadata
import os
from pathlib import Path

import pytest

from reportgen import doctor
from reportgen.doctor import Finding, examine_machine
from reportgen.render.workbook.size import MOST_FORMULAS


def found(what: str, folder: Path) -> Finding:
    (one,) = (each for each in examine_machine(folder) if each.what == what)
    return one


def test_it_looks_at_python_every_declared_package_files_pango_fonts_and_folder(tmp_path: Path) -> None:
    declared = [
        line.split(">=")[0] for line in importlib.metadata.requires("reportgen") or [] if "extra ==" not in line
    ]
    assert [each.what for each in examine_machine(tmp_path)] == [
        "Python", *declared, "templates and sample", "Pango (for the PDF brief)", "fonts", "folder", "size",
    ]  # fmt: skip
    assert {"jinja2", "weasyprint", "openpyxl"} <= set(declared)


def test_it_says_what_fits_into_a_workbook_and_what_to_do_beyond(tmp_path: Path) -> None:
    told = found("size", tmp_path)
    assert told.well
    assert f"up to {MOST_FORMULAS:,} formulas" in told.seen
    assert "--format json" in told.seen


@pytest.mark.parametrize(
    ("version", "well"),
    [("69.0", False), ("69.9.9", False), ("70", True), ("70.0", True), ("70.1", True), ("100.0", True)],
)
def test_a_package_below_its_floor_is_lacking(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, well: bool
) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: ["weasyprint>=70", 'pytest>=99; extra == "dev"'])
    monkeypatch.setattr(importlib.metadata, "version", lambda name: version)
    told = found("weasyprint", tmp_path)
    assert (told.well, told.seen) == (well, version)
    assert told.mend.endswith('-m pip install --upgrade "weasyprint>=70"')


def test_a_package_that_is_not_installed_is_lacking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: ["no-such-package>=1"])
    told = found("no-such-package", tmp_path)
    assert (told.well, told.seen) == (False, "not installed")


def test_an_old_python_is_lacking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert found("Python", tmp_path).well
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (99, 0))
    told = found("Python", tmp_path)
    assert (told.well, told.mend) == (False, "install Python 99.0 or newer")


def test_templates_that_are_gone_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "templates_folder", lambda: tmp_path / "gone")
    told = found("templates and sample", tmp_path)
    assert not told.well
    assert told.seen == f"missing: {tmp_path / 'gone'}"


def test_a_machine_without_any_font_is_told_how_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "templates_folder", lambda: tmp_path)
    monkeypatch.setattr(doctor, "_font_folders", lambda: [])
    told = found("fonts", tmp_path)
    assert (told.well, told.seen) == (False, "none found")
    assert "dejavu" in told.mend


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    told = found("folder", tmp_path / "nowhere")
    assert not told.well
    assert told.seen.startswith(str(tmp_path / "nowhere"))
    assert found("folder", tmp_path).well
    assert list(tmp_path.iterdir()) == []
    assert os.access(tmp_path, os.W_OK)
