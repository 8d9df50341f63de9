"""Figures in words, for messages."""

from __future__ import annotations


def figure(number: float) -> str:
    """A figure as a person would write it: thousands apart, no exponent, six digits of a small one."""
    return f"{number:,.0f}" if abs(number) >= 1_000 else f"{number:.6g}"
