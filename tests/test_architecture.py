"""The page on how reportgen is built: what it names is there, and its recipes work as they stand.

Every recipe is followed in a copy of the package, touching the files that the page names and no other; then the sample
is built once, and what was added must be wherever the page says.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.running import ROOT, SAMPLE

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^\| (a[n]? [^|]+?) \| (.+?) \| .+? \|$", PAGE, re.MULTILINE))


@dataclass(frozen=True)
class Edit:
    """A text put into a file behind an anchor that stands there; without one, at its end (a new file is begun)."""

    recipe: str
    path: str
    text: str
    anchor: str = ""


EDITS = (
    Edit(
        "a cost line",
        "reportgen/model/lines/aisc.py",
        '\n\n@costs.line(unit="USD/month", layer=1)\ndef toll(energy):\n    """What the grid takes for passage."""\n'
        "    return energy * 10\n",
        "    return energy * 1000 * effective_power_price\n",
    ),
    Edit(
        "a chart of the brief",
        "reportgen/render/charts/gauge.py",
        '"""A gauge."""\n\nfrom __future__ import annotations\n\n'
        "from reportgen.render.charts.drawing import Drawing, drawing, rectangle\n"
        "from reportgen.render.theme import Theme\n\n\n"
        "def gauge(theme: Theme, share: float, *, alt: str) -> Drawing:\n"
        '    """A bar as long as the share."""\n'
        '    return drawing(theme, 100, 9, alt, [rectangle(0, 0, 100 * share, 9, theme.colours["accent"])])\n',
    ),
    Edit(
        "a chart of the brief",
        "reportgen/render/charts/__init__.py",
        "from reportgen.render.charts.gauge import gauge\n",
        "from reportgen.render.charts.epochs import epochs\n",
    ),
    Edit("a chart of the brief", "reportgen/render/charts/__init__.py", "\n        gauge,", "        epochs,"),
    Edit(
        "a chart of the brief",
        "templates/parts/closing.html.j2",
        '{{ charts.gauge(0.5, alt="Gauge that was added") }}\n',
        '<section class="closing" id="closing">\n',
    ),
    Edit(
        "a check",
        "reportgen/model/lines/checks.py",
        '@checks.check()\ndef price_is_low(price):\n    """The price stays below 10 USD."""\n'
        "    return when(price < 10, 1, 0)\n\n\n",
        "    return when(total(scenarios.within_limit) == count(scenarios.number), 1, 0)\n\n\n",
    ),
    Edit(
        "a chart of the workbook",
        "reportgen/render/workbook/charts.py",
        '    Chart("Toll", "bars", "operators", "operator", (Plot("toll", "bad", "bar"),), "USD", "0"),\n',
        "CHARTS: tuple[Chart, ...] = (\n",
    ),
    Edit(
        "a sheet of figures",
        "reportgen/model/lines/winters.py",
        '"""Winters."""\n\nfrom reportgen.model.block import Section\nfrom reportgen.model.lines import blocks\n\n'
        'winters = Section(blocks.winters, "Winters", "Winters", "Ten winters.")\n\n\n'
        '@winters.line(unit="months")\ndef months_of_winter(number):\n    """Months since the first."""\n'
        "    return number * 12\n",
    ),
    Edit(
        "a sheet of figures",
        "reportgen/model/lines/blocks.py",
        '\nwinters = Block("winters", "Winters", rows=lambda _: 10)\n',
    ),
    Edit(
        "a sheet of figures",
        "reportgen/model/lines/__init__.py",
        "    self_correction, winters,",
        "    self_correction,",
    ),
    Edit(
        "a sheet of figures",
        "reportgen/model/lines/__init__.py",
        "\n    winters.winters,",
        "SECTIONS = (",
    ),
    Edit(
        "an output format",
        "reportgen/formats.py",
        '    "txt": Format(lambda drawn: f"{drawn.formulas} formulas".encode(), "counting"),\n',
        "FORMATS = {\n",
    ),
    Edit(
        "a warning",
        "reportgen/problem_codes.toml",
        '\n["What is odd".price_round]\nseverity = "warning"\ntitle = "A round price"\ncause = "The price is round."\n'
        'remedy = "Look at it again."\n',
    ),
    Edit(
        "a warning",
        "reportgen/intake/checking/plausibility/rows.py",
        '\n    yield problem("price_round", sheets["Market"].where("btc_price"), "found a round price.")',
        '    yield from lost_columns(sheets["Operators"])',
    ),
)


def test_every_file_and_folder_that_it_names_is_there() -> None:
    named = re.findall(r"`((?:reportgen|templates|docs|tests)/[\w./]*)`", PAGE)
    assert len(set(named)) > 25
    assert not [path for path in named if not (ROOT / path).exists()]


def test_every_room_of_the_package_is_named() -> None:
    rooms = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "reportgen").glob("*/__init__.py")}
    assert rooms == {room for room in rooms if f"`{room}/" in PAGE}


def test_it_fits_on_a_screen() -> None:
    assert len(PAGE.splitlines()) <= 66
    assert max(map(len, PAGE.splitlines())) <= 320


@pytest.mark.parametrize("recipe", sorted({edit.recipe for edit in EDITS}))
def test_a_recipe_touches_only_files_that_the_page_names(recipe: str) -> None:
    named = re.findall(r"`([\w./]+/[\w./]*)`", RECIPES[recipe])
    touched = {edit.path for edit in EDITS if edit.recipe == recipe}
    assert not [path for path in touched if not any(path == name or path.startswith(f"{name}") for name in named)]


@dataclass(frozen=True)
class Built:
    """What came of the sample after all recipes were followed."""

    files: dict[str, bytes]
    said: str
    lines: str

    def json(self, name: str) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.files[name])
        return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = tmp_path_factory.mktemp("tree")
    for folder in ("reportgen", "templates"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for edit in EDITS:
        follow(tree, edit)
    ran = run(tree, "build", str(SAMPLE), "--out", str(tree / "out"))
    files = {path.suffix if path.suffix != ".json" else path.name: path.read_bytes() for path in tree.glob("out/*/*/*")}
    return Built(files, ran.stderr, run(tree, "lines").stdout)


def follow(tree: Path, edit: Edit) -> None:
    path = tree / edit.path
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    assert edit.anchor in text, edit
    before, anchor, after = text.partition(edit.anchor) if edit.anchor else (text, "", "")
    path.write_text(before + anchor + edit.text + after, encoding="utf-8")


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "reportgen", *arguments],
        cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran


def printed(built: Built, tmp_path: Path) -> str:
    (tmp_path / "brief.pdf").write_bytes(built.files[".pdf"])
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "brief.pdf").pages)


def test_a_cost_line_that_was_added_is_everywhere(built: Built, tmp_path: Path) -> None:
    operators = built.json("figures.json")["operators"]
    assert isinstance(operators, list)
    for record in operators:
        assert record["toll"] == pytest.approx(record["energy"] * 10)
        assert record["direct_cost"] >= record["electricity"] + record["toll"]
    assert "operators.toll (USD/month): What the grid takes for passage." in built.lines
    (tmp_path / "pack.xlsx").write_bytes(built.files[".xlsx"])
    with zipfile.ZipFile(tmp_path / "pack.xlsx") as archive:
        assert b"What the grid takes for passage." in archive.read("xl/sharedStrings.xml")


def test_a_check_that_was_added_and_fails_is_said_everywhere(built: Built, tmp_path: Path) -> None:
    claim = "the price stays below 10 USD"
    assert f"WARNING: a check of the workbook does not hold: {claim}" in built.said
    assert f"1 check of the workbook does not hold: {claim}" in printed(built, tmp_path)
    assert json.loads(built.files["manifest.json"])["checks"]["results"]["price_is_low"] == "fails"
    assert json.loads(built.files["figures.json"])["checks"] == (
        json.loads(built.files["figures.json"])["checks"] | {"price_is_low": 0, "checks_failed": 1}
    )


def test_a_sheet_and_a_chart_that_were_added_are_in_the_workbook(built: Built, tmp_path: Path) -> None:
    assert json.loads(built.files["figures.json"])["winters"][9]["months_of_winter"] == 120
    (tmp_path / "pack.xlsx").write_bytes(built.files[".xlsx"])
    with zipfile.ZipFile(tmp_path / "pack.xlsx") as archive:
        assert b'<sheet name="Winters"' in archive.read("xl/workbook.xml")
        charts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert sum(b"<a:t>Toll</a:t>" in chart for chart in charts) == 1


def test_a_chart_that_was_added_is_in_the_brief(built: Built) -> None:
    assert "Gauge that was added" in alternatives(built.files[".pdf"])


def alternatives(pdf: bytes) -> str:
    """The words that stand for the pictures of a PDF."""
    reader = PdfReader(io.BytesIO(pdf))
    size: Any = reader.trailer["/Size"]
    items: list[Any] = [reader.get_object(number) for number in range(1, int(size))]
    return " ".join(str(item.get("/Alt", "")) for item in items if isinstance(item, dict))


def test_a_format_that_was_added_is_in_the_pack_and_in_the_manifest(built: Built) -> None:
    assert built.files[".txt"].endswith(b" formulas")
    listed = built.json("manifest.json")["files"]
    assert isinstance(listed, list)
    assert any(each["name"].endswith(".txt") for each in listed)


def test_a_warning_that_was_added_is_said_printed_and_delivered(built: Built, tmp_path: Path) -> None:
    assert "found a round price. Look at it again." in built.said
    assert "found a round price." in printed(built, tmp_path)
    assert "price_round" in built.files["manifest.json"].decode("utf-8")
