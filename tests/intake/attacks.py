"""Small files that ask for much: each the smallest example of a way to cost seconds or gigabytes."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from tests.intake.raw_xlsx import Raw, parts, zipped
from tests.intake.workbooks import Grid, small

Parts = dict[str, str]


def _sheet(made: Parts, name: str, inside: str) -> None:
    """Puts XML into a sheet, in front of the end of its data."""
    part = f"xl/worksheets/sheet{list(small()).index(name) + 1}.xml"
    made[part] = made[part].replace("</sheetData>", inside + "</sheetData>", 1)


def _behind(made: Parts, name: str, inside: str) -> None:
    """Puts XML into a sheet, behind its data."""
    part = f"xl/worksheets/sheet{list(small()).index(name) + 1}.xml"
    made[part] = made[part].replace("</sheetData>", "</sheetData>" + inside, 1)


def quadratic_cell(size: int) -> bytes:
    made = parts(small())
    _sheet(made, "Fleet", '<row r="9"><c ' + 'r="A9" ' * size + 'x="1"><v>1</v></c></row>')
    return zipped(made)


def quadratic_format(size: int) -> bytes:
    made = parts(small())
    made["xl/styles.xml"] = made["xl/styles.xml"].replace("yyyy\\-mm\\-dd", "[" * size)
    return zipped(made)


def deep_nesting(size: int) -> bytes:
    made = parts(small())
    _sheet(made, "Fleet", "<a>" * size)
    return zipped(made)


def endless_comment(size: int) -> bytes:
    made = parts(small())
    _sheet(made, "Fleet", "<!--" + ">" * size + "-->")
    return zipped(made)


def long_tag(size: int) -> bytes:
    made = parts(small())
    _sheet(made, "Fleet", "<row " + "".join(f'a{number}="" ' for number in range(size // 12)) + "/>")
    return zipped(made)


def one_part_for_all_sheets(size: int) -> bytes:
    made = parts(small())
    cells = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(20, 20 + size))
    _sheet(made, "Report", cells)
    links = made["xl/_rels/workbook.xml.rels"]
    for number in range(2, len(small()) + 1):
        links = links.replace(f"worksheets/sheet{number}.xml", "worksheets/sheet1.xml")
    made["xl/_rels/workbook.xml.rels"] = links
    return zipped(made)


def shared_text(size: int) -> bytes:
    made = parts(small())
    number = made["xl/sharedStrings.xml"].count("<si>")
    made["xl/sharedStrings.xml"] = made["xl/sharedStrings.xml"].replace(
        "</sst>", f"<si><t>{'x' * 30_000}</t></si></sst>"
    )
    cells = "".join(f'<row r="{row}"><c r="B{row}" t="s"><v>{number}</v></c></row>' for row in range(10, 10 + size))
    _sheet(made, "Fleet", cells)
    return zipped(made)


def many_funds(size: int) -> bytes:
    grid = small()
    grid["ETF_Flows"] = [
        ["Date", *(f"F{number}" for number in range(size))],
        *([dt.date(2025, 12, day), *([1.5] * size)] for day in range(1, 6)),
    ]
    return zipped(parts(grid))


def wide_merge(_: int) -> bytes:
    made = parts(small())
    _behind(made, "Fleet", '<mergeCells count="1"><mergeCell ref="A20:XFD1048576"/></mergeCells>')
    return zipped(made)


def wide_link(_: int) -> bytes:
    made = parts(small())
    _behind(made, "Fleet", '<hyperlinks><hyperlink ref="A20:XFD1048576" location="Fleet!A1"/></hyperlinks>')
    return zipped(made)


def formatted_cells(size: int) -> bytes:
    made = parts(small())
    cells = "".join(f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(10, 10 + size))
    _sheet(made, "Fleet", cells)
    return zipped(made)


def unknown_names(size: int) -> bytes:
    grid: Grid = small()
    grid["Operators"][1:] = [[f"Operator number {number}", 0.05, 0.9] for number in range(size // 6)]
    row = grid["Fleet"][1][1:]
    grid["Fleet"][1:] = [[f"Operater nunber {number}", *row] for number in range(size)]
    return zipped(parts(grid))


def unknown_columns(size: int) -> bytes:
    grid = small()
    grid["Fleet"][0].extend(f"Unit powr {number}" for number in range(min(size, 16_000)))
    return zipped(parts(grid))


def far_date(_: int) -> bytes:
    grid = small()
    grid["Network_History"].append([dt.date(2099, 1, 1), 1060.0, 90_000.0])
    return zipped(parts(grid))


def far_date_and_day(_: int) -> bytes:
    grid = small()
    grid["Network_History"].append([dt.date(2099, 1, 1), 1060.0, 90_000.0])
    grid["Report"][4][1] = dt.date(2099, 1, 1)
    return zipped(parts(grid))


def wrong_cells(size: int) -> bytes:
    grid = small()
    grid["Fleet"].extend([["Alpha", "S21", *["n/a"] * 5]] * size)
    return zipped(parts(grid))


def many_tags(size: int) -> bytes:
    made = parts(small())
    made["xl/styles.xml"] = made["xl/styles.xml"].replace("</cellXfs>", '<xf numFmtId="0"/>' * size + "</cellXfs>")
    return zipped(made)


def many_sheets(size: int) -> bytes:
    made = parts(small())
    more = "".join(f'<sheet name="S{number}" sheetId="{number + 50}" r:id="rId1"/>' for number in range(size))
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace("</sheets>", more + "</sheets>")
    return zipped(made)


def many_ranges(size: int) -> bytes:
    made = parts(small())
    ranges = " ".join(f"A{2 * number + 20}" for number in range(size))
    rule = f'<dataValidation type="whole" sqref="{ranges}"><formula1>1</formula1></dataValidation>'
    _behind(made, "Fleet", f'<dataValidations count="1">{rule}</dataValidations>')
    return zipped(made)


def shared_formula(size: int) -> bytes:
    made = parts(small())
    formula = "+".join(["A1"] * 2_000)
    cells = f'<row r="10"><c r="J10"><f t="shared" ref="J10:J{size + 10}" si="0">{formula}</f><v>1</v></c></row>'
    cells += "".join(
        f'<row r="{row}"><c r="J{row}"><f t="shared" si="0"/><v>1</v></c></row>' for row in range(11, 11 + size)
    )
    _sheet(made, "Fleet", cells)
    return zipped(made)


def long_footer(size: int) -> bytes:
    made = parts(small())
    _behind(made, "Fleet", f"<headerFooter><oddFooter>{'&amp;Lx' * size}</oddFooter></headerFooter>")
    return zipped(made)


def overlong_source(size: int) -> bytes:
    grid = small()
    grid["Market"][1].append("x" * size)
    return zipped(parts(grid))


def overlong_fund(size: int) -> bytes:
    grid = small()
    grid["ETF_Flows"][0][2] = "x" * size
    return zipped(parts(grid))


def strange_attributes(size: int) -> bytes:
    grid = small()
    grid["Fleet"][1][2] = Raw(' t="b"' + ' x="' + "y" * size + '"', "<v>TRUE</v>")
    return zipped(parts(grid))


def empty_rows(size: int) -> bytes:
    made = parts(small())
    _sheet(made, "Fleet", '<row r="9"/>' * size)
    made["xl/sharedStrings.xml"] = made["xl/sharedStrings.xml"].replace("</sst>", "<si/>" * size + "</sst>")
    return zipped(made)


def cell_formats(size: int) -> bytes:
    made = parts(small())
    styles = made["xl/styles.xml"].replace("yyyy\\-mm\\-dd", "0" * 250)
    made["xl/styles.xml"] = styles.replace("</cellXfs>", '<xf numFmtId="164"/>' * size + "</cellXfs>")
    return zipped(made)


def number_formats(size: int) -> bytes:
    made = parts(small())
    more = "".join(f'<numFmt numFmtId="{number + 200}" formatCode="0"/>' for number in range(size))
    made["xl/styles.xml"] = made["xl/styles.xml"].replace("<cellXfs", f"<numFmts>{more}</numFmts><cellXfs", 1)
    return zipped(made)


def long_sheet_names(size: int) -> bytes:
    made = parts(small())
    more = "".join(f'<sheet name="{"x (" * size}" sheetId="{number}" r:id="rId1"/>' for number in range(60, 460))
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace("</sheets>", more + "</sheets>")
    return zipped(made)


def many_links(size: int) -> bytes:
    made = parts(small())
    more = "".join(f'<Relationship Id="x{number}" Type="" Target="a{number}"/>' for number in range(size))
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        "<Relationship ", more + "<Relationship ", 1
    )
    return zipped(made)


def heaped_accents(size: int) -> bytes:
    grid = small()
    heap = "a" + "\u0301\u0316" * 490
    row = grid["Fleet"][1][1:]
    grid["Fleet"].extend([f"{heap}{number % 7}", *row] for number in range(size))
    return zipped(parts(grid))


def heaped_accents_in_headings(size: int) -> bytes:
    grid = small()
    heap = "a" + "\u0301\u0316" * 16_000
    grid["ETF_Flows"] = [["Date", *(f"{heap}{number}" for number in range(size))]]
    return zipped(parts(grid))


def shuffled_names(size: int) -> bytes:
    grid, chance = small(), random.Random(1)
    names = ["".join(chance.sample("ab" * 50, 100)) for _ in range(2 * size)]
    grid["Operators"][1:] = [[name, 0.05, 0.9] for name in names[:size]]
    row = grid["Fleet"][1][1:]
    grid["Fleet"][1:] = [[name, *row] for name in names[size : size + 40]]
    return zipped(parts(grid))


def dates_with_times(size: int) -> bytes:
    made = parts(small())
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"><v>45999.5</v></c></row>' for row in range(100, 100 + size))
    _sheet(made, "Network_History", rows)
    return zipped(made)


def stress_windows(size: int) -> bytes:
    grid = small()
    days = [dt.date(2024, 1, 1), dt.date(2025, 12, 1)]
    grid["Stress_Windows"] = [["Window", "From", "To"], *([f"W{number}", *days] for number in range(size))]
    return zipped(parts(grid))


def acceptances(size: int) -> bytes:
    grid = small()
    row = ["power_price_high", "Operators", "Alpha", dt.date(2026, 1, 1), "known", "me"]
    grid["Accepted"] = [["Code", "Sheet", "Row", "Until", "Reason", "Accepted by"], *([row] * size)]
    grid["Operators"][1:] = [[f"O{number}", 0.5, 0.9] for number in range(min(size, 1_500))]
    return zipped(parts(grid))


def tall_rows(size: int) -> bytes:
    made = parts(small())
    _sheet(made, "Fleet", "".join(f'<row r="{row}" ht="20" customHeight="1"/>' for row in range(20, 20 + size)))
    return zipped(made)


def many_rules(size: int) -> bytes:
    made = parts(small())
    rule = '<cfRule type="expression" priority="1"><formula>1</formula></cfRule>'
    _behind(made, "Fleet", f'<conditionalFormatting sqref="A1">{rule}</conditionalFormatting>' * size)
    return zipped(made)


def runs_of_letters(size: int) -> bytes:
    made = parts(small())
    runs = "<r><rPr><b/></rPr><t>x</t></r>" * size
    made["xl/sharedStrings.xml"] = made["xl/sharedStrings.xml"].replace("</sst>", f"<si>{runs}</si></sst>")
    return zipped(made)


def print_titles(size: int) -> bytes:
    made = parts(small())
    name = f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{"a" * size}</definedName>'
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        "</sheets>", f"</sheets><definedNames>{name}</definedNames>"
    )
    return zipped(made)


ATTACKS: dict[str, tuple[Callable[[int], bytes], int, int]] = {
    "a cell tag with an address again and again": (quadratic_cell, 1_000, 200_000),
    "a number format of brackets": (quadratic_format, 9_000, 200_000),
    "tags inside tags": (deep_nesting, 5_000, 20_000_000),
    "a comment without end": (endless_comment, 5_000_000, 150_000_000),
    "a tag without end": (long_tag, 3_000_000, 50_000_000),
    "one part for all sheets": (one_part_for_all_sheets, 1_000, 500_000),
    "a long text in many cells": (shared_text, 2_000, 400_000),
    "thousands of funds": (many_funds, 1_000, 16_000),
    "a merged block over a whole sheet": (wide_merge, 0, 0),
    "a link over a whole sheet": (wide_link, 0, 0),
    "formatted cells": (formatted_cells, 160_000, 1_000_000),
    "unknown names": (unknown_names, 2_000, 60_000),
    "unknown columns": (unknown_columns, 1_000, 16_000),
    "a date in 2099": (far_date, 0, 0),
    "an as-of date in 2099": (far_date_and_day, 0, 0),
    "wrong cells": (wrong_cells, 2_000, 100_000),
    "tags of formats": (many_tags, 250_000, 2_000_000),
    "sheets without end": (many_sheets, 1_000, 200_000),
    "a rule for many ranges": (many_ranges, 2_000, 100_000),
    "a long shared formula": (shared_formula, 2_000, 200_000),
    "a long footer": (long_footer, 1_000, 1_000_000),
    "a source of 40,000 characters": (overlong_source, 40_000, 10_000_000),
    "a fund's name of 40,000 characters": (overlong_fund, 40_000, 10_000_000),
    "strange attributes": (strange_attributes, 1_000, 900_000),
    "blank rows and texts": (empty_rows, 10_000, 4_000_000),
    "cells with a long format": (cell_formats, 1_000, 4_000_000),
    "number formats without end": (number_formats, 10_001, 1_000_000),
    "long names of sheets": (long_sheet_names, 400, 120_000),
    "links without end": (many_links, 20_001, 2_000_000),
    "names of heaped accents": (heaped_accents, 20, 40_000),
    "headings of heaped accents": (heaped_accents_in_headings, 2, 1_400),
    "names of the same letters": (shuffled_names, 20, 2_000),
    "dates with times": (dates_with_times, 20, 600_000),
    "stress windows without end": (stress_windows, 20, 20_000),
    "acceptances without end": (acceptances, 20, 60_000),
    "tall rows": (tall_rows, 200_001, 1_000_000),
    "rules without end": (many_rules, 40_000, 400_000),
    "runs of letters": (runs_of_letters, 70_000, 1_000_000),
    "rows to repeat without end": (print_titles, 1_001, 300_000),
}
"""By name: what makes the file, and its size as a test and as a heavy attack."""
