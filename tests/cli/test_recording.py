"""record: what followed the market score, said to a person in a terminal and to a program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reportgen.deliver.figures import record_figures
from reportgen.intake.reader import read_workbook
from reportgen.model.solve import solve
from tests.intake.workbooks import write_openpyxl
from tests.model.histories import day, with_history
from tests.running import SAMPLE, grid_of, reportgen

DAYS = 800


def slump(folder: Path, **changes: Any) -> Path:
    """A workbook whose price falls by 30 % in the last 60 days, after a rise of 10 %."""
    prices = [90_000 * (1.0 if number < 500 else 1.1 if number < DAYS - 60 else 0.77) for number in range(DAYS)]
    given = with_history([900.0] * DAYS, prices, **changes)
    return write_openpyxl(folder / "week.xlsx", grid_of({name: rows for name, rows in given.items() if rows}))


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("slump")
    windows = [
        {"window": "Slump; rm -rf", "from": day(-59), "to": day(0)},
        {"window": "Before history", "from": "2011-01-01", "to": "2011-12-31"},
    ]
    ran = reportgen("record", slump(folder, Stress_Windows=windows), cwd=folder)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_the_first_line_is_the_score_of_the_newest_day_and_its_place_in_the_history(said: list[str]) -> None:
    assert re.fullmatch(r"Market score on 2025-12-05: \d+\.\d of 100; \d+% of 436 days scored no more\.", said[0])


def test_a_row_a_band_tells_weeks_spells_and_what_followed(said: list[str]) -> None:
    at = next(place for place, text in enumerate(said) if text.startswith("What followed, by score: 63 weeks in "))
    assert re.search(r"in \d+ separate spells$", said[at])
    bands = [text.split() for text in said[at + 3 : at + 8]]
    assert [band[:3] for band in bands] == [[str(20 * place), "to", str(20 * place + 20)] for place in range(5)]
    assert sum(int(band[3]) for band in bands) == 63
    assert bands[4][5:] == ["n/a"] * 4
    assert all(re.fullmatch(r"[+-]\d+\.\d%", bands[0][place]) for place in (5, 7))


def test_every_window_has_its_highest_score_and_the_share_of_pairs_is_told(said: list[str]) -> None:
    text = "\n".join(said)
    assert re.search(r"^  Slump; rm -rf \(2025-10-07 to 2025-12-05\): \d+\.\d$", text, re.MULTILINE)
    assert "  Before history (2011-01-01 to 2011-12-31): n/a" in said
    assert "(9 weeks inside and 54 weeks outside; 0.50 is no better than chance)" in text
    assert re.search(r"^  Miner income alone: \d\.\d\d$", text, re.MULTILINE)
    assert "  Hash ribbon alone: 0.50" in said


def test_the_last_word_is_that_it_describes_and_does_not_forecast(said: list[str]) -> None:
    assert said[-1].startswith("It describes stress that was there. It does not forecast")
    assert not re.search(r"probab|likel", "\n".join(said), re.IGNORECASE)


def test_for_a_program_it_is_what_figures_json_holds(tmp_path: Path) -> None:
    ran = reportgen("record", SAMPLE, "--json", cwd=tmp_path)
    told, solved = json.loads(ran.stdout), solve(read_workbook(SAMPLE))
    assert told == told | record_figures(solved)
    assert told["as_of"] == "2025-12-05"
    for name in ("market_score", "market_score_percentile", "days_scored"):
        assert told[name] == solved.number(name) > 0


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"Network_History": []}, "There is no market score: it needs 365 days of Network_History"),
        ({"Stress_Windows": []}, "The sheet Stress_Windows is empty"),
        (
            {"Stress_Windows": [{"window": "W", "from": day(-1), "to": day(-1)}]},
            "No week inside the windows can be set against one outside them.",
        ),
    ],
)
def test_what_cannot_be_told_is_said(tmp_path: Path, changes: dict[str, Any], text: str) -> None:
    ran = reportgen("record", slump(tmp_path, **changes), cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert text in ran.stdout
