"""The team's comment: whole up to 4,000 letters, on the first page as far as it has room, nothing lost in between."""

from __future__ import annotations

import re

import pytest

from reportgen.render.brief.comment import MOST, Comment, comment
from tests.worked_case import worked_case

from .cases import words_of

SENTENCE = "Miners on old machines lose money at this price, and two of them draw on what they hold."


def told(comment: Comment) -> str:
    return re.sub(r"\s", "", "".join((*comment.opening, *comment.rest)))


@pytest.mark.parametrize("room", [0, 1, 2, 5, 12])
@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        " ".join(f"{number} {SENTENCE}" for number in range(43)),
        "\n\n".join(f"{number} {SENTENCE} {SENTENCE}" for number in range(20)),
        "word " * 799,
        "価格が下がった。古い機械は赤字だ。" * 200,
    ],
)
def test_a_comment_of_4000_letters_is_whole_wherever_it_is_divided(text: str, room: int) -> None:
    found = comment(text, room)
    assert len(text) <= MOST == 4_000
    assert told(found) == re.sub(r"\s", "", text)
    assert not found.cut


def test_what_has_room_stands_on_the_first_page_and_is_divided_between_sentences() -> None:
    text = " ".join([SENTENCE] * 20)
    assert comment(SENTENCE, 1) == Comment((SENTENCE,), (), False)
    divided = comment(text, 4)
    (opening,), (rest,) = divided.opening, divided.rest
    assert opening == " ".join([SENTENCE] * 4)
    assert rest.startswith("Miners on")
    assert comment(text, 1).opening == ()
    assert comment("word " * 500, 4).opening == ()


def test_a_line_holds_half_as_many_full_width_letters() -> None:
    assert comment("価" * 104, 2).rest == ()
    assert comment("価" * 105, 2).rest == ("価" * 105,)
    assert comment("a" * 208, 2).rest == ()


def test_a_longer_comment_is_cut_at_a_word_and_says_so() -> None:
    cut = comment("Many words. " * 800, 5)
    assert cut.cut
    assert cut.rest[-1].endswith("words …")
    assert MOST - 60 < sum(map(len, (*cut.opening, *cut.rest))) <= MOST
    assert comment("\n\n".join(["a" * 2_000] * 3), 0) == Comment((), ("a" * 2_000, "a" * 2_000), True)
    words = words_of(worked_case().with_value("Report", "commentary", "Many words. " * 800))
    assert "Shortened; the whole comment is on the sheet Report of the attached workbook." in words


def test_the_first_page_says_where_a_long_comment_goes_on() -> None:
    def page(text: str) -> str:
        return words_of(worked_case().with_value("Report", "commentary", text))

    long = page(" ".join([SENTENCE] * 40))
    assert "The comment goes on under “Comment” How close is it?" in long
    assert "Comment, continued Miners on old machines" in long
    unbroken = page("word " * 700)
    assert "The comment stands under “Comment” How close is it?" in unbroken
    assert "Comment, continued" not in unbroken
    assert f"Comment {SENTENCE} How close is it?" in page(SENTENCE)
    assert "Comment" not in page("")
    assert "Shortened" not in long
