"""A workbook is held against the week before: the pack that was sent, or what its forms noted of last week."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest

from reportgen.deliver.files import MANIFEST, write_pack
from reportgen.deliver.names import file_name, pack_folder
from reportgen.documents import Document, as_json
from reportgen.examination import examine, read_workbook
from tests.intake.workbooks import Grid, small, write_openpyxl

MOVED = ("moved_tenfold", "Operators!D2")


def this_week(cash: float) -> Grid:
    """A workbook of four days later, in which one operator's cash is another."""
    grid = small()
    grid["Report"][4][1] = dt.date(2025, 12, 9)
    grid["Market"][3][1] = 927_070
    grid["Operators"][1][3] = cash
    return grid


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pack of the small workbook, which itself stands for the one that was sent."""
    folder = tmp_path_factory.mktemp("sent")
    old: list[list[Any]] = [["Date", "FUND-A"], [dt.date(2025, 11, 10), 5.0]]  # let pass when it was sent
    grid: Grid = small() | {"ETF_Flows": old}
    content = write_openpyxl(folder / "week.xlsx", grid).read_bytes()
    as_of, title = 45_996.0, "Small case"
    name, target = file_name(as_of, title, "xlsx"), folder / "packs" / pack_folder(as_of, title)
    listed = {"files": [{"name": name, "sha256": hashlib.sha256(content).hexdigest()}]}
    write_pack(target, [Document(name, content), Document(MANIFEST, as_json(listed))])
    return target


def found(path: Path, packs: Path | None) -> list[tuple[str, str]]:
    return [(each.code, f"{each.where.sheet}!{each.where.cell}") for each in examine(path, packs).problems]


def test_a_figure_that_moved_tenfold_since_the_pack_is_asked_about(sent: Path, tmp_path: Path) -> None:
    packs = sent.parents[1]
    moved = write_openpyxl(tmp_path / "moved.xlsx", this_week(600_000_000))
    assert found(moved, packs) == [MOVED]
    assert found(moved, None) == found(moved, tmp_path) == []
    assert found(write_openpyxl(tmp_path / "same.xlsx", this_week(61_000_000)), packs) == []


def test_what_moved_is_told_in_the_house_as_the_same_input_gives_the_same_pack(sent: Path, tmp_path: Path) -> None:
    moved = write_openpyxl(tmp_path / "moved.xlsx", this_week(600_000_000))
    inputs = read_workbook(moved, sent.parents[1])
    assert ([each.code for each in inputs.kept_warnings], inputs.warnings) == (["moved_tenfold"], ())


def test_a_pack_that_somebody_edited_is_no_measure(sent: Path, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    copy = packs / sent.relative_to(sent.parents[1])
    copy.mkdir(parents=True)
    for path in sent.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    moved = write_openpyxl(tmp_path / "moved.xlsx", this_week(600_000_000))
    assert found(moved, packs) == [MOVED]
    (copy / "figures.json").write_bytes(b"{}\n")
    assert found(moved, packs) == []


def test_last_weeks_column_is_the_measure_without_a_pack(tmp_path: Path) -> None:
    grid = small()
    grid["Market"][0].append("Last week")
    for row, value in ((1, 91_000), (6, 5_000)):
        grid["Market"][row].extend([None] * (5 - len(grid["Market"][row])))
        grid["Market"][row].append(value)
    path = write_openpyxl(tmp_path / "week.xlsx", grid)
    assert found(path, None) == [("moved_tenfold", "Market!B7")]
    assert "5000" in examine(path).problems[0].message.replace(",", "")
