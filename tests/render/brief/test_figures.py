from __future__ import annotations

import math

import pytest

from reportgen.render.brief.figures import (
    Figure,
    amount,
    btc,
    compact,
    day,
    money,
    month,
    months,
    named,
    per_btc,
    percent,
    scored,
    share,
)
from reportgen.render.brief.limits import passage


@pytest.mark.parametrize(
    ("value", "shown"),
    [(90_000.4, "90,000"), (-1_388.1, "−1,388"), (0.2, "0"), (-0.2, "0"), (math.nan, "n/a")],
)
def test_an_amount_has_thousands_commas_and_a_true_minus(value: float, shown: str) -> None:
    assert amount(value).text == shown


def test_a_loss_that_rounds_to_nothing_is_no_loss() -> None:
    tiny = percent(-0.0004)
    assert (tiny.text, tiny.negative, tiny.zero, tiny.positive) == ("0.0%", False, True, False)


def test_a_missing_figure_is_neither_positive_nor_zero() -> None:
    missing = percent(math.nan)
    assert (missing.text, missing.known, missing.zero, missing.positive) == ("n/a", False, False, False)


def test_gains_carry_a_plus_only_where_asked() -> None:
    assert percent(0.25, sign=True).text == "+25.0%"
    assert percent(0.25).text == "25.0%"
    assert percent(0.0, sign=True).text == "0.0%"


def test_size_is_the_text_without_its_sign() -> None:
    assert percent(-0.064).size == "6.4%"
    assert amount(5, sign=True).size == "5"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (850, "850"),
        (999_499, "999,499"),
        (999_600, "1.0m"),
        (-128_950_000, "−129m"),
        (3_400_000, "3.4m"),
        (999_600_000, "1.00bn"),
        (1_373_800_000, "1.37bn"),
    ],
)
def test_money_is_short_at_any_size(value: float, shown: str) -> None:
    assert money(value).text == shown


def test_narrow_places_have_at_most_six_digits() -> None:
    assert compact(999_999).text == "999,999"
    assert compact(2_752_734).text == "2.8m"
    assert compact(math.nan).text == "n/a"


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (per_btc(-276_400_000), "−276m"),
        (per_btc(1_234_567), "1.2m"),
        (per_btc(-999_999), "−999,999"),
        (btc(1.2e9), "1.20bn"),
        (btc(-9_999_999), "−9,999,999"),
        (percent(12_345), "1.2m%"),
        (percent(-999.99), "−99,999.0%"),
        (money(-4.5e12), "−4.50tn"),
        (money(1.2e20), "1.2E+20"),
        (amount(-2e15, sign=True), "−2.0E+15"),
    ],
)
def test_what_is_too_large_for_its_place_is_abbreviated_and_never_cut(figure: Figure, shown: str) -> None:
    assert figure.text == shown
    assert figure.negative == shown.startswith("−")


def test_small_shares_of_the_network_are_not_shown_as_nothing() -> None:
    assert share(0.0381).text == "3.8%"
    assert share(0.0004).text == "0.04%"
    assert share(0.0).text == "0.0%"


@pytest.mark.parametrize(
    ("score", "shown"),
    [(19.84, "19.8"), (19.96, "19.96"), (59.9996, "59.9996"), (20.0, "20.0"), (47.0, "47.0"), (math.nan, "n/a")],
)
def test_a_score_is_never_rounded_into_another_band(score: float, shown: str) -> None:
    assert scored(score, 20).text == shown


def test_only_what_is_shown_as_one_is_singular() -> None:
    assert amount(1).one
    assert amount(0.6).one
    assert not amount(0).one


def test_a_runway_at_the_cap_is_that_and_more() -> None:
    assert months(60, 60).text == "60+"
    assert months(4.31, 60).text == "4.3"


def test_dates_are_in_english_whatever_the_locale() -> None:
    assert day(45996).text == "5 Dec 2025"
    assert month(45996) == "Dec 25"
    assert day(math.nan).text == "n/a"


def test_long_names_are_cut_with_an_ellipsis() -> None:
    assert named("Alpha  Hydro") == "Alpha Hydro"
    assert len(named("A" * 100)) == 36
    assert named("A" * 100).endswith("…")


def test_a_passage_has_a_paragraph_for_each_blank_line() -> None:
    assert passage("One\nline.\r\n\r\nTwo.\n \n\nThree.", 500).paragraphs == ("One line.", "Two.", "Three.")


def test_a_long_passage_is_cut_at_a_word_and_says_so() -> None:
    cut = passage("word " * 400, 300)
    assert cut.cut
    assert len(cut.paragraphs) == 1
    assert cut.paragraphs[0].endswith("word …")
    assert not passage("word " * 10, 300).cut
    assert passage(" \n ", 300).paragraphs == ()
