"""Units as people write them in headings: a scale, a quantity, and per what, e.g. "USD thousand/quarter"."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from fractions import Fraction

from reportgen.intake.reading.names import LONGEST_NAME
from reportgen.intake.reading.typed_values import plain_text

DOLLAR = "USD"
_MONTH_DAYS = Fraction(365, 12)
_SCALES = {
    100_000: ("lakh", "lakhs", "lac"),
    10**7: ("crore", "crores"),
    1_000: ("k", "thousand", "thousands", "thsd", "tsd"),
    10**6: ("m", "mm", "mn", "mio", "mln", "mil", "million", "millions"),
    10**9: ("b", "bn", "billion", "billions", "g"),
    10**12: ("t", "tn", "trillion", "trillions"),
}
_CURRENCIES = (
    *("aed", "aud", "brl", "cad", "chf", "cny", "czk", "dkk", "eur", "gbp", "hkd", "huf", "idr", "ils", "inr", "jpy"),
    *("krw", "kzt", "mxn", "myr", "nok", "nzd", "pln", "pyg", "rmb", "rub", "sar", "sek", "sgd", "thb", "try", "twd"),
    *("uah", "zar"),
)
_SYMBOLS = {
    **{"\u20ac": "EUR", "euro": "EUR", "euros": "EUR", "\u00a3": "GBP", "\u00a5": "JPY", "\u20b9": "INR"},
    **{"rs": "INR", "rupee": "INR", "rupees": "INR", "yuan": "CNY", "tenge": "KZT", "rubles": "RUB"},
    **{"c$": "CAD", "ca$": "CAD", "can$": "CAD", "cdn$": "CAD", "a$": "AUD", "au$": "AUD", "hk$": "HKD"},
    **{"s$": "SGD", "r$": "BRL", "nz$": "NZD"},
}
_PREFIXES = {"": 0, "k": 3, "m": 6, "g": 9, "t": 12, "p": 15, "e": 18, "z": 21}
_TIMES = {
    Fraction(12): ("year", "years", "yr", "yrs", "y", "annum", "p.a", "pa"),
    Fraction(3): ("quarter", "quarters", "qtr", "qtrs", "q"),
    Fraction(1): ("month", "months", "mo", "mos", "mth", "mths", "pm", "p.m"),
    7 / _MONTH_DAYS: ("week", "weeks", "wk", "wks"),
    1 / _MONTH_DAYS: ("day", "days", "d"),
    1 / _MONTH_DAYS / 24: ("hour", "hours", "hr", "hrs", "h"),
    1 / _MONTH_DAYS / 86_400: ("second", "seconds", "sec", "s"),
}
_EVERY = {
    **{"p.a": "year", "pa": "year", "annual": "year", "annually": "year", "yearly": "year", "annualised": "year"},
    **{"annualized": "year", "p.m": "month", "pm": "month", "monthly": "month", "p.q": "quarter"},
    **{"quarterly": "quarter", "weekly": "week", "daily": "day", "hourly": "hour", "each": "machine"},
}
"""Words that say per what without the word "per"."""
_UNDER = {"m": "month", "t": "th"}
"""What a letter means under the line: USD/m is a month, J/T a terahash."""
_FILLERS = frozenset({"in", "of", "the", "figures", "amounts", "amount", "all", "are", "us", "x"})


def _quantities() -> dict[str, tuple[Fraction, str]]:
    """What each word is a multiple of: the ground units USD, BTC, W, kWh, H/s, month, machine, block, epoch."""
    known: dict[str, tuple[Fraction, str]] = {}

    def add(words: tuple[str, ...], ground: str, factor: Fraction | int = 1) -> None:
        known.update(dict.fromkeys(words, (Fraction(factor), ground)))

    add(("usd", "us$", "$", "dollar", "dollars"), DOLLAR)
    add(("c", "ct", "cts", "cent", "cents", "\u00a2", "usc"), DOLLAR, Fraction(1, 100))
    add(("p", "pence"), "GBP", Fraction(1, 100))
    for code in _CURRENCIES:
        add((code,), code.upper())
    for symbol, code in _SYMBOLS.items():
        add((symbol,), code)
    add(("btc", "xbt", "bitcoin", "bitcoins", "coin", "coins", "\u20bf"), "BTC")
    add(("mbtc",), "BTC", Fraction(1, 1_000))
    add(("sat", "sats", "satoshi", "satoshis"), "BTC", Fraction(1, 10**8))
    for prefix, power in _PREFIXES.items():
        add((f"{prefix}w", f"{prefix}j"), "W", 10**power)  # a joule a hash is a watt a hash a second
        add((f"{prefix}wh",), "kWh", Fraction(10**power, 1_000))
        add((f"{prefix}hs",) if prefix == "" else (f"{prefix}h", f"{prefix}hs"), "H/s", 10**power)
    add(("watt", "watts"), "W")
    for word, power in (("giga", 9), ("tera", 12), ("peta", 15), ("exa", 18)):
        add((f"{word}hash", f"{word}hashes"), "H/s", 10**power)
    for months, words in _TIMES.items():
        add(words, "month", months)
    add(("machine", "machines", "unit", "units", "miner", "miners", "rig", "rigs", "asic", "asics", "pcs"), "machine")
    add(("block", "blocks"), "block")
    add(("epoch", "epochs"), "epoch")
    return known


_QUANTITIES = _quantities()
_SCALE_OF = {word: Fraction(scale) for scale, words in _SCALES.items() for word in words}
_PLAIN = frozenset({"share", "shares", "fraction", "ratio", "pue", "change", "measure", "points", "times", "decimal"})
_HUNDREDTHS = {"%": 100, "percent": 100, "pct": 100, "bps": 10_000, "bp": 10_000}
_MONEY = frozenset({DOLLAR, "BTC", *(code.upper() for code in _CURRENCIES), *_SYMBOLS.values()})
_HASHES = re.compile(r"\b([kmgtpez]?h)\s*/\s*s(?:ec(?:onds?)?)?\b")
_TOKEN = re.compile(
    r"(?:us|c(?:an?|dn)?|au?|hk|s|r|nz)?\$|p\.(?:a|m|q)\b|[%\u20ac\u00a3\u00a5\u20b9\u20bf\u00a2/]|10\^\d\d?\b|1e\d\d?\b"
    r"|[\d,]*\d|[^\W\d_]+"
)
_BETWEEN = frozenset(" -.,'\u2019*\u00d7()[]")


@dataclass(frozen=True)
class Side:
    """What stands over or under the line: a factor and the ground units that it counts, sorted."""

    factor: Fraction = Fraction(1)
    counts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A unit that was understood. `percent` marks hundredths (and basis points); `bare` one that is a scale alone."""

    over: Side
    under: Side
    percent: bool = False
    bare: bool = False

    @property
    def factor(self) -> Fraction:
        """The multiple of the ground units."""
        return self.over.factor / self.under.factor

    @property
    def currency(self) -> str:
        """A currency other than the dollar that the unit names; "" without one."""
        named = set(self.over.counts + self.under.counts) & _MONEY - {DOLLAR, "BTC"}
        return min(named, default="")


@functools.lru_cache(maxsize=1024)
def parse(text: str) -> Unit | None:
    """The unit that a text names as a whole; None when any of it is no unit."""
    if len(text) > LONGEST_NAME:
        return None
    words = _words(plain_text(text).casefold())
    if not words:
        return None
    sides = [_Gathered(), _Gathered()]
    at = 0
    for word in words:
        if word == "/":
            at = 1
        elif not _taken(word, sides, at):
            return None
    over, under = (each.side() for each in sides)
    percent = any(word in _HUNDREDTHS for word in words)
    return Unit(over, under, percent, not percent and not over.counts and over.factor != 1)


def _taken(word: str, sides: list[_Gathered], at: int) -> bool:
    """Takes a word in on its side; False when it is none that units are made of."""
    if word in _EVERY:
        return sides[1].take(_EVERY[word])
    return sides[at].take(_UNDER.get(word, word) if at else word)


def _words(text: str) -> list[str]:
    """The words, symbols and numbers of a text, "per" as "/"; empty when something else stands in it."""
    text = _HASHES.sub(r"\1s", text)
    text = re.sub(r"\ba (?=month|year|quarter|week|day)", "/", re.sub(r"\bper\b", "/", text))
    words: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        if not _BETWEEN.issuperset(text[end : match.start()]):
            return []
        end = match.end()
        if match[0] not in _FILLERS and not (match[0] == "s" and words and words[-1].endswith("000")):
            words.append(match[0])
    return words if _BETWEEN.issuperset(text[end:]) else []


class _Gathered:
    """A side while its words are taken one by one."""

    def __init__(self) -> None:
        self._factor = Fraction(1)
        self._counts: list[str] = []

    def take(self, word: str) -> bool:
        """Takes a word in; False when it is none that units are made of."""
        if word in _PLAIN:
            return True
        if word in _HUNDREDTHS:
            self._factor /= _HUNDREDTHS[word]
            return True
        if (scale := _scale(word)) is not None:
            self._factor *= scale
            return True
        found = _QUANTITIES.get(word) or _joined(word)
        if found is None:
            return False
        self._factor *= found[0]
        if found[1] not in self._counts or found[1] not in _MONEY:  # "USD cents" names one currency twice
            self._counts.append(found[1])
        return True

    def side(self) -> Side:
        """What was gathered."""
        return Side(self._factor, tuple(sorted(self._counts)))


def _scale(word: str) -> Fraction | None:
    if word in _SCALE_OF:
        return _SCALE_OF[word]
    if word.startswith(("10^", "1e")):
        return Fraction(10 ** int(word.partition("^" if "^" in word else "e")[2]))
    digits = word.replace(",", "")
    if digits.isdecimal() and len(digits) <= 15 and digits.strip("0") in ("", "1") and len(digits) >= 3:
        return Fraction(10 ** digits.count("0"))  # 000, 1,000, 000,000
    return None


def _joined(word: str) -> tuple[Fraction, str] | None:
    """A scale and money written as one word: kUSD, USDm, mEUR; TEUR and T$ are thousands, as accountants write them."""
    for cut in range(1, len(word)):
        for scale, money in ((word[:cut], word[cut:]), (word[cut:], word[:cut])):
            if scale in _SCALE_OF and money in _QUANTITIES and _QUANTITIES[money][1] in _MONEY and len(money) > 2:
                factor, ground = _QUANTITIES[money]
                return factor * (1_000 if scale == "t" else _SCALE_OF[scale]), ground
    return None
