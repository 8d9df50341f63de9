"""A check is declared once, and a failing one is seen wherever checks are told."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from reportgen.cli import exit_codes
from reportgen.cli.commands import commands
from reportgen.deliver.figures import figures
from reportgen.formula.functions import when
from reportgen.model import check_results, lines
from reportgen.model.block import ModelError, Section
from reportgen.model.graph import Graph, build
from reportgen.model.lines import blocks
from reportgen.model.solve import solve
from reportgen.render.workbook.writer import write_workbook
from tests.render.brief.cases import words_of
from tests.running import worked_case_workbook
from tests.worked_case import worked_case

CLAIM = "bitcoin costs less than a pizza"


def with_toy_check() -> Graph:
    toy = Section(blocks.market, "Pizza", "A check far from the others")

    @toy.check(label="Price below a pizza")
    def cheap(price):  # type: ignore[no-untyped-def]  # a line takes numbers, arrays or expressions
        """Bitcoin costs less than a pizza; it did once."""
        return when(price < 10, 1, 0)

    return build((*lines.SECTIONS, toy), inputs_only=(blocks.network_history,))


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Graph:
    graph = with_toy_check()
    monkeypatch.setattr(lines, "business", lambda: graph)
    return graph


def test_a_failing_check_turns_the_master_check(failing: Graph) -> None:
    solution = solve(worked_case())
    assert solution.value("checks_failed") == 1
    assert solution.value("master_check") == "a check fails: see the sheet Checks"


def test_a_failing_check_is_named_by_the_manifest_and_by_figures_json(failing: Graph) -> None:
    solution = solve(worked_case())
    results = check_results.results(solution)
    assert results == {**dict.fromkeys(results, "holds"), "cheap": "fails"}
    assert len(results) == 34
    assert figures(solution)["checks"]["cheap"] == 0


def test_a_failing_check_is_red_in_the_workbook_and_the_first_sheet_says_so(failing: Graph) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(solve(worked_case()))), data_only=True)
    told = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert str(told["Master check"]).endswith(" checks do not hold: Price below a pizza")
    (row,) = [row for row in book["Pizza"].iter_rows() if row[0].value == "Price below a pizza"]
    assert row[2].value == 0
    coloured = [str(each.sqref) for each in book["Pizza"].conditional_formatting]
    assert row[2].coordinate in coloured


def test_a_failing_check_is_told_by_the_brief(failing: Graph) -> None:
    text = words_of(worked_case())
    assert f"1 check of the workbook does not hold: {CLAIM}." in text
    assert "All checks of the workbook hold" not in text


def test_a_failing_check_is_told_on_the_terminal_and_in_the_delivered_manifest(
    failing: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = worked_case_workbook(tmp_path / "case.xlsx")
    assert exit_codes.run(commands, ["build", str(workbook), "--out", str(tmp_path), "--format", "xlsx"]) == 0
    assert f"WARNING: a check of the workbook does not hold: {CLAIM}" in capsys.readouterr().err
    (manifest,) = tmp_path.rglob("manifest.json")
    assert json.loads(manifest.read_text(encoding="utf-8"))["checks"]["results"]["cheap"] == "fails"


def test_without_a_failing_check_everything_says_that_all_hold() -> None:
    solution = solve(worked_case())
    assert set(check_results.results(solution).values()) == {"holds"}
    assert check_results.failed(solution) == ()
    assert solution.value("master_check") == "all checks hold"


def test_a_check_of_many_rows_is_refused() -> None:
    of_rows = Section(blocks.operators, "AISC", "Rows", across=True)

    @of_rows.check()
    def cheap(aisc):  # type: ignore[no-untyped-def]  # a line takes numbers, arrays or expressions
        """Every operator is cheap."""
        return when(aisc < 10, 1, 0)

    with pytest.raises(ModelError, match=r"line operators.cheap is a check of many rows"):
        build((*lines.SECTIONS, of_rows), inputs_only=(blocks.network_history,))
