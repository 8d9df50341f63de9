"""Every formula is short and shallow, one for a whole row or column, of known functions and without hidden numbers.

The delivered file of the worked case is read as an auditor reads it. For books of 60 and 500 operators and for twelve
years of days the formulas are placed and not written: at the first and the last row, where addresses are longest.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from reportgen.audit.auditor import audited
from reportgen.audit.file.archive import opened_bytes
from reportgen.audit.formulas.relative import Formulas
from reportgen.audit.rules.formula_shape import DEEPEST, LONGEST, UNIVERSAL, USUAL
from reportgen.model.solve import solve
from reportgen.render.workbook.layout import Item, Part, key_of
from reportgen.render.workbook.plan import Plan, make_plan
from reportgen.render.workbook.series import Series, in_error, names_over, series
from reportgen.render.workbook.verdicts import Verdicts
from tests.model.generated import generated

SHAPES = frozenset({"A104", "A105", "A106", "A107", "A108", "A109"})
UNEVEN = {("A104", "Input_Checks")}
"""Rows of Input_Checks ask what their field asks for: a column of them is no series."""
BOOKS = {
    "60 operators": {"operators": 60, "fleet": 150, "debts": 90, "contracts": 30},
    "500 operators": {"operators": 500, "fleet": 1500, "debts": 1000, "contracts": 300, "etf_days": 500},
    "12 years": {"history": 4383, "etf_days": 600},
}


def test_no_formula_of_a_delivered_workbook_is_long_deep_uneven_or_hides_a_number(content: bytes) -> None:
    found = audited(opened_bytes(content)).findings
    told = {(each.breach.code, each.breach.sheet) for each in found if each.breach.code in SHAPES}
    assert told <= UNEVEN


@cache
def planned(book: str) -> Plan:
    return make_plan(solve(generated(**BOOKS[book])))


def shown(plan: Plan) -> Iterator[tuple[str, Part, Series]]:
    """Every series of every sheet of figures, with what it is called; not those for which the file has its own."""
    instead = Verdicts(plan).instead
    for parts in plan.sheets.values():
        for part in parts:
            for item in part.items:
                if key_of(item, part.block) not in instead:
                    yield named(part, item), part, series(plan, part, item)
            if part.repeats_names:
                yield "names", part, names_over(plan, part)
            if part.adds_up:
                yield "in error", part, in_error(plan, part)


def named(part: Part, item: Item) -> str:
    return ".".join(key_of(item, part.block))


@pytest.mark.parametrize("book", BOOKS)
def test_formulas_stay_short_and_alike_in_ever_larger_books(book: str) -> None:
    texts, wrong = Formulas(), []
    for name, part, each in shown(planned(book)):
        last = (each.members or part.members) - 1
        if (first := each.formula(0)) is None:
            assert all(each.formula(member) is None for member in (1, last)), name
            continue
        text = (each.formula(last) or "")[1:]
        place = (last + 9, 9) if not part.across else (9, last + 9)
        formula = texts.new(text, *place).formula
        if len(text) + 1 > LONGEST or formula.facts.depth > DEEPEST or formula.facts.functions - USUAL:
            wrong.append(f"{name}: {text}")
        if {number for number in formula.facts.numbers if float(number) not in UNIVERSAL}:
            wrong.append(f"{name} holds a number: {text}")
        if texts.new(first[1:], 9, 9).formula is not formula:
            wrong.append(f"{name} is not the same in its first and its last row: {first} … {text}")
    assert wrong == []
