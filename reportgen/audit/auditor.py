"""The audit: a workbook is read once, sheet by sheet, and every rule looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reportgen.audit.file.archive import Archive
from reportgen.audit.file.book import Book
from reportgen.audit.findings import Audit, Breach, Finding
from reportgen.audit.formulas.found import formulas_of
from reportgen.audit.formulas.relative import Formulas
from reportgen.audit.legend import legend_of
from reportgen.audit.rule_texts import rules
from reportgen.audit.rules import (
    blocks,
    colours,
    fit,
    flow,
    formula_shape,
    inputs,
    objects,
    openness,
    printing,
    references,
    totals,
    units,
    validations,
    validity,
    values,
)
from reportgen.audit.view import View

OF_A_SHEET: tuple[Callable[[View], Iterator[Breach]], ...] = (
    values.error_cells,
    values.formulas_without_value,
    blocks.broken_blocks,
    formula_shape.long_formulas,
    formula_shape.deep_conditions,
    formula_shape.embedded_constants,
    formula_shape.functions,
    openness.outside_formulas,
    openness.hidden_lines,
    openness.unseen_texts,
    openness.hidden_formulas,
    colours.input_colours,
    colours.formula_colours,
    colours.plain_values,
    inputs.unchecked_inputs,
    inputs.open_formulas,
    inputs.unprotected_sheets,
    inputs.closed_inputs,
    references.links_lead_somewhere,
    references.references_resolve,
    references.charts_have_figures,
    units.units,
    totals.misplaced_totals,
    flow.looks_ahead,
    fit.cut_numbers,
    fit.cut_texts,
    printing.small_print,
    printing.panes,
    printing.titles,
    objects.alternative_texts,
    validity.order_of_tags,
    validity.cells_in_bounds,
    validity.merged_cells,
    validity.tables,
    validity.conditional_formats,
    validity.missing_parts,
    validations.validations,
)
OF_THE_BOOK: tuple[Callable[[Book], Iterator[Breach]], ...] = (
    openness.outside_links,
    openness.hidden_sheets,
    openness.hidden_names,
    references.names_lead_somewhere,
    objects.properties,
    objects.computing,
    validity.sheet_names,
    validity.formats,
    validity.defined_names,
    validity.whole_file,
)


def audited(archive: Archive, more: Iterable[Breach] = ()) -> Audit:
    """Hold a workbook against every rule; `more` are breaches that were found in another way.

    DamagedError or TooLargeError when a part of it cannot be read.
    """
    book, known = Book(archive), Formulas()
    legend = legend_of(book)
    found: list[Breach] = [*more, *colours.has_legend(book, legend)]
    for rule in OF_THE_BOOK:
        found.extend(rule(book))
    sheets = cells = formulas = 0
    for sheet in book.read_all():
        book.take_typed(sheet)
        view = View(book, sheet, formulas_of(sheet, known), legend)
        for look in OF_A_SHEET:
            found.extend(look(view))
        sheets, cells, formulas = sheets + 1, cells + len(sheet.filled), formulas + len(view.formulas)
    return Audit(_sorted(found, book), sheets, cells, formulas)


def _sorted(found: Iterable[Breach], book: Book) -> tuple[Finding, ...]:
    """By the order of the sheets, then by code and place; what concerns the workbook comes first."""
    order = {listed.name: listed.number for listed in book.sheets}
    listed = rules()
    by_place = sorted(found, key=lambda each: (order.get(each.sheet, 0), each.code, each.areas))
    return tuple(
        Finding(each, listed[each.code].severity, listed[each.code].title, listed[each.code].remedy)
        for each in by_place
    )
