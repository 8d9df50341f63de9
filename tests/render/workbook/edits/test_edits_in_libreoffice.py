"""The same in LibreOffice: many edits in one file each, as it is slow to start and to load."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen.render.workbook.dashboard_grid import CHART_ROW
from reportgen.render.workbook.verdicts import HOLD, LABEL, VERDICT, WRONG
from tests.render.workbook.edits import table
from tests.render.workbook.edits.edited_file import EditedFile
from tests.render.workbook.edits.in_libreoffice import Texts, about, computed_by_libreoffice, lines
from tests.render.workbook.edits.outcome import ABOUT_FIGURES, rebuilt
from tests.render.workbook.edits.packs import small_pack
from tests.render.workbook.reading import read

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

FINE = (
    "another price", "less uptime", "a dearer loan", "a default of an operator is cleared", "a cost is cleared",
    "blocks per day are cleared", "a shorter horizon", "loans sorted the other way", "a scenario more",
    "a contract more", "an operator more", "a machine type inserted", "flows of a day more",
)  # fmt: skip
WITHOUT_ERRORS = (
    "uptime typed as 97.5", "an interest rate typed as 9.5", "half a block", "a blank machine",
    "an unknown status", "a default typed over", "two operators of one name", "more bitcoin pledged than held",
    "more hash rate than the network", "calm as high as stress", "units and totals in one row",
    "a contract that ends before it starts", "a day twice in the history", "flows sorted newest first",
    "an as-of date before the newest rows", "a machine type beyond the spare rows", "a shock beyond the spare rows",
    "a day beyond the spare rows", "a fund called Total", "a cost typed over", "a mean typed over",
    "a figure of the first sheet typed over", "a check typed over", "a convention typed over", "a snapshot typed over",
    "a misspelt shock",
)  # fmt: skip
WITH_ERRORS = (
    "text in a number", "a date as text", "neither yes nor no", "a blank horizon",
    "a price of zero", "a machine type deleted", "a heading renamed",
)  # fmt: skip
FILES = {"untouched": (), "fine": FINE, "wrong": WITHOUT_ERRORS, "broken": WITH_ERRORS}


def named(names: tuple[str, ...]) -> list[table.Edit]:
    by_name = {edit.name: edit for edit in table.EDITS}
    return [by_name[name] for name in names]


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    """A file with all edits of each group."""
    pack = small_pack()
    made = {}
    for name, edits in FILES.items():
        file = EditedFile(pack.content)
        for edit in named(edits):
            edit.change(file, pack.plan)
        made[name] = file.content()
    return made


@pytest.fixture(scope="module")
def computed(contents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Texts]:
    return computed_by_libreoffice(contents, tmp_path_factory.mktemp("libreoffice"))


def failing(sheets: Texts) -> list[str]:
    """The labels of the verdicts that are 0."""
    first = next(place for place, row in enumerate(sheets["Checks"]) if row[LABEL] == "What must hold")
    return [row[LABEL] for row in sheets["Checks"][first + 1 :] if row[VERDICT] == "0"]


def test_a_file_that_nobody_edited_holds_on_every_sheet(computed: dict[str, Texts]) -> None:
    assert failing(computed["untouched"]) == []
    assert set(lines(computed["untouched"]).values()) == {f"{HOLD}; figures as delivered"}
    assert about(computed["untouched"])["Master check"] == "all checks hold"


def test_after_fine_edits_it_shows_the_figures_of_a_rebuild(
    computed: dict[str, Texts], contents: dict[str, bytes], tmp_path: Path
) -> None:
    value = rebuilt(contents["fine"], tmp_path)
    assert value is not None
    assert failing(computed["fine"]) == []
    assert set(lines(computed["fine"]).values()) == {f"{HOLD}; inputs edited since delivery"}
    shown, labels = about(computed["fine"]), small_pack().plan.graph.lines
    for name in ABOUT_FIGURES:
        text, expected = shown[labels["market", name].label], value[name]
        if isinstance(expected, str) or expected != expected:
            assert text == ("n/a" if expected != expected else expected), name
        else:
            number = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
            assert number == pytest.approx(expected, rel=1e-9, abs=1e-12), name


@pytest.mark.parametrize("group", ["wrong", "broken"])
def test_every_check_fires_that_is_for_the_edits_of_a_file(computed: dict[str, Texts], group: str) -> None:
    found = failing(computed[group])
    silent = [edit.name for edit in named(FILES[group]) if not any(edit.says in label for label in found)]
    assert silent == []
    assert all(line.endswith(WRONG) for line in lines(computed[group]).values())


def test_the_first_sheet_says_there_what_it_says_here(contents: dict[str, bytes], computed: dict[str, Texts]) -> None:
    here = read(contents["untouched"], values=True)["Dashboard"]
    there = computed["untouched"]["Dashboard"]
    words = {
        (cell.row, cell.column): cell.value
        for row in here.iter_rows(max_row=CHART_ROW)
        for cell in row
        if isinstance(cell.value, str)
    }
    assert len(words) > 100
    assert {place: there[place[0] - 1][place[1] - 1] for place in words} == words
