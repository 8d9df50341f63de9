"""How old and how sure the data of a brief is stands beside the figures that rest on it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from reportgen.inputs import OldData
from reportgen.render.brief.data_age import quarter
from tests.render.brief.cases import records, view_of, words_of
from tests.worked_case import inputs_of, worked_case


def stated(*status: str, day: str | None = None) -> Any:
    """The worked case with the status of each operator's row, and the day of the first one's figures."""
    given = records()
    for row, word in zip(given["Operators"], status, strict=True):
        row["status"] = word
    given["Operators"][0]["figures_as_of"] = day
    return inputs_of(given)


def test_history_and_flows_end_where_the_figures_say_so() -> None:
    words = words_of(worked_case())
    assert "history to 5 Dec 2025" in words
    assert "20 days to 5 Dec 2025" in words
    assert "over the 20 reported days to 5 Dec 2025" in words
    assert "Old data." not in words


def test_old_data_that_was_let_pass_stands_on_the_first_page() -> None:
    old = (OldData("Network_History", 45_980.0, 16, False), OldData("ETF_Flows", 45_986.0, 6, True))
    words = words_of(dataclasses.replace(worked_case(), old_data=old))
    told = (
        "Old data. Network history ends on 19 Nov 2025, 16 days before 5 Dec 2025 and ETF flows end on 25 Nov 2025, "
        "6 trading days before 5 Dec 2025: what rests on them is of that time, and was let pass."
    )
    assert told in words
    assert words.index(told) < words.index("Capitulation risk")


def test_shares_of_the_hash_rate_say_what_is_reported_estimated_and_assumed() -> None:
    view = view_of(stated("reported", "estimated")).data
    shares = [each.value for each in (view.reported, view.estimated, view.assumed, view.without_status)]
    assert sum(shares) == pytest.approx(1)
    assert min(shares[:2]) > 0
    first = f"{view.reported} rests on reported figures, {view.estimated} on estimates"
    assert f"Of the hash rate, {first}, 0% on assumptions." in words_of(stated("reported", "estimated"))
    inputs = stated("assumed", "")
    view = view_of(inputs).data
    rest = f"{view.assumed} on assumptions, and {view.without_status} does not say."
    assert f"Of the hash rate, 0% rests on reported figures, 0% on estimates, {rest}" in words_of(inputs)


def test_a_workbook_without_a_status_says_nothing_of_it() -> None:
    assert "rests on reported figures" not in words_of(stated("", ""))


def test_the_quarter_of_an_operators_figures_stands_in_its_row() -> None:
    words = words_of(stated("", "", day="2025-09-30"))
    assert " Figures of " in words
    assert "Q3 2025" in words
    assert " Figures of " not in words_of(stated("", ""))


@pytest.mark.parametrize(
    ("serial", "named"),
    [(45_747.0, "Q1 2025"), (45_748.0, "Q2 2025"), (46_022.0, "Q4 2025"), (46_023.0, "Q1 2026"), (float("nan"), "")],
)
def test_a_quarter_ends_with_march_june_september_and_december(serial: float, named: str) -> None:
    assert quarter(serial) == named


def sourced(**sources: str) -> Any:
    """The worked case with the Source of some cells of Market."""
    inputs = worked_case()
    remarks = {field: (words, "a private note") for field, words in sources.items()}
    market = dataclasses.replace(inputs.tables["Market"], remarks=remarks)
    return dataclasses.replace(inputs, tables={**inputs.tables, "Market": market})


def test_sources_of_price_treasury_and_growth_are_printed_beside_their_figures() -> None:
    words = words_of(
        sourced(
            btc_price="(proposed) network export, row of 2025-12-05",
            miner_treasury="House count",
            network_growth="Our view",
        )
    )
    assert "At USD 90,000 (source: (proposed) network export, row of 2025-12-05) a bitcoin is USD" in words
    assert "BTC that all miners together are taken to hold (source: House count), that is" in words
    assert "network that is assumed to grow by 10% a year (source: Our view) is USD" in words
    assert (
        "Sources as the workbook names them: price: (proposed) network export, row of 2025-12-05; treasury of all "
        "miners: House count; growth of the network: Our view. The workbook names no source of difficulty." in words
    )
    assert "private" not in words


def test_a_source_that_is_not_named_is_said_to_be_so() -> None:
    words = words_of(worked_case())
    assert (
        "The workbook names no source of price, difficulty, treasury of all miners and growth of the network." in words
    )
    assert "Sources as the workbook names them" not in words
    assert "(source:" not in words


def test_growth_that_is_not_typed_is_that_of_the_last_year_and_has_no_source() -> None:
    given = records()
    given["Market"]["network_growth"] = None
    words = words_of(inputs_of(given))
    assert "network that is taken to grow by 30% a year, as it did over the last year, is USD" in words
    assert "growth of the network" not in words


def test_shares_by_status_add_up_as_they_are_shown() -> None:
    given = records()
    third = given["Operators"][0]
    given["Operators"] = [
        third | {"operator": f"{number}", "status": word}
        for number, word in enumerate(("reported", "estimated", "assumed"))
    ]
    fleet = next(row for row in given["Fleet"] if row["operator"] == third["operator"])
    given |= {"Debt": [], "AI_HPC": [], "Fleet": [fleet | {"operator": str(number)} for number in range(3)]}
    view = view_of(inputs_of(given)).data
    assert sorted([view.reported.text, view.estimated.text, view.assumed.text]) == ["33%", "33%", "34%"]
    assert view.without_status.text == "0%"
