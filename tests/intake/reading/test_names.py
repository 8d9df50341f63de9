"""Names as people type them: when two are one, and what a mistyped one is compared with."""

from __future__ import annotations

import difflib

import pytest

from reportgen.intake.file.limits import CLOSEST_GUESSES
from reportgen.intake.reading.names import LONGEST_NAME, Guesses, same_name


@pytest.mark.parametrize("length", [LONGEST_NAME, 3 * LONGEST_NAME])
def test_a_text_too_long_for_a_name_is_not_brought_into_one_unicode_form(length: int) -> None:
    """Bringing it there takes quadratic time where accents are heaped up."""
    one, other = "\u00e1" * length, "a\u0301" * length
    assert (same_name(one) == same_name(other)) == (length == LONGEST_NAME)


def test_a_mistyped_name_is_compared_with_the_names_of_the_same_letters_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    search = difflib.get_close_matches

    def counted(word: str, among: list[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
        compared.append(len(among))
        return search(word, among, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    names = [f"Operator number {number}" for number in range(300)] + ["Fjord Hydro"]
    assert Guesses(names).hint("Fjrod Hydro") == 'Did you mean "Fjord Hydro"?'
    assert Guesses(names).hint("Nobody") == ""
    assert compared == [CLOSEST_GUESSES] * 2
