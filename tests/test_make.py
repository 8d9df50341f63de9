"""The targets that the continuous check does not run."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attack import MODULES
from tests.running import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make on this machine")


def make(folder: Path, *arguments: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run make as from a shell, also when these tests run under make; programs in `path` go before the machine's."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    if path is not None:
        environment["PATH"] = f"{path}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with the Makefile, and in bin/ a python without venv and Pango, an apt-get that only notes, an id."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()
    (tmp_path / "bin").mkdir()
    program(tmp_path, "python", 'case "$2" in *ensurepip*|*why_no_pdf*) exit 1;; esac')
    program(tmp_path, "apt-get", f'echo "$@" >> {tmp_path}/apt.log')
    return tmp_path


def program(folder: Path, name: str, script: str) -> None:
    (folder / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / "bin" / name).chmod(0o755)


def test_without_venv_a_user_reads_one_line(machine: Path) -> None:
    program(machine, "id", "echo 1000")
    refused = make(machine, "brief", f"PYTHON={machine}/bin/python", path=machine / "bin")
    assert refused.returncode != 0
    assert refused.stdout.splitlines() == [
        "Python lacks its venv module. On Debian and Ubuntu: sudo apt install python3-venv"
    ]
    assert not (machine / "apt.log").exists()


def test_without_venv_root_on_debian_gets_it(machine: Path) -> None:
    program(machine, "id", "echo 0")
    make(machine, "brief", f"PYTHON={machine}/bin/python", path=machine / "bin")
    assert (machine / "apt.log").read_text().splitlines() == ["update -qq", "install -y -qq python3-venv"]


@pytest.mark.parametrize(("user", "installs"), [("0", True), ("1000", False)])
def test_without_pango_root_on_debian_gets_it_and_make_goes_on(machine: Path, user: str, installs: bool) -> None:
    program(machine, "id", f"echo {user}")
    (machine / ".venv").mkdir()
    (machine / ".venv" / ".runtime").touch()
    made = make(machine, ".venv/.system", f"BIN={machine}/bin", path=machine / "bin")
    assert made.returncode == 0, made.stderr
    assert (machine / "apt.log").exists() == installs
    if installs:
        assert "libpango-1.0-0" in (machine / "apt.log").read_text()
    assert not (machine / ".venv" / ".system").exists()  # looked at again next time, until it is there


def test_help_is_what_make_alone_says() -> None:
    assert make(ROOT).stdout == make(ROOT, "help").stdout
    assert "make brief" in make(ROOT).stdout


def test_attack_runs_every_module_of_attacks_or_those_that_are_named() -> None:
    shown = make(ROOT, "--dry-run", "attack", "ARGS=kill", "--old-file=.venv/.system").stdout
    assert shown.splitlines()[-1].endswith("-m tests.attack kill")
    for name in MODULES:
        assert callable(importlib.import_module(name).main)


def test_clean_removes_what_was_made_and_keeps_what_was_written(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in (".venv/bin/python", "outputs/2025-12-05/pack/a.pdf", "reportgen/__pycache__/a.pyc", "build/lib"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in ("outputs/.gitkeep", "reportgen/a.py"):
        (tmp_path / name).touch()
    assert make(tmp_path, "clean").returncode == 0
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()) == [
        "Makefile", "outputs/.gitkeep", "reportgen/a.py",
    ]  # fmt: skip


def test_an_old_python_is_refused_in_one_line(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "constraints.txt").touch()
    old = tmp_path / "oldpython"
    old.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'import sys; sys.exit(1)'\n")
    old.chmod(0o755)
    refused = make(tmp_path, "brief", f"PYTHON={old}")
    assert refused.returncode != 0
    assert "reportgen needs Python 3.11 or newer" in refused.stdout
    assert not (tmp_path / ".venv").exists()


@pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftoppm") is None,
    reason="LibreOffice and Poppler draw the pictures",
)
def test_pictures_are_drawn_from_the_sample_pack_and_stay_small(tmp_path: Path) -> None:
    drawn = make(
        ROOT, "pictures", f"PICTURES={tmp_path}", f"BIN={Path(sys.executable).parent}", "--old-file=.venv/.system"
    )
    assert drawn.returncode == 0, drawn.stderr
    pictures = sorted(tmp_path.glob("*.png"))
    assert [path.name for path in pictures] == ["brief.png", "workbook.png"]
    for path in pictures:
        assert path.read_bytes().startswith(b"\x89PNG")
        assert 20_000 < path.stat().st_size < 300_000
