"""A machine without Pango: everything is made but the PDF, and one line says so and how to mend it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.running import ROOT, SAMPLE, reportgen

NO_PANGO = """
import cffi

def dlopen(self, name, *flags):
    raise OSError(f"cannot load library '{name}': it is not there")

cffi.FFI.dlopen = dlopen
"""


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment in which no library of the system can be loaded."""
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(NO_PANGO)
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}


def test_workbook_and_figures_are_made_and_the_brief_is_left_out_aloud(tmp_path: Path, bare: dict[str, str]) -> None:
    built = reportgen("build", SAMPLE, cwd=tmp_path, env=bare)
    assert built.returncode == 0, built.stderr
    (told,) = (line for line in built.stderr.splitlines() if "pdf" in line)
    assert told.startswith("WARNING: the pack has no pdf: the library libgobject-2.0-0 (Pango) is not on this machine.")
    assert "To mend it: " in told
    files = {path.name: path for path in tmp_path.glob("outputs/*/*/*")}
    assert sorted(path.suffix for path in files.values()) == [".json", ".json", ".xlsx"]
    manifest = json.loads(files["manifest.json"].read_text(encoding="utf-8"))
    assert "Pango" in manifest["left_out"]["pdf"]
    assert "weasyprint" not in manifest["versions"]


def test_a_pdf_that_is_asked_for_by_name_must_be_made(tmp_path: Path, bare: dict[str, str]) -> None:
    refused = reportgen("build", SAMPLE, "--format", "xlsx,pdf", cwd=tmp_path, env=bare)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert "the pdf cannot be made" in refused.stderr
    assert not (tmp_path / "outputs").exists()


def test_a_workbook_alone_does_not_ask_for_pango(tmp_path: Path, bare: dict[str, str]) -> None:
    built = reportgen("build", SAMPLE, "--format", "xlsx", cwd=tmp_path, env=bare)
    assert built.returncode == 0, built.stderr
    assert "Pango" not in built.stderr


def test_doctor_names_what_is_lacking_and_the_command_that_mends_it(tmp_path: Path, bare: dict[str, str]) -> None:
    told = reportgen("doctor", cwd=tmp_path, env=bare)
    assert told.returncode == 2
    lines = told.stdout.splitlines()
    (at,) = (number for number, line in enumerate(lines) if line.startswith("LACKING"))
    assert "Pango" in lines[at]
    assert lines[at + 1].strip().startswith("to mend it: ")
    assert lines[-1] == "1 thing lacking."


def test_doctor_finds_a_whole_machine_well(tmp_path: Path) -> None:
    told = reportgen("doctor", cwd=tmp_path)
    assert told.returncode == 0, told.stdout
    assert told.stdout.splitlines()[-1] == "Everything is there."


@pytest.mark.parametrize(
    ("system", "words"), [("Linux", "apt install"), ("Darwin", "brew install"), ("Windows", "pacman -S")]
)
def test_every_system_has_its_own_command(monkeypatch: pytest.MonkeyPatch, system: str, words: str) -> None:
    import platform

    from reportgen import doctor

    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(doctor, "_pango_error", lambda: "Pango is not on this machine.")
    assert words in (doctor.why_no_pdf() or "")
