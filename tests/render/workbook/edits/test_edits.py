"""A delivered workbook in other hands: after any edit it shows what a rebuild would, or says that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.intake.reader import examine
from reportgen.render.workbook.chart_sheet import ALL_DRAWN, CHART_COLUMNS, NOT_DRAWN
from reportgen.render.workbook.dashboard_grid import BANNER
from reportgen.render.workbook.page import STATUS_ROW
from reportgen.render.workbook.verdicts import HOLD, TOP_TYPED_OVER, WRONG
from reportgen.sheets import FIGURE_SHEETS, SHEETS
from tests.render.workbook.edits import table
from tests.render.workbook.edits.actions import at, cleared, put, typed
from tests.render.workbook.edits.edited_file import EditedFile
from tests.render.workbook.edits.outcome import Bench, Outcome, differing, rebuilt
from tests.render.workbook.edits.packs import sample_pack, small_pack


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Bench]:
    packs = {table.SAMPLE: sample_pack(tmp_path_factory.mktemp("sample")), table.SMALL: small_pack()}
    return {name: Bench(pack.content, pack.plan) for name, pack in packs.items()}


def edited(edit: table.Edit, benches: dict[str, Bench]) -> tuple[EditedFile, Outcome]:
    bench = benches[edit.pack]
    file = EditedFile(bench.content)
    edit.change(file, bench.plan)
    return file, bench.computed(file)


def ids(edits: tuple[table.Edit, ...]) -> list[str]:
    return [edit.name for edit in edits]


@pytest.mark.parametrize("edit", table.WELL, ids=ids(table.WELL))
def test_a_fine_edit_shows_the_figures_of_a_rebuild_and_all_checks_hold(
    edit: table.Edit, benches: dict[str, Bench], tmp_path: Path
) -> None:
    file, found = edited(edit, benches)
    value = rebuilt(file.content(), tmp_path)
    assert value is not None
    assert differing(found, value) == []
    assert found.master == "all checks hold"
    assert [sheet for sheet, line in found.lines.items() if HOLD not in str(line)] == []


@pytest.mark.parametrize("edit", table.WRONG, ids=ids(table.WRONG))
def test_an_edit_whose_figures_may_not_hold_is_told_on_every_sheet(edit: table.Edit, benches: dict[str, Bench]) -> None:
    _, found = edited(edit, benches)
    assert edit.says in found.master
    assert [sheet for sheet, line in found.lines.items() if not str(line).endswith(WRONG)] == []


@pytest.mark.parametrize("record", [0, 5])
def test_a_blank_row_among_the_flows_counts_as_none(benches: dict[str, Bench], tmp_path: Path, record: int) -> None:
    bench = benches[table.SMALL]
    file = EditedFile(bench.content)
    cleared("ETF_Flows", record)(file, bench.plan)
    value = rebuilt(file.content(), tmp_path)
    assert value is not None
    assert differing(bench.computed(file), value) == []


def test_charts_say_when_a_row_that_was_added_is_not_drawn(benches: dict[str, Bench]) -> None:
    bench = benches[table.SMALL]
    fine, longer = EditedFile(bench.content), EditedFile(bench.content)
    typed("Scenarios", scenario="Fire sale")(longer, bench.plan)
    at = ("Charts", STATUS_ROW + 1, CHART_COLUMNS + 1)
    assert bench.cell(fine, at) == ALL_DRAWN
    assert NOT_DRAWN in bench.cell(longer, at)


@pytest.mark.parametrize(
    ("sheet", "label"), [("About", "Master check"), ("About", "Since delivery"), ("Dashboard", "")]
)
def test_words_typed_over_on_the_first_sheets_are_told_on_every_other(
    benches: dict[str, Bench], sheet: str, label: str
) -> None:
    bench = benches[table.SMALL]
    file = EditedFile(bench.content)
    row = file.find(sheet, label) if label else BANNER + 1
    at(sheet, f"B{row}", "all checks hold")(file, bench.plan)
    found = bench.computed(file)
    assert {sheet for sheet, line in found.lines.items() if line != WRONG} == {"About", "Dashboard"}


@pytest.mark.parametrize(
    ("sheet", "address"), [("About", "A1"), ("About", "B3"), ("Dashboard", "A1"), ("Dashboard", "B3")]
)
def test_a_line_typed_over_on_the_first_sheet_is_told_by_the_master_check_and_every_other_sheet(
    benches: dict[str, Bench], sheet: str, address: str
) -> None:
    bench = benches[table.SMALL]
    file = EditedFile(bench.content)
    at(sheet, address, "All checks hold")(file, bench.plan)
    found = bench.computed(file)
    assert found.master == TOP_TYPED_OVER


def test_every_sheet_names_the_active_shock(benches: dict[str, Bench]) -> None:
    (chosen,) = (edit for edit in table.WELL if edit.name == "a shock is chosen")
    _, found = edited(chosen, benches)
    assert set(found.lines.values()) == {f"Shock active: Price -20 %. {HOLD}; figures as delivered"}
    assert found.about["Active shock"] == "Price -20 %"


@pytest.mark.parametrize(
    ("name", "since"),
    [
        ("nothing", "figures as delivered"),
        ("another price", "inputs edited since delivery"),
        ("more depreciation", "inputs edited since delivery"),
        ("another share sold over the counter", "inputs edited since delivery"),
        ("a machine that changes hands", "inputs edited since delivery"),
        ("loans sorted the other way", "inputs edited since delivery"),
    ],
)
def test_an_edit_of_any_input_is_told_and_is_no_failure(benches: dict[str, Bench], name: str, since: str) -> None:
    (edit,) = (edit for edit in table.WELL if edit.name == name)
    _, found = edited(edit, benches)
    assert found.about["Since delivery"] == since
    assert set(found.lines.values()) == {f"{HOLD}; {since}"}


def test_the_first_sheet_has_the_title_and_the_day_that_stand_on_report(benches: dict[str, Bench]) -> None:
    bench = benches[table.SMALL]
    file = EditedFile(bench.content)
    for field, value in {"report_title": "Next week", "organisation": "Their desk", "as_of": 45_998.0}.items():
        put("Report", field, value)(file, bench.plan)
    assert bench.cell(file, ("About", 1, 1)) == "Next week"
    said = bench.cell(file, ("About", 2, 1))
    assert said.startswith("Their desk · ")
    assert " · as of 2025-12-07" in said


def test_of_a_sheet_that_is_missing_no_sheet_of_figures_is_taken_for_it(tmp_path: Path) -> None:
    file = EditedFile(small_pack().content)
    assert set(file.paths) - {sheet.name for sheet in SHEETS} == FIGURE_SHEETS
    for missing in ("Shocks", "Risk", "Report", "Market"):
        file.rename(missing, f"{missing[0]}1")
    path = tmp_path / "edited.xlsx"
    path.write_bytes(file.content())
    asked = {each.where.sheet: each.hint for each in examine(path).problems if "Did you mean" in each.hint}
    assert {"Market", "Shocks", "Risk"} <= asked.keys()
    assert [sheet for sheet, hint in asked.items() if f'"{sheet[0]}1"' not in hint] == []


@pytest.mark.parametrize(
    ("sheet", "field", "typed_in", "code"),
    [("Shocks", "halving", each, "yes_no_word") for each in ("yes ", "y", True, "1")]
    + [("Debt", "max_ltv", " ", "cell_space"), ("Operators", "hosting", "  ", "cell_space")],
)
def test_what_a_rebuild_understands_and_no_formula_does_is_named_by_both(
    benches: dict[str, Bench], tmp_path: Path, sheet: str, field: str, typed_in: object, code: str
) -> None:
    bench = benches[table.SMALL]
    file = EditedFile(bench.content)
    put(sheet, field, typed_in)(file, bench.plan)
    assert f"{sheet}: its cells" in bench.computed(file).master
    path = tmp_path / "edited.xlsx"
    path.write_bytes(file.content())
    assert code in [each.code for each in examine(path).problems]
