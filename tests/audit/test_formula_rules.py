"""Rules on values, formulas and blocks: each finds what was damaged on purpose, there, and nothing else."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Found
from tests.audit.damage import Damage, both, formula, margins, style, swap
from tests.audit.small_book import BOOK, COSTS, INPUTS, RESULT, audit, codes_and_cells

LAST = "<f>F5*(price-F6)</f>"
VALUE = "<v>-150000.0</v>"
ALL = "Costs!D7:F7"

DAMAGES: dict[str, tuple[str, str, Damage]] = {
    "an error": (
        "A101",
        "Costs!F7",
        both(
            swap(COSTS, '<c r="F7" s="5">', '<c r="F7" s="5" t="e">'), swap(COSTS, LAST + VALUE, LAST + "<v>#N/A</v>")
        ),
    ),
    "no value": ("A102", "Costs!F7", swap(COSTS, LAST + VALUE, LAST)),
    "an empty value that is not said to be a text": ("A102", "Costs!F7", swap(COSTS, LAST + VALUE, LAST + "<v></v>")),
    "another formula at the end of a row": ("A104", "Costs!F7", formula(COSTS, "F7", "F5*(price-F6)+0")),
    "another formula inside a row": ("A104", "Costs!E7:F7", formula(COSTS, "E7", "E5*(price-D6)")),
    "a number over a formula": ("A104", "Costs!F7", both(style(COSTS, "F7", 6), swap(COSTS, LAST, ""))),
    "n/a over a formula": (
        "A104",
        "Costs!F7",
        swap(COSTS, f'<c r="F7" s="5">{LAST}{VALUE}', '<c r="F7" s="5" t="str"><v>n/a</v>'),
    ),
    "another formula down a column": ("A104", "Result!B8", formula(RESULT, "B8", "INDEX(Costs!$D$7:$F$7,A7)")),
    "an opening of its own": ("A104", "Result!A7", formula(RESULT, "A6", "ROW()-ROW(A$5)*1")),
    "a long formula": ("A105", ALL, margins("#5*(price-#6)" + "+0" * 70)),
    "conditions three deep": ("A106", ALL, margins("IF(#5=0,0,IF(#5=1,1,IF(#5=2,2,#5*(price-#6))))")),
    "a constant": ("A107", ALL, margins("#5*(price-#6)*1.07")),
    "a function of Excel 2019": ("A108", ALL, margins("_xlfn.MAXIFS(#5,#5,1)*price")),
    "a function of nobody": ("A108", ALL, margins("MARGIN(#5,price-#6)")),
    "a volatile function": ("A109", ALL, margins("#5*(price-OFFSET(#5,1,0))")),
    "an array formula": ("A109", "Costs!F7", swap(COSTS, LAST, '<f t="array" ref="F7">F5*(price-F6)</f>')),
    "computing by hand": ("A110", "", swap(BOOK, "<calcPr ", '<calcPr calcMode="manual" ')),
    "iteration": ("A110", "", swap(BOOK, "<calcPr ", '<calcPr iterate="1" ')),
    "numbers as they are shown": ("A110", "", swap(BOOK, "<calcPr ", '<calcPr fullPrecision="0" ')),
}


def test_the_small_workbook_breaks_no_rule(clean: bytes) -> None:
    assert codes_and_cells(audit(clean)) == set()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_formula_is_found_at_its_cell(found: Found, damage: str) -> None:
    code, cells, change = DAMAGES[damage]
    assert found(change) == {(code, cells)}


@pytest.mark.parametrize(
    "formula_text",
    ["#5*(price-#6)*10^12/2^32", "IF(#5=0,0,IF(#5=1,1,price-#6))", "#5*(price-#6)*86400/100+365*0*24", "#5*price*TRUE"],
)
def test_what_is_universal_or_not_too_deep_is_let_pass(found: Found, formula_text: str) -> None:
    assert found(margins(formula_text)) == set()


def test_numbers_in_texts_and_addresses_are_no_constants(found: Found) -> None:
    assert found(margins('IF("1.07"="",0,#5*(price-#6)*N(Inputs!$B$5))')) == set()


def test_a_typed_input_changes_no_block(found: Found) -> None:
    assert found(swap(INPUTS, "<v>70000</v>", "<v>71000</v>")) == set()


def test_a_list_of_different_figures_is_no_series(found: Found) -> None:
    """One that differs in numbers alone is."""
    different = ("SUM(Costs!$D$7:$F$7)", "MAX(Costs!$D$7:$F$7)", "price*INDEX(Costs!$D$5:$F$5,A8)")
    numbered = ("INDEX(Costs!$D$7:$F$7,1)", "INDEX(Costs!$D$7:$F$7,2)", "INDEX(Costs!$D$7:$F$7,3)")
    assert found(both(*(formula(RESULT, f"B{row}", text) for row, text in enumerate(different, 6)))) == set()
    assert found(both(*(formula(RESULT, f"B{row}", text) for row, text in enumerate(numbered, 6)))) == {
        ("A104", "Result!B7:B8")
    }
