from __future__ import annotations

from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from reportgen.intake.form.blank_workbook import write_template
from reportgen.intake.form.cell_rules import FIRST_ROW, last_row
from reportgen.sheets import BY_NAME, SHEETS, Field, Kind, Sheet

RULES: list[tuple[str, str, tuple[str, str | None, str, str | None]]] = [
    ("Market", "btc_price", ("custom", None, "AND(ISNUMBER(B6),B6>0,B6<=100000000)", None)),
    ("Market", "block_height", ("whole", "between", "0", "7000000")),
    ("Market", "blocks_per_day", ("decimal", "between", "1", "500")),
    ("Market", "network_growth", ("decimal", "between", "-0.9", "5")),
    ("Market", "liquidity_rebuild_months", ("decimal", "between", "1", "1200")),
    ("Market", "active_shock", ("list", None, "Shocks!$A$6:$A$305", None)),
    ("Report", "as_of", ("date", "between", "32874", "73415")),
    ("Operators", "power_price", ("decimal", "between", "-0.5", "1")),
    ("Operators", "hosting", ("decimal", "between", "-10000000000", "10000000000")),
    ("Operators", "btc_held", ("decimal", "between", "0", "21000000")),
    ("Fleet", "operator", ("list", None, "Operators!$A$6:$A$1005", None)),
    ("Fleet", "unit_power", ("custom", None, "AND(ISNUMBER(E6),E6>0,E6<=1000000)", None)),
    ("Debt", "max_ltv", ("custom", None, "AND(ISNUMBER(G6),G6>0,G6<=1)", None)),
    ("Shocks", "price_change", ("custom", None, "AND(ISNUMBER(B6),B6>-1,B6<=100)", None)),
    ("Shocks", "halving", ("list", None, '"yes,no"', None)),
    ("Risk", "component", ("list", None, f'"{",".join(BY_NAME["Risk"].field("component").choices)}"', None)),
]  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("template") / "blank.xlsx"
    write_template(path)
    return openpyxl.load_workbook(path)


def cells_of(sheet: type[Sheet], field: Field) -> tuple[str, ...]:
    """The first and the last cell of a field, and those just outside."""
    number = sheet.fields.index(field)
    if sheet.form:
        return (f"B{FIRST_ROW + number}",)
    letter = get_column_letter(number + 1)
    return f"{letter}{FIRST_ROW}", f"{letter}{last_row(sheet.name)}"


def rules_at(page: Any, cell: str) -> list[tuple[str, str | None, str, str | None]]:
    return [
        (rule.type, rule.operator, rule.formula1, rule.formula2)
        for rule in page.data_validations.dataValidation
        if cell in rule.sqref
    ]


@pytest.mark.parametrize(("sheet", "field", "rule"), RULES, ids=[f"{sheet}.{field}" for sheet, field, _ in RULES])
def test_the_rule_of_a_cell_is_the_declared_one(book: Any, sheet: str, field: str, rule: Any) -> None:
    for cell in cells_of(BY_NAME[sheet], BY_NAME[sheet].field(field)):
        assert rules_at(book[sheet], cell) == [rule]


def test_every_cell_has_one_rule_of_its_kind_from_the_first_row_to_the_last_and_none_beyond(book: Any) -> None:
    kinds = {Kind.NUMBER: "decimal", Kind.DATE: "date", Kind.YES_NO: "list"}
    for sheet in SHEETS:
        for field in sheet.fields:
            kind = kinds.get(field.kind) or ("list" if field.choices or (field.of and not field.many) else None)
            kind = "whole" if field.whole else "custom" if field.above is not None else kind
            for cell in cells_of(sheet, field):
                found = [rule[0] for rule in rules_at(book[sheet.name], cell)]
                assert found == ([kind] if kind else []), (sheet.name, field.name, cell)
            if not sheet.form:
                beyond = f"{get_column_letter(sheet.fields.index(field) + 1)}{last_row(sheet.name) + 1}"
                assert rules_at(book[sheet.name], beyond) == []


def test_each_drop_down_offers_the_choices_of_its_own_field(book: Any) -> None:
    for sheet in SHEETS:
        for field in sheet.fields:
            if field.choices:
                ((_, _, offered, _),) = rules_at(book[sheet.name], cells_of(sheet, field)[0])
                assert offered == f'"{",".join(field.choices)}"'


def test_an_unknown_name_is_asked_about_and_a_number_out_of_bounds_is_stopped(book: Any) -> None:
    for sheet, styles in (("Fleet", {"A6": "warning", "C6": "stop"}), ("Shocks", {"E6": "stop"})):
        for rule in book[sheet].data_validations.dataValidation:
            for cell, style in styles.items():
                if cell in rule.sqref:
                    assert rule.errorStyle == style
                    assert rule.showErrorMessage
                    assert rule.allow_blank
