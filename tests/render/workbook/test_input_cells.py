"""The input sheets of the delivered workbook: what each cell takes, held against the declaration, and what it shows."""

from __future__ import annotations

import copy
import dataclasses
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from reportgen import excel_dates
from reportgen.model.solve import Solution, solve
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.spare_rows import spare_rows_of
from reportgen.render.workbook.validations import message
from reportgen.render.workbook.writer import write_workbook
from reportgen.sheets import BY_NAME, RISK_COMPONENTS, SHEETS, Field, Kind, Sheet, declared
from tests.render.workbook.reading import read
from tests.worked_case import CASE, inputs_of, serial

FIRST_ROW = 5  # of the fields of a form and of the rows of a list
Rule = tuple[str, str | None, str | None, str | None]
FIELDS = [(sheet, field) for sheet in SHEETS for field in sheet.fields if not field.wide]


def rules(book: openpyxl.Workbook, sheet: str, cell: str) -> list[Rule]:
    return [
        (str(rule.type), rule.operator, _plain(rule.formula1), _plain(rule.formula2))
        for rule in book[sheet].data_validations.dataValidation
        if cell in rule.sqref
    ]


def _plain(operand: str | None) -> str | None:
    """Numbers alike, however the file spells them."""
    try:
        return None if operand is None else f"{float(operand):g}"
    except ValueError:
        return operand


def cells_of(sheet: type[Sheet], field: Field, solution: Solution) -> list[str]:
    place = list(sheet.fields).index(field)
    if sheet.form:
        return [f"B{FIRST_ROW + place}"]
    given = 0 if sheet.private else solution.inputs.tables[sheet.name].rows
    rows = max(1, given + spare_rows_of(sheet, given))
    return [f"{chr(65 + place)}{FIRST_ROW + row}" for row in range(rows)]


def wanted(field: Field, solution: Solution, first: str) -> Rule | None:
    """The rule that a declaration asks for, for cells of which one is the first."""
    if field.of and not field.many:
        given = solution.inputs.tables[field.of].rows
        rows = given + spare_rows_of(BY_NAME[field.of], given)
        return "list", None, f"{field.of}!$A${FIRST_ROW}:$A${FIRST_ROW + rows - 1}", None
    if field.kind is Kind.YES_NO:
        return "list", None, '"yes,no"', None
    if field.choices:
        return "list", None, f'"{",".join(field.choices)}"', None
    if field.kind is Kind.DATE:
        return "date", None, f"{excel_dates.FIRST:g}", f"{excel_dates.LAST:g}"
    if field.kind is not Kind.NUMBER:
        return None
    bounds = field.bounds
    if bounds.strict:
        return "custom", None, f"AND(ISNUMBER({first}),{first}>{bounds.low:.15G},{first}<={bounds.high:.15G})", None
    kind = "whole" if field.whole else "decimal"
    return kind, None, f"{bounds.low:g}", f"{bounds.high:g}"  # between is what a file says by saying nothing


@pytest.mark.parametrize(("sheet", "field"), FIELDS, ids=[f"{sheet.name}-{field.name}" for sheet, field in FIELDS])
def test_a_cell_takes_what_its_field_declares(
    solution: Solution, book: openpyxl.Workbook, sheet: type[Sheet], field: Field
) -> None:
    cells = cells_of(sheet, field, solution)
    expected = wanted(field, solution, cells[0])
    for cell in cells:
        assert rules(book, sheet.name, cell) == ([] if expected is None else [expected]), cell


def test_rules_read_as_a_person_would_say_them(book: openpyxl.Workbook) -> None:
    scenarios = [field.name for field in BY_NAME["Scenarios"].fields]
    column = chr(65 + scenarios.index("horizon_days"))
    assert rules(book, "Scenarios", f"{column}5")[0][:3] == ("decimal", None, "1")
    assert rules(book, "Operators", "B5") == [("decimal", None, "-0.5", "1")]
    assert rules(book, "Fleet", "A5") == [("list", None, "Operators!$A$5:$A$16", None)]
    assert rules(book, "Fleet", "A4") == []


def test_a_refused_cell_says_what_its_field_is(book: openpyxl.Workbook) -> None:
    rule = next(item for item in book["Operators"].data_validations.dataValidation if "B5" in item.sqref)
    help_text = BY_NAME["Operators"].field("power_price").help
    assert (rule.errorTitle, rule.error) == ("Power price", f"A number from -0.5 up to 1. {help_text}")
    assert rule.allow_blank


@pytest.mark.parametrize(("sheet", "field"), FIELDS, ids=[f"{sheet.name}-{field.name}" for sheet, field in FIELDS])
def test_a_message_is_whole_sentences_that_excel_shows(sheet: type[Sheet], field: Field) -> None:
    said = message(field)
    assert len(said) <= 255
    assert said == "" or said.endswith((".", "…", "etc."))
    assert said.split(". ")[-1].rstrip(".") in f"{field.help} {said.split('. ')[0]}"


def test_every_number_and_date_has_a_rule_in_every_row_that_may_be_typed_into(
    solution: Solution, book: openpyxl.Workbook
) -> None:
    funds = BY_NAME["ETF_Flows"]
    given = solution.inputs.tables["ETF_Flows"].rows
    last = FIRST_ROW + given + spare_rows_of(funds, given) - 1
    for cell in (f"B{FIRST_ROW}", f"B{last}", f"A{last}"):
        assert len(rules(book, "ETF_Flows", cell)) == 1, cell
    assert rules(book, "ETF_Flows", f"B{last + 1}") == []


def test_the_components_of_the_score_are_told_in_words(book: openpyxl.Workbook) -> None:
    said = str(book["Risk"]["A2"].value)
    assert "forced_selling is Forced miner selling" in said
    assert [item.name for item in RISK_COMPONENTS if f"{item.name} is {item.label}" not in said] == []


def test_each_field_with_choices_has_a_drop_down_of_its_own(
    solution: Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = dataclasses.replace(BY_NAME["Events"].field("source"), choices=("filing", "press"))
    changed = [field if item.name == "source" else item for item in declared.Events.fields]
    monkeypatch.setattr(declared.Events, "fields", tuple(changed))
    book = read(write_workbook(solve(inputs_of(copy.deepcopy(CASE["input"])))))
    assert rules(book, "Events", "C5") == [("list", None, '"filing,press"', None)]
    components = ",".join(BY_NAME["Risk"].field("component").choices)
    assert rules(book, "Risk", "A5") == [("list", None, f'"{components}"', None)]


def test_every_private_sheet_is_sent_without_its_rows(solution: Solution) -> None:
    private = [sheet for sheet in SHEETS if sheet.private]
    assert {sheet.name for sheet in private} >= {"Clients"}
    case = copy.deepcopy(CASE["input"])
    for sheet in private:
        case[sheet.name] = [{field.name: "secret" for field in sheet.fields if not field.number}]
    book = read(write_workbook(solve(inputs_of(case))))
    for sheet in private:
        said = [str(cell.value) for row in book[sheet.name].iter_rows() for cell in row if cell.value is not None]
        assert said[-len(sheet.fields) :] == [field.header for field in sheet.fields]
        assert "secret" not in said
        assert any("stays in the input workbook" in text for text in said)


def test_values_are_those_of_the_input(solution: Solution, plan: Plan, values: openpyxl.Workbook) -> None:
    for (sheet, name), cells in plan.input_ranges.items():
        field, table = BY_NAME[sheet].field(name), solution.inputs.tables[sheet]
        if field.wide or BY_NAME[sheet].private:
            continue
        for member, value in enumerate(table.columns[name]):
            row, column = cells.at(member)
            found: Any = values[sheet].cell(row + 1, column + 1).value
            if field.kind is Kind.YES_NO:
                assert found == ("yes" if value else "no")
            elif field.kind is Kind.DATE and found is not None:
                assert serial(found.date().isoformat()) == value
            else:
                assert (found if found is not None else "") == ("" if value != value else value), (sheet, name)


def test_the_source_of_a_form_stands_beside_the_value_and_its_notes_stay_in_the_house() -> None:
    inputs = inputs_of(copy.deepcopy(CASE["input"]))
    market = dataclasses.replace(inputs.tables["Market"], remarks={"btc_price": ("an exchange", "a close")})
    sheet = read(write_workbook(solve(dataclasses.replace(inputs, tables={**inputs.tables, "Market": market}))))[
        "Market"
    ]
    assert [cell.value for cell in sheet[5]][:4] == ["BTC price", 90_000, "USD/BTC", "an exchange"]
    assert sheet["D6"].value is None
    assert "a close" not in [cell.value for row in sheet for cell in row]  # notes stay in the house


def test_private_words_and_rows_after_the_day_are_nowhere_in_the_file() -> None:
    case = copy.deepcopy(CASE["input"])
    case["Operators"][0]["notes"] = "whispered"
    case["Clients"] = [{"client": "whispered", "email": "whispered@example.com", "operators": "all"}]
    case["Accepted"] = [{"code": "row_odd", "reason": "whispered", "accepted_by": "whispered"}]
    late = {"date": "2026-01-09", "hash_rate": 987_654.25, "btc_price": 876_543.25}
    case["Network_History"] = [*case["Network_History"], late]
    case["ETF_Flows"] = [*case["ETF_Flows"], {**case["ETF_Flows"][-1], "date": "2026-01-09"}]
    case["Events"] = [{"date": "2026-01-09", "event": "whispered later"}, {"date": "2025-12-01", "event": "said aloud"}]
    content = write_workbook(solve(inputs_of(case)))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        text = "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    assert "said aloud" in text
    for secret in ("whispered", "987654.25", "876543.25", f"<v>{serial('2026-01-09'):g}</v>"):
        assert secret not in text, secret
