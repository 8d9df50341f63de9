"""What drives the score is named: as much as explains it, in the words of what is shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from reportgen.model.solve import solve
from reportgen.render.brief.risk import RiskView, risk_view
from reportgen.sheets import RISK_COMPONENTS
from tests.worked_case import inputs_of

from .cases import emptied, records, with_rows

FULL, NONE = (-1_000.0, -999.0), (999.0, 1_000.0)  # calm and stress that every measure is beyond, or short of


def row(name: str, scale: tuple[float, float] = FULL, weight: float = 1.0) -> dict[str, Any]:
    return {"component": name, "calm": scale[0], "stress": scale[1], "weight": weight}


def seen(*rows: dict[str, Any]) -> RiskView:
    return risk_view(solve(with_rows("Risk", list(rows))))


def test_at_most_three_drivers_are_named_however_little_they_explain() -> None:
    view = seen(*(row(item.name) for item in RISK_COMPONENTS))
    assert len(view.drivers) == 3
    assert sum(part.points.value for part in view.drivers) < 60


def test_a_component_whose_points_are_shown_as_zero_drives_nothing() -> None:
    view = seen(row("hash_ribbon", NONE, 1.0), row("solvency_pressure", FULL, 0.0004))
    assert view.score.value > 0
    assert [part.points.text for part in view.parts] == ["0.0", "0.0"]
    assert view.drivers == ()


def test_a_ribbon_is_called_inverted_only_when_it_is_shown_so() -> None:
    spoken = {}
    for newest in (899.0, 800.0):
        given = records() | {"Risk": [row("hash_ribbon")]}
        for day in given["Network_History"]:
            day["hash_rate"] = 900.0 if day["date"] < given["Report"]["as_of"] else newest
        (part,) = risk_view(solve(inputs_of(given))).parts
        assert part.measure.value > 0
        spoken[part.measure.text] = part.words
    assert spoken == {"0.0%": "the hash ribbon", "0.2%": "the inverted hash ribbon"}


def test_components_without_data_come_last_and_are_named() -> None:
    inputs = with_rows("Risk", [row("hash_ribbon"), row("solvency_pressure", NONE)])
    view = risk_view(solve(emptied(inputs, "Network_History")))
    assert [part.name for part in view.parts] == ["solvency_pressure", "hash_ribbon"]
    assert view.missing == ("Hash ribbon inversion",)


def test_a_share_is_shown_in_per_cent_and_a_multiple_with_two_decimals() -> None:
    view = seen(row("forced_selling"), row("solvency_pressure"))
    assert {part.name: part.measure.text for part in view.parts} == {
        "forced_selling": "0.57",
        "solvency_pressure": "20.3%",
    }


@pytest.mark.parametrize(
    ("score", "band"),
    [(0.0, "low"), (20.0, "guarded"), (40.0, "elevated"), (60.0, "high"), (80.0, "severe"), (100.0, "severe")],
)
def test_a_band_begins_at_its_lower_bound_and_the_last_is_open(score: float, band: str) -> None:
    solution = solve(with_rows("Risk", [row("hash_ribbon", FULL, score), row("solvency_pressure", NONE, 100 - score)]))
    assert np.isclose(solution.value("risk_score"), score, rtol=0, atol=1e-12)
    assert solution.value("risk_band") == band


def test_points_add_up_to_the_score_and_what_they_could_be_to_100_as_shown() -> None:
    view = seen(
        *(
            row(item.name, (0.0, 1.7), weight)
            for item, weight in zip(RISK_COMPONENTS, (3, 1, 7, 2, 9, 4, 6, 5, 0), strict=True)
        )
    )
    weighing = [part for part in view.parts if not part.beside]
    assert sum(float(part.points.text) for part in weighing) == pytest.approx(float(view.score.text), abs=1e-9)
    assert sum(float(part.most.text) for part in weighing) == pytest.approx(100, abs=1e-9)
    rounded = [round(part.points.value, 1) for part in weighing]
    assert sum(rounded) != pytest.approx(float(view.score.text), abs=1e-9)
