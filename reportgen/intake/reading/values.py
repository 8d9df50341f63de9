"""One cell into one value: what was found against what the field expects, and what to type."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportgen import excel_dates
from reportgen.intake.file.cell import Cell, Content
from reportgen.intake.reading.hints import bounds_hint, date_hint, expected, text_hint
from reportgen.intake.reading.names import LONGEST_NAME
from reportgen.intake.reading.typed_values import plain_number, plain_text, unshowable
from reportgen.intake.reading.written_numbers import Surroundings
from reportgen.problem_codes import problem
from reportgen.problems import shortened
from reportgen.sheets import Field, Kind

if TYPE_CHECKING:
    from reportgen.problems import Problem, Where

LONGEST_TEXT, LONGEST_LONG_TEXT = 1_000, 10_000
SPACE = "found nothing but spaces: it counts as blank here, and as a text in the formulas of a delivered workbook."
YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})

_ALONE = Surroundings()
Read = tuple[float | str, "Problem | None"]


def blank(field: Field) -> float | str:
    """What a blank cell means: the default, or missing."""
    if field.default is not None:
        return field.default
    return math.nan if field.number else ""


def read_value(field: Field, cell: Cell | None, where: Where, around: Surroundings = _ALONE) -> Read:
    """The value of a cell and the problem with it, if there is one.

    What stands `around` the cell decides its unit, and what an unreadable text may mean. It counts as blank.
    """
    if cell is None:
        if field.required and not field.wide:
            return blank(field), problem(
                "value_missing", where, "found a blank cell, expected a value.", f"Type {expected(field)}. {field.help}"
            )
        return blank(field), None
    refused = _no_value(field, cell, where)
    if refused is not None:
        return blank(field), refused
    if field.kind is Kind.NUMBER:
        return _number(field, cell, where, around)
    if field.kind is Kind.DATE:
        return _date(field, cell, where, around)
    if field.kind is Kind.YES_NO:
        return _yes_no(field, cell, where)
    return _text(field, cell, where)


def _no_value(field: Field, cell: Cell, where: Where) -> Problem | None:
    if cell.content is Content.ERROR:
        shown = shortened(plain_text(cell.text))[:20] or "an error value"
        return problem("cell_error", where, f"found {shown}, expected {expected(field)}.")
    if cell.content is Content.UNCALCULATED:
        return problem(
            "formula_uncalculated", where, f"found a formula without a calculated value, expected {expected(field)}."
        )
    if cell.content is Content.OVERLONG:
        return problem("text_long", where, "found a text of more than 32,767 characters, which no cell can hold.")
    if cell.content is Content.DAMAGED:
        return problem("cell_damaged", where, f"found something unreadable, expected {expected(field)}.")
    return None


def _number(field: Field, cell: Cell, where: Where, around: Surroundings) -> Read:
    if cell.content is Content.TRUTH:
        found = "TRUE" if cell.number else "FALSE"
        return blank(field), problem("number_truth", where, f"found {found}, expected {expected(field)}.")
    if cell.content is Content.TEXT:
        return _number_from_text(field, cell, where, around)
    if cell.dated:
        return blank(field), problem("number_date", where, f"found {_dated(cell)}, expected {expected(field)}.")
    unit = around.unit
    read = unit.converted(cell).number if unit is not None else cell.number
    found = plain_number(read) if unit is None or read == cell.number else unit.typed(cell.number)
    if field.whole and read != math.floor(read):
        return blank(field), problem("number_whole", where, f"found {found}, expected {expected(field)}.")
    if not field.bounds.admit(read):
        hint = unit.wrong_hint() if unit is not None and unit.converts else bounds_hint(field, read)
        return blank(field), problem("out_of_bounds", where, f"found {found}, expected {expected(field)}.", hint)
    return read, None


def _spaces(field: Field, where: Where) -> Read:
    """A cell with spaces alone: it is blank, which a formula that looks at it does not see."""
    value, missing = read_value(field, None, where)
    return value, missing or problem("cell_space", where, SPACE)


def _dated(cell: Cell) -> str:
    """A number that is formatted as a date or time, as it shows."""
    if excel_dates.plausible(cell.number):
        return f"the date {excel_dates.iso_day(cell.number)}"
    if 0 <= cell.number < 1:
        hours, minutes = divmod(round(cell.number * 1440), 60)
        return f"the time {hours:02d}:{minutes:02d}"
    return f"{plain_number(cell.number)} shown as a date or time"


def _number_from_text(field: Field, cell: Cell, where: Where, around: Surroundings) -> Read:
    text = plain_text(cell.text)
    if not text:
        return _spaces(field, where)
    found = f'found the text "{shortened(text)}", expected {expected(field)}.'
    return blank(field), problem("number_text", where, found, text_hint(field, text, around))


def _date(field: Field, cell: Cell, where: Where, around: Surroundings) -> Read:
    if cell.content is Content.TRUTH:
        return blank(field), problem("date_implausible", where, "found TRUE or FALSE, expected a date.")
    number: float | None = cell.number + around.shift
    if cell.content is Content.TEXT:
        text = plain_text(cell.text)
        if not text:
            return _spaces(field, where)
        number = excel_dates.from_text(text)
        if number is None:
            return blank(field), problem(
                "date_text",
                where,
                f'found the text "{shortened(text)}", expected a date.',
                date_hint(field, text, around),
            )
    if number is None or not excel_dates.plausible(number):
        found = plain_number(number) if number is not None else "nothing"
        return blank(field), problem(
            "date_implausible", where, f"found {found}, expected a date between 1990 and 2100."
        )
    whole = float(math.floor(number))
    if number != whole:
        return whole, problem(
            "date_time", where, f"found a time besides the date; it is read as {excel_dates.iso_day(whole)}."
        )
    return whole, None


def _yes_no(field: Field, cell: Cell, where: Where) -> Read:
    word = plain_text(cell.text).casefold() if cell.content is Content.TEXT else plain_number(cell.number)
    if cell.dated:
        word = _dated(cell)
    if word in YES | NO:
        read = "yes" if word in YES else "no"
        typed = cell.text if cell.content is Content.TEXT else word.upper()
        odd = problem("yes_no_word", where, f'found "{shortened(typed)}"; it is read as {read}.')
        return float(word in YES), None if typed.casefold() == read else odd
    if not word:
        return _spaces(field, where)
    return blank(field), problem("yes_no", where, f'found "{shortened(word)}", expected yes or no.')


def _text(field: Field, cell: Cell, where: Where) -> Read:
    text = _as_text(cell, long=field.kind is Kind.LONG_TEXT)
    if not text:
        return _spaces(field, where) if field.choices or field.of else read_value(field, None, where)
    if unshowable(text):
        return blank(field), problem("text_error", where, "found control characters in the text.")
    most = LONGEST_NAME if field.key else LONGEST_LONG_TEXT if field.kind is Kind.LONG_TEXT else LONGEST_TEXT
    if len(text) > most:
        return blank(field), problem(
            "text_long", where, f"found a text of {len(text):,} characters, expected at most {most:,}."
        )
    if field.key and (wild := next((character for character in text if character in "*?~"), None)):
        return blank(field), problem("name_wildcard", where, f'found {wild} in the name "{shortened(text)}".')
    return text, None


def _as_text(cell: Cell, *, long: bool) -> str:
    if cell.content is Content.TRUTH:
        return "TRUE" if cell.number else "FALSE"
    if cell.content is Content.NUMBER:
        dated = cell.dated and excel_dates.plausible(cell.number)
        return excel_dates.iso_day(cell.number) if dated else plain_number(cell.number)
    if long:
        return "\n".join(
            line.rstrip() for line in cell.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        ).strip()
    return plain_text(cell.text)
