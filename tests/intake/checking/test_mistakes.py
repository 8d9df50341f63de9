"""Every mistake of the table is found where it was made, once; the workbooks that it is made in have none."""

from __future__ import annotations

import functools

import pytest

from reportgen.intake.file.cell import address
from tests.intake.checking.edited import Raw, changed_cells, checked, places
from tests.intake.checking.mistakes import MISTAKES, RECORDS, Mistake, workbooks

as_they_stand = functools.cache(workbooks)


@pytest.mark.parametrize("workbook", RECORDS)
def test_the_workbooks_are_without_a_problem_before_the_mistake(workbook: str) -> None:
    found = checked(as_they_stand()[workbook])
    assert found.inputs is not None
    assert found.problems == ()


@pytest.mark.parametrize("workbook", RECORDS)
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_told_once_where_it_was_made(mistake: Mistake, workbook: str) -> None:
    raw = as_they_stand()[workbook]
    records = RECORDS[workbook]
    edited = changed_cells(raw, {written.format(**records): value for written, value in mistake.changes.items()})
    problems = checked(edited).problems
    told = [f"{each.where.sheet}!{each.where.cell}".split(":")[0] for each in problems if each.code == mistake.code]
    assert told[:1] == [cell_of(mistake, records, edited)], problems
    assert {each.code for each in problems} - mistake.also == {mistake.code}, problems


def cell_of(mistake: Mistake, records: object, raw: Raw) -> str:
    """Sheet and address of the cell where a mistake must be told; of a column its first filled cell."""
    if mistake.where.startswith("+"):
        (written,) = mistake.changes
        sheet = written.partition("[")[0]
        written = f"{sheet}.{mistake.where[1:]}[-1]"
    else:
        written = mistake.where.format(**records)  # type: ignore[arg-type]  # a mapping of words
        sheet = written.partition(".")[0]
    rows = raw[sheet].rows
    filled = [(row, column) for row, column in places(raw, written) if column in rows[row]] or places(raw, written)
    return f"{sheet}!{address(*filled[0])}"
