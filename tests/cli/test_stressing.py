"""reportgen stress: what it takes until more breaks, for a person and for a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.cli.stressing import as_text
from reportgen.model.adverse_cases import GridCell, Reached, grid, reverse_stress
from reportgen.model.solve import solve
from tests.running import reportgen, worked_case_workbook
from tests.worked_case import worked_case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worked_case_workbook(tmp_path_factory.mktemp("stress") / "case.xlsx")


def test_it_says_what_is_so_now_what_each_change_reaches_and_what_the_grid_holds(case: Path, tmp_path: Path) -> None:
    ran = reportgen("stress", case, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    solution = solve(worked_case())
    score, band = solution.value("risk_score"), solution.value("risk_band")
    assert lines[0].startswith(f"Now: price 90,000 USD, risk score {score:.1f} ({band}), ")
    assert lines[3].split() == ["Price", "Difficulty", "All", "power", "prices"]
    for place, target in enumerate(dict.fromkeys((each.measure, each.target) for each in reverse_stress(solution)), 4):
        assert target[1] in lines[place]
        for each in reverse_stress(solution):
            if (each.measure, each.target) == target:
                shown = (
                    "not reached"
                    if each.change != each.change
                    else f"{each.change:+.1%}"
                    if each.change
                    else "is so now"
                )
                assert shown in lines[place]
    for title, form, name in (
        ("Margin of the price over net AISC, as a share of the price", "{:+.0%}", "aisc_margin"),
        ("Share of the hash rate below net AISC", "{:.0%}", "share_below_aisc_net"),
        ("Risk score, of 100", "{:.0f}", "risk_score"),
    ):
        at = lines.index(title)
        assert lines[at + 1].split() == [
            "Difficulty",
            "\\",
            "price",
            *["-40%", "-30%", "-20%", "-10%", "now", "+10%", "+20%", "+30%", "+40%"],
        ]
        grid_lines = [line.split() for line in lines[at + 2 : at + 9]]
        assert [row[0] for row in grid_lines] == ["-20%", "-10%", "now", "+10%", "+20%", "+30%", "+40%"]
        cells = [form.format(getattr(cell, name)) for cell in grid(solution)]
        assert [cell for row in grid_lines for cell in row[1:]] == cells


def test_a_program_gets_every_figure_at_full_precision(case: Path, tmp_path: Path) -> None:
    ran = reportgen("stress", case, "--json", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    told, solution = json.loads(ran.stdout), solve(worked_case())
    assert len(told["grid"]) == 63
    assert told["grid"][22]["risk_score"] == pytest.approx(solution.value("risk_score"))
    assert [each["change"] for each in told["reverse_stress"]] == [
        None if each.change != each.change else each.change for each in reverse_stress(solution)
    ]


def test_what_is_not_known_is_null() -> None:
    nan = float("nan")
    told = json.loads(as_text([Reached("price", "score", "high", nan)], [GridCell(0, 0, nan, nan, nan)]))
    assert told["reverse_stress"][0]["change"] is None
    assert told["grid"][0]["aisc_margin"] is None


def test_a_workbook_with_errors_is_told_as_everywhere(tmp_path: Path) -> None:
    (tmp_path / "week.xlsx").write_bytes(b"no workbook")
    refused = reportgen("stress", "week.xlsx", cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: week.xlsx")
