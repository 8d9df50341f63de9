"""explain and lines: what a figure is, and what it is built on."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.deliver.figures import record_figures
from reportgen.intake.reader import read_workbook
from reportgen.manual import pages
from reportgen.model.explain import figure, find_line, precedents
from reportgen.model.lines import business
from reportgen.model.record import record
from reportgen.model.record_terms import TERMS
from reportgen.model.row_names import find_row, row_name
from reportgen.model.solve import Solution, solve
from reportgen.problems import UsageError
from tests.running import ROOT, SAMPLE, reportgen, worked_case_workbook
from tests.worked_case import worked_case


@pytest.fixture(scope="module")
def solution() -> Solution:
    return solve(worked_case())


def test_a_figure_is_explained_in_words_and_in_numbers(tmp_path: Path) -> None:
    case = worked_case_workbook(tmp_path / "case.xlsx")
    said = reportgen("explain", case, "electricity", "--row", "alpha hydro", cwd=tmp_path).stdout
    assert said.splitlines()[:6] == [
        "operators.electricity: Electricity - Alpha Hydro",
        "  6,457,333.84 USD/month",
        "  Power bill of the fleet at the meter, site overhead included.",
        "  = energy × 1,000 × effective power price",
        "  = 169,929.84 × 1,000 × 0.038",
        "",
    ]
    assert "├─ operators.energy [Alpha Hydro] = 169,929.84 MWh/month" in said
    assert "power_price [Alpha Hydro] = 0.038 USD/kWh (input, sheet Operators)" in said


def test_a_total_names_the_rows_that_belong_to_the_operator(tmp_path: Path) -> None:
    case = worked_case_workbook(tmp_path / "case.xlsx")
    said = reportgen("explain", case, "installed_hash_rate", "--row", "Alpha Hydro", cwd=tmp_path).stdout
    assert "= the sum of (8,000,000, 2,100,000, 1,900,000)" in said
    assert "fleet.row_hash_rate [Alpha Hydro / Antminer S21] = 8,000,000 TH/s" in said
    assert "Beta" not in said


def test_without_a_row_every_row_has_its_value(tmp_path: Path) -> None:
    said = reportgen("explain", SAMPLE, "runway", cwd=tmp_path).stdout
    assert "8 rows of Operators" in said
    assert "Ironworks Legacy: " in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("aisc_nett",), "Did you mean aisc_net"),
        (("aisc_net", "--row", "Fjord Hidro"), "Fjord Hydro"),
        (("hashcost", "--row", "Fjord Hydro"), "fits several rows of Fleet"),
        (("forced_sales", "--row", "nobody"), "no row called nobody"),
    ],
)
def test_an_unknown_line_or_row_gets_a_suggestion(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    refused = reportgen("explain", SAMPLE, *arguments, cwd=tmp_path)
    assert refused.returncode == 2
    assert said in refused.stderr


def test_a_name_that_several_blocks_have_means_the_one_value_or_the_row_that_is_named(solution: Solution) -> None:
    graph = solution.graph
    assert find_line(graph, "hashprice") == ("market", "hashprice")
    assert find_line(graph, "self_correction.hashprice") == ("self_correction", "hashprice")
    assert find_line(graph, "AISC net of AI", frozenset({"operators"})) == ("operators", "aisc_net")
    assert find_line(graph, "aisc_net") == ("operators", "aisc_net")
    with pytest.raises(UsageError, match=r"several lines: .*operators\.hash_rate"):
        find_line(graph, "hash_rate")


def test_rows_are_found_by_name_by_part_of_a_name_and_by_number(solution: Solution) -> None:
    assert find_row(solution, "fleet", "Alpha Hydro / Antminer S21") == 0
    assert find_row(solution, "days", "2025-12-05") == solution.rows["days"] - 1
    assert find_row(solution, "cost_curve", "13") == 12


def test_rows_that_the_model_makes_are_called_by_their_texts(solution: Solution) -> None:
    assert row_name(solution, "dials", find_row(solution, "dials", "balance sheets")) == "balance sheets"
    trigger = row_name(solution, "triggers", 0)
    assert trigger == " / ".join(
        text
        for text in (solution.column("triggers", name)[0] for name in ("operator", "facility", "trigger"))
        if text not in ("", "n/a")
    )
    assert len(trigger.split(" / ")) >= 2
    assert find_row(solution, "triggers", trigger) == find_row(solution, "triggers", "1") == 0
    assert row_name(solution, "snapshot", 0) == "No shock"
    assert row_name(solution, "cost_curve", 4) == "5"


@pytest.mark.parametrize(("table", "command"), [("record", "record"), ("AUC", "record"), ("grid", "stress")])
def test_what_is_a_table_and_no_line_names_its_command(tmp_path: Path, table: str, command: str) -> None:
    refused = reportgen("explain", SAMPLE, table, cwd=tmp_path)
    assert refused.returncode == 2
    assert f"`reportgen {command} WORKBOOK` prints it" in refused.stderr


def test_a_column_of_the_record_is_explained_with_its_value_in_every_band(tmp_path: Path) -> None:
    said = reportgen("explain", SAMPLE, "price_90d_positive", cwd=tmp_path).stdout.splitlines()
    assert said[0] == "record.price_90d_positive: Higher price 90 days later"
    assert said[3] == "  = the share of weeks with price 90 days later / price − 1 > 0"
    bands = record(solve(read_workbook(SAMPLE))).bands
    shares = [band.price_90d_positive for band in bands]
    told = ["n/a" if share != share else f"{share:.2%}" for share in shares]
    assert said[6:] == [f"  score from {20 * number}: {share}" for number, share in enumerate(told)]
    assert len({*told}) > 1


def test_every_column_of_the_record_has_a_meaning() -> None:
    found = record_figures(solve(read_workbook(SAMPLE)))
    columns = {table: list(rows[0]) for table, rows in found.items() if table != "auc"}
    given = ("window", "from", "to")
    for table, names in columns.items():
        assert [term.name for term in TERMS[table]] == [name for name in names if name not in given]
    assert found.keys() == TERMS.keys()
    assert all(term.meaning and term.how for terms in TERMS.values() for term in terms)


def test_every_line_and_every_input_of_the_case_can_be_explained(solution: Solution) -> None:
    for block, rows in solution.rows.items():
        for key in solution.columns:
            if key[0] == block and rows and key[1] not in ("number", "owner_number"):
                for row in {0, rows - 1}:
                    told = figure(solution, key, row)
                    assert told.shown
                    assert "None" not in told.numbers
                    assert precedents(solution, key, row, 2).figure == told


def test_a_line_that_looks_at_the_row_above_shows_that_row(solution: Solution) -> None:
    told = precedents(solution, ("self_correction", "cumulative_days"), 1, 1)
    assert [(node.figure.key[1], node.figure.of) for node in told.children] == [("cumulative_days", "1"), ("days", "2")]


def test_what_was_opened_once_is_not_opened_again(solution: Solution) -> None:
    told = precedents(solution, ("operators", "aisc"), 0, 4)
    entries = [told]
    opened: list[str] = []
    while entries:
        node = entries.pop(0)
        opened += [f"{node.figure.key}{node.figure.of}"] if node.children else []
        entries = [*node.children, *entries]
    assert len(opened) == len(set(opened)) > 5


def test_lines_lists_every_line_by_sheet(tmp_path: Path) -> None:
    said = reportgen("lines", cwd=tmp_path).stdout
    for (block, name), line in business().lines.items():
        assert f"{block}.{name}{f' ({line.unit})' if line.unit else ''}: {line.note}" in said


@pytest.mark.parametrize("page", ["model.md", "problems.md"])
def test_generated_pages_are_current(page: str) -> None:
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == pages()[page], "run make docs"


def test_a_trigger_is_built_on_the_one_price_that_it_looks_up_down_to_its_closed_form(solution: Solution) -> None:
    lines = {"below AISC": ("operators", "below_aisc_price"), "margin call": ("debt", "margin_call_price")}
    for row, trigger in enumerate(solution.texts("triggers", "trigger")):
        if trigger not in lines:
            continue
        told = precedents(solution, ("triggers", "trigger_price"), row, 4)
        (known,) = (node for node in told.children if node.figure.key == ("trigger_rows", "known_price"))
        (price,) = (node for node in known.children if node.figure.key == ("trigger_rows", "price_at"))
        (looked_up,) = (node for node in price.children if node.figure.key[0] in ("operators", "debt"))
        assert looked_up.figure.key == lines[trigger]
        assert looked_up.figure.shown == told.figure.shown
        assert looked_up.figure.of.startswith(solution.texts("triggers", "operator")[row])
        assert looked_up.children


def test_what_is_read_in_no_row_is_built_on_the_search_alone(solution: Solution) -> None:
    told = precedents(solution, ("market", "price_change"), 0, 2)
    assert [node.figure.key for node in told.children] == [("market", "active_shock_row")]
    assert told.children[0].figure.shown == "n/a"


def test_the_latest_row_that_is_not_later_is_the_one_that_a_day_is_built_on(solution: Solution) -> None:
    row = solution.rows["days"] - 1
    told = precedents(solution, ("days", "hash_rate"), row, 1)
    at, there = told.children
    assert (at.figure.key, at.figure.of) == (("days", "history_row"), told.figure.of)
    assert (there.figure.of, there.figure.shown) == (told.figure.of, told.figure.shown)


def test_every_column_of_a_snapshot_can_be_explained_by_its_name_and_that_of_its_block(solution: Solution) -> None:
    graph = solution.graph
    for block in graph.blocks.values():
        for name in block.given:
            key = find_line(graph, f"{block.name}.{name}")
            assert key == (block.name, name)
            told = figure(solution, key, 0)
            assert (told.source, told.formula) == ("snapshot", "")
            assert told.meaning
    assert find_line(graph, "risk_score") == ("market", "risk_score")
    assert find_line(graph, "at_price") == ("trigger_snapshot", "at_price")


def test_a_row_of_reverse_stress_is_called_by_its_driver_and_its_target(solution: Solution) -> None:
    row = find_row(solution, "reverse_stress", "price / score / high")
    change = solution.numbers("reverse_stress", "change")[row]
    assert figure(solution, ("reverse_stress", "change"), row).shown == f"{change * 100:,.2f} %"
