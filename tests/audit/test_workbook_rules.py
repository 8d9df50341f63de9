"""Rules on what a reader sees: openness, colours, inputs, links, units, fit, print; each damage alone is found."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Found
from tests.audit.damage import Damage, added, both, fits, look, margins, style, swap
from tests.audit.small_book import ABOUT, BOOK, COSTS, DRAWING, INPUTS, RESULT, STYLES

CHECK = 'showErrorMessage="1" sqref="B5"'
NAMES = "</definedNames>"
ROWS = "</sheetData>"
ALL = "Costs!D7:F7"
LINK = '<Relationship Id="rId9" Type="x/hyperlink" Target="http://a.example/" TargetMode="External"/>'
FAR_DOWN = swap(COSTS, ROWS, f'<row r="60"><c r="A60" s="1" t="str"><v>End</v></c></row>{ROWS}')
REPEATED = swap(
    BOOK, NAMES, f'<definedName name="_xlnm.Print_Titles" localSheetId="2">Costs!$4:$4</definedName>{NAMES}'
)
FAR_RIGHT = swap(RESULT, "<v>33</v></c></row>", '<v>33</v></c><c r="AD4" s="1" t="str"><v>far</v></c></row>')

OPENNESS: dict[str, tuple[str, str, Damage]] = {
    "a formula that looks at another file": ("A201", ALL, margins("#5*(price-#6)+[1]Other!$A$1")),
    "a link to the web": (
        "A201",
        "About",
        both(
            swap(ABOUT, "<hyperlink ", '<hyperlink ref="A1" r:id="rId9"/><hyperlink '),
            added("xl/worksheets/_rels/sheet1.xml.rels", f"<Relationships>{LINK}</Relationships>"),
        ),
    ),
    "a name in another file": (
        "A201",
        "",
        swap(BOOK, NAMES, f'<definedName name="volume">[1]Other!$B$5</definedName>{NAMES}'),
    ),
    "a hidden sheet": ("A202", "Costs", swap(BOOK, '<sheet name="Costs" ', '<sheet name="Costs" state="hidden" ')),
    "a very hidden sheet": (
        "A202",
        "Costs",
        swap(BOOK, '<sheet name="Costs" ', '<sheet name="Costs" state="veryHidden" '),
    ),
    "a hidden row": ("A203", "Costs!A6", swap(COSTS, '<row r="6" ', '<row r="6" hidden="1" ')),
    "a row of no height": ("A203", "Costs!A6", swap(COSTS, '<row r="6" ', '<row r="6" ht="0" customHeight="1" ')),
    "a hidden column": (
        "A203",
        "Costs!H1",
        swap(COSTS, "</cols>", '<col min="8" max="8" width="9" hidden="1" customWidth="1"/></cols>'),
    ),
    "white letters": (
        "A204",
        "About!A1, B10",
        both(style(ABOUT, "A1", 8), fits(STYLES, '^(.*?)<color theme="1"/>', r'\1<color rgb="FFFFFFFF"/>')),
    ),
    "letters in the colour of their ground": (
        "A204",
        "Inputs!A4",
        both(
            look(INPUTS, "A4", 'numFmtId="0" fontId="0" fillId="3" borderId="0"'),
            fits(STYLES, '^(.*?)<color theme="1"/>', r'\1<color rgb="FFF3F6FA"/>'),
        ),
    ),
    "a format that shows nothing": (
        "A204",
        "Costs!C9",
        both(
            look(COSTS, "C9", 'numFmtId="190" fontId="5" fillId="0" borderId="0"'),
            swap(STYLES, "</numFmts>", '<numFmt numFmtId="190" formatCode=";;;"/></numFmts>'),
        ),
    ),
    "a hidden formula": (
        "A205",
        "Costs!F7",
        look(COSTS, "F7", 'numFmtId="4" fontId="4" fillId="0" borderId="0"', '<protection hidden="1"/>'),
    ),
    "a hidden name": ("A205", "", swap(BOOK, '<definedName name="price"', '<definedName name="price" hidden="1"')),
}
LOOKS: dict[str, tuple[str, str, Damage]] = {
    "no legend": ("A300", "About", fits("xl/sharedStrings.xml", "Snapshot: does not move", "Grey")),
    "a blue formula": ("A301", "Costs!F7", look(COSTS, "F7", 'numFmtId="4" fontId="2" fillId="0" borderId="0"')),
    "an input in black": (
        "A301",
        "Inputs!B5",
        look(INPUTS, "B5", 'numFmtId="4" fontId="1" fillId="0" borderId="0"', '<protection locked="0"/>'),
    ),
    "a formula of its own sheet in green": ("A302", "Costs!C5", style(COSTS, "C5", 5)),
    "a formula with a name in black": ("A303", "Costs!F7", style(COSTS, "F7", 4)),
    "a snapshot in black": ("A304", "Costs!C9", style(COSTS, "C9", 4)),
    "a number that takes anything": ("A401", "Inputs!B5", swap(INPUTS, CHECK, CHECK.replace("B5", "E40"))),
    "a check that says nothing": ("A401", "Inputs!B5", swap(INPUTS, CHECK, CHECK.replace('"1"', '"0"'))),
    "an unlocked formula": (
        "A402",
        "Costs!F7",
        look(COSTS, "F7", 'numFmtId="4" fontId="4" fillId="0" borderId="0"', '<protection locked="0"/>'),
    ),
    "an unprotected sheet": ("A403", "Costs", fits(COSTS, "<sheetProtection[^>]*/>")),
    "a locked input": ("A404", "Inputs!B5", look(INPUTS, "B5", 'numFmtId="4" fontId="2" fillId="0" borderId="0"')),
}
LINKS: dict[str, tuple[str, str, Damage]] = {
    "a name on no sheet": ("A501", "", swap(BOOK, NAMES, f'<definedName name="volume">Gone!$B$5</definedName>{NAMES}')),
    "a name of a deleted cell": (
        "A501",
        "",
        swap(BOOK, NAMES, f'<definedName name="volume">#REF!</definedName>{NAMES}'),
    ),
    "a link to no sheet": ("A502", "About!A9", swap(ABOUT, "'Costs'!A1", "'Gone'!A1")),
    "a link to no name": ("A502", "About!A9", swap(ABOUT, "'Costs'!A1", "volume")),
    "a formula that looks at no sheet": ("A503", ALL, margins("#5*(price-Gone!#6)")),
    "a formula that looks at a deleted cell": ("A503", ALL, margins("#5*(price-#6*@REF!)")),
    "an unknown name": ("A504", ALL, margins("#5*(prise-#6)+0*price")),
    "a chart of no sheet": ("A505", "Result!A11:E25", fits("xl/charts/chart1.xml", r"Result!\$C\$6", "Gone!$C$6")),
}
STRUCTURE: dict[str, tuple[str, str, Damage]] = {
    "no unit beside a row": ("A311", "Costs!C9", fits(COSTS, '<c r="B9" [^>]*><v>29</v></c>')),
    "no unit over a column": ("A311", "Result!B6:B8", fits(RESULT, '<c r="B5" s="9" t="s"><v>29</v></c>')),
    "a date that is shown as a number": ("A312", "Inputs!B6", style(INPUTS, "B6", 2)),
    "a number that is shown as a date": ("A312", "Inputs!B5", style(INPUTS, "B5", 10)),
    "an amount in per cent": ("A312", "Result!C6:C8", fits("xl/sharedStrings.xml", "<t>share</t>", "<t>USD</t>")),
    "a total under a name": (
        "A313",
        "Costs!D9",
        fits(COSTS, '<c r="C9" s="6"><v>1000000</v></c>', '<c r="D9" s="4"><f>SUM(D7:F7)</f><v>5550000</v></c>'),
    ),
    "a look ahead": ("A314", ALL, margins("#5*(price-#6)+0*Result!$C$6")),
    "####": ("A601", "Costs!F7", swap(COSTS, "<v>-150000.0</v>", "<v>-1500000000000000.0</v>")),
    "a text between two others": (
        "A602",
        "Costs!B9",
        fits(COSTS, '<c r="B9" s="1" t="s"><v>29</v>', '<c r="B9" s="1" t="str"><v>USD a month, as reported</v>'),
    ),
    "a row that is too low": ("A602", "About!B10", swap(ABOUT, 'ht="30"', 'ht="15"')),
    "a typed name that is longer than its cell": (
        "A603",
        "Inputs!A10",
        fits(INPUTS, '<c r="A10" s="11" t="s"><v>15</v>', '<c r="A10" s="11" t="str"><v>Fjord and several others</v>'),
    ),
    "print that is too small": ("A611", "Result!A1:AD25", FAR_RIGHT),
    "no panes on a long sheet": ("A612", "Costs!A1:F60", both(fits(COSTS, "<pane [^>]*/>"), FAR_DOWN, REPEATED)),
    "pages without headings": ("A613", "Costs", FAR_DOWN),
    "a chart without words": ("A621", "Result!A11:E25", fits(DRAWING, ' descr="[^"]*"')),
    "a file without a title": ("A622", "", fits("docProps/core.xml", "<dc:title>Small</dc:title>")),
    "a file without an author": ("A622", "", fits("docProps/core.xml", "<dc:creator>Desk</dc:creator>")),
}
DAMAGES = OPENNESS | LOOKS | LINKS | STRUCTURE


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_that_a_reader_meets_is_found_where_it_is(found: Found, damage: str) -> None:
    code, cells, change = DAMAGES[damage]
    assert found(change) == {(code, cells)}


def test_pages_with_headings_are_let_pass(found: Found) -> None:
    assert found(both(FAR_DOWN, REPEATED)) == set()


def test_a_sheet_of_which_only_blank_cells_are_printed_is_not_printed(found: Found) -> None:
    nothing = '<definedName name="_xlnm.Print_Area" localSheetId="2">Costs!$XFD$1</definedName>'
    assert found(both(FAR_DOWN, swap(BOOK, NAMES, f"{nothing}{NAMES}"))) == set()


def test_what_is_printed_is_the_print_area(found: Found) -> None:
    near = '<definedName name="_xlnm.Print_Area" localSheetId="3">Result!$A$1:$C$8</definedName>'
    assert found(both(FAR_RIGHT, swap(BOOK, NAMES, f"{near}{NAMES}"))) == set()
