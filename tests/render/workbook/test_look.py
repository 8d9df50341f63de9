"""How the delivered workbook looks and is found one's way in: formats, colours, names, links, alarms, paper."""

from __future__ import annotations

import copy
import re
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from reportgen.model.block import Block, Line
from reportgen.model.record_terms import TERMS
from reportgen.model.solve import Solution, solve
from reportgen.render.theme import load_theme
from reportgen.render.workbook.number_formats import BY_UNIT, GENERAL, field_format, line_format, themed
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.stress_colours import BANDS, STRESS
from reportgen.render.workbook.text_width import text_width
from reportgen.render.workbook.verdicts import Verdicts
from reportgen.render.workbook.writer import write_workbook
from reportgen.sheets import BY_NAME, SHEETS, Field, Kind
from tests.render.workbook.reading import read
from tests.worked_case import CASE, inputs_of

COLOURS = load_theme().colours


def ink(cell: Any) -> str:
    return "#" + str(cell.font.color.rgb)[2:]


def cell_of(book: openpyxl.Workbook, plan: Plan, block: str, name: str, member: int = 0) -> Any:
    cells = plan.range_of(block, (block, name))
    row, column = cells.at(member)
    return book[cells.sheet].cell(row + 1, column + 1)


# Number formats


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (("market", "price"), "#,##0;-#,##0"),
        (("market", "hashprice"), "#,##0.00"),
        (("market", "risk_score"), "0.0"),
        (("operators", "aisc"), "#,##0;-#,##0"),
        (("operators", "treasury_draw"), "#,##0.0;-#,##0.0"),
        (("market", "forced_sales_network"), "#,##0.0;-#,##0.0"),
        (("operators", "energy"), "#,##0"),
        (("days", "date"), "yyyy-mm-dd"),
        (("days", "sma_30"), "#,##0.0"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_a_figure_is_shown_in_the_format_of_its_unit(
    plan: Plan, book: openpyxl.Workbook, figure: tuple[str, str], shown: str
) -> None:
    assert cell_of(book, plan, *figure).number_format == shown


def test_every_line_is_shown_as_declared_in_all_its_cells(plan: Plan, book: openpyxl.Workbook) -> None:
    wrong = [
        (name, member)
        for (block, name), line in plan.graph.lines.items()
        for member in range(plan.solution.rows[block])
        if cell_of(book, plan, block, name, member).number_format != line_format(line)
    ]
    assert wrong == []


def test_every_unit_stands_beside_its_figures(plan: Plan, book: openpyxl.Workbook) -> None:
    for (block, name), line in plan.graph.lines.items():
        cells = plan.range_of(block, (block, name))
        row, column = (cells.fixed, 1) if cells.across else (cells.first - 2, cells.fixed)
        assert book[cells.sheet].cell(row + 1, column + 1).value == (line.unit or "text"), (block, name)
        assert line.unit or line.text, (block, name)


def test_a_unit_without_a_format_of_its_own_is_shown_with_two_decimals() -> None:
    def line(unit: str, number_format: str = "") -> Line:
        return Line("x", Block("b", "B"), unit, lambda: 0, "X.", "X.", "X", number_format)

    assert "furlongs" not in BY_UNIT
    assert line_format(line("furlongs")) == GENERAL == "#,##0.00;-#,##0.00"
    assert line_format(line("USD")) == "#,##0;-#,##0"
    assert line_format(line("USD", "0.0")) == "0.0"


def test_an_input_is_shown_as_its_field_says(plan: Plan, book: openpyxl.Workbook) -> None:
    for (sheet, name), cells in plan.input_ranges.items():
        row, column = cells.at(0)
        field = BY_NAME[sheet].field(name)
        empty = BY_NAME[sheet].private
        shown = "General" if empty else "@" if field.kind is Kind.YES_NO else field_format(field)
        assert book[sheet].cell(row + 1, column + 1).number_format == shown, (sheet, name)
    assert book["Operators"]["B5"].number_format == "0.0000"
    assert book["Network_History"]["A5"].number_format == "yyyy-mm-dd"


def test_kinds_of_fields_have_one_format_each() -> None:
    assert field_format(Field(Kind.DATE, number_format="0")) == "yyyy-mm-dd"
    assert field_format(Field(Kind.YES_NO)) == "0"
    assert field_format(Field(Kind.TEXT)) == "@"
    assert field_format(Field(Kind.NUMBER)) == GENERAL
    assert field_format(Field(Kind.NUMBER, number_format="0 %")) == "0 %"


@pytest.mark.parametrize(
    ("declared", "parentheses", "red"),
    [
        ("#,##0;-#,##0", "#,##0_);(#,##0)", "#,##0;[Red]-#,##0"),
        ("0.0%", "0.0%_);(0.0%)", "0.0%;[Red]-0.0%"),
        ("#,##0.0;-#,##0.0;0.0", "#,##0.0_);(#,##0.0);0.0_)", "#,##0.0;[Red]-#,##0.0;0.0"),
        ("0%;[Red]-0%", "0%_);[Red](0%)", "0%;[Red]-0%"),
        ("+0%;-0%;0%", "+0%;-0%;0%", "+0%;-0%;0%"),
        ("yyyy-mm-dd", "yyyy-mm-dd", "yyyy-mm-dd"),
        ("@", "@", "@"),
    ],
)
def test_the_theme_says_how_numbers_below_zero_look(declared: str, parentheses: str, red: str) -> None:
    assert themed(declared, "minus", "none") == declared
    assert themed(declared, "parentheses", "none") == parentheses
    assert themed(declared, "minus", "bad") == red


def test_red_is_for_what_is_wrong_and_not_for_what_is_below_zero(plan: Plan) -> None:
    red = {name for (_, name), line in plan.graph.lines.items() if "[Red]" in line_format(line)}
    assert red == {"stress_gap", "price_gap", "price_gap_of_cost", "margin_call_distance"}
    assert not [field.name for sheet in SHEETS for field in sheet.fields if "[Red]" in field.number_format]


# Colours


@pytest.mark.parametrize(
    ("figure", "role"),
    [
        (("market", "hashprice"), "cross_sheet"),  # takes an input by its name
        (("market", "aisc_average"), "ink"),
        (("market", "risk_score"), "ink"),
        (("market", "total_hash_rate"), "ink"),
        (("fleet", "online"), "cross_sheet"),  # takes the hashprice from another sheet
        (("ranked", "aisc_net"), "cross_sheet"),
        (("market", "runway_cap"), "snapshot"),  # a convention
        (("operators", "operator"), "ink"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_the_colour_says_where_a_figure_comes_from(
    plan: Plan, book: openpyxl.Workbook, figure: tuple[str, str], role: str
) -> None:
    assert ink(cell_of(book, plan, *figure)) == COLOURS[role]


def test_green_is_every_formula_that_looks_at_another_sheet_and_no_other(plan: Plan, book: openpyxl.Workbook) -> None:
    """By the sheet's name in front, or by a defined name."""
    names = set(book.defined_names)
    for block, name in plan.graph.lines:
        for member in range(plan.solution.rows[block]):
            cell = cell_of(book, plan, block, name, member)
            if str(cell.value).startswith("="):
                looks_out = "!" in cell.value or bool(names & set(re.findall(r"\w+", cell.value)))
                assert ink(cell) == COLOURS["cross_sheet" if looks_out else "ink"], (block, name, member)


@pytest.mark.parametrize(("block", "line", "words"), [("operators", "stress", STRESS), ("market", "risk_band", BANDS)])
def test_words_of_stress_and_of_bands_stand_on_their_colours_with_a_legend(
    plan: Plan, book: openpyxl.Workbook, block: str, line: str, words: dict[str, str]
) -> None:
    cells = plan.range_of(block, (block, line))
    sheet, (row, column) = book[cells.sheet], cells.at(0)
    address = f"{get_column_letter(column + 1)}{row + 1}"
    (area,) = [area for area in sheet.conditional_formatting if str(area.sqref).split(":")[0] == address
               and area.rules[0].formula[0].strip('"') in words]  # fmt: skip
    last = get_column_letter(column + 1 + (cells.members - 1) * cells.across)
    assert str(area.sqref).split(":")[-1] == f"{last}{row + 1}"
    assert {rule.formula[0].strip('"'): _tint(rule.dxf) for rule in area.rules} == {
        word: COLOURS[role] for word, role in words.items()
    }
    legend = {cell.value: "#" + str(cell.fill.start_color.rgb)[2:] for cell in sheet[1][3 : 3 + len(words)]}
    assert legend == {word: COLOURS[role] for word, role in words.items()}


def test_the_words_that_are_coloured_are_those_that_the_model_says(plan: Plan) -> None:
    prices = {"btc_price": [1.0, 20_000.0, 60_000.0, 10_000_000.0]}
    said = {
        str(word)
        for price in prices["btc_price"]
        for word in solve(plan.solution.inputs.with_value("Market", "btc_price", price)).columns["operators", "stress"]
    }
    assert said <= set(STRESS)
    assert {"lights-off", "above AISC"} <= said
    assert str(plan.solution.value("risk_band")) in BANDS


def test_no_one_value_figure_stands_under_a_member(plan: Plan, book: openpyxl.Workbook) -> None:
    for sheet, parts in plan.sheets.items():
        if any(part.across and not part.block.one for part in parts):
            for part in (part for part in parts if part.across):
                columns = {part.first_column + member for member in range(part.members)}
                assert (columns == {2}) == part.block.one, sheet
                assert part.block.one or min(columns) > 2, sheet
    assert book["Liquidity"]["C5"].value == "All operators"


def test_details_can_be_folded_away_and_are_not(plan: Plan, book: openpyxl.Workbook) -> None:
    def level(name: str) -> int:
        cells = plan.range_of("operators", ("operators", name))
        return int(book[cells.sheet].row_dimensions[cells.fixed + 1].outlineLevel or 0)

    assert {name: level(name) for name in ("power_price", "electricity", "direct_cost", "aisc", "operator")} == {
        "power_price": 1, "electricity": 1, "direct_cost": 0, "aisc": 0, "operator": 0
    }  # fmt: skip
    for sheet in book:
        assert not [row for row, shape in sheet.row_dimensions.items() if shape.hidden or shape.collapsed], sheet.title


def test_snapshots_are_grey_and_italic(plan: Plan, book: openpyxl.Workbook) -> None:
    for name in plan.graph.blocks["snapshot"].given[1:]:
        cell = cell_of(book, plan, "snapshot", name)
        assert (ink(cell), cell.font.italic, str(cell.value)[:1] == "=") == (COLOURS["snapshot"], True, False)


def test_inputs_are_blue_on_yellow_and_standard_values_grey(solution: Solution, book: openpyxl.Workbook) -> None:
    typed, standard = book["Operators"]["B5"], book["Market"]["B14"]
    assert book["Market"]["A14"].value == "Switch speed"
    assert solution.inputs.value("Market", "switch_speed") == BY_NAME["Market"].field("switch_speed").default
    for cell, role in ((typed, "input"), (standard, "snapshot")):
        assert ink(cell) == COLOURS[role]
        assert "#" + cell.fill.start_color.rgb[2:] == COLOURS["input_fill"]
        assert not cell.protection.locked


def test_formulas_stay_locked(plan: Plan, book: openpyxl.Workbook) -> None:
    assert cell_of(book, plan, "operators", "aisc").protection.locked


# Names and links


def test_each_defined_name_is_the_cell_of_its_field(solution: Solution, book: openpyxl.Workbook) -> None:
    used = {name for sheet in SHEETS if sheet.form for name in (field.name for field in sheet.fields)
            if ("market", name) in solution.graph.dependents}  # fmt: skip
    assert set(book.defined_names) == used
    for name in used:
        sheet, address = book.defined_names[name].attr_text.split("!")
        row = int(address.split("$")[2])
        assert (sheet, address) == ("Input_Checks", f"$H${row}")
        field = BY_NAME[str(book[sheet].cell(row, 1).value)].field(name)
        assert book[sheet].cell(row, 2).value == field.header


def links(sheet: Any) -> dict[str, str]:
    return {cell.coordinate: cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}


def test_the_contents_link_to_every_sheet_in_order(book: openpyxl.Workbook) -> None:
    first = {address: target for address, target in links(book["Dashboard"]).items() if address != "A3"}
    assert list(first.values()) == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    for address, target in first.items():
        assert book["Dashboard"][address].value == target.split("'")[1]


def test_every_other_sheet_leads_back(book: openpyxl.Workbook) -> None:
    for name in book.sheetnames[1:]:
        assert links(book[name])["A3"] == "'Dashboard'!A36", name
    assert book["Dashboard"]["A36"].value == "Contents"
    assert links(book["Dashboard"])["A3"] == "'Dashboard'!A36"


def test_the_method_links_each_line_to_its_cells(plan: Plan, book: openpyxl.Workbook) -> None:
    sheet = book["Method"]
    found = {
        str(sheet.cell(cell_row, 3).value): target
        for address, target in links(sheet).items()
        if (cell_row := int(address[1:])) > 4
    }
    record = {term.name for terms in TERMS.values() for term in terms}
    assert set(found) == {name for _, name in plan.graph.lines} | record
    assert {found[name] for name in record} == {"'Record'!A1"}
    for (block, name), line in plan.graph.lines.items():
        cells = plan.range_of(block, (block, name))
        linked = {
            target for address, target in links(sheet).items()
            if sheet.cell(int(address[1:]), 3).value == name and sheet[address].value == line.label
        }  # fmt: skip
        assert f"'{cells.sheet}'!{cells.cell(absolute=False)}" in linked


# Alarms


def conditions(sheet: Any) -> dict[str, list[tuple[str, str, str]]]:
    """The operator, the operand and the colour of each conditional format, by cell."""
    return {
        str(area.sqref): [
            (rule.operator or rule.type, rule.formula[0], _tint(rule.dxf)) for rule in area.rules if rule.formula
        ]
        for area in sheet.conditional_formatting
    }


def _tint(look: Any) -> str:
    return "#" + str((look.fill.bgColor if look.fill else look.font.color).rgb)[2:]


def test_the_master_check_and_the_line_of_every_sheet_are_red_when_checks_do_not_hold(book: openpyxl.Workbook) -> None:
    sheet = book["About"]
    label = {str(sheet.cell(row, 1).value): f"B{row}" for row in range(1, 40)}
    operator, formula, colour = conditions(sheet)[label["Master check"]][0]
    assert (operator, colour) == ("containsText", COLOURS["bad"])
    assert '"not hold"' in formula
    for each in book:
        alarm, banner, *_ = conditions(each)["B3"]
        assert (alarm[0], alarm[2]) == ("containsText", COLOURS["bad"]), each.title
        assert '"not hold"' in alarm[1]
        assert (banner[0], banner[2]) == ("containsText", COLOURS["warn"]), each.title
        assert '"Shock active"' in banner[1]


def test_each_check_is_green_while_it_holds_and_red_while_it_fails(plan: Plan, book: openpyxl.Workbook) -> None:
    found = conditions(book["Checks"])
    flags = [line for line in plan.graph.lines.values() if line.unit == "0/1" and line.block.name == "market"]
    verdicts = Verdicts(plan)
    cells_of_flags = [plan.range_of("market", ("market", line.name)) for line in flags]
    addresses = [cells.cell(absolute=False) for cells in cells_of_flags if cells.sheet == "Checks"]
    addresses += [f"C{verdicts.first + 1 + place}" for place in range(len(verdicts.rows))]
    assert len(addresses) > 100
    for address in addresses:
        assert found[address] == [("equal", "1", COLOURS["good"]), ("equal", "0", COLOURS["bad"])], address


# Paper


def test_every_sheet_is_on_a4_with_a_footer_and_without_gridlines(book: openpyxl.Workbook) -> None:
    sheet: Any
    for sheet in book:
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.oddFooter.left.text == "&A", sheet.title
        assert sheet.oddFooter.center.text == "Delivered as of 2025-12-05", sheet.title
        assert sheet.oddFooter.right.text == "Page &P of &N", sheet.title
        assert not sheet.sheet_view.showGridLines, sheet.title


@pytest.mark.parametrize(
    ("sheet", "panes", "rows"),
    [
        ("Operators", "B5", "$1:$4"),
        ("Market", "B5", "$1:$4"),
        ("Fleet_Economics", "B8", None),
        ("Stress", "B8", "$5:$7"),
        ("AISC", "D7", "$1:$6"),
        ("Liquidity", "D6", "$1:$5"),
        ("Market_Figures", "C4", "$1:$3"),
        ("Triggers", "B4", "$1:$3"),
        ("Method", "C5", "$4:$4"),
        ("Record", "B4", "$1:$3"),
    ],
)
def test_headers_stay_in_view_and_are_printed_again(
    book: openpyxl.Workbook, sheet: str, panes: str, rows: str | None
) -> None:
    assert (book[sheet].freeze_panes, book[sheet].print_title_rows) == (panes, rows)


@pytest.mark.parametrize("operators", [2, 4, 13])
def test_neither_spare_columns_nor_the_notes_beside_them_are_printed(operators: int) -> None:
    case = copy.deepcopy(CASE["input"])
    case["Operators"] += [
        case["Operators"][0] | {"operator": f"More {place}"} for place in range(operators - len(case["Operators"]))
    ]
    sheet = read(write_workbook(solve(inputs_of(case))))["AISC"]
    last = get_column_letter(max(7, 3 + operators))  # the legend takes four columns
    assert re.fullmatch(rf"'AISC'!\$A\$1:\${last}\$\d+", sheet.print_area)


def test_a_long_text_stands_in_full_height(solution: Solution, book: openpyxl.Workbook) -> None:
    row = next(row for row in range(1, 20) if book["Report"].cell(row, 1).value == "Disclaimer")
    lines = text_width(solution.inputs.value("Report", "disclaimer")) / book["Report"].column_dimensions["B"].width
    assert lines > 4
    assert book["Report"].row_dimensions[row].height >= 13 * lines


def test_a_column_is_as_wide_as_what_it_holds(book: openpyxl.Workbook) -> None:
    assert book["AISC"].column_dimensions["A"].width > 30
    assert book["AISC"].column_dimensions["D"].width > 11
    assert np.isclose(book["Report"].column_dimensions["B"].width, 60, atol=1)
