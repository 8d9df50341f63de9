"""A workbook as it is delivered breaks no rule; damaged in many ways at once, each damage is found and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from reportgen.audit.file.archive import opened_bytes
from reportgen.audit.file.book import Book
from reportgen.audit.file.cells import Cell
from reportgen.audit.findings import Finding
from reportgen.audit.formulas.found import formulas_of
from reportgen.audit.formulas.relative import Formulas
from reportgen.audit.rules.flow import declared
from reportgen.model.solve import solve
from reportgen.problems import Severity
from reportgen.release import is_refused
from reportgen.render.workbook.writer import write_workbook
from tests.audit.damage import Damage, damaged, fits, look, swap
from tests.audit.small_book import BOOK, audit
from tests.worked_case import worked_case


@pytest.fixture(scope="module")
def delivered() -> bytes:
    return write_workbook(solve(worked_case()))


def _parts(content: bytes) -> dict[str, str]:
    return {listed.name: listed.part for listed in Book(opened_bytes(content)).sheets}


def _figures(content: bytes, sheet: str) -> list[Cell]:
    """The numbers by formula on a sheet."""
    book = Book(opened_bytes(content))
    (listed,) = (each for each in book.sheets if each.name == sheet)
    return [cell for cell in book.read(listed).filled if cell.kind == "n" and cell.formula is not None]


def _last_of_a_row(content: bytes, sheet: str) -> Cell:
    """The last figure of the first row that has several with the same look."""
    rows = Counter(cell.row for cell in _figures(content, sheet))
    row = next(row for row, count in rows.items() if count >= 3)
    return [cell for cell in _figures(content, sheet) if cell.row == row][-1]


def _told(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.where(), finding.breach.message


def test_our_own_workbook_breaks_no_rule_that_a_build_goes_by(delivered: bytes) -> None:
    found = audit(delivered)
    assert not [each.said("") for each in found.breaches if is_refused(each)]
    assert {each.code for each in found.breaches} <= {"A104"}
    assert found.formulas > 5_000


def test_each_of_many_damages_is_found_in_a_delivered_workbook(delivered: bytes) -> None:
    parts, last = _parts(delivered), _last_of_a_row(delivered, "AISC")
    first = _figures(delivered, "Market_Figures")[0]
    plain = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
    damages: dict[tuple[str, str], Damage] = {
        ("A104", f"AISC!{last.address}"): _longer(parts["AISC"], last, "+0"),
        ("A107", f"Market_Figures!{first.address}"): _longer(parts["Market_Figures"], first, "*1.07"),
        ("A202", "Method"): swap(BOOK, '<sheet name="Method" ', '<sheet name="Method" state="veryHidden" '),
        ("A203", "Events!A4"): fits(parts["Events"], '<row r="4" ', '<row r="4" hidden="1" '),
        ("A204", "Events!A1"): look(parts["Events"], "A1", plain),
        ("A403", "Report"): fits(parts["Report"], "<sheetProtection[^>]*/>"),
        ("A501", ""): _named("volume", "Gone!$B$5"),
        ("A622", ""): fits("docProps/core.xml", "<dc:title>[^<]*</dc:title>"),
        ("A706", ""): _named("AB12", "Report!$B$5"),
        ("A702", "Shocks"): fits(parts["Shocks"], "<pageMargins ", '<pageMargins left="0.5"/><pageMargins '),
    }
    white = fits("xl/styles.xml", '^(.*?)<color theme="1"/>', r'\1<color rgb="FFFFFFFF"/>')
    before = Counter(_told(each) for each in audit(delivered).findings)
    after = Counter(_told(each) for each in audit(damaged(delivered, *damages.values(), white)).findings)
    assert {(code, where) for code, where, _ in after - before} == set(damages)
    assert not before - after


def _named(name: str, text: str) -> Damage:
    """One more defined name."""
    return swap(BOOK, "</definedNames>", f'<definedName name="{name}">{text}</definedName></definedNames>')


def _longer(part: str, cell: Cell, more: str) -> Damage:
    """A formula with more behind it."""
    return fits(part, rf'(<c r="{cell.address}"[^>]*><f>[^<]*)</f>', rf"\1{more}</f>")


def test_every_look_ahead_that_is_declared_is_one_that_there_is(delivered: bytes) -> None:
    book, known = Book(opened_bytes(delivered)), Formulas()
    order = {listed.name: listed.number for listed in book.sheets}
    ahead = {
        (sheet.name, other)
        for sheet in book.read_all()
        for formula in set(formulas_of(sheet, known).values())
        for other in formula.facts.sheets
        if order[other] > sheet.listed.number
    }
    for each in declared():
        for sheet in {"*", *order}.intersection(each.looks):
            assert any(each.covers(*pair) for pair in ahead if sheet in ("*", pair[0])), (sheet, each.at)


def test_a_rule_that_only_warns_keeps_nothing_back() -> None:
    from reportgen.audit.rule_texts import rules

    assert {code for code, rule in rules().items() if rule.severity is Severity.WARNING} == {"A603"}
