"""Whether a workbook can be sent: the audit of its file, and of one from the disk the re-performance as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.problems import CheckError, InputError, Where

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.audit.findings import Audit, Breach, Finding
    from reportgen.documents import Document

MOST_TOLD = 20
"""Breaches that a refusal names; the rest is counted."""
LARGE = 5_000_000
"""Bytes of a workbook's file that is not audited and re-performed at the same time."""
NOT_REFUSED = frozenset(
    {("A104", "Input_Checks"), ("A105", "Input_Checks"), ("A105", "Checks")}
    | {("A311", ""), ("A312", ""), ("A602", ""), ("A611", ""), ("A601", "")}
)
"""Rules by sheet ("" for all) that `audit` tells and `build` does not go by: what is blank is counted against the first
row of its sheet on Input_Checks; addresses in sums over ten thousand rows are longer; so are the words of a check that
fails; figures at the ends of their bounds are wider than any column; a long comment makes its page print smaller;
and units are read from headings among which names stand that a user typed."""


def audit_file(path: Path) -> Audit:
    """Every rule, the re-performance included, on a workbook from anywhere. InputError when it cannot be read."""
    from reportgen.audit.auditor import audited
    from reportgen.audit.file.archive import opened_file
    from reportgen.intake.file.limits import UnreadableError
    from reportgen.problem_codes import problem

    try:
        archive = opened_file(path)
        return audited(archive, _disagreements(path))
    except UnreadableError as refused:
        raise InputError((problem(refused.code, Where(str(path)), str(refused)),)) from refused


def _disagreements(path: Path) -> Iterator[Breach]:
    """What an independent engine computes otherwise, a breach a cell."""
    from reportgen.audit.file.archive import opened_file
    from reportgen.audit.file.book import Book
    from reportgen.audit.file.sheet import area_of
    from reportgen.audit.findings import Breach
    from reportgen.audit.plain_copy import plain_copy
    from reportgen.render.workbook.reperform import reperform

    copy = plain_copy(Book(opened_file(path)))
    try:
        disagreements = reperform(copy.content).disagreements
    except RuntimeError as refused:  # the engine's word for a circle, or for a formula that it cannot read
        yield Breach("A103", "", (), f"the independent engine cannot compute the workbook ({refused}).")
        return
    for told in disagreements:
        place, _, values = told.partition(": ")
        if place not in copy.without_value:  # another rule's matter
            sheet, _, cell = place.rpartition("!")
            area = area_of(cell)
            yield Breach("A103", sheet, (area,) if area else (), f"the cell {values}.")


def released(workbook: Document) -> int:
    """Re-perform and audit a workbook that was just made, and insist: the count of its formulas.

    The audit runs while the independent engine computes, which needs no Python; of a large workbook afterwards, so that
    both need not be held at once. CheckError when a formula does not agree, or a rule is broken.
    """
    from concurrent.futures import ThreadPoolExecutor

    from reportgen.render.workbook.reperform import assured

    if len(workbook.content) > LARGE:
        formulas = assured(workbook.content).formulas
        refuse_breaches(workbook)
        return formulas
    with ThreadPoolExecutor(1) as beside:
        auditing = beside.submit(refuse_breaches, workbook)
        formulas = assured(workbook.content).formulas
        auditing.result()
    return formulas


def is_refused(found: Finding) -> bool:
    """True for a breach that keeps a pack back."""
    return not {(found.code, found.breach.sheet), (found.code, "")} & NOT_REFUSED


def refuse_breaches(workbook: Document) -> None:
    """CheckError, with the rule, the cell and what to do, when a workbook that was just made breaks a rule."""
    from reportgen.audit.auditor import audited
    from reportgen.audit.file.archive import opened_bytes

    found = audited(opened_bytes(workbook.content)).breaches
    breaches = [each for each in found if is_refused(each)]
    if breaches:
        lines = [each.said(workbook.name) for each in breaches[:MOST_TOLD]]
        more = len(breaches) - MOST_TOLD
        rest = f"and {more} more; " if more > 0 else ""
        lines.append(f"{rest}nothing was delivered. docs/audit.md says why each rule is there.")
        raise CheckError("\n".join(lines))
