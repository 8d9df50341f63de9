"""The workbook of the worked case, written once for all tests of this room."""

from __future__ import annotations

import openpyxl
import pytest

from reportgen.model.solve import Solution, solve
from reportgen.render.workbook.plan import Plan, make_plan
from reportgen.render.workbook.writer import write_workbook
from tests.render.workbook.reading import read
from tests.worked_case import worked_case


@pytest.fixture(scope="session")
def solution() -> Solution:
    return solve(worked_case())


@pytest.fixture(scope="session")
def plan(solution: Solution) -> Plan:
    return make_plan(solution)


@pytest.fixture(scope="session")
def content(solution: Solution) -> bytes:
    return write_workbook(solution)


@pytest.fixture(scope="session")
def book(content: bytes) -> openpyxl.Workbook:
    """The cells with their formulas."""
    return read(content)


@pytest.fixture(scope="session")
def values(content: bytes) -> openpyxl.Workbook:
    """The cells with the values that they carry."""
    return read(content, values=True)
