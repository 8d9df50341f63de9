"""Snapshots and triggers are computed when somebody reads them, and are the same in whatever order that happens."""

from __future__ import annotations

from typing import Any, NoReturn

import numpy as np
import pytest

from reportgen.model import snapshots
from reportgen.model.lines import business
from reportgen.model.solution import Solution
from reportgen.model.solve import solve
from reportgen.model.when_read import computed_when_read
from tests.worked_case import worked_case

SNAPSHOTS = ("snapshot", "trigger_snapshot", "grid", "reverse_stress")


@pytest.fixture(scope="module")
def solved() -> Solution:
    """A solution of which everything was read, in the order of its columns."""
    solution = solve(worked_case())
    for key in solution.columns:
        solution.columns[key]
    return solution


@pytest.fixture
def no_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot fails."""

    def refused(*_: Any) -> NoReturn:
        pytest.fail("a snapshot was computed")

    for name in SNAPSHOTS:
        monkeypatch.setitem(snapshots.FILLED, name, refused)


@pytest.mark.usefixtures("no_cases")
def test_no_snapshot_is_computed_until_somebody_reads_one() -> None:
    solution = solve(worked_case())
    assert solution.number("risk_score") > 0
    assert len(solution.table("operators")) == 2
    assert ("grid", "risk_score") in solution.columns
    assert ("grid", "nothing") not in solution.columns
    assert len(list(solution.columns)) == len(solution.columns)
    with pytest.raises(pytest.fail.Exception, match="a snapshot was computed"):
        solution.column("grid", "risk_score")


@pytest.mark.usefixtures("no_cases")
def test_triggers_are_read_without_the_snapshots_beside_them(solved: Solution) -> None:
    solution = solve(worked_case())
    np.testing.assert_array_equal(
        solution.numbers("triggers", "trigger_price"), solved.numbers("triggers", "trigger_price")
    )


def test_every_column_is_the_same_in_whatever_order_it_is_read(solved: Solution) -> None:
    solution = solve(worked_case())
    for key in reversed(list(solution.columns)):
        np.testing.assert_array_equal(solution.columns[key], solved.columns[key], err_msg=".".join(key))
    assert dict(solution.rows) == dict(solved.rows)


def test_rows_of_a_snapshot_are_counted_by_what_it_holds(solved: Solution) -> None:
    for name in SNAPSHOTS:
        block = solved.graph.blocks[name]
        assert solved.rows[name] == len(solved.column(name, block.given[0])) == len(solved.column(name, "number")) > 0


def test_what_stands_on_a_snapshot_is_computed_with_it_and_nothing_else_is() -> None:
    graph = business()
    later = computed_when_read(graph)
    for key, blocks in later.items():
        for name in blocks - {key[0]}:
            own = [each for each in later if each[0] == name]
            assert any(key in graph.downstream(each) for each in own), key
    for key in graph.trees.keys() - later.keys():
        assert not any(each.key in later for each in _references(key)), key


def _references(key: tuple[str, str]) -> list[Any]:
    from reportgen.formula.tree import refs

    return list(refs(business().trees[key]))
