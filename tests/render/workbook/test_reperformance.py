"""What re-performance finds: one cell of a finished workbook is changed, and it must be named."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from reportgen.model.solve import Solution
from reportgen.problems import CheckError
from reportgen.render.workbook import reperform as reperformance
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.reperform import assured, reperform
from tests.render.workbook.edits.packs import small_pack

Change = Callable[[bytes, bytes], tuple[bytes, bytes]]


def tampered(content: bytes, sheet: str, address: str, change: Change) -> bytes:
    """The workbook with another type or value in one formula's cell: `change` gets and gives (attributes, value)."""
    cell = re.compile(rb'(<c r="' + address.encode() + rb'")([^>]*)(><f>[^<]*</f><v>)([^<]*)(</v>)')

    def swap(found: re.Match[bytes]) -> bytes:
        attributes, value = change(found[2], found[4])
        return found[1] + attributes + found[3] + value + found[5]

    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        order = re.findall(r'<sheet name="([^"]*)"', source.read("xl/workbook.xml").decode())
        place = f"xl/worksheets/sheet{order.index(sheet) + 1}.xml"
        for item in source.infolist():
            part = source.read(item)
            if item.filename == place:
                part, count = cell.subn(swap, part)
                assert count == 1, f"{sheet}!{address} holds no formula"
            target.writestr(item, part)
    return written.getvalue()


def times(factor: float) -> Change:
    return lambda attributes, value: (attributes, repr(float(value) * factor).encode())


def text(said: bytes) -> Change:
    return lambda attributes, _: (attributes, said)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return small_pack().plan


@pytest.fixture(scope="module")
def solution(plan: Plan) -> Solution:
    return plan.solution


@pytest.fixture(scope="module")
def content() -> bytes:
    return small_pack().content


# a large figure, a share, a figure of 1e-7, one on a sheet of days
FIGURES = (("market", "hashprice"), ("operators", "aisc"), ("market", "blocks_per_th_day"), ("days", "sma_60"))


@pytest.mark.parametrize("factor", [1 + 1e-6, 1 - 1e-6, 1 + 1e-8, -1.0])
def test_values_that_are_off_by_a_millionth_are_found(plan: Plan, content: bytes, factor: float) -> None:
    changed = set()
    for block, name in FIGURES:
        cells = plan.range_of(block, (block, name))
        address = cells.cell(plan.solution.rows[block] - 1, absolute=False)
        content = tampered(content, cells.sheet, address, times(factor))
        changed.add(f"{cells.sheet}!{address}")
    assert {each.partition(": carries ")[0] for each in reperform(content).disagreements} == changed


def test_the_last_bits_of_a_value_are_not_held_against_it(plan: Plan, content: bytes) -> None:
    cells = plan.range_of("market", ("market", "hashprice"))
    assert not reperform(tampered(content, cells.sheet, cells.cell(absolute=False), times(1 + 1e-12))).disagreements


def shifted(by: float) -> Change:
    return lambda attributes, value: (attributes, repr(float(value) + by).encode())


@pytest.mark.parametrize(("by", "found"), [(1e-7, 0), (1e-3, 1)])
def test_what_is_left_of_a_difference_that_cancels_is_compared_with_the_last_digit_shown(
    plan: Plan, content: bytes, by: float, found: int
) -> None:
    cells = plan.range_of("operators", ("operators", "liquidity_build"))  # shown in whole dollars
    nothing = next(row for row, value in enumerate(plan.solution.column("operators", "liquidity_build")) if value == 0)
    changed = tampered(content, cells.sheet, cells.cell(nothing, absolute=False), shifted(by))
    assert len(reperform(changed).disagreements) == found


@pytest.mark.parametrize("said", [b"lov", b"LOW", b"low ", b"n/a", b""])
def test_another_text_is_found(plan: Plan, solution: Solution, content: bytes, said: bytes) -> None:
    assert solution.value("risk_band") != said.decode()
    cells = plan.range_of("market", ("market", "risk_band"))
    found = reperform(tampered(content, cells.sheet, cells.cell(absolute=False), text(said))).disagreements
    assert len(found) == 1


def test_a_text_in_place_of_a_number_is_found(plan: Plan, content: bytes) -> None:
    cells = plan.range_of("market", ("market", "hashprice"))
    wrong = tampered(content, cells.sheet, cells.cell(absolute=False), lambda kind, value: (kind + b' t="str"', value))
    assert len(reperform(wrong).disagreements) == 1


@pytest.mark.parametrize("value", [b"1", b"0"])
def test_true_in_place_of_one_is_found(plan: Plan, content: bytes, value: bytes) -> None:
    cells = plan.range_of("market", ("market", "as_delivered"))
    wrong = tampered(content, cells.sheet, cells.cell(absolute=False), lambda kind, _: (kind + b' t="b"', value))
    (found,) = reperform(wrong).disagreements
    assert f"carries {value == b'1'}" in found


def test_a_number_for_a_formula_that_gives_a_truth_value_is_found(plan: Plan, content: bytes) -> None:
    cells = plan.range_of("market", ("market", "as_delivered"))
    wrong = content_with(content, cells.sheet, cells.cell(absolute=False), b"1=1")
    found = [
        each
        for each in reperform(wrong).disagreements
        if each.startswith(f"{cells.sheet}!{cells.cell(absolute=False)}:")
    ]
    assert found == [f"{cells.sheet}!{cells.cell(absolute=False)}: carries 1.0, computed again True"]


def content_with(content: bytes, sheet: str, address: str, formula: bytes) -> bytes:
    """The workbook with another formula in one cell, its value kept."""
    cell = re.compile(rb'(<c r="' + address.encode() + rb'"[^>]*><f>)[^<]*(</f>)')
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        order = re.findall(r'<sheet name="([^"]*)"', source.read("xl/workbook.xml").decode())
        for item in source.infolist():
            part = source.read(item)
            if item.filename == f"xl/worksheets/sheet{order.index(sheet) + 1}.xml":
                part = cell.sub(rb"\g<1>" + formula + rb"\g<2>", part)
            target.writestr(item, part)
    return written.getvalue()


def test_an_error_in_a_cell_is_found(plan: Plan, content: bytes) -> None:
    cells = plan.range_of("market", ("market", "hashprice"))
    wrong = content_with(content, cells.sheet, cells.cell(absolute=False), b"1/0")
    assert len(reperform(wrong).disagreements) >= 1


def test_nothing_is_delivered_when_a_formula_has_no_value(plan: Plan, content: bytes) -> None:
    cells = plan.range_of("market", ("market", "hashprice"))
    bare = re.compile(rb'(<c r="' + cells.cell(absolute=False).encode() + rb'"[^>]*><f>[^<]*</f>)<v>[^<]*</v>')
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for item in source.infolist():
            target.writestr(item, bare.sub(rb"\1", source.read(item)))
    with pytest.raises(CheckError, match="formula without a value"):
        assured(written.getvalue())


@pytest.mark.parametrize(("wrong", "rest"), [(20, ""), (21, "and 1 more")])
def test_at_most_twenty_cells_are_named_and_the_rest_counted(
    content: bytes, monkeypatch: pytest.MonkeyPatch, wrong: int, rest: str
) -> None:
    named = tuple(f"AISC!C{row}: carries 1.0, computed again 2.0" for row in range(wrong))
    monkeypatch.setattr(reperformance, "reperform", lambda _: reperformance.Reperformance(30, named))
    with pytest.raises(CheckError) as refusal:
        assured(content)
    first, *said = str(refusal.value).splitlines()
    assert first.startswith(f"{wrong} of 30 formulas do not agree")
    assert said == [*named[:20], *([rest] if rest else [])]
