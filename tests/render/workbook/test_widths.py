"""What is shown is shown whole: widths of columns, help lines, and what stands beside numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from reportgen.render.workbook.page import STANDARD_WIDTH
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.printed import ON_SCREEN
from reportgen.render.workbook.text_width import lines_of, number_width, text_width


def test_what_stands_in_a_column_of_names_fits_into_it(book: openpyxl.Workbook) -> None:
    for name, first in (("About", 6), ("Market", 5), ("Risk_Score", 5), ("Liquidity", 5)):
        sheet = book[name]
        cells = [
            cell
            for (cell,) in sheet.iter_rows(min_row=first, max_row=30, max_col=1)
            if str(cell.value or "=")[0] != "="
        ]
        assert max(text_width(str(cell.value), cell.font.size) for cell in cells) <= sheet.column_dimensions["A"].width


def test_the_link_to_the_contents_fits_on_every_sheet(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        assert sheet.column_dimensions["A"].width >= text_width("Back to the contents"), sheet.title


def test_a_help_line_stays_within_what_is_printed_in_a_row_that_is_high_enough(book: openpyxl.Workbook) -> None:
    told = [sheet for sheet in book.worksheets if sheet["A2"].value and sheet.title not in ("Dashboard", "About")]
    assert len(told) > 15
    for sheet in told:
        (over,) = [area for area in sheet.merged_cells.ranges if area.min_row == 2]
        if sheet.title in ON_SCREEN:
            continue
        printed = range_boundaries(sheet.print_area.split("!")[1])[2] if sheet.print_area else over.max_col
        assert over.max_col <= printed, sheet.title
        assert sheet["A2"].alignment.wrap_text, sheet.title
        width = sum(column_width(sheet, column) for column in range(1, over.max_col + 1))
        assert sheet.row_dimensions[2].height >= 13 * lines_of(str(sheet["A2"].value), width), sheet.title


def column_width(sheet: Any, column: int) -> float:
    """In units; openpyxl keeps neighbours of one width together."""
    return next(
        (float(each.width) for each in sheet.column_dimensions.values() if each.min <= column <= each.max),
        STANDARD_WIDTH,
    )


def test_text_keeps_clear_of_the_number_to_its_left(book: openpyxl.Workbook) -> None:
    for sheet, cell in (("Operators", "P5"), ("Market", "C5"), ("About", "C10"), ("Events", "B5")):
        assert book[sheet][cell].alignment.indent == 1, sheet


def test_rows_of_the_triggers_that_are_not_used_are_quiet(plan: Plan, book: openpyxl.Workbook) -> None:
    cells = plan.range_of("triggers", ("triggers", "operator"))
    first, column = cells.first + 1, get_column_letter(cells.fixed + 1)
    whole = f"A{first}:{get_column_letter(plan.sheets[cells.sheet][-1].end[1])}{first + cells.members - 1}"
    (area,) = [area for area in book[cells.sheet].conditional_formatting if str(area.sqref) == whole]
    assert [rule.formula for rule in area.rules] == [[f'${column}{first}="n/a"']]


@pytest.mark.parametrize(
    ("values", "number_format", "shown"),
    [
        ([1.0, 12_345_678.9], "#,##0.00;-#,##0.00", "-12,345,678.90"),
        ([0.12345], "0.0%", "-12.3%"),
        ([float("nan"), -0.5], "0.0000", "-0.5000"),
        ([45_000.0], "yyyy-mm-dd", "2023-03-15"),
        ([999_999.0], "#,##0", "-999,999"),
    ],
)
def test_a_number_is_as_wide_as_it_is_shown(values: list[float], number_format: str, shown: str) -> None:
    assert np.isclose(number_width(values, number_format), text_width(shown), atol=1.6)
    assert number_width(values, number_format) > text_width(shown) - 0.3


def test_nothing_is_as_wide_as_no_number() -> None:
    assert number_width([float("nan")], "0.0") == 0
