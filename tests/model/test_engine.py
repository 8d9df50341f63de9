from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from reportgen.formula.evaluate import Frame
from reportgen.formula.functions import largest, smallest, total
from reportgen.formula.searches import at, entry, row_of, row_up_to
from reportgen.model.block import Block, ModelError, Section
from reportgen.model.cases import solved_cases
from reportgen.model.graph import build
from reportgen.model.solve import Solution, solve
from reportgen.sheets import Field, Kind
from tests.formula.spreadsheet import Spreadsheet, agree
from tests.model import lemonade
from tests.model.lemonade import NAN, Drinks, Stands


@pytest.fixture(scope="module")
def solved() -> Solution:
    return solve(lemonade.inputs(), lemonade.lemonade())


def test_figures_of_the_lemonade_stands_are_those_worked_out_by_hand(solved: Solution) -> None:
    expected: dict[tuple[str, str], list[float]] = {
        ("drinks", "lemon_cost"): [30, 10, 15],
        ("drinks", "share_of_stand"): [0.75, 1, 0.25],
        ("stands", "cups_sold"): [20, 40, 0],
        ("stands", "lemons_bought"): [10, 45, 0],
        ("stands", "running_cost"): [20, 125, 5],
        ("stands", "cost_per_cup"): [1, 3.125, NAN],
        ("stands", "rating"): [NAN, 3.5, NAN],
        ("town", "best_seller"): [30],
        ("town", "least_lemons"): [10],
        ("stands", "rank"): [1, 2, NAN],
        ("stands", "losing"): [0, 1, NAN],
        ("town", "mean_cost"): [(20 + 125) / 60],
        ("town", "losing_stands"): [1],
        ("week", "mean_of_three"): [NAN, NAN, 92 / 3, 31, 97 / 3],
        ("week", "warming"): [28, 3, 2, -4, 6],
        ("week", "hot_days"): [0, 1, 2, 0, 1],
        ("week", "stock"): [70, 70, 70, 70, 70],
        ("week", "ordered"): [30, 30, 30, 30, 30],
        ("week", "heat"): [NAN, 1, 3, NAN, 5],
    }
    for key, values in expected.items():
        np.testing.assert_allclose(solved.columns[key], values, rtol=1e-15, err_msg=str(key))


def test_texts_say_na_where_their_code_is_missing(solved: Solution) -> None:
    assert solved.column("stands", "mood").tolist() == ["sunny", "sour", "n/a"]
    assert solved.value("cheapest", "town") == "Ann"


def test_every_line_of_the_toy_is_the_same_in_an_independent_spreadsheet(solved: Solution) -> None:
    graph = solved.graph
    blank = frozenset(
        (block.name, field.name) for block in graph.blocks.values() for field in block.fields.values() if field.number
    )
    for key, tree in graph.trees.items():
        frame = Frame(key[0], solved.rows[key[0]], solved.columns, solved.links)
        cells = Spreadsheet(frame, blank).column_of(tree, graph.may_be_missing, graph.exactness)
        pairs = list(zip(solved.columns[key].tolist(), cells, strict=True))
        assert all(agree(ours, theirs) for ours, theirs in pairs), (key, pairs)


def test_members_find_their_owner_whatever_the_case_and_order(solved: Solution) -> None:
    assert solved.links["drinks"].tolist() == [1, 0, 1]
    assert solved.column("drinks", "owner_number").tolist() == [2, 1, 2]


def test_a_row_without_its_owner_is_refused_by_name() -> None:
    stray = lemonade.inputs(Drinks={"stand": ["Bo", "Ann", "Zoe"]})
    with pytest.raises(ModelError, match="Drinks names 'Zoe', which Stands does not have"):
        solve(stray, lemonade.lemonade())


def test_empty_tables_give_empty_columns_and_missing_figures_not_zeros() -> None:
    nothing: dict[str, list[float]] = {name: [] for name in ("stand", "drink", "cups", "lemons", "rating")}
    closed = solve(
        lemonade.inputs(Drinks=nothing, Stands={"stand": [], "rent": [], "subsidy": []}, Week={"degrees": []}),
        lemonade.lemonade(),
    )
    assert len(closed.column("stands", "cost_per_cup")) == 0
    assert len(closed.column("week", "stock")) == 0
    assert np.isnan(closed.value("mean_cost", "town"))
    assert closed.value("losing_stands", "town") == 0
    assert closed.value("cheapest", "town") == "n/a"


def test_a_week_shorter_than_its_window_has_no_mean_at_all() -> None:
    short = solve(lemonade.inputs(Week={"degrees": [20.0, 21.0]}), lemonade.lemonade())
    assert np.isnan(short.column("week", "mean_of_three")).all()


def test_a_new_cost_takes_one_field_and_one_function() -> None:
    class InsuredStands(Stands):
        """The declaration with one field more."""

        fields = (*Stands.fields, Field(Kind.NUMBER, "USD/day", name="insurance", default=0.0, layer=1))

    class InsuredDrinks(Drinks):
        """The same drinks."""

        fields = Drinks.fields

    stands = Block("stands", "Stands", sources=(InsuredStands,))
    drinks = Block("drinks", "Drinks", sources=(InsuredDrinks,), owner=stands, owner_key="stand")
    sections = lemonade.sections(stands, drinks)
    costs = sections[2]

    @costs.line(unit="USD/day", layer=1)
    def cleaning(cups_sold: Any, lemon_price: Any) -> Any:
        """A lemon for every cup that is washed."""
        return cups_sold * lemon_price

    insured = solve(lemonade.inputs(Stands={"insurance": [1.0, 2.0, 3.0]}), build(sections))
    plain = solve(lemonade.inputs(), lemonade.lemonade())
    more = insured.column("stands", "running_cost") - plain.column("stands", "running_cost")
    np.testing.assert_allclose(more, [1 + 10, 2 + 20, 3 + 0], rtol=1e-12)
    assert cleaning(20, 0.5) == 10


def test_a_declared_line_stays_the_function_that_it_was() -> None:
    section = Section(lemonade.stands, "Stands", "Stands")

    @section.line(unit="USD")
    def takings(cups: Any, price: Any) -> Any:
        """What comes in."""
        return cups * price

    assert takings(3, 2.0) == 6.0
    assert np.array_equal(takings(np.array([1.0, 2.0]), 2.0), [2.0, 4.0])


def test_tables_are_labelled_by_the_names_of_their_rows(solved: Solution) -> None:
    table = solved.tables["stands"]
    assert table.loc["Bo", "cost_per_cup"] == 3.125
    assert list(table.index) == ["Ann", "Bo", "Closed"]
    assert solved.table("drinks").loc["Mint", "lemon_cost"] == 15


def test_values_are_asked_for_one_by_one_row_by_row_or_by_the_column(solved: Solution) -> None:
    assert solved.number("mean_cost", "town") == (20 + 125) / 60
    assert solved.text("cheapest", "town") == "Ann"
    ann, bo, closed = solved.rows_of("stands")
    assert (bo.number("rent"), bo.number("cost_per_cup"), bo.text("stand"), bo.index) == (90.0, 3.125, "Bo", 1)
    assert np.isnan(closed.number("cost_per_cup"))
    assert solved.row("stands", 0) == ann
    assert solved.numbers("stands", "running_cost").tolist() == [20, 125, 5]
    assert solved.texts("stands", "mood") == ["sunny", "sour", "n/a"]


def test_downstream_and_upstream_follow_figures_through_owners_and_totals(solved: Solution) -> None:
    graph = solved.graph
    down = graph.downstream(("town", "lemon_price"))
    assert ("stands", "mood") in down
    assert ("town", "cheapest") in down
    assert ("week", "stock") not in down
    up = graph.upstream([("town", "mean_cost")])
    assert ("drinks", "lemon_cost") in up
    assert ("stands", "rank") not in up


def test_unknown_rows_are_left_out_of_a_total_over_owned_rows_by_condition() -> None:
    section = Section(lemonade.stands, "Stands", "Stands")

    @section.line(unit="cups/day")
    def well_rated(drinks: Any) -> Any:
        """Cups of drinks that are rated above 3."""
        return total(drinks.cups, where=drinks.rating > 3)

    drinks = Section(lemonade.drinks, "Drinks", "Drinks")
    solved = solve(lemonade.inputs(), build((section, drinks)))
    assert solved.column("stands", "well_rated").tolist() == [0, 30, 0]


def test_the_largest_of_all_rows_is_found_in_every_case() -> None:
    section = Section(lemonade.town, "Town", "Town")

    @section.line(unit="cups")
    def most(drinks: Any) -> Any:
        """Cups of the drink that sells best; n/a without one."""
        return largest(drinks.cups)

    @section.line(unit="cups")
    def fewest(drinks: Any) -> Any:
        """Cups of the drink that sells worst; n/a without one."""
        return smallest(drinks.cups)

    graph = build((section, Section(lemonade.drinks, "Drinks", "Drinks")))
    solved = solve(lemonade.inputs(), graph)
    assert solved.numbers("town", "most").tolist() == [30]
    cases = solved_cases(solved, {"Drinks.cups[bo / mint]": [1.0, 50.0]})
    assert cases.column("town", "most").tolist() == [[30, 50]]
    assert cases.column("town", "fewest").tolist() == [[1, 20]]


def test_nothing_is_found_or_read_in_an_empty_list() -> None:
    key = np.array([[1.0], [2.0]])
    for search in (row_of, row_up_to):
        np.testing.assert_equal(search(key, np.array([])), [[NAN], [NAN]])
    np.testing.assert_equal(at(key, np.array([])), [[NAN], [NAN]])
    assert at(1.0, np.array([], dtype=object)) == "n/a"


def test_a_row_or_a_column_that_is_not_there_gives_nothing() -> None:
    first, second = np.array([5.0, 6.0]), np.array([7.0, 8.0])
    np.testing.assert_equal(at(np.array([0.0, 1.0, 2.0, 3.0, NAN]), first), [NAN, 5, 6, NAN, NAN])
    np.testing.assert_equal(entry(np.array([1.0, 2.0, 3.0, 0.0]), 2.0, first, second), [6, 8, NAN, NAN])
