"""What is printed of the delivered workbook: on which paper, on how many pages, how large, and with which titles.

The pages follow from the set-up by the rule of `paper.py`; it was held against LibreOffice once, sheet by sheet.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from reportgen.audit.auditor import audited
from reportgen.audit.file.archive import opened_bytes
from reportgen.intake.form.sample import write_sample
from reportgen.intake.reader import read_workbook
from reportgen.model.solve import Solution, solve
from reportgen.render.workbook.figure_pages import NOT_PRINTED, UP_TO
from reportgen.render.workbook.paper import LEAST_POINTS, WIDER, Cells, Paper, least_scale, pages_of, paper_of
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.printed import ON_SCREEN
from reportgen.render.workbook.writer import write_workbook

MOST_PAGES = 40
OWN = ("Dashboard", "About", "Charts")
"""Sheets with a page set-up of their own."""
A4 = paper_of("A4")


def cells(columns: int, rows: int, width: float = 100, height: float = 13.5, **titles: Any) -> Cells:
    return Cells([width] * columns, [height] * rows, **({"title_width": 0, "title_height": 0} | titles), smallest=10)


# The rule


def test_cells_are_never_split_and_titles_count_on_every_page() -> None:
    assert pages_of([40] * 5, 100, 0) == 3
    assert pages_of([40] * 5, 100, 20) == 3
    assert pages_of([40] * 5, 100, 30) == 4  # one a page, once the titles are there
    assert pages_of([40, 40], 100, 30, within=False) == 2  # titles that are not among the cells count on the first too
    assert pages_of([500], 100, 0) == 1


def test_a_sheet_takes_the_fewest_pages_and_lies_across_where_it_makes_no_difference() -> None:
    assert (A4.fit(cells(8, 20)).landscape, A4.fit(cells(8, 20)).pages) == (True, 1)
    high = A4.fit(cells(8, 70))
    assert (high.landscape, high.pages, high.scale) == (False, 1, None)
    assert A4.fit(cells(14, 20)).pages == 2  # wider than a page at the least scale


def test_a_long_list_is_printed_at_the_least_scale_and_not_fitted() -> None:
    fit = A4.fit(cells(4, 2_000))
    assert fit.scale == 70
    assert fit.tall > 20


def test_the_least_scale_prints_the_smallest_text_legibly() -> None:
    assert least_scale(10) * 10 == pytest.approx(LEAST_POINTS)
    assert least_scale(6) == 1


def test_letter_is_shorter_and_wider_than_a4() -> None:
    letter: Paper = paper_of("Letter")
    for landscape, side in ((True, 0), (False, 1)):
        assert letter.room(landscape)[side] < A4.room(landscape)[side]
        assert letter.room(landscape)[1 - side] > A4.room(landscape)[1 - side]
    assert letter.number == 1


# The workbook


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sample") / "sample.xlsx"
    write_sample(path)
    return write_workbook(solve(read_workbook(path)))


def test_sections_that_are_not_printed_are_those_of_a_sheet(plan: Plan) -> None:
    sections = {(sheet, part.section.title) for sheet, parts in plan.sheets.items() for part in parts}
    assert sections >= NOT_PRINTED
    assert set(UP_TO) <= {(part.block.name, sheet) for sheet, parts in plan.sheets.items() for part in parts}


@pytest.fixture(scope="module")
def printed(sample: bytes) -> dict[str, tuple[int, int, bool]]:
    """Pages wide and tall of each sheet as its set-up fits it, and whether anything is printed of it at all."""
    with zipfile.ZipFile(io.BytesIO(sample)) as archive:
        book = archive.read("xl/workbook.xml").decode()
        names = re.findall(r'<sheet name="([^"]+)"', book)
        blank = set(re.findall(r'<definedName name="_xlnm.Print_Area"[^>]*>(\w+)!\$WQJ\$1<', book))
        found = {}
        for place, name in enumerate(names, start=1):
            tail = archive.read(f"xl/worksheets/sheet{place}.xml").decode()[-6_000:]
            (setup,) = re.findall(r"<pageSetup [^>]*>", tail)
            wide, tall = (int((re.findall(rf'{side}="(\d+)"', setup) or ["1"])[0])
                          for side in ("fitToWidth", "fitToHeight"))  # fmt: skip
            found[name] = wide, tall, name not in blank
    return found


def test_the_sample_is_printed_on_at_most_forty_pages(printed: dict[str, tuple[int, int, bool]]) -> None:
    pages = {name: wide * tall for name, (wide, tall, shown) in printed.items() if shown and name not in OWN}
    assert 0 not in pages.values()
    assert sum(pages.values()) <= MOST_PAGES - 5, pages  # five are those of the first two sheets and of the charts
    assert {name for name, (_, _, shown) in printed.items() if not shown} == set(ON_SCREEN)


def test_what_is_printed_is_legible_and_whole_in_a_program_that_makes_columns_wider(book: openpyxl.Workbook) -> None:
    sheet: Any
    for sheet in book.worksheets:
        if sheet.title in {*OWN, *ON_SCREEN}:
            continue
        left, _, right, _ = (int(edge or 0) for edge in range_boundaries(sheet.print_area.split("!")[1]))
        widths: dict[int, float] = {each: shape.width for shape in sheet.column_dimensions.values()
                  for each in range(shape.min, shape.max + 1)}  # fmt: skip
        pixels = sum(int(widths.get(column, 9.14) * 7 + 0.5) for column in range(left, right + 1)) * WIDER
        room = A4.room(sheet.page_setup.orientation == "landscape")[0] * (sheet.page_setup.fitToWidth or 1)
        smallest = min(cell.font.size for row in sheet.iter_rows() for cell in row if cell.value is not None)
        assert smallest * min(1, room / pixels) >= LEAST_POINTS * 0.97, sheet.title


def test_our_sheets_keep_the_rules_on_what_fits_and_what_stays_in_view(sample: bytes) -> None:
    rules, elsewhere = (
        {"A601", "A602", "A611", "A612", "A613"},
        {*OWN, "Checks", "Input_Checks"},
    )
    found = {(each.code, each.breach.sheet) for each in audited(opened_bytes(sample)).findings}
    assert {(code, sheet) for code, sheet in found if code in rules and sheet not in elsewhere} == set()


def test_the_paper_of_the_theme_is_that_of_every_sheet(solution: Solution, tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('[page]\nsize = "Letter"\n', encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(write_workbook(solution, tmp_path))) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert all(re.search(r'<pageSetup [^>]*paperSize="1"|<pageSetup (?![^>]*paperSize)', sheet) for sheet in sheets)
    assert len(sheets) > 30
