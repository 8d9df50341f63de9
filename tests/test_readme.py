"""What the README promises can be run as it stands there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT, SAMPLE, reportgen

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_examples_run(tmp_path: Path) -> None:
    example = "\n".join(re.findall(r"```python\n(.*?)```", README, re.DOTALL))
    (tmp_path / "inputs").mkdir()
    shutil.copy(SAMPLE, tmp_path / "inputs")
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "Fjord Hydro" in ran.stdout
    assert re.search(r"Risk score: \d+ \(\w+\)", ran.stdout)
    before, after = re.findall(r"Bitcoin for bills: ([\d.]+) -> ([\d.]+) BTC a day", ran.stdout)[0]
    assert float(after) > float(before)
    assert next(tmp_path.glob("outputs/*/*/manifest.json")).is_file()
    heat_map = (tmp_path / "score.html").read_text(encoding="utf-8")
    assert len(re.findall(r"background-color: #", heat_map)) >= 7
    assert re.search(r"\n1\.0 .*\d+\.0", ran.stdout)


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"`?(reportgen (?:explain|check|lines|roll|stress|record)[^`\n]*)", README)))
)
def test_a_command_of_the_tour_runs(command: str, tmp_path: Path) -> None:
    (tmp_path / "inputs").mkdir()
    shutil.copy(SAMPLE, tmp_path / "inputs")
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)[1:]]
    ran = reportgen(*words, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr


def test_every_table_that_it_names_is_there() -> None:
    from reportgen.model.lines import business

    (told,) = re.findall(r"`solution.tables` has a table for each block: (.*?)\.\n", README, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", told)) <= business().blocks.keys()


def test_every_page_and_picture_that_it_links_to_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "//" not in link]
    assert len(links) > 5
    assert not [link for link in links if not (ROOT / link).exists()]


def test_importing_the_interface_loads_nothing_heavy() -> None:
    code = "import sys, reportgen; print(sorted(set(sys.modules) & {'numpy', 'pandas', 'openpyxl', 'click'}))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
