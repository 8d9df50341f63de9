"""The package as others get it: built, installed into an empty environment, used in an empty folder."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.running import ROOT, SAMPLE

DISTRIBUTIONS = {"docx": "python-docx", "pptx": "python-pptx"}
"""Of libraries that are imported by another name than they are installed by."""
RUNTIME_EXTRAS = {"pandas": "solution.tables gives pandas tables", "defusedxml": "openpyxl refuses XML bombs with it"}


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", folder],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = folder.glob("*.tar.gz")
    return built


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the unpacked source archive, so that both are known to be whole."""
    folder = tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (source,) = (path for path in folder.iterdir() if path.is_dir())
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built


def test_an_installed_wheel_makes_the_sample_pack_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    scripts = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--no-deps", "--no-index", wheel],
        check=True, capture_output=True,
    )  # fmt: skip
    # the libraries come from the environment of this test run; reportgen itself comes from the wheel alone
    (site,) = (tmp_path / "env").rglob("site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for arguments in (["init"], ["build", "inputs/sample.xlsx"], ["lines"], ["doctor"]):
        ran = subprocess.run(
            [scripts / "reportgen", *arguments], cwd=empty, env=environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
    where = [str(scripts / "python"), "-c", "import reportgen; print(reportgen.__file__)"]
    told = subprocess.run(where, cwd=empty, env=environment, capture_output=True, text=True, check=True).stdout
    assert Path(told).is_relative_to(site)
    assert (empty / "inputs" / "sample.xlsx").read_bytes() == SAMPLE.read_bytes()
    assert sorted(path.suffix for path in empty.glob("outputs/*/*/*")) == [".json", ".json", ".pdf", ".xlsx"]


def test_the_wheel_holds_templates_and_sample_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert {f"reportgen/_data/{name}" for name in templates} <= names
    assert "reportgen/_data/sample.xlsx" in names
    assert not [name for name in names if name.startswith("tests/")]


def test_every_library_that_is_imported_is_declared_and_the_other_way_round() -> None:
    imported = {name for path in (ROOT / "reportgen").rglob("*.py") for name in third_parties(path)}
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = {
        name: set(re.findall(r'"([\w-]+)', re.findall(rf"^{name} = \[(.*?)^\]", text, re.DOTALL | re.MULTILINE)[0]))
        for name in ("dependencies", "office", "dev")
    }
    named = {DISTRIBUTIONS.get(name, name) for name in imported}
    assert named - declared["office"] | RUNTIME_EXTRAS.keys() == declared["dependencies"]
    assert declared["office"] <= named
    assert declared["office"] <= declared["dev"]  # they are tested


def third_parties(path: Path) -> set[str]:
    """What a module imports from outside the standard library and reportgen, at its top or inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - {"reportgen"}


def test_floors_are_those_that_hold_the_known_fixes() -> None:
    """jinja2 3.1.6: a way out of the sandbox; weasyprint 70: files that a page may not read."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    floors = {name: tuple(map(int, least.split("."))) for name, least in re.findall(r'"([\w-]+)>=([\d.]+)"', text)}
    assert floors["jinja2"] >= (3, 1, 6)
    assert floors["weasyprint"] >= (70,)
    pinned = dict(line.lower().split("==") for line in (ROOT / "constraints.txt").read_text().splitlines())
    for name in ("jinja2", "weasyprint"):
        assert tuple(map(int, pinned[name].split("."))) >= floors[name]


def test_constraints_are_plain_lines_of_name_and_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
