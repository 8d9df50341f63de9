"""Numbers as the brief shows them. This is the only place where the brief rounds."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from reportgen import excel_dates

NOT_AVAILABLE = "n/a"
MINUS = "−"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAME = 36
_SCORE_DECIMALS = 6
_BEYOND_WORDS = 1e15


@dataclass(frozen=True)
class Figure:
    """A number and its text. Sentences ask it what it is as shown: a loss that rounds to 0 is no loss."""

    value: float
    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def known(self) -> bool:
        """False for a figure that does not exist: its text is n/a."""
        return not math.isnan(self.value)

    @property
    def zero(self) -> bool:
        """True when it is shown as 0."""
        return self.known and not any(letter in "123456789" for letter in self.text)

    @property
    def negative(self) -> bool:
        """True when it is shown as less than 0."""
        return self.text.startswith(MINUS)

    @property
    def positive(self) -> bool:
        """True when it is shown as more than 0."""
        return self.known and not self.negative and not self.zero

    @property
    def one(self) -> bool:
        """True when it is shown as 1: the noun after it is singular."""
        return self.text == "1"

    @property
    def size(self) -> str:
        """The text without its sign: for sentences that say fall or rise in words."""
        return self.text.removeprefix(MINUS).removeprefix("+")


def amount(value: float, decimals: int = 0, *, sign: bool = False, suffix: str = "", most: float = 1e15) -> Figure:
    """A number with thousands commas; with `sign` a plus before gains. Beyond `most` it is abbreviated: 276m."""
    if math.isnan(value):
        return Figure(math.nan, NOT_AVAILABLE)
    size = abs(value)
    shown = f"{size:,.{decimals}f}" if size <= most else _abbreviated(size)
    nothing = not any(letter in "123456789" for letter in shown)
    before = "" if nothing else MINUS if value < 0 else "+" if sign else ""
    return Figure(float(value), f"{before}{shown}{suffix}")


def _abbreviated(size: float) -> str:
    """A size in few letters: in full below a million, then 3.4m, 276m, 1.20bn, 5.00tn; 1.2E+20 as sheets have it."""
    if size < 999_500:
        return f"{size:,.0f}"
    if size >= _BEYOND_WORDS:
        return f"{size:.1E}"
    for unit, letters in ((1e12, "tn"), (1e9, "bn")):
        if size >= 0.9995 * unit:
            return f"{size / unit:,.2f}{letters}"
    return f"{size / 1e6:,.{1 if size < 99.95e6 else 0}f}m"


def percent(value: float, decimals: int = 1, *, sign: bool = False) -> Figure:
    """A fraction as a percentage."""
    shown = amount(value * 100, decimals, sign=sign, suffix="%", most=99_999)
    return Figure(float(value), shown.text)


def money(value: float) -> Figure:
    """US dollars in few letters: 850, 12,345, 3.4m, 1.79bn."""
    return amount(value, most=999_499)


def compact(value: float) -> Figure:
    """A number for a narrow place: in full up to six digits, then in millions."""
    return amount(value) if math.isnan(value) or abs(value) < 999_999.5 else money(value)


def scored(value: float, band: float) -> Figure:
    """A risk score with one decimal, and with more where rounding would put it into another band of that width."""
    decimals = 1
    while decimals < _SCORE_DECIMALS and not math.isnan(value) and round(value, decimals) // band != value // band:
        decimals += 1
    return amount(value, decimals)


def share(value: float) -> Figure:
    """A share of the network: small ones keep a second decimal."""
    return percent(value, 1 if math.isnan(value) or value >= 0.001 or value == 0 else 2)


def months(value: float, longest: float) -> Figure:
    """A runway; one at the cap is shown as that and more."""
    if value >= longest:
        return Figure(float(value), f"{longest:.0f}+")
    return amount(value, 1)


def day(serial: float) -> Figure:
    """A date, e.g. 5 Dec 2025, from an Excel serial day."""
    if math.isnan(serial):
        return Figure(math.nan, NOT_AVAILABLE)
    date = calendar(serial)
    return Figure(float(serial), f"{date.day} {_MONTHS[date.month - 1]} {date.year}")


def month(serial: float) -> str:
    """A month for a time axis, e.g. Dec 25."""
    date = calendar(serial)
    return f"{_MONTHS[date.month - 1]} {date.year % 100:02d}"


def calendar(serial: float) -> dt.date:
    """The date of an Excel serial day."""
    return excel_dates.day(serial)


def counted(value: float) -> Figure:
    """A whole number of things."""
    return amount(value, 0)


def hundredths(value: float) -> Figure:
    """A number with two decimals: hashprice, difficulty."""
    return amount(value, 2)


def times(value: float) -> Figure:
    """A multiple, e.g. 1.80×."""
    return amount(value, 2, suffix="×")


def whole_percent(value: float) -> Figure:
    """A fraction as a percentage without decimals."""
    return percent(value, 0)


def per_btc(value: float) -> Figure:
    """US dollars a bitcoin: without decimals, abbreviated where hardly anything is mined."""
    return compact(value)


def btc(value: float) -> Figure:
    """Bitcoin, or bitcoin a day: small amounts keep a decimal."""
    return amount(value, 0 if math.isnan(value) or abs(value) >= 99.5 else 1, most=9_999_999)


def named(name: str) -> str:
    """A name as tables show it: two lines of a narrow column at most."""
    return cut(name, _NAME)


def cut(text: str, letters: int) -> str:
    """A text on one line, cut with an ellipsis when it is longer than that."""
    text = " ".join(text.split())
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
