"""House rules that no tool knows: walls, sizes, names, and that the text speaks of the project alone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.running import ROOT
from tests.test_packaging import third_parties

PACKAGE = ROOT / "reportgen"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)
LONGEST = 300
LONGEST_FUNCTION = 50
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "misc"}
ALLOWED = {
    "formula": {"numpy"},
    "model": {"numpy", "pandas"},
    "plausibility": {"numpy"},
    "sheets": set[str](),
    "deliver": set[str](),
    "intake": {"openpyxl", "defusedxml", "numpy"},
    "render/workbook": {"xlsxwriter", "formualizer", "numpy"},
    "render/brief": {"jinja2", "markupsafe", "weasyprint", "numpy"},
    "render/charts": {"numpy"},
    "audit": set[str](),
    "render/office": {"docx", "lxml", "pptx"},
    "preview": set[str](),
    "cli": {"click"},
}


def test_no_room_looks_up_and_every_library_has_one_door() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("reportgen")
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    with pytest.raises(CycleError, match="a"):  # the sorter does find circles
        TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_its_own_libraries(room: str) -> None:
    imported = {name for path in (PACKAGE / room).rglob("*.py") for name in third_parties(path)}
    assert imported <= ALLOWED[room]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_is_short_has_a_purpose_and_a_name_that_says_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert not SAYS_NOTHING & {part.removesuffix(".py") for part in path.relative_to(PACKAGE).parts}
    assert not text or text.startswith('"""')


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_function_is_long(path: Path) -> None:
    functions = (
        item
        for item in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = {item.name: (item.end_lineno or 0) - item.lineno + 1 for item in functions}
    assert not {name: length for name, length in lengths.items() if length >= LONGEST_FUNCTION}


def test_every_exception_from_a_rule_says_why() -> None:
    ignores = re.compile(r"#\s*(noqa: [A-Z]+\d+(, [A-Z]+\d+)*|type: ignore\[[\w, -]+\])(?P<reason>.*)")
    for path in [*MODULES, *(ROOT / "tests").rglob("*.py")]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if (found := ignores.search(line)) and path != Path(__file__):
                assert found["reason"].strip(" #"), f"{path.relative_to(ROOT)}:{number} ignores a rule without a reason"


def test_the_makefile_says_what_each_target_is_for() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    for target in targets.split():
        assert target == "help" or f'"make {target} ' in text


def test_every_make_target_is_run_by_the_continuous_check_or_a_test() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    tests = (ROOT / "tests" / "test_make.py").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for target in targets.split():
        assert f"make {target}" in run or f'"{target}"' in tests, target
