from __future__ import annotations

import numpy as np

from reportgen.model.episodes import Episode, episodes


def ribbon(*runs: tuple[int, float]) -> tuple[np.ndarray, np.ndarray]:
    values = np.concatenate([np.full(days, value) for days, value in runs])
    return np.arange(45_000.0, 45_000.0 + len(values)), values


def test_an_inversion_runs_to_the_day_of_the_cross_back_up() -> None:
    assert episodes(*ribbon((5, 0.01), (20, -0.03), (5, 0.02))) == (Episode(45_005.0, 45_025.0, 20, -0.03),)


def test_gaps_of_five_days_are_joined_and_of_six_are_not() -> None:
    joined = episodes(*ribbon((3, 0.01), (12, -0.02), (5, 0.01), (12, -0.04), (9, 0.01)))
    assert [(item.days, item.depth) for item in joined] == [(29, -0.04)]
    apart = episodes(*ribbon((3, 0.01), (12, -0.02), (6, 0.01), (12, -0.04), (9, 0.01)))
    assert [item.days for item in apart] == [12, 12]


def test_an_inversion_of_nine_days_is_dropped_and_of_ten_is_told() -> None:
    assert episodes(*ribbon((3, 0.01), (9, -0.02), (9, 0.01))) == ()
    assert len(episodes(*ribbon((3, 0.01), (10, -0.02), (9, 0.01)))) == 1


def test_short_dips_count_once_they_are_joined() -> None:
    assert [item.days for item in episodes(*ribbon((2, 0.01), (4, -0.02), (3, 0.01), (4, -0.01), (9, 0.02)))] == [11]


def test_an_episode_that_lasts_has_no_end_and_counts_the_newest_day() -> None:
    assert episodes(*ribbon((5, 0.01), (15, -0.02))) == (Episode(45_005.0, None, 15, -0.02),)


def test_days_without_a_ribbon_are_not_inverted() -> None:
    assert episodes(*ribbon((59, np.nan), (20, 0.01))) == ()
    assert episodes(np.array([]), np.array([])) == ()


def test_a_ribbon_that_touches_zero_is_not_inverted() -> None:
    assert episodes(*ribbon((5, 0.01), (30, 0.0))) == ()
