from __future__ import annotations

import datetime as dt
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.intake.copies.annotate import write_annotated
from reportgen.intake.copies.roll import roll
from reportgen.intake.exports.history_import import import_etf, import_network
from reportgen.intake.reader import examine
from reportgen.problems import ReportgenError
from tests.intake.fuzz import MUTANTS_IN_SUITE, PACKED_IN_SUITE, fault, second_fault
from tests.intake.mutations import damaged
from tests.intake.raw_xlsx import zipped
from tests.intake.workbooks import small, write_xlsxwriter

BATCHES = 12
COPIED = 24
SECOND_IN_SUITE = 240


def refusal(change: Callable[[], object]) -> str:
    """The words with which a change is refused; "" when it is carried out."""
    try:
        change()
    except ReportgenError as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_spoiled_workbook_ends_in_figures_or_in_problems_that_name_a_place(tmp_path: Path, batch: int) -> None:
    numbers = range(batch, MUTANTS_IN_SUITE, BATCHES)
    found = {number: fault(number, tmp_path, pack=number % PACKED_IN_SUITE == 0) for number in numbers}
    assert {number: words for number, words in found.items() if words} == {}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_file_of_the_second_mutator_ends_well_too(tmp_path: Path, batch: int) -> None:
    numbers = range(batch, SECOND_IN_SUITE, BATCHES)
    found = {number: second_fault(number, tmp_path, pack=number % PACKED_IN_SUITE == 1) for number in numbers}
    assert {number: words for number, words in found.items() if words} == {}


@pytest.mark.parametrize("number", range(COPIED))
def test_a_damaged_workbook_is_copied_soundly_or_refused_in_words(tmp_path: Path, number: int) -> None:
    chance = random.Random(number)
    path = write_xlsxwriter(tmp_path / "week.xlsx", small())
    with zipfile.ZipFile(path) as archive:
        made: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        part = chance.choice(archive.namelist())
        made[part] = damaged(archive.read(part), chance)
    path.write_bytes(zipped(made))
    (tmp_path / "n.csv").write_text("time,HashRate,PriceUSD\n2025-12-06,1071000000,91000\n2025-09-01,1e9,9e4\n")
    (tmp_path / "e.csv").write_text("Date,FUND-A,NEW\n08 Dec 2025,10.5,(95.1)\n")
    target = tmp_path / "copy.xlsx"
    for change in (
        lambda: write_annotated(path, target, examine(path).problems),
        lambda: roll(path, dt.date(2025, 12, 12), target, force=True),
        lambda: import_network(tmp_path / "n.csv", path, target, force=True),
        lambda: import_etf(tmp_path / "e.csv", path, target, force=True),
    ):
        target.unlink(missing_ok=True)
        words = refusal(change)
        assert target.exists() is not bool(words)
        if not words:
            assert not any(each.code.startswith("file_") for each in examine(target).problems)
    assert not list(tmp_path.glob(".*"))
