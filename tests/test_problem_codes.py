from __future__ import annotations

import re
from pathlib import Path

import reportgen
from reportgen.problem_codes import codes, manual

ROOT = Path(__file__).parents[1]
PACKAGE = Path(reportgen.__file__).parent
FINDERS = [path for room in ("intake", "plausibility") for path in sorted((PACKAGE / room).rglob("*.py"))]
"""The modules that find problems."""


def used_codes() -> set[str]:
    """The codes that the package raises: first arguments of `problem(...)` and codes handed to it by name."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in FINDERS)
    return {code for code in codes() if f'"{code}"' in text}


def test_every_listed_code_is_raised_somewhere() -> None:
    assert used_codes() == set(codes())


def test_every_raised_code_is_listed() -> None:
    for path in FINDERS:
        for code in re.findall(r'\b_?problem\(\s*"([a-z_]+)"', path.read_text(encoding="utf-8")):
            assert code in codes(), f"{path.name} raises {code}"


def test_every_code_says_its_cause_and_its_remedy_in_a_sentence() -> None:
    for code in codes().values():
        assert code.title
        for text in (code.cause, code.remedy):
            assert text.endswith("."), code.name
            assert len(text) > 10


def test_the_manual_is_the_one_made_from_the_list() -> None:
    page = ROOT / "docs" / "problems.md"
    assert page.read_text(encoding="utf-8") == manual(), "run: make docs"
