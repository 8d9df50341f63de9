"""A model that could not be computed or understood is refused before any number is: by line and reason."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from reportgen.formula.functions import (
    at,
    average,
    choose,
    count,
    difference,
    divide,
    entry,
    first_named,
    floor,
    known,
    largest,
    maximum,
    not_available,
    otherwise,
    position,
    previous,
    remainder,
    row_of,
    total,
    trailing,
    when,
)
from reportgen.formula.tree import Number
from reportgen.model.block import Block, ModelError, Section
from reportgen.model.graph import build
from tests.model import lemonade

ANY = Callable[..., Any]


def refused(*functions: ANY, block: Block = lemonade.stands, unit: str = "USD", text: bool = False) -> str:
    """The message that a model with these lines beside the toy's is refused with."""
    section = Section(block, "Extra", "Extra")
    for function in functions:
        function.__doc__ = function.__doc__ or "A line."
        section.line(unit=unit, text=text)(function)
    with pytest.raises(ModelError) as caught:
        build((*lemonade.sections(), section))
    return str(caught.value)


def named(name: str, function: ANY) -> ANY:
    function.__name__ = name
    return function


def test_an_unknown_parameter_is_refused_with_the_nearest_name() -> None:
    message = refused(named("odd", lambda cups_solt: cups_solt))
    assert message == "line stands.odd asks for cups_solt, which is no input, line or block (did you mean cups_sold?)"


def test_an_unknown_column_of_a_block_is_refused_with_the_nearest_name() -> None:
    message = refused(named("odd", lambda drinks: total(drinks.cup)))
    assert message == "line stands.odd asks for drinks.cup, which is not there (did you mean cups?)"


def test_a_circle_is_refused_and_printed() -> None:
    message = refused(named("hen", lambda egg: egg + 1), named("egg", lambda hen: hen + 1))
    assert "stands.hen → stands.egg → stands.hen" in message or "stands.egg → stands.hen → stands.egg" in message
    assert "in a circle" in message


def test_a_circle_through_two_blocks_is_refused_even_if_it_passes_through_the_previous_row() -> None:
    section = Section(lemonade.week, "Week", "Week")
    street = Section(lemonade.town, "Street", "Street")

    @section.line(unit="x")
    def spread(spread: Any, final: Any) -> Any:
        """Looks at the row above and at the end of the week."""
        return previous(spread, 0) + final

    @street.line(unit="x")
    def final(week: Any) -> Any:
        """The end of the week."""
        return largest(week.spread)

    with pytest.raises(ModelError, match=r"in a circle: .*town\.final"):
        build((*lemonade.sections(), section, street))


def test_a_line_that_uses_its_own_row_is_refused() -> None:
    assert "circle: stands.odd → stands.odd" in refused(named("odd", lambda odd: odd + 1))


def test_a_total_over_a_column_that_is_still_being_computed_row_by_row_is_refused() -> None:
    whole = named("whole", lambda week, running: total(week.running) + running)
    running = named("running", lambda whole: previous(whole, 0) + 1)
    assert "in a circle" in refused(whole, running, block=lemonade.week)
    window = named("window", lambda step: total(trailing(step, 3)))
    step = named("step", lambda window: previous(window, 0) + 1)
    assert "in a circle" in refused(window, step, block=lemonade.week)
    ranked = named("ranked", lambda pace: position(pace, pace))
    pace = named("pace", lambda ranked: previous(ranked, 0) + 1)
    assert "in a circle" in refused(ranked, pace, block=lemonade.week)
    sold = named("sold", lambda drinks, limit: total(drinks.cups, where=drinks.cups > limit))
    limit = named("limit", lambda sold: previous(sold, 0) + 1)
    assert "in a circle" in refused(sold, limit)


def test_the_same_name_twice_in_a_block_is_refused() -> None:
    assert refused(named("cups_sold", lambda rent: rent)) == "line stands.cups_sold is declared twice"
    assert refused(named("rent", lambda subsidy: subsidy)) == "line stands.rent is declared twice"


def test_a_line_without_docstring_is_refused() -> None:
    section = Section(lemonade.stands, "Extra", "Extra")
    section.line(unit="USD")(named("mute", lambda rent: rent))
    with pytest.raises(ModelError, match=r"line stands\.mute has no docstring"):
        build((*lemonade.sections(), section))


def test_a_line_without_unit_is_refused() -> None:
    assert refused(named("bare", lambda rent: rent), unit="") == "line stands.bare has no unit"


@pytest.mark.parametrize(
    "function",
    [
        lambda rent: rent * 1.07,
        lambda rent: rent * (0.9 * 2016),  # folded by Python before anybody sees the two numbers
        lambda rent: when(rent > 17, 1, 0),
        lambda drinks: total(drinks.cups, where=drinks.rating > 3.5),
        lambda rent: previous(rent, 45),
        lambda rent: rent + -7,
        lambda rent, cost_per_cup: otherwise(cost_per_cup, 99),
    ],
)
def test_a_number_that_does_not_hold_everywhere_is_refused_wherever_it_hides(function: ANY) -> None:
    assert "make it an input, or a line of its own that says what it is" in refused(named("odd", function))


def test_a_line_of_its_own_may_say_what_a_number_is() -> None:
    section = Section(lemonade.town, "Street", "Street")

    @section.line(unit="days")
    def long_weekend() -> Any:
        """Days of a long weekend."""
        return 4.5

    build((*lemonade.sections(), section))


@pytest.mark.parametrize(
    ("function", "advice"),
    [
        (lambda rent, subsidy: max(rent, subsidy), "maximum(a, b)"),
        (lambda rent, subsidy: min(rent, subsidy), "minimum(a, b)"),
        (lambda rent: 1 if rent > 0 else 0, "when(condition, a, b) instead of if"),
        (lambda rent, subsidy: when(rent > 0 and subsidy > 0, 1, 0), "& and | instead of and/or"),
        (lambda rent: when(0 < rent < 100, 1, 0), "one comparison at a time"),
        (lambda rent: abs(rent), "absolute(...)"),
        (lambda rent: rent % 12, "remainder(a, b)"),
        (lambda rent: rent // 12, "floor(a / b)"),
        (lambda rent: math.sqrt(rent), "the functions of the formula language"),
        (lambda rent: sum(rent), "total(...)"),
        (lambda drinks: drinks + 1, "uses the block drinks as a value"),
        (lambda drinks: total(drinks), "uses the block drinks as a value"),
        (lambda rent: rent + None, "not of NoneType"),
        (lambda rent: rent * math.inf, "not a number that a workbook can hold"),
        (lambda rent: rent.upper(), "cannot be read as a formula (AttributeError"),
    ],
)
def test_python_that_is_no_formula_is_refused_with_what_to_write_instead(function: ANY, advice: str) -> None:
    message = refused(named("odd", function))
    assert message.startswith("line stands.odd ")
    assert advice in message


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (lambda drinks: drinks.cups, "cups is a whole column here"),
        (lambda rent: total(rent), "total(...) reduces a column"),
        (lambda drinks, week: total(drinks.cups * week.degrees), "the columns of one block, not of drinks and week"),
        (lambda drinks: total(maximum(drinks.cups, 0)), "columns take only arithmetic"),
        (lambda drinks: total(total(drinks.cups) * drinks.cups), "columns take only arithmetic"),
        (lambda drinks: largest(drinks.cups), "largest(...) of some rows only"),
        (lambda drinks: average(drinks.cups * 2), "average(...) takes a column"),
        (lambda drinks: count(drinks.cups * 2), "count(...) takes a column"),
        (lambda drinks: total(drinks.rating + 1), "rating can be n/a inside a total"),
        (
            lambda stands, cost_per_cup: count(stands.rent, where=stands.rent > cost_per_cup),
            "use otherwise(cost_per_cup",
        ),
        (lambda stands, rent: total(stands.rent, where=stands.rent > rent), "use position(rent)"),
        (
            lambda drinks, rent: total(drinks.cups, where=previous(rent, 0) > 1),
            "previous(...) cannot stand inside total",
        ),
        (lambda rent: trailing(rent, 3), "trailing(rent, ...) stands for several rows"),
        (lambda rent: total(trailing(rent, 3) * 2), "can have nothing beside it"),
        (lambda rent, subsidy: trailing(rent + subsidy, 3), "trailing() takes a column"),
        (lambda rent, subsidy: previous(rent + subsidy, 0), "previous() takes a column"),
        (lambda rent, subsidy: trailing(rent, subsidy), "a length that is written in the line"),
        (lambda rent, subsidy: position(rent + subsidy, rent), "position(...) takes a column"),
        (
            lambda cup_price: position(cup_price, cup_price),
            "takes a column of the same block, and cup_price is not one",
        ),
        (lambda rent, subsidy: known(rent + subsidy), "known(...) takes a column"),
        (lambda cost_per_cup: divide(cost_per_cup, 2) + 1, "divide(...) can give n/a: give it a line of its own"),
        (lambda rent, cost_per_cup: when(rent > 0, cost_per_cup, 0) + 1, "a branch of when(...) can be n/a here"),
        (lambda rating, cost_per_cup: otherwise(rating, cost_per_cup) + 1, "the default of otherwise(...) can be n/a"),
        (lambda week: at(row_of(1, week.number), week.degrees), "row_of(...) can give n/a: give it a line of its own"),
        (lambda week, stands: entry(1, 1, week.degrees, stands.rent), "columns of the same block"),
        (lambda rent: row_of(rent, rent), "whole columns of another block"),
        (lambda rent: at(1, rent), "whole columns of another block"),
        (lambda rent: not_available + rent, "missing cannot stand inside a formula"),
    ],
)
def test_formulas_that_python_and_excel_would_not_compute_alike_are_refused(function: ANY, reason: str) -> None:
    message = refused(named("odd", function))
    assert message.startswith("line stands.odd ")
    assert reason in message


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (lambda running_cost: when(running_cost < 0, 1, 0), "lets 0 decide about running_cost"),
        (lambda running_cost: when(Number(0) < running_cost, 1, 0), "lets 0 decide about running_cost"),
        (lambda running_cost: when(running_cost, 1, 0), "lets 0 decide about running_cost"),
        (lambda running_cost, rent: when((rent > 0) & running_cost, 1, 0), "lets 0 decide about running_cost"),
        (lambda running_cost, rent: when(2 * rent - running_cost >= 0, 1, 0), "lets 0 decide about a sum"),
        (lambda running_cost: when(maximum(0, running_cost) > 0, 1, 0), "lets 0 decide about a sum"),
        (lambda rent, subsidy: when(rent - subsidy - rent < 0, 1, 0), "lets 0 decide about a sum"),
        (lambda running_cost, rent: divide(rent, running_cost), "lets 0 decide about running_cost"),
        (lambda stands: total(stands.rent, where=stands.running_cost > 0), "lets 0 decide about running_cost"),
        (lambda week, rent: when(rent + total(week.warming) > 0, 1, 0), "lets 0 decide about a sum"),
        (lambda rent, week: row_of(rent, week.degrees), "finds texts, dates and whole numbers"),
        (lambda rent, week: at(rent, week.number), "takes the whole number of a row"),
        (lambda rent: remainder(rent, 2), "takes whole numbers"),
    ],
)
def test_a_last_digit_may_decide_nothing(function: ANY, reason: str) -> None:
    message = refused(named("odd", function))
    assert reason in message


@pytest.mark.parametrize(
    "function",
    [
        lambda running_cost, rent: when(difference(running_cost, rent) < 0, 1, 0),
        lambda running_cost, rent: when(running_cost < rent, 1, 0),
        lambda rent, subsidy: when(rent - subsidy < 0, 1, 0),  # of two typed numbers: the same in every engine
        lambda rent: when(2 * rent > 0, 1, 0),
        lambda lemons_bought: divide(1, lemons_bought),
        lambda running_cost: when(maximum(0, running_cost) >= 0, 1, 0),
        lambda number: remainder(number + 3, 2),
        lambda rent, week: row_of(floor(rent), week.number),
    ],
)
def test_what_no_last_digit_can_turn_may_decide(function: ANY) -> None:
    section = Section(lemonade.stands, "Extra", "Extra")
    function.__doc__ = "A line."
    section.line(unit="USD")(named("fine", function))
    build((*lemonade.sections(), section))


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (lambda stand: stand + 1, "a text stands in arithmetic"),
        (lambda stand: when(stand == 1, 1, 0), "a text is compared with a number"),
        (lambda stand: when(stand > "B", 1, 0), "a text stands in comparison"),
        (lambda stand, rent: maximum(rent, stand), "a text stands in maximum(...)"),
        (lambda rent: when(rent > 0, "yes", 0), "a text in one case and a number in the other"),
        (lambda stand, week: row_of(stand, week.number), "mixes texts and numbers"),
        (lambda rent: first_named(rent), "first_named(...) takes texts"),
        (lambda stand: position(stand, stand), "position(...) takes numbers"),
        (lambda stand: known(stand), "a text stands in known(...)"),
        (lambda stand: stand, "gives a text: declare it with text=True"),
        (lambda rent, subsidy: choose(rent, subsidy), "by texts in quotes"),
    ],
)
def test_texts_where_numbers_are_wanted_are_refused(function: ANY, reason: str) -> None:
    assert reason in refused(named("odd", function))


def test_a_text_line_that_gives_a_number_is_refused() -> None:
    assert "is declared as a text and gives none" in refused(named("odd", lambda rent: rent), text=True)


def test_a_text_that_looks_at_its_previous_row_is_refused() -> None:
    odd = named("odd", lambda odd, degrees: when(degrees > 30, "hot", previous(odd, "mild")))
    assert "let a number do that, and name it with choose(...)" in refused(odd, block=lemonade.week, text=True)


def test_a_subtotal_of_nothing_is_refused() -> None:
    section = Section(lemonade.stands, "Extra", "Extra")

    @section.subtotal(unit="USD", layer=7)
    def nothing(lines: Any) -> Any:
        """The sum of a layer that nobody filled."""
        return sum(lines)

    with pytest.raises(ModelError, match=r"line stands\.nothing sums layer 7, to which nothing belongs"):
        build((*lemonade.sections(), section))


def test_two_blocks_of_the_same_name_are_refused() -> None:
    twin = Section(Block("stands", "Other stands", sources=(lemonade.Stands,)), "Extra", "Extra")
    with pytest.raises(ModelError, match="two blocks are called stands"):
        build((*lemonade.sections(), twin))
