"""The workbook that is sent, held against the worked case by an engine that shares no code with it."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import formualizer
import numpy as np
import openpyxl
import pytest

from reportgen.intake.reader import read_workbook
from reportgen.model.block import Block, Section
from reportgen.model.graph import build
from reportgen.model.lines import SECTIONS, aisc, blocks
from reportgen.model.solve import Solution, solve
from reportgen.problems import CheckError
from reportgen.render.workbook.finished_file import parts_of
from reportgen.render.workbook.plan import make_plan
from reportgen.render.workbook.reperform import assured, reperform
from reportgen.render.workbook.writer import write_workbook
from tests.worked_case import CASE, inputs_of, worked_case

HOSTILE = '=HYPERLINK("http://x","y")'


def records(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(CASE["input"]), **changes}


def live(content: bytes) -> formualizer.Workbook:
    (part,) = parts_of(content)  # with the counts of formulas, which this engine does not know, as values
    engine = formualizer.Workbook.from_bytes(part.copy())
    engine.set_temporal_egress("serial")
    engine.evaluate_all()
    return engine


class Recalculated:
    """Figures by name, from a workbook that another engine has recalculated."""

    def __init__(self, solution: Solution, engine: formualizer.Workbook) -> None:
        self.plan, self.engine = make_plan(solution), engine

    def __call__(self, block: str, name: str, member: int = 0) -> Any:
        cells = self.plan.range_of(block, (block, name))
        row, column = cells.at(member)
        return self.engine.get_value(cells.sheet, row + 1, column + 1)

    def type_over(self, sheet: str, field: str, value: Any, member: int = 0) -> None:
        row, column = self.plan.input_ranges[sheet, field].at(member)
        self.engine.set_value(sheet, row + 1, column + 1, value)
        self.engine.evaluate_all()


def agrees(found: Any, expected: Any) -> bool:
    if expected is None:
        return bool(found == "n/a")
    return isinstance(found, int | float) and found == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_every_formula_is_computed_again_by_another_engine_and_agrees(content: bytes) -> None:
    result = reperform(content)
    assert result.formulas > 2000
    assert result.disagreements == ()


def test_the_recalculated_workbook_gives_every_figure_of_the_worked_case(solution: Solution, content: bytes) -> None:
    figure = Recalculated(solution, live(content))
    wrong = [name for name, value in CASE["expected"]["market"].items() if not agrees(figure("market", name), value)]
    for block in ("fleet", "operators", "debt", "cost_curve", "scenarios", "risk", "self_correction"):
        for member, record in enumerate(CASE["expected"][block]):
            wrong += [
                f"{block}.{name}[{member}]"
                for name, value in record.items()
                if not isinstance(value, str) and not agrees(figure(block, name, member), value)
            ]
    assert wrong == []


@pytest.mark.parametrize("shock", sorted(CASE["expected_by_shock"]))
def test_choosing_a_shock_in_the_workbook_recomputes_every_sheet(
    solution: Solution, content: bytes, shock: str
) -> None:
    figure = Recalculated(solution, live(content))
    figure.type_over("Market", "active_shock", shock)
    expected = CASE["expected_by_shock"][shock]
    assert [name for name, value in expected.items() if not agrees(figure("market", name), value)] == []
    assert figure("market", "as_delivered") == 1
    assert figure("market", "checks_failed") == 0


def test_editing_a_blue_cell_changes_everything_that_depends_on_it(solution: Solution, content: bytes) -> None:
    figure = Recalculated(solution, live(content))
    figure.type_over("Market", "btc_price", 61_000.0)
    edited = solve(worked_case().with_value("Market", "btc_price", 61_000.0))
    for name in ("hashprice", "risk_score", "share_below_aisc_net", "forced_sales_network", "final_difficulty_share"):
        assert agrees(figure("market", name), edited.value(name)), name
    for member in range(2):
        assert agrees(figure("operators", "runway", member), edited.column("operators", "runway")[member])
    assert figure("market", "as_delivered") == 0
    assert figure("market", "edits") == "inputs edited since delivery"


def test_no_cell_shows_an_error(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    errors = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("#")
    ]
    assert errors == []


def test_no_sheet_row_or_column_is_hidden(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not [
            key for key, shape in (*sheet.row_dimensions.items(), *sheet.column_dimensions.items()) if shape.hidden
        ]


def test_a_line_is_one_formula_down_its_column(solution: Solution, content: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Fleet_Economics"]
    cells = make_plan(solution).range_of("fleet", ("fleet", "hashcost"))
    written = [sheet.cell(row + 1, column + 1).value for row, column in map(cells.at, range(4))]
    rows = [rf"(?<=[A-Z]){cells.first + 1 + member}\b" for member in range(4)]
    relative = {re.sub(row, "#", str(text)) for row, text in zip(rows, written, strict=True)}
    assert len(relative) == 1


def test_a_delivered_workbook_read_as_input_gives_the_same_figures(
    solution: Solution, content: bytes, tmp_path: Path
) -> None:
    delivered = tmp_path / "delivered.xlsx"
    delivered.write_bytes(content)
    again = solve(read_workbook(delivered))
    for key, values in solution.columns.items():
        if values.dtype == float:
            np.testing.assert_array_equal(again.columns[key], values, err_msg=str(key))


def test_the_same_solution_gives_the_same_bytes(solution: Solution, content: bytes) -> None:
    assert write_workbook(solution) == content


def test_text_from_users_never_becomes_a_formula_or_a_link() -> None:
    case = records()
    for sheet in ("Operators", "Fleet", "Debt", "AI_HPC"):
        for row in case[sheet]:
            if row["operator"] == "Alpha Hydro":
                row["operator"] = HOSTILE
    case["Report"]["commentary"] = "<b>x</b> <script>alert(1)</script> =1+1 https://example.com"
    case["Report"]["report_title"] = "+cmd|' /C calc'!A0"
    case["Scenarios"][0]["scenario"] = "@SUM(1)"
    content = write_workbook(solve(inputs_of(case)))
    assert assured(content).disagreements == ()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = {name: parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels"))}
    formulas = [
        text for name in xml for text in re.findall(r"<f>(.*?)</f>", xml[name]) if name.startswith("xl/worksheets")
    ]
    assert formulas
    assert not [text for text in formulas if "HYPERLINK" in text or "cmd" in text or "@SUM" in text]
    assert not [name for name, text in xml.items() if name.endswith(".rels") and 'TargetMode="External"' in text]
    book = openpyxl.load_workbook(io.BytesIO(content))
    cell = book["Operators"]["A5"]
    assert (cell.data_type, cell.value) == ("s", HOSTILE)


def test_the_list_of_clients_is_not_sent() -> None:
    case = records(Clients=[{"client": "../../etc", "email": "secret@example.com", "operators": "all"}])
    content = write_workbook(solve(inputs_of(case)))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if b"secret@example.com" in parts.read(name)]


def test_a_changed_value_is_found_and_its_cell_named(content: bytes) -> None:
    tampered = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(tampered, "w") as target:
        changed = False
        for item in source.infolist():
            part = source.read(item)
            if not changed and b"<f>SUM" in part:
                part = re.sub(rb"(<f>SUM[^<]*</f>)<v>[^<]*</v>", rb"\1<v>1.5</v>", part, count=1)
                changed = True
            target.writestr(item, part)
    with pytest.raises(CheckError, match=r"(?s)1 of \d+ formulas.*[A-Za-z_]+![A-Z]+\d+: carries 1\.5"):
        assured(tampered.getvalue())


@pytest.mark.parametrize(
    "sheets",
    [("Debt", "Network_History", "Shocks"), ("AI_HPC", "ETF_Flows", "Risk"), ("Fleet",)],
    ids=lambda sheets: "-".join(sheets),
)
def test_a_workbook_with_empty_sheets_is_whole(sheets: tuple[str, ...]) -> None:
    solution = solve(inputs_of(records(**{sheet: [] for sheet in sheets})))
    content = write_workbook(solution)
    assert assured(content).disagreements == ()
    assert solution.value("checks_failed") == 0


def test_one_operator_with_nothing_but_a_name_and_a_power_price_is_whole() -> None:
    bare = records(
        Operators=[{"operator": "Bare", "power_price": -0.01, "uptime": 0.0}],
        Fleet=[], Debt=[], AI_HPC=[], Network_History=[], ETF_Flows=[], Shocks=[], Risk=[],
    )  # fmt: skip
    solution = solve(inputs_of(bare))
    assert assured(write_workbook(solution)).disagreements == ()
    assert np.isnan(solution.value("aisc_average"))


def test_a_new_cost_takes_one_field_and_one_function() -> None:
    from reportgen.sheets import Field, Kind, declared

    class Operators(declared.Operators):
        """Operators with insurance."""

        insured_value = Field(Kind.NUMBER, "USD", default=0.0, help="Insured value of the sites.")

    operators = Block("operators", "Operators", sources=(Operators,))
    extra = Section(operators, "AISC", "More costs", across=True)

    @extra.line(unit="USD/month", layer=1)
    def insurance(insured_value: Any) -> Any:
        """Insurance of the sites at 1 % a year."""
        return insured_value / 100 / 12

    moved = {blocks.operators: operators}
    for block in (blocks.fleet, blocks.debt, blocks.ai_hpc):
        moved[block] = Block(block.name, block.title, block.sources, operators, block.owner_key)
    sections = []
    for section in SECTIONS:
        block = moved.get(section.block, section.block)
        lines = [copy.copy(line) for line in section.lines]
        for line in lines:
            object.__setattr__(line, "block", block)
        sections.append(Section(block, section.sheet, section.title, section.help, section.across, lines))
    graph = build([*sections, extra], inputs_only=(blocks.network_history,))

    inputs = worked_case()
    columns = {**inputs.tables["Operators"].columns, "insured_value": np.array([12e6, 0.0])}
    tables = {**inputs.tables, "Operators": type(inputs.tables["Operators"])(2, columns)}
    solution = solve(type(inputs)(tables), graph)
    plain = solve(inputs)
    assert solution.column("operators", "direct_cost")[0] == plain.column("operators", "direct_cost")[0] + 10_000
    content = write_workbook(solution)
    assert assured(content).disagreements == ()
    figure = Recalculated(solution, live(content))
    assert figure("operators", "insurance", 0) == 10_000
    figure.type_over("Operators", "insured_value", 24e6)
    assert figure("operators", "insurance", 0) == 20_000
    assert aisc.costs.lines  # the model itself is as it was


def test_the_sheet_of_triggers_begins_with_what_breaks_and_leaves_rows_of_other_sheets_to_another(
    values: openpyxl.Workbook,
) -> None:
    heads = next(row for row in values["Triggers"].iter_rows(values_only=True) if "Trigger price" in row)
    assert heads[:5] == ("No.", "Operator", "Facility", "Trigger", "Trigger price")
    assert "Row on Operators" not in heads
    assert "Row on Operators" in {cell.value for row in values["Trigger_Order"] for cell in row}


def test_the_sheet_of_reverse_stress_says_in_words_what_is_so_already_and_what_no_change_reaches(
    values: openpyxl.Workbook, solution: Solution
) -> None:
    rows = [row[:6] for row in values["Stress"].iter_rows(values_only=True)]
    told = rows[next(place for place, row in enumerate(rows) if "Outcome" in row) + 3 :]
    assert [row[5] for row in told] == [
        "not reached" if change != change else "already" if change == 0 else "reached"
        for change in solution.numbers("reverse_stress", "change")
    ]
    assert {row[5] for row in told} == {"not reached", "already", "reached"}
