"""manifest.json: exactly these fields, each true of the pack, and nothing of the machine or the clock."""

from __future__ import annotations

import dataclasses
import hashlib
import platform
from importlib.metadata import version
from typing import Any

import pytest

from reportgen.deliver.manifest import ALWAYS, Making, manifest
from reportgen.documents import Document
from reportgen.inputs import OldData
from reportgen.model.solve import Solution, solve
from reportgen.problems import Problem, Severity, Where
from tests.worked_case import worked_case

FILES = [Document("a.xlsx", b"abc"), Document("figures.json", b"{}\n")]
NOTHING = Making((), 0, {})
ODD = Problem("price_high", Severity.WARNING, Where("client x.xlsx", "Operators", "B2", "Power price"), "found 0.4.")


@pytest.fixture(scope="module")
def solution() -> Solution:
    return solve(worked_case())


@pytest.fixture(scope="module")
def made(solution: Solution) -> dict[str, Any]:
    return manifest(solution, FILES, Making(("click",), 1234, {"pdf": "no Pango"}))


def test_it_has_these_fields_in_this_order(made: dict[str, Any]) -> None:
    assert list(made) == [
        "report", "as_of", "active_shock", "input", "versions", "checks", "warnings", "accepted", "left_out",
        "later_rows", "old_data", "files",
    ]  # fmt: skip


def test_report_day_and_shock_are_those_of_the_workbook(made: dict[str, Any]) -> None:
    assert (made["report"], made["as_of"], made["active_shock"]) == ("Worked case", "2025-12-05", None)
    shocked = solve(worked_case().with_shock("Halving"))
    assert manifest(shocked, [], NOTHING)["active_shock"] == "Halving"


def test_every_file_has_its_size_and_its_hash(made: dict[str, Any]) -> None:
    assert made["files"] == [
        {"name": each.name, "bytes": len(each.content), "sha256": hashlib.sha256(each.content).hexdigest()}
        for each in FILES
    ]


def test_versions_are_those_of_python_reportgen_and_of_every_library_that_made_the_pack(made: dict[str, Any]) -> None:
    libraries = ["click", *ALWAYS]
    assert made["versions"] == {
        "reportgen": version("reportgen"), "python": platform.python_version(),
    } | {name: version(name) for name in libraries}  # fmt: skip
    assert list(made["versions"])[2:] == sorted(libraries)


def test_every_check_of_the_model_stands_by_its_name_with_what_it_found(made: dict[str, Any]) -> None:
    assert made["checks"]["formulas_re_performed"] == 1234
    assert made["checks"]["disagreements"] == 0
    assert made["checks"]["results"].items() >= {"layers_add_up": "holds", "weights_given": "holds"}.items()
    assert made["left_out"] == {"pdf": "no Pango"}


def test_a_check_that_fails_or_has_nothing_to_check_says_so() -> None:
    inputs = worked_case()
    weights = inputs.tables["Risk"].columns["weight"]
    weights[:] = 0
    assert manifest(solve(inputs), [], NOTHING)["checks"]["results"]["weights_given"] == "fails"


@pytest.mark.parametrize("named", [False, True])
def test_the_input_file_is_named_only_when_that_is_asked_for(named: bool) -> None:
    inputs = dataclasses.replace(worked_case(), file="client x.xlsx", sha256="abc", warnings=(ODD,))
    told = manifest(solve(inputs), [], Making((), 0, {}, name_input=named))
    name = "client x.xlsx" if named else None
    assert told["input"] == {"file": name, "sha256": "abc"}
    assert told["warnings"] == [ODD.as_record() | {"file": name or ""}]


def test_old_data_and_accepted_warnings_are_told_without_who_accepted_them() -> None:
    old = OldData("ETF_Flows", 45_980.0, 11, True)
    inputs = dataclasses.replace(worked_case(), old_data=(old,), accepted=(ODD,))
    told = manifest(solve(inputs), [], NOTHING)
    assert told["old_data"] == {"ETF_Flows": {"until": "2025-11-19", "age": 11, "unit": "trading days"}}
    assert told["accepted"] == [ODD.as_record() | {"file": ""}]


def test_rows_after_the_as_of_day_are_counted_by_sheet() -> None:
    told = manifest(solve(worked_case()), [], NOTHING)["later_rows"]
    assert told == {
        "Network_History": {"rows": 5, "until": "2025-12-10"},
        "ETF_Flows": {"rows": 3, "until": "2025-12-10"},
    }
