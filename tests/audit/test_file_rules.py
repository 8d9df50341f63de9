"""Rules on what Excel repairs or refuses in a file: each damage alone is found."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Found
from tests.audit.damage import Damage, added, both, fits, look, missing, style, swap
from tests.audit.small_book import ABOUT, BOOK, COSTS, INPUTS, RESULT

TABLE = "xl/tables/table1.xml"
NAMES = "</definedNames>"
LIST = "Inputs!D10:D12"
LONG = "R" * 32
TEXT = "x " * 16_400
MEETING = '<mergeCell ref="A12:B12"/><mergeCell ref="B12:B13"/>'

DAMAGES: dict[str, tuple[str, str, Damage]] = {
    "a name of 32 characters": (
        "A701",
        LONG,
        both(
            swap(BOOK, 'name="Result"', f'name="{LONG}"'),
            fits("xl/charts/chart1.xml", r"Result!\$C\$6", f"{LONG}!$C$6"),
        ),
    ),
    "a name with a bracket": (
        "A701",
        "Re[s]ult",
        both(
            swap(BOOK, 'name="Result"', 'name="Re[s]ult"'),
            fits("xl/charts/chart1.xml", r"Result!\$C\$6", "'Re[s]ult'!$C$6"),
        ),
    ),
    "tags out of order": (
        "A702",
        "Costs",
        both(
            fits(COSTS, "<sheetProtection[^>]*/>"),
            swap(COSTS, "<pageMargins ", '<printOptions/><sheetProtection sheet="1"/><pageMargins '),
        ),
    ),
    "a tag twice": ("A702", "Costs", swap(COSTS, "<pageMargins ", '<pageMargins left="0.7"/><pageMargins ')),
    "a cell twice": ("A703", "Costs!F7", swap(COSTS, '<c r="F7"', '<c r="F7" s="5"/><c r="F7"')),
    "a text that is too long": (
        "A703",
        "About!B12",
        swap(ABOUT, "</sheetData>", f'<row r="12"><c r="B12" s="8" t="str"><v>{TEXT}</v></c></row></sheetData>'),
    ),
    "a format that is not there": ("A703", "About!A1", style(ABOUT, "A1", 99)),
    "merged blocks that meet": (
        "A704",
        "About!A12:B12, B12:B13",
        swap(ABOUT, "<hyperlinks>", f"<mergeCells>{MEETING}</mergeCells><hyperlinks>"),
    ),
    "a single merged cell": (
        "A704",
        "About!A12",
        swap(ABOUT, "<hyperlinks>", '<mergeCells><mergeCell ref="A12"/></mergeCells><hyperlinks>'),
    ),
    "a merged block in a table": (
        "A704",
        "Inputs!A9:D12",
        swap(INPUTS, "<dataValidations ", '<mergeCells><mergeCell ref="D10:D11"/></mergeCells><dataValidations '),
    ),
    "a format without its font": ("A705", "", look(ABOUT, "A1", 'numFmtId="0" fontId="99" fillId="0" borderId="0"')),
    "a format without its number format": (
        "A705",
        "",
        look(ABOUT, "A1", 'numFmtId="199" fontId="1" fillId="0" borderId="0"'),
    ),
    "a name twice": ("A706", "", swap(BOOK, NAMES, f'<definedName name="Price">Inputs!$B$6</definedName>{NAMES}')),
    "a name like a cell": ("A706", "", swap(BOOK, NAMES, f'<definedName name="AB12">Inputs!$B$6</definedName>{NAMES}')),
    "a header that its cell does not say": ("A707", "Inputs!A9:D12", swap(TABLE, 'name="Kind"', 'name="Sort"')),
    "a table with a column too few": ("A707", "Inputs!A9:D12", swap(TABLE, '<tableColumn id="4" name="Kind"/>', "")),
    "two columns of one name": ("A707", "Inputs!A9:D12", swap(TABLE, 'name="Kind"', 'name="Miner"')),
    "a table without rows": ("A707", "Inputs!A9:D9", swap(TABLE, 'ref="A9:D12"', 'ref="A9:D9"')),
    "a conditional format that is not there": ("A708", "Result!B6:B8", swap(RESULT, 'dxfId="0"', 'dxfId="7"')),
    "a conditional format of nothing": ("A708", "Result", swap(RESULT, 'sqref="B6:B8"', 'sqref=""')),
    "a part that is missing": ("A709", "", missing("xl/theme/theme1.xml")),
    "a part without a kind": ("A709", "", added("xl/more.bin", "more")),
    "a list that is too long": ("A710", LIST, swap(INPUTS, '"own,hosted"', '"' + "own," * 70 + 'hosted"')),
    "one bound of two": (
        "A710",
        "Inputs!B5",
        swap(
            INPUTS,
            'sqref="B5"><formula1>0</formula1><formula2>10000000</formula2>',
            'sqref="B5"><formula1>0</formula1>',
        ),
    ),
    "a message that is too long": ("A710", "Inputs!B6", swap(INPUTS, 'error="A day."', f'error="{"day " * 70}"')),
    "a list from no sheet": ("A710", LIST, swap(INPUTS, '"own,hosted"', "Gone!$A$1:$A$2")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_excel_would_repair_is_found_where_it_is(found: Found, damage: str) -> None:
    code, cells, change = DAMAGES[damage]
    assert found(change) == {(code, cells)}
