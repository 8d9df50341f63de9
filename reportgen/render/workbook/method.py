"""The Method sheet: every line with its meaning, its formula in words and a link to where it stands."""

from __future__ import annotations

from itertools import chain

from reportgen.model.block import Line
from reportgen.model.explain import formula_in_words
from reportgen.model.record_terms import TERMS, Term
from reportgen.render.workbook.page import Page
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.record_sheet import SHEET as RECORD
from reportgen.render.workbook.record_sheet import TITLE as RECORD_TITLE
from reportgen.render.workbook.sheet_titles import title_of
from reportgen.render.workbook.text_width import EDGES, widest

SHEET = TITLE = "Method"
SUMMARY = "Every line: meaning, formula in words, and a link to it."
MEANING, WORDS = 60, 90  # characters across
HEADERS = ("Sheet", "Line", "Name", "Unit", "Meaning", "Formula in words")


def write_method(page: Page, plan: Plan) -> None:
    """Write a row for every line of the model, in the order of the sheets, and for every column of the record."""
    page.title(TITLE, "Made from the same source as the figures: meaning and formula of every line.")
    for column, header in enumerate(HEADERS):
        page.text(3, column, header, "header_left")
    row = 3
    for sheet, parts in plan.sheets.items():
        for part in parts:
            for line in part.section.lines:
                row += 1
                key = part.block.name, line.name
                _write(page, row, line, title_of(sheet), formula_in_words(plan.graph, key))
                page.link(row, 1, sheet, line.label, plan.range_of(part.block.name, key).cell(absolute=False))
    for term in chain.from_iterable(TERMS.values()):
        row += 1
        _write(page, row, term, RECORD_TITLE, term.how)
        page.link(row, 1, RECORD, term.label)
    for column, width in enumerate((*_widths(plan), 20, MEANING, WORDS)):
        page.sheet.set_column(column, column, width)
    page.sheet.freeze_panes(4, 2)
    page.sheet.autofilter(3, 0, row, len(HEADERS) - 1)
    page.sheet.repeat_rows(3)


def _widths(plan: Plan) -> list[float]:
    """Of the titles of the sheets, the labels and the names of the lines: all are shown whole."""
    lines = [line for parts in plan.sheets.values() for part in parts for line in part.section.lines]
    figures: list[Line | Term] = [*lines, *chain.from_iterable(TERMS.values())]
    columns = map(title_of, plan.sheets), (each.label for each in figures), (each.name for each in figures)
    return [EDGES + widest(texts) for texts in columns]


def _write(page: Page, row: int, figure: Line | Term, sheet: str, said: str) -> None:
    meaning = " ".join(figure.meaning.split())
    page.sheet.set_row(row, 13.5 * max(1, -(-len(meaning) // MEANING), -(-len(said) // WORDS)))
    page.text(row, 0, sheet, "label")
    page.text(row, 2, figure.name, "note")
    page.text(row, 3, figure.unit, "unit")
    page.text(row, 4, meaning, "wrapped")
    page.text(row, 5, said, "wrapped")
