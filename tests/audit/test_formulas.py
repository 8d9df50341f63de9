"""A formula is the same wherever it stands: in R1C1 terms, below, beside, and shared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.audit.formulas.blocks import odd_ones
from reportgen.audit.formulas.pieces import pieces_of, sheet_named
from reportgen.audit.formulas.relative import Formulas, shifted
from reportgen.excel_addresses import column_letters


@pytest.mark.parametrize(
    ("formula", "below", "beside"),
    [
        ("A1+$B2*C$3+$D$4", "A2+$B3*C$3+$D$4", "B1+$B2*D$3+$D$4"),
        ("SUM(A1:B2,$A:$B,A:B,1:3,$5:$7)", "SUM(A2:B3,$A:$B,A:B,2:4,$5:$7)", "SUM(B1:C2,$A:$B,B:C,1:3,$5:$7)"),
        ("LOG10(2)+tax_A1+\"A1\"&'A1 B2'!B2", "LOG10(2)+tax_A1+\"A1\"&'A1 B2'!B3", "LOG10(2)+tax_A1+\"A1\"&'A1 B2'!C2"),
        ('5%*Sheet2!A1&"100%"', '5%*Sheet2!A2&"100%"', '5%*Sheet2!B1&"100%"'),
    ],
)
def test_references_move_and_nothing_else_does(formula: str, below: str, beside: str) -> None:
    pattern = Formulas().new(formula, 5, 3)
    assert pattern.below(5) == formula
    assert pattern.beside(3) == formula
    assert pattern.below(6) == below
    assert pattern.beside(4) == beside


REFERENCE = st.tuples(
    st.sampled_from(["", "$"]), st.integers(10, 700), st.sampled_from(["", "$"]), st.integers(10, 9_000)
)


@given(st.lists(REFERENCE, min_size=1, max_size=5), st.integers(0, 50), st.integers(0, 50))
def test_a_formula_that_is_moved_is_the_same_in_r1c1(
    parts: list[tuple[str, int, str, int]], down: int, right: int
) -> None:
    def text(rows: int, columns: int) -> str:
        return "*".join(
            f"{fixed}{column_letters(column + (0 if fixed else columns))}{held}{row + (0 if held else rows)}"
            for fixed, column, held, row in parts
        )

    known = Formulas()
    first = known.new(text(0, 0), 20, 20)
    moved = known.new(text(down, right), 20 + down, 20 + right)
    assert moved.formula is first.formula
    assert shifted(first, 20 + down, 20 + right, (20, 20)) == text(down, right)


def test_another_reference_is_another_formula() -> None:
    known = Formulas()
    assert known.new("A1", 5, 3).formula is not known.new("A1", 6, 3).formula
    assert known.new("A$1", 5, 3).formula is known.new("A$1", 6, 3).formula
    assert known.new("A$1", 5, 3).formula is not known.new("$A1", 5, 3).formula


def test_pieces_are_told_apart() -> None:
    kinds = [
        (piece.kind, piece.text)
        for piece in pieces_of("IF('It''s'!A1>1.5E3,price_1,T[[#This Row],[a]])&\"x\"\"y\"+#REF!")
    ]
    assert kinds == [
        ("function", "IF"), ("sheet", "'It''s'!"), ("cell", "A1"), ("sign", ">"), ("number", "1.5E3"), ("sign", ","),
        ("name", "price_1"), ("sign", ","), ("table", "T[[#This Row],[a]]"), ("sign", ")"), ("sign", "&"),
        ("text", '"x""y"'), ("sign", "+"), ("error", "#REF!"),
    ]  # fmt: skip
    assert sheet_named("'It''s'!") == "It's"


def _odd(rows: list[str]) -> list[tuple[bool, list[tuple[int, int]]]]:
    """Places at which blocks change; a letter is a formula, a blank no figure."""
    cells = {
        (row, column): ord(kind)
        for row, line in enumerate(rows, 1)
        for column, kind in enumerate(line, 1)
        if kind != " "
    }
    return [(line.along, list(line.places)) for line in odd_ones(cells)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["taaaa", "tbbbb", "tcccc"], []),  # a total beside each row
        (["abc", "abc", "abc", "abc"], []),  # a list that runs down
        (["a", "b", "c"], []),  # one figure a row
        (["taaaa", "tbbxb", "tcccc"], [(True, [(2, 4), (2, 5)])]),
        (["taaaa", "tbbbx", "tcccc"], [(True, [(2, 5)])]),
        (["xbc", "abc", "abc", "abc"], [(False, [(2, 1)])]),  # an opening of its own
        (["abc", "abc", "abx", "abc"], [(False, [(3, 3), (4, 3)])]),
        (["aaa ", "    ", " bbb", " cdc"], [(True, [(4, 3), (4, 4)])]),
        (["1bc", "2bc", "3bc", "4bc"], [(False, [(2, 1), (3, 1), (4, 1)])]),  # a number written into each formula
    ],
)
def test_a_cell_that_differs_from_its_block_is_found(rows: list[str], expected: list[object]) -> None:
    assert _odd(rows) == expected
