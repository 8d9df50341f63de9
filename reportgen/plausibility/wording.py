"""Figures in words, for messages."""

from __future__ import annotations


def figure(number: float) -> str:
    """A figure as a person would write it: thousands apart, no exponent, six digits of a small one."""
    return f"{number:,.0f}" if abs(number) >= 1_000 else f"{number:.6g}"


def times(ratio: float) -> str:
    """How many times a figure another one is, in three digits without an exponent."""
    return f"{ratio:,.0f} times" if ratio >= 100 else f"{ratio:.3g} times"
