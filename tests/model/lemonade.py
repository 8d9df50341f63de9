"""A world of its own for the engine: lemonade stands on a street, the cups that each sells, and a week of weather."""

from __future__ import annotations

from typing import Any

import numpy as np

from reportgen.formula.functions import (
    absolute,
    at,
    average,
    choose,
    count,
    divide,
    largest,
    maximum,
    not_available,
    position,
    previous,
    row_of,
    smallest,
    total,
    trailing,
    when,
)
from reportgen.inputs import Inputs, Table
from reportgen.model.block import Block, Section
from reportgen.model.graph import Graph, build
from reportgen.sheets import Field, Kind, Sheet

NAN = float("nan")


class Town(Sheet):
    """One value each."""

    name, title, help, form = "Town", "Town", "The town.", True
    cup_price = Field(Kind.NUMBER, "USD/cup", required=True)
    lemon_price = Field(Kind.NUMBER, "USD/lemon", required=True, least=0.0)


class Stands(Sheet):
    """A row a stand."""

    name, title, help = "Stands", "Stands", "The stands."
    stand = Field(Kind.TEXT, required=True, key=True)
    rent = Field(Kind.NUMBER, "USD/day", default=0.0, least=0.0, layer=1)
    subsidy = Field(Kind.NUMBER, "USD/day", default=0.0, layer=1, credit=True)


class Drinks(Sheet):
    """A row a drink of a stand."""

    name, title, help = "Drinks", "Drinks", "What the stands sell."
    stand = Field(Kind.TEXT, required=True, of="Stands")
    drink = Field(Kind.TEXT, required=True)
    cups = Field(Kind.NUMBER, "cups/day", required=True, least=0.0)
    lemons = Field(Kind.NUMBER, "lemons/cup", required=True, least=0.0)
    rating = Field(Kind.NUMBER, "stars")


class Week(Sheet):
    """A row a day."""

    name, title, help = "Week", "Week", "The weather."
    degrees = Field(Kind.NUMBER, "°C", required=True)


town = Block("town", "Town", sources=(Town,))
stands = Block("stands", "Stands", sources=(Stands,))
drinks = Block("drinks", "Drinks", sources=(Drinks,), owner=stands, owner_key="stand")
week = Block("week", "Week", sources=(Week,))


def sections(stands: Block = stands, drinks: Block = drinks) -> tuple[Section, ...]:
    """The lines of the toy, on blocks that may carry more fields than the plain ones."""
    each_drink = Section(drinks, "Drinks", "Drinks")
    each_stand = Section(stands, "Stands", "Stands", across=True)
    costs = Section(stands, "Stands", "Costs", across=True)
    street = Section(town, "Street", "Street")
    days = Section(week, "Week", "Week")
    _drink_lines(each_drink)
    _stand_lines(each_stand, costs)
    _street_lines(street)
    _week_lines(days)
    return each_drink, each_stand, costs, street, days


def _drink_lines(each_drink: Section) -> None:
    @each_drink.line(unit="USD/day")
    def lemon_cost(cups: Any, lemons: Any, lemon_price: Any) -> Any:
        """Lemons squeezed in a day."""
        return cups * lemons * lemon_price

    @each_drink.line(unit="share")
    def share_of_stand(cups: Any, cups_sold: Any) -> Any:
        """Share of its stand's cups; n/a where the stand sells none."""
        return divide(cups, cups_sold)


def _stand_lines(each_stand: Section, costs: Section) -> None:
    @each_stand.line(unit="cups/day")
    def cups_sold(drinks: Any) -> Any:
        """Cups of all drinks."""
        return total(drinks.cups)

    @costs.line(unit="USD/day", layer=1)
    def lemons_bought(drinks: Any) -> Any:
        """Lemons of all drinks."""
        return total(drinks.lemon_cost)

    @costs.subtotal(unit="USD/day", layer=1)
    def running_cost(lines: Any) -> Any:
        """Everything that a day costs, subsidies taken off."""
        return sum(lines[1:], lines[0])

    @each_stand.line(unit="USD/cup")
    def cost_per_cup(running_cost: Any, cups_sold: Any) -> Any:
        """Running cost of a cup; n/a where none is sold."""
        return divide(running_cost, cups_sold)

    @each_stand.line(unit="stars")
    def rating(drinks: Any) -> Any:
        """Rating of the stand, weighted by cups."""
        return average(drinks.rating, weight=drinks.cups)

    @each_stand.line(unit="USD/cup")
    def margin(cost_per_cup: Any) -> Any:
        """What is too little to tell two costs apart."""
        return absolute(cost_per_cup) / 10**12

    @each_stand.line(unit="rank")
    def rank(cost_per_cup: Any, margin: Any) -> Any:
        """Place by cost, cheapest first."""
        return position(cost_per_cup, margin)

    @each_stand.line(unit="0-1")
    def losing(cost_per_cup: Any, cup_price: Any) -> Any:
        """1 when a cup costs more than it brings."""
        return when(cost_per_cup > cup_price, 1, 0)

    @each_stand.line(unit="", text=True)
    def mood(losing: Any) -> Any:
        """How the owner feels."""
        return choose(losing, "sunny", "sour")


def _street_lines(street: Section) -> None:
    @street.line(unit="cups/day")
    def best_seller(drinks: Any) -> Any:
        """Cups of the drink that sells best; n/a without drinks."""
        return largest(drinks.cups)

    @street.line(unit="USD/day")
    def least_lemons(drinks: Any) -> Any:
        """Lemons of the drink that takes the fewest."""
        return smallest(drinks.lemon_cost)

    @street.line(unit="USD/cup")
    def mean_cost(stands: Any) -> Any:
        """Cost of a cup on this street, weighted by cups."""
        return average(stands.cost_per_cup, weight=stands.cups_sold)

    @street.line(unit="stands")
    def losing_stands(stands: Any, cup_price: Any) -> Any:
        """Stands whose cups cost more than they bring."""
        return count(stands.cost_per_cup, where=stands.cost_per_cup > cup_price)

    @street.line(unit="row")
    def cheapest_row(stands: Any) -> Any:
        """Row of the stand with the lowest cost."""
        return row_of(1, stands.rank)

    @street.line(unit="", text=True)
    def cheapest(cheapest_row: Any, stands: Any) -> Any:
        """The stand with the lowest cost."""
        return at(cheapest_row, stands.stand)


def _week_lines(days: Section) -> None:
    @days.line(unit="°C")
    def mean_of_three(degrees: Any) -> Any:
        """Mean of three days."""
        return average(trailing(degrees, 3))

    @days.line(unit="°C")
    def warming(degrees: Any) -> Any:
        """Degrees above the day before."""
        return degrees - previous(degrees, 0)

    @days.line(unit="days")
    def hot_days(hot_days: Any, degrees: Any) -> Any:
        """Days above 30 degrees without a break."""
        return when(degrees > 30, previous(hot_days, 0) + 1, 0)

    @days.line(unit="lemons")
    def stock(stock: Any, ordered: Any) -> Any:
        """Lemons in the cellar, which follow what was ordered the day before."""
        return maximum(0, previous(stock, 100) + previous(ordered, 0) - 30)

    @days.line(unit="lemons")
    def ordered(stock: Any) -> Any:
        """Lemons ordered: enough to come back to 100."""
        return 100 - stock

    @days.line(unit="°C")
    def heat(degrees: Any) -> Any:
        """Degrees above 30; n/a on other days."""
        return when(degrees > 30, degrees - 30, not_available)


def lemonade() -> Graph:
    """The whole toy."""
    return build(sections())


def inputs(**changes: dict[str, list[Any]]) -> Inputs:
    """Two busy stands, one that sells nothing, and one that is not even rated; `changes` replace columns."""
    given: dict[str, dict[str, list[Any]]] = {
        "Town": {"cup_price": [2.0], "lemon_price": [0.5]},
        "Stands": {
            "stand": ["Ann", "Bo", "Closed"],
            "rent": [10.0, 90.0, 5.0],
            "subsidy": [0.0, 10.0, 0.0],
        },
        "Drinks": {
            "stand": ["Bo", "Ann", "bo"],
            "drink": ["Classic", "Classic", "Mint"],
            "cups": [30.0, 20.0, 10.0],
            "lemons": [2.0, 1.0, 3.0],
            "rating": [4.0, NAN, 2.0],
        },
        "Week": {"degrees": [28.0, 31.0, 33.0, 29.0, 35.0]},
    }
    tables = {}
    for sheet, columns in given.items():
        columns = {**columns, **changes.get(sheet, {})}
        arrays = {
            name: np.array(values, dtype=object if name in ("stand", "drink") else float)
            for name, values in columns.items()
        }
        tables[sheet] = Table(len(next(iter(arrays.values()))), arrays)
    return Inputs(tables)
