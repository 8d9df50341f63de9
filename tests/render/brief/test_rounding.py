"""Parts that are shown add up to the whole that is shown, and none is more than a unit from itself."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.brief.figures import amount, whole_percent
from reportgen.render.brief.rounding import added, parts_of


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=12), st.integers(-2, 3))
def test_rounded_parts_add_up_and_stay_within_a_unit(parts: list[float], decimals: int) -> None:
    whole, unit = math.fsum(parts), 10.0**-decimals
    shown = parts_of(whole, parts, decimals)
    assert math.fsum(shown) == pytest.approx(round(whole, decimals), abs=unit / 1e3)
    assert all(abs(each - part) <= unit * (1 + 1e-6) for each, part in zip(shown, parts, strict=True))


@given(st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=12))
def test_nothing_stays_nothing(parts: list[float]) -> None:
    with_nothing = [*parts, 0.0]
    assert parts_of(math.fsum(with_nothing), with_nothing, 1)[-1] == 0.0


def test_what_lost_most_gets_the_unit_that_is_missing() -> None:
    assert parts_of(1.0, [0.333, 0.333, 0.334], 2) == (0.33, 0.33, 0.34)
    assert parts_of(100.0, [33.4, 33.3, 33.3], 0) == (34, 33, 33)
    assert parts_of(0.0, [-0.6, 0.6], 0) == (-1, 1)
    assert parts_of(10.0, [5.5, 4.5], 0) == (6, 4)  # equal losses: the larger part


def test_figures_that_are_no_parts_of_the_whole_are_rounded_by_themselves() -> None:
    assert parts_of(10.0, [1.26, 2.34], 1) == (1.3, 2.3)
    assert parts_of(math.nan, [1.26], 1) == (1.26,)


def test_the_value_behind_a_rounded_part_is_its_own() -> None:
    (first, second) = added(1.0, [0.495, 0.505], 2, whole_percent)
    assert (first.text, second.text) == ("49%", "51%")
    assert first.value == 0.495
    assert [figure.text for figure in added(3.0, [1.04, 0.98, 0.98], 1, lambda value: amount(value, 1))] == [
        "1.0", "1.0", "1.0",
    ]  # fmt: skip
