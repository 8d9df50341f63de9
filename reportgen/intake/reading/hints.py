"""What to type instead: in words that fit what was found, the bounds of the field and the figures around it."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.intake.reading.typed_values import NOTHING, plain_number, shown_number
from reportgen.intake.reading.written_dates import day_readings
from reportgen.intake.reading.written_numbers import COMMA, POINT, Meant, Surroundings, likely, meant_numbers
from reportgen.problems import shortened
from reportgen.sheets import NEAREST, Field, Kind

POWER_PRICES = (0.01, 0.15)
"""USD/kWh that miners pay: what a price in cents or per MWh most likely is in dollars per kWh."""
FULL_DIFFICULTY = 1e12
"""How many times larger a difficulty typed in full is than one in T."""
_SHARES = frozenset({"share", "change", "per year"})
"""Units of figures that people speak of in per cent."""
_DIGITS = "digits and a decimal point only"


def expected(field: Field) -> str:
    """What a field takes, in words: "a number above 0 (USD/BTC)"."""
    if field.kind is Kind.DATE:
        return "a date"
    if field.kind is Kind.YES_NO:
        return "yes or no"
    if field.kind is not Kind.NUMBER:
        return f"a name from {field.of}" if field.of else "a text"
    words = "a whole number" if field.whole else "a number"
    unit = f" ({field.unit})" if field.unit else ""
    return f"{words}{_bounds(field)}{unit}"


def _bounds(field: Field) -> str:
    bounds = field.bounds
    low, high = shown_number(bounds.low), shown_number(bounds.high)
    if bounds.bounded_below and bounds.bounded_above:
        return f" above {low} and up to {high}" if bounds.strict else f" from {low} to {high}"
    if bounds.bounded_below:
        return f" above {low}" if bounds.strict else f" of at least {low}"
    return f" up to {high}" if bounds.bounded_above else ""


def text_hint(field: Field, text: str, around: Surroundings) -> str:
    """What to type in place of a text where a number belongs."""
    if text.casefold() in NOTHING:
        return _nothing_hint(field)
    found = meant_numbers(field, text, around.unit)
    if not found:
        return "Type a plain number."
    if found[0].refused:
        return f"{found[0].refused[:1].upper()}{found[0].refused[1:]}: type the figure in {field.unit}."
    fits = likely(field, found, around)
    if len(fits) > 1:
        either = " or ".join(f"{plain_number(each.typed)} ({_read_so(text, each)})" for each in fits)
        return f"It may be {either}. Type the one that is meant, with {_DIGITS}."
    if not fits:
        remedies = [remedy for each in found if (remedy := _remedy(field, each.number))]
        return remedies[0] if remedies and around.unit is None else _out_of_bounds(field, found)
    meant = plain_number(fits[0].typed)
    if "%" in text:
        return f"Type {plain_number(fits[0].typed * 100)}% or {meant} into a cell formatted as a number."
    other = next((each for each in found if each is not fits[0]), None)
    doubt = f"; {plain_number(other.typed)} would not fit" if other is not None else ""
    return f"Type {meant} ({_DIGITS}) into a cell formatted as a number{doubt}."


def bounds_hint(field: Field, number: float) -> str:
    """What to type in place of a number out of bounds."""
    if 0 < abs(number) < NEAREST:
        return "That is nearer to zero than any figure. Type 0 if you mean none, where 0 is allowed."
    return _remedy(field, number) or field.help or f"Type {expected(field)}."


def date_hint(field: Field, text: str, around: Surroundings) -> str:
    """What to type in place of a text where a date belongs; "" when it is no date to a person either."""
    if text.casefold() in NOTHING and not field.required:
        return "Clear the cell."
    days = day_readings(text)
    if len(days) > 1:
        way, other = around.day_order
        if way in days:
            return f'It reads as {days[way]}, {way} like "{shortened(other)}". Type {days[way]}.'
        either = " or ".join(f"{day} ({way})" for way, day in days.items())
        return f"It can be read in two ways: {either}. Type the date as year-month-day."
    return f"It reads as {day}. Type {day}." if (day := next(iter(days.values()), "")) else ""


def _read_so(text: str, meant: Meant) -> str:
    """What the sign of a text that can be read in two ways is in one of them."""
    sign = COMMA if "," in text else POINT
    return f"a {sign}" if meant.way == sign else f"the {sign.removeprefix('decimal ')} marks thousands"


def _nothing_hint(field: Field) -> str:
    if field.required and not field.wide:
        return "A figure is required here; if you do not know it, type your best estimate and say so in the notes."
    standard = plain_number(field.default) if isinstance(field.default, float) else "missing"
    return f"Clear the cell: it then counts as {standard}."


def _remedy(field: Field, number: float) -> str:
    """What a number out of bounds most likely is in the right unit; "" when nothing is likely."""
    if field.unit == "USD/kWh" and number > 1:
        low, high = POWER_PRICES
        shown, cents, per_mwh = plain_number(number), plain_number(number / 100), plain_number(number / 1_000)
        said = []
        if low <= number / 100 <= high or not low <= number / 1_000 <= high:
            said.append(f"The price is in dollars, not cents: {shown} cents are {cents}.")
        if low <= number / 1_000 <= high:
            said.append(f"The price is per kWh, not MWh: {shown} USD/MWh are {per_mwh} USD/kWh.")
        return " ".join(said)
    if field.unit == "T" and number > field.bounds.high and field.bounds.admit(number / FULL_DIFFICULTY):
        return f"Type {plain_number(number / FULL_DIFFICULTY)} (in T): {plain_number(number)} is typed in full."
    share = field.unit in _SHARES or field.bounds.high <= 1
    if share and abs(number) >= 1 and field.bounds.admit(number / 100):
        return f"If you mean {plain_number(number)} %, type {plain_number(number)}% or {plain_number(number / 100)}."
    if field.unit == "PUE" and field.bounds.admit(number / 100):
        return f"If you mean {plain_number(number)} % of the machines' power, type {plain_number(number / 100)}."
    if field.unit.startswith("BTC") and number > field.bounds.high:
        return f"The figure is in bitcoin ({field.unit}): divide an amount in dollars by the BTC price."
    return ""


def _out_of_bounds(field: Field, found: Sequence[Meant]) -> str:
    read = " or ".join(plain_number(each.number) for each in found)
    return f"It reads as {read}, which is not {expected(field)}. {field.help}"
