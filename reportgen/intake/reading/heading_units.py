"""What the unit in a heading makes of the figures below it: read as they stand, converted, refused or asked about."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import Cell, Content
from reportgen.intake.reading.typed_values import plain_number, shown_number
from reportgen.intake.reading.units import Side, Unit, parse
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened

if TYPE_CHECKING:
    from reportgen.problems import Problem
    from reportgen.sheets import Field

_REMARKS = frozenset({"optional", "required", "#", "no", "no.", "nos", "number", "count", "n", "value", "amount", "1"})
"""Words in brackets that say nothing about the unit."""
_BASIS_POINT = Fraction(1, 10_000)
_SAYS = {"month": "month", "BTC": "btc", "block": "block", "epoch": "epoch"}
"""What a label says already: a monthly cost needs no "per month" behind it, nor the BTC price "per BTC"."""


@dataclass(frozen=True)
class HeadingUnit:
    """The unit that a heading names in place of the declared one, and what follows from it.

    `factor` turns a figure below it into the declared unit; `refused` says why nothing can, `asked` what is unclear.
    With `percent`, cells that show a per cent sign hold fractions already.
    """

    field: Field
    written: str
    where: Where
    factor: Fraction = Fraction(1)
    refused: str = ""
    asked: str = ""
    percent: bool = False

    @property
    def converts(self) -> bool:
        """True when figures change."""
        return self.factor != 1 and not self.refused

    def converted(self, cell: Cell) -> Cell:
        """A cell with its number in the declared unit; texts and shares that show a per cent sign as they are."""
        if cell.content is not Content.NUMBER or cell.dated or not self.converts or (self.percent and cell.percent):
            return cell
        return cell._replace(number=self.of(cell.number))

    def of(self, number: float) -> float:
        """A number of the heading's unit in the declared one."""
        return number * self.factor.numerator / self.factor.denominator

    def typed(self, number: float) -> str:
        """A number as it was typed, with what it became: "12 kW, which is 12,000 W"."""
        return f"{plain_number(number)} {self.written}, which is {shown_number(self.of(number))} {self.field.unit}"

    def problem(self, cells: Iterable[Cell | None]) -> Problem:
        """What is said about the heading, with the first figure below it as an example."""
        unit, shown = self.field.unit, f'"{shortened(self.written)}"'
        heading = f'"{self.field.header}"'
        if self.refused:
            hint = f"Type the figures {_in(unit)}{_how_to(self)}, and head them {heading}."
            return problem(
                "unit_refused", self.where, f"found the unit {shown}, expected {unit}: {self.refused}.", hint
            )
        if not self.converts:
            hint = f"Type the figures {_in(unit)} and head them {heading}, or leave the unit out."
            return problem("unit_unknown", self.where, f"found {self.asked}; the figures are read {_in(unit)}.", hint)
        first = next(
            (cell.number for cell in cells if cell is not None and cell.number and self.converted(cell) is not cell),
            None,
        )
        example = "" if first is None else f" ({shown_number(first)} becomes {shown_number(self.of(first))})"
        message = f"found the unit {shown}: the figures are {_multiplied(self.factor)} and read {_in(unit)}{example}."
        if self.asked:
            message += " It does not say per what."
        return problem("unit_differs", self.where, message, self.wrong_hint())

    def wrong_hint(self) -> str:
        """What to do where the figures below show that the unit is not theirs."""
        return f'If the unit is wrong, correct it: "{self.field.header}".'

    def below(self, cells: Iterable[Cell | None]) -> HeadingUnit | None:
        """This unit as it holds for the cells below it: whether per cent is meant is told by their format and size.

        None when every cell shows a per cent sign: Excel then keeps the fraction that is expected. Numbers of 1 and
        less that show none may be fractions under a heading that speaks of their format, or small percentages.
        """
        if not self.percent or self.refused:
            return self
        plain = [cell.number for cell in cells if cell is not None and _is_plain(cell)]
        if not any(plain):
            return self._of_per_cent_cells(cells)
        if max(abs(number) for number in plain) > 1:
            return self
        shown = plain_number(next(number for number in plain if number))
        return dataclasses.replace(self, refused=f"{shown} may be {shown} % or {plain_number(float(shown) * 100)} %")

    def _of_per_cent_cells(self, cells: Iterable[Cell | None]) -> HeadingUnit | None:
        """None where cells that show per cent hold shares; basis points typed into them are refused."""
        typed = next(
            (each.number for each in cells if each is not None and abs(each.number) > self.field.bounds.high), None
        )
        if typed is None or self.factor != _BASIS_POINT or not self.field.bounds.admit(self.of(typed)):
            return None
        shown = f"{plain_number(typed)} basis points are {plain_number(self.of(typed) * 100)}%"
        return dataclasses.replace(self, refused=f"the cells show per cent, and {shown}")


def unit_of_heading(field: Field, written: str, where: Where) -> HeadingUnit | None:
    """What the unit that is written for a field means for its figures; None when they are read as they stand."""
    found = HeadingUnit(field, written, where)
    declared, unit = parse(field.unit), parse(written)
    plain = "".join(written.split()).casefold()
    if declared is None or not plain or plain in _REMARKS or plain == "".join(field.unit.split()).casefold():
        return None
    if unit is None:
        return dataclasses.replace(found, asked=f'"{shortened(written)}", which is no unit')
    if unit.currency:
        return dataclasses.replace(found, refused=f"{unit.currency} is another currency")
    found = dataclasses.replace(found, percent=unit.percent)
    if plain == "m" and declared.over.counts == ("month",):
        return None
    return _measured(found, _completed(unit, declared, field), declared)


def _measured(found: HeadingUnit, unit: Unit, declared: Unit) -> HeadingUnit | None:
    """The factor between two units that measure the same; what is not said is taken from the declared one."""
    cannot = "one cannot be turned into the other"
    over, under = unit.over, unit.under
    rate = not declared.over.counts and declared.under.counts
    if rate and under.counts and under != declared.under:
        return dataclasses.replace(found, refused="a rate of another period is another figure")
    if over.counts == declared.over.counts and under.counts == declared.under.counts:
        return _by(found, unit.factor / declared.factor)
    if over.counts == declared.over.counts and not under.counts:
        label = found.field.label.casefold()
        said = not over.counts or all(_SAYS.get(each, "?") in label for each in declared.under.counts)
        asked = "" if said else f'the unit "{shortened(found.written)}", which does not say per what'
        return _by(dataclasses.replace(found, asked=asked), over.factor / declared.over.factor)
    if over == Side() and under.counts == declared.under.counts:
        return _by(found, declared.under.factor / under.factor)
    return dataclasses.replace(found, refused=cannot)


def _completed(unit: Unit, declared: Unit, field: Field) -> Unit:
    """A unit with what its field makes plain: thousands of what is counted, a figure of one machine each."""
    over, under = unit.over, unit.under
    if unit.bare and "H/s" not in declared.over.counts:
        over = Side(over.factor, declared.over.counts)
    if "machine" in under.counts and field.name.startswith("unit_"):
        under = Side(under.factor, tuple(each for each in under.counts if each != "machine"))
    if over.counts == under.counts and over.counts:  # hours a day are a share
        over, under = Side(over.factor / under.factor), Side()
    return dataclasses.replace(unit, over=over, under=under)


def _by(found: HeadingUnit, factor: Fraction) -> HeadingUnit | None:
    return None if factor == 1 and not found.asked else dataclasses.replace(found, factor=factor)


def _is_plain(cell: Cell) -> bool:
    return cell.content is Content.NUMBER and not cell.dated and not cell.percent


def _in(unit: str) -> str:
    """A unit in a sentence: in USD, per year, as a share."""
    return unit if unit.startswith("per ") else f"as a {unit}" if unit in ("share", "change") else f"in {unit}"


def _multiplied(factor: Fraction) -> str:
    if factor.denominator == 1:
        return f"multiplied by {factor.numerator:,}"
    if factor.numerator == 1:
        return f"divided by {factor.denominator:,}"
    return f"multiplied by {factor.numerator:,}/{factor.denominator:,}"


def _how_to(found: HeadingUnit) -> str:
    unit, declared = parse(found.written), parse(found.field.unit)
    if unit and declared and "machine" in unit.under.counts and "H/s" in declared.under.counts:
        return " (the price of a machine divided by its TH/s)"
    if found.percent:
        return ", or give the cells a per cent format"
    return ", at the rate of the as-of day" if unit and unit.currency else ""
