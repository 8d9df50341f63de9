"""Many cases at once come to what each case comes to alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportgen.formula import grammar
from reportgen.formula.evaluate import Frame, evaluate, evaluate_by_row
from reportgen.formula.functions import at, choose, first_named, otherwise, previous, row_of, total, when
from reportgen.formula.tree import Expression, FormulaError, Ref, Scope
from tests.formula import trees
from tests.formula.trees import own, street, town

FIXED = {("shops", "number"), ("goods", "owner_number")}  # which rows there are is the same in every case


@st.composite
def cases(draw: st.DrawFn) -> tuple[Frame, list[Frame]]:
    """A frame of three cases that differ in some columns, and the three frames that it stands for."""
    worlds = [draw(trees.worlds()) for _ in range(3)]
    first = worlds[0]
    changed = draw(st.sets(st.sampled_from(sorted(set(first.columns) - FIXED)), min_size=1))
    alone = [
        replace(first, columns={key: (world if key in changed else first).columns[key] for key in first.columns})
        for world in worlds
    ]
    columns = {
        key: np.stack([world.columns[key] for world in worlds], axis=-1) if key in changed else first.columns[key]
        for key in first.columns
    }
    return replace(first, columns=columns, cases=3), alone


def same(one: Any, other: Any) -> bool:
    if one.dtype == object or other.dtype == object:
        return bool(one.tolist() == other.tolist())
    return bool(np.allclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True))


@settings(max_examples=150)
@given(trees.whole_lines, cases())
def test_a_line_of_many_cases_is_the_line_of_each_case(tree: Expression, worlds: tuple[Frame, list[Frame]]) -> None:
    frame, alone = worlds
    try:
        grammar.check(tree)
        trees.EXACTNESS.check(tree)
    except FormulaError:
        assume(False)
    together = evaluate(tree, frame)
    each = [evaluate(tree, one) for one in alone]
    assume(all(np.nanmax(np.abs(one), initial=0.0) < 1e12 for one in each))
    if together.ndim == 1:  # nothing that the line refers to differs
        assert all(same(together, one) for one in each)
    else:
        assert together.shape == (frame.rows, 3)
        assert all(same(together[:, case], one) for case, one in enumerate(each))


NAME = Ref("shops", "name", Scope.OWN, text=True)
TEXTS = [
    when(own("sales") > own("rent"), "up", "down"),
    when(NAME == "ann", 1, 0),
    when(own("sales") > town("price"), NAME, "no one"),
    choose(when(own("sales") > 0, 1, 0), "low", "high"),
    row_of(NAME, street("mayor")),
    at(own("staff"), street("mayor")),
    first_named(NAME),
    total(street("people"), where=street("mayor") == "Bo"),
]


@given(st.sampled_from(TEXTS), cases())
def test_texts_of_many_cases_are_those_of_each_case(tree: Expression, worlds: tuple[Frame, list[Frame]]) -> None:
    frame, alone = worlds
    together = evaluate(tree, frame)
    for case, one in enumerate(alone):
        assert same(together if together.ndim == 1 else together[:, case], evaluate(tree, one))


@given(cases())
def test_row_by_row_lines_of_many_cases_are_those_of_each_case(worlds: tuple[Frame, list[Frame]]) -> None:
    frame, alone = worlds
    stock, bought = Ref("shops", "in_stock", Scope.OWN), Ref("shops", "bought", Scope.OWN)
    lines = {
        stock.key: previous(stock, 10) + previous(bought, 0) - otherwise(own("rent"), 1),
        bought.key: when(stock < total(street("people"), where=street("people") > stock), own("staff"), town("price")),
    }
    together = evaluate_by_row(lines, frame)
    for case, one in enumerate(alone):
        for key, values in evaluate_by_row(lines, one).items():
            assert same(together[key] if together[key].ndim == 1 else together[key][:, case], values)


def test_what_no_case_touches_is_computed_once() -> None:
    columns = {("a", "x"): np.array([1.0, 2.0]), ("a", "y"): np.array([[1.0, 5.0, 7.0], [2.0, 3.0, 4.0]])}
    frame = Frame("a", 2, columns, {}, cases=3)
    x, y = Ref("a", "x", Scope.OWN), Ref("a", "y", Scope.OWN)
    assert evaluate(x * 2, frame).shape == (2,)
    assert evaluate(x * y, frame).tolist() == [[1, 5, 7], [4, 6, 8]]
