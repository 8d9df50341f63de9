"""What to type instead of a figure out of bounds, and how figures are shown."""

from __future__ import annotations

import pytest

from reportgen.intake.reading.hints import bounds_hint, expected
from reportgen.intake.reading.typed_values import shown_number
from reportgen.sheets import BY_NAME


@pytest.mark.parametrize(
    ("sheet", "name", "number", "remedy"),
    [
        ("Market", "network_growth", 30, "If you mean 30 %, type 30% or 0.3."),
        ("Shocks", "price_change", -20, "If you mean -20 %, type -20% or -0.2."),
        ("Operators", "uptime", 97.5, "If you mean 97.5 %, type 97.5% or 0.975."),
        ("Operators", "site_overhead", 104, "type 1.04."),
        ("Market", "miner_treasury", 4.5e9, "divide an amount in dollars by the BTC price"),
        ("Market", "fees_per_block", 2_700, "divide an amount in dollars by the BTC price"),
        ("Operators", "btc_held", 826e6, "divide an amount in dollars by the BTC price"),
    ],
)
def test_a_figure_in_another_scale_is_told_what_to_type(sheet: str, name: str, number: float, remedy: str) -> None:
    field = BY_NAME[sheet].field(name)
    assert not field.bounds.admit(number)
    assert remedy in bounds_hint(field, number)


def test_a_share_that_no_per_cent_explains_is_told_its_meaning() -> None:
    field = BY_NAME["Operators"].field("uptime")
    assert bounds_hint(field, -5.0) == field.help


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1e12, "1,000,000,000,000"),
        (60.8333333333333, "60.8333"),
        (90_331.6083092, "90,331.61"),
        (0.0005285, "0.0005285"),
    ],
)
def test_a_figure_is_shown_as_it_is_read_by_people(number: float, shown: str) -> None:
    assert shown_number(number) == shown


def test_bounds_are_shown_with_thousands_apart() -> None:
    words = expected(BY_NAME["Operators"].field("btc_held"))
    assert words == "a number from 0 to 21,000,000 (BTC)"
