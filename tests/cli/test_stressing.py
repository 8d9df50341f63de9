"""reportgen stress: what it takes until more breaks, for a person and for a program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reportgen.model.solve import solve
from tests.intake.workbooks import write_openpyxl
from tests.running import grid_of, reportgen, worked_case_workbook
from tests.worked_case import CASE, worked_case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worked_case_workbook(tmp_path_factory.mktemp("stress") / "case.xlsx")


def shown(change: float) -> str:
    return "not reached" if change != change else f"{change:+.1%}" if change else "is so now"


def test_it_says_what_is_so_now_and_how_far_each_must_move(case: Path, tmp_path: Path) -> None:
    ran = reportgen("stress", case, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    solution = solve(worked_case())
    score, band = solution.number("risk_score"), solution.text("risk_band")
    assert lines[0].startswith(f"Now: price 90,000 USD, risk score {score:.1f} ({band}), ")
    assert lines[3].split() == ["Price", "Difficulty", "All", "power", "prices"]
    rows = solution.rows_of("reverse_stress")
    for place, target in enumerate(dict.fromkeys(row.text("target") for row in rows), 4):
        name, *changes = re.split(r" {2,}", lines[place].strip())
        share = target in ("more than none", "a third", "half")
        said = f"{target.capitalize()} of the hash rate below direct cost" if share else f"Risk score {target}"
        assert name == said
        assert changes == [shown(row.number("change")) for row in rows if row.text("target") == target]
    assert any(row.number("change") < 0 for row in rows)


@pytest.mark.parametrize(
    ("title", "form", "name"),
    [
        ("Margin of the price over net AISC, as a share of the price", "{:+.0%}", "aisc_margin"),
        ("Share of the hash rate below net AISC", "{:.0%}", "share_below_aisc_net"),
        ("Risk score, of 100", "{:.0f}", "risk_score"),
    ],
)
def test_the_grid_has_difficulty_down_and_price_across(
    case: Path, tmp_path: Path, title: str, form: str, name: str
) -> None:
    lines = reportgen("stress", case, cwd=tmp_path).stdout.splitlines()
    at = lines.index(title)
    changes = ["-40%", "-30%", "-20%", "-10%", "now", "+10%", "+20%", "+30%", "+40%"]
    assert lines[at + 1].split() == ["Difficulty", "\\", "price", *changes]
    table = [line.split() for line in lines[at + 2 : at + 9]]
    assert [row[0] for row in table] == changes[2:]
    cells = [form.format(row.number(name)) for row in solve(worked_case()).rows_of("grid")]
    assert [cell for row in table for cell in row[1:]] == cells


def test_a_program_gets_every_figure_at_full_precision(case: Path, tmp_path: Path) -> None:
    ran = reportgen("stress", case, "--json", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    told, solution = json.loads(ran.stdout), solve(worked_case())
    assert len(told["grid"]) == 63
    assert told["grid"][22] == pytest.approx(
        {
            "price_change": 0,
            "difficulty_change": 0,
            "aisc_margin": (90_000 - solution.number("aisc_net_average")) / 90_000,
            "share_below_aisc_net": solution.number("share_below_aisc_net"),
            "risk_score": solution.number("risk_score"),
        }
    )
    changes = [row.number("change") for row in solution.rows_of("reverse_stress")]
    assert [each["change"] for each in told["reverse_stress"]] == [None if c != c else c for c in changes]
    assert {each["driver"] for each in told["reverse_stress"]} == {"price", "difficulty", "power"}


def test_what_is_not_known_is_null_and_is_not_shown_as_a_number(tmp_path: Path) -> None:
    case = write_openpyxl(
        tmp_path / "case.xlsx", {**grid_of(CASE["input"]), "Risk": [["component", "calm", "stress", "weight"]]}
    )
    told = json.loads(reportgen("stress", case, "--json", cwd=tmp_path).stdout)
    assert {each["risk_score"] for each in told["grid"]} == {None}
    said = reportgen("stress", case, cwd=tmp_path).stdout
    assert "no score: it has no components" in said.splitlines()[0]
    assert "nan" not in said.split()


def test_a_workbook_with_errors_is_told_as_everywhere(tmp_path: Path) -> None:
    (tmp_path / "week.xlsx").write_bytes(b"no workbook")
    refused = reportgen("stress", "week.xlsx", cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: week.xlsx")
