"""Texts and numbers in their plain form: what a text means when it was typed a little differently."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SUFFIX = {"k": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d{1,3}(?: \d{3})+(?:\.\d*)?|\d{1,3}(?:'\d{3})+(?:\.\d*)?")
NOTHING = frozenset(
    {
        "n/a",
        "na",
        "n.a.",
        "-",
        "--",
        "\u2013",
        "\u2014",
        "none",
        "null",
        "nil",
        "tbd",
        "?",
        "unknown",
        "nan",
        "#n/a",
        ".",
    }
)
"""Texts that people type for "there is no figure"."""


def plain_text(text: str) -> str:
    """A text on one line: invisible characters gone, every run of spaces one space."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def unshowable(text: str) -> bool:
    """True for a text with what XML and PDF cannot hold: control characters, lone surrogates, two non-characters."""
    return not text.isprintable() and any(
        (unicodedata.category(each) in ("Cc", "Cs") and each != "\n") or each in "\ufffe\uffff" for each in text
    )


def plain_number(number: float) -> str:
    """A number as a person would type it: no trailing zeros, at most 15 digits, an exponent only when tiny or huge."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    plain = repr(float(f"{number:.15g}"))
    return f"{Decimal(plain):f}" if 1e-9 <= abs(number) < 1e-4 else plain


def shown_number(number: float) -> str:
    """A number as it is read, not typed: thousands apart, no exponent, six digits of one with a fraction."""
    if number == int(number):
        return f"{number:,.0f}" if abs(number) < 1e15 else plain_number(number)
    return f"{number:,.2f}" if abs(number) >= 1_000 else plain_number(float(f"{number:.6g}"))


def meant_number(text: str) -> float | None:
    """The number that a text most likely stands for, e.g. 1234 for "1,234", 0.12 for "12%", -95.1 for "(95.1)".

    None when the text is no number to a person either.
    """
    text = plain_text(text).casefold().replace("\u2212", "-")
    text = re.sub(r"^(?:usd|us\$|\$|btc)\s*|\s*(?:usd|\$|btc)$", "", text)
    sign = 1.0
    if text.startswith("(") and text.endswith(")"):
        sign, text = -1.0, text[1:-1].strip()
    factor = 1.0
    if text.endswith("%"):
        factor, text = 0.01, text[:-1].strip()
    elif match := re.fullmatch(r"(.*\d)\s*([a-z]+)", text):
        if match[2] not in _SUFFIX:
            return None
        factor, text = _SUFFIX[match[2]], match[1]
    head, text = (text[0], text[1:]) if text[:1] in ("-", "+") else ("", text)
    text = text.lstrip("$ ")
    if re.fullmatch(r"0,\d+", text):  # no group of thousands begins with 0: a decimal comma
        text = text.replace(",", ".")
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[ ,']", "", text)
    if not _NUMBER.fullmatch(head + text):
        return None
    value = float(head + text)
    return float(f"{sign * factor * value:.15g}") + 0.0 if abs(value) < 1e300 else None  # no minus zero
