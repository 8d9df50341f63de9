"""The first page answers how close, who is forced and whether it is big, and says no more than the figures show."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import numpy as np
import pytest

from reportgen.inputs import Inputs, OldData
from reportgen.model.solve import solve
from reportgen.render.brief.first_page import first_page_view
from reportgen.render.brief.first_page_room import Taken, lines_of_comment, rows_of_table
from reportgen.render.brief.limits import STEPS
from tests.worked_case import inputs_of, worked_case

from .cases import OPTIONAL, emptied, grown, pdf_of, priced, records, view_of, words_of
from .tables import table_of

FORCED = "Who is forced to sell, and how much?"
CLOSE = "How close is it?"


def first_page(inputs: Inputs) -> str:
    return words_of(inputs).split("What breaks at which price")[0]


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        (lambda: worked_case(), "risk is elevated: 1 of 2 operators is forced to sell, by rough extrapolation 21%"),
        (lambda: priced(400_000), "Capitulation risk is low: no operator is forced to sell Bitcoin price"),
        (lambda: grown(1), "Capitulation risk is low: no operator is forced to sell Bitcoin price"),
        (lambda: priced(40_000), ": both operators are forced to sell, by rough extrapolation"),
        (lambda: grown(60), ": all 60 operators are forced to sell, by rough extrapolation 590% of what is mined"),
        (lambda: emptied(worked_case(), "Risk"), "can be given, for the Risk sheet is empty: 1 of 2 operators is"),
        (lambda: emptied(priced(400_000), "Debt"), "no operator is forced to sell by its bills"),
        (lambda: emptied(worked_case(), "Fleet"), "The market’s part of capitulation risk is elevated: without any"),
    ],
)  # fmt: skip
def test_the_headline_is_a_verdict_without_points(inputs: Any, said: str) -> None:
    words = words_of(inputs())
    head = words.split("Capitulation risk", 1)[1]
    assert said in head
    assert not re.search(r"is (low|guarded|elevated|high|severe) at", head)


def test_one_operator_that_sells_is_the_only_one() -> None:
    given = records()
    given["Operators"] = given["Operators"][1:]
    for sheet in ("Fleet", "Debt", "AI_HPC"):
        given[sheet] = [row for row in given[sheet] if row["operator"] == "Beta Hosted"]
    words = first_page(inputs_of(given))
    assert "the only operator is forced to sell" in words
    assert "The only operator must draw on its treasury" in words
    assert "1 of 1" not in words


def test_a_little_forced_selling_is_neither_none_nor_nothing() -> None:
    given = records()
    (beta,) = (row for row in given["Operators"] if row["operator"] == "Beta Hosted")
    beta["btc_held"] = 260.0001  # all but a ten thousandth is pledged
    words = first_page(inputs_of(given))
    assert "by rough extrapolation less than 1% of what is mined" in words
    assert "Forced selling is less than 0.1 BTC a day" in words
    assert "There is no forced selling" not in words
    assert "There is no forced selling to hold against the market." in first_page(priced(400_000))


def test_each_higher_band_is_told_with_the_price_at_which_it_begins() -> None:
    solution = solve(worked_case())
    table = table_of(worked_case(), CLOSE)
    rows = [
        row
        for row in solution.rows_of("reverse_stress")
        if (row.text("driver"), row.text("measure")) == ("price", "score")
    ]
    ahead = [row for row in rows if row.number("change") != 0]
    assert table.column("Enters") == [row.text("target") for row in ahead] == ["high", "severe"]
    for shown, change, row in zip(table.column("at USD"), table.column("change"), ahead, strict=True):
        if np.isnan(row.number("change")):
            assert (shown, change) == ("–", "not reached")
        else:
            assert change == f"−{-row.number('change') * 100:.1f}%"
            assert shown == f"{90_000 * (1 + row.number('change')):,.0f}"


@pytest.mark.parametrize("gone", ["Fleet", "Risk"])
def test_no_band_is_said_to_be_ahead_where_nothing_is_known(gone: str) -> None:
    assert view_of(emptied(worked_case(), gone)).first.steps == ()
    assert "not reached" not in first_page(emptied(worked_case(), gone))


def test_the_table_names_six_at_most_and_sums_the_others() -> None:
    solution, view = solve(grown(25)), first_page_view(solve(grown(25)), 6)
    assert len(view.pressed.rows) == 6
    pressed = sum(
        any(row.number(name) > 0 for name in ("treasury_draw", "collateral_called", "shortfall", "refinancing_gap"))
        for row in solution.rows_of("operators")
    )
    assert view.pressed.others_count.value == pressed - 6 > 1
    draws = solution.numbers("operators", "treasury_draw")
    assert [row.treasury_draw.value for row in view.pressed.rows] == sorted(draws, reverse=True)[:6]
    assert view.pressed.total is not None
    assert view.pressed.total.treasury_draw.value == pytest.approx(draws.sum())
    told = f"{view.pressed.others_count} more operators are named, and what each mines, holds, pledges and owes stands,"
    assert f"{told} on the sheet Liquidity." in first_page(grown(25))
    assert "What each mines, holds, pledges and owes stands on the sheet Liquidity." in first_page(worked_case())


def number(shown: str) -> float:
    return float(shown.replace(",", "").removesuffix("%"))


@pytest.mark.parametrize("inputs", [lambda: grown(25), lambda: grown(7), lambda: priced(40_000)])
def test_the_rows_of_the_table_add_up_to_its_sum_as_they_are_shown(inputs: Any) -> None:
    table = table_of(inputs(), FORCED)
    assert table.column("Operator")[-1] == "Together"
    for head in table.heads[1:-1]:
        *parts, whole = map(number, table.column(head))
        assert sum(parts) == pytest.approx(whole, abs=1e-9), head


def test_a_cell_of_the_table_shows_what_its_heading_names() -> None:
    solution, table = solve(priced(40_000)), table_of(priced(40_000), FORCED)
    names = solution.texts("operators", "operator")
    rows = [names.index(name) for name in table.column("Operator")[:-1]]
    for head, line, unit, step in (
        ("Treasury draw, BTC a month", "treasury_draw", 1.0, 1.0),
        ("Collateral called, BTC", "collateral_called", 1.0, 1.0),
        ("Bills unpaid, USDm a month", "shortfall", 1e6, 0.1), ("Uncovered debt, USDm", "refinancing_gap", 1e6, 0.1),
        ("Share of network", "network_share", 0.01, 0.1),
    ):  # fmt: skip
        values = solution.numbers("operators", line)[rows] / unit
        assert [number(cell) for cell in table.column(head)[: len(rows)]] == pytest.approx(values.tolist(), abs=step), (
            head
        )
    runways = solution.numbers("operators", "runway")[rows]
    assert table.column("Runway, months")[:-1] == [
        f"{min(runway, 60):.{0 if runway >= 60 else 1}f}{'+' if runway >= 60 else ''}" for runway in runways
    ]


def test_an_amount_below_a_million_is_told_in_dollars() -> None:
    given = records()
    (beta,) = (row for row in given["Operators"] if row["operator"] == "Beta Hosted")
    beta |= {"btc_held": 200.0, "power_price": 0.05, "corporate_overhead": 1_000_000.0}
    table = table_of(inputs_of(given), FORCED)
    (head,) = (head for head in table.heads if head.startswith("Bills unpaid"))
    shortfall = solve(inputs_of(given)).numbers("operators", "shortfall").sum()
    assert (head.count("USDm") == 1) == (shortfall >= 999_500)
    assert number(table.column(head)[-1]) == pytest.approx(shortfall / (1e6 if "USDm" in head else 1), abs=0.51)


def test_flows_have_one_sign() -> None:
    forced, issuance, funds = view_of(worked_case()).first.flows
    solution = solve(worked_case())
    assert (forced.label, issuance.label, funds.label) == ("−96.2", "−450", "−231")
    assert forced.amount == -solution.number("forced_flow_network")
    assert forced.part == -solution.number("forced_flow")
    assert "Forced selling −96.2 BTC/day, extrapolated" in first_page(worked_case())
    given = records()
    for row in given["ETF_Flows"]:
        row.update({fund: abs(flow) for fund, flow in row.items() if fund != "date" and flow is not None})
    assert view_of(inputs_of(given)).first.flows[2].amount > 0


def test_what_the_score_lacks_is_said_and_weights_are_said_to_be_scaled_only_where_they_are() -> None:
    words = first_page(emptied(worked_case(), "ETF_Flows"))
    assert "Left out, because the workbook has no data for it: ETF flows v miner sales." in words
    assert "scaled up" not in words
    assert "scaled up" in first_page(emptied(worked_case(), "Network_History"))


def test_collateral_is_not_said_to_be_uncalled_where_no_debt_is_listed() -> None:
    words = first_page(emptied(priced(400_000), "Debt"))
    assert "no collateral is called" not in words
    assert "called collateral, which is not known: the Debt sheet is empty." in words
    assert (
        "No operator is forced to sell: the month's bitcoin pays the bills, and no collateral is called."
        in first_page(priced(400_000))
    )


def taken(**changes: Any) -> Taken:
    return dataclasses.replace(Taken("A4", 0, False, "A title", True), **changes)


def test_room_goes_to_the_table_first_and_what_is_left_to_the_comment() -> None:
    step = STEPS[0]
    assert rows_of_table(taken(), step) == 6
    few, many = (lines_of_comment(taken(), step, rows) for rows in (2, 8))
    assert few > many > 0
    assert lines_of_comment(taken(paper="Letter"), step, 4) < lines_of_comment(taken(), step, 4)
    for less in ({"banners": 1}, {"score_note": True}, {"title": "A long title of a brief " * 5}):
        assert lines_of_comment(taken(**less), step, 6) < lines_of_comment(taken(), step, 6)
    assert rows_of_table(taken(paper="Letter", banners=2), step) == 3
    assert lines_of_comment(taken(paper="Letter", banners=2), step, 5) == 0
    assert lines_of_comment(taken(), STEPS[-1], 0) == 0


def crowded() -> Inputs:
    old = (OldData("Network_History", 45_980.0, 16, False), OldData("ETF_Flows", 45_986.0, 6, True))
    given = records()
    given["Report"] |= {"commentary": "A sentence of the comment. " * 140, "report_title": "A title of many words " * 6}
    inputs = inputs_of(given | {"Shocks": [{"shock": "Deep", "price_change": -0.3, "difficulty_change": 0.2}]})
    return dataclasses.replace(inputs.with_shock("Deep"), old_data=old)


@pytest.mark.parametrize("inputs", [lambda: grown(25), crowded, lambda: emptied(worked_case(), *OPTIONAL)])
def test_the_three_answers_are_on_the_first_page(inputs: Any) -> None:
    first, second, *_ = (" ".join(page.extract_text().split()) for page in pdf_of(inputs()).pages)
    for heading in (CLOSE, FORCED, "Is it big?", "issuance, sold or not"):
        assert heading in first
    assert "issuance, sold or not" not in second


def test_extrapolation_is_rough_where_little_of_the_network_is_covered() -> None:
    given = records()
    for row in given["Fleet"]:
        for name in ("units", "total_hash_rate"):
            row |= {name: row[name] * 5} if row.get(name) else {}
    words = first_page(inputs_of(given))
    assert "forced to sell, by extrapolation" in words
    assert "by rough extrapolation" not in words


def test_all_of_the_hash_rate_is_not_told_as_a_share() -> None:
    assert "for all of the hash rate the price is below net AISC, for 20.3% below direct cost" in first_page(
        priced(60_000)
    )
    assert "for 100.0% of" not in first_page(grown(25))
    assert "for 20.3% of the hash rate" in first_page(worked_case())


def test_a_price_under_a_shock_has_neither_date_nor_source() -> None:
    inputs = worked_case()
    market = dataclasses.replace(inputs.tables["Market"], remarks={"btc_price": ("Exchange", "")})
    sourced = dataclasses.replace(inputs, tables={**inputs.tables, "Market": market})
    assert "Bitcoin price 90,000 USD, 5 Dec 2025" in first_page(sourced)
    assert "(source: Exchange)" in first_page(sourced)
    shocked = first_page(sourced.with_shock("Price -20 %"))
    assert "Bitcoin price 72,000 USD, shock case" in shocked
    assert "(source: Exchange)" not in shocked
    assert "(source: Exchange)" in first_page(sourced.with_shock("Halving"))


def test_the_range_of_growth_holds_the_figure_that_is_used() -> None:
    given = records()
    given["Market"]["network_growth"] = 0.9  # above the 30% observed
    words = first_page(inputs_of(given))
    used = view_of(inputs_of(given)).costs.reconciliation.net_band
    assert used.used.value > used.observed.value > used.flat.value
    assert f"{used.flat}–{used.used} by growth" in words


def test_names_of_components_keep_their_capitals_inside_a_sentence() -> None:
    words = first_page(emptied(worked_case(), "Fleet"))
    assert "cash cost pressure, AISC pressure" in words
    assert "aISC" not in words
