"""A risk component is declared once: then it is everywhere, or it is refused with a reason."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from reportgen.intake.form.sample_data import standard
from reportgen.model.block import ModelError, Section
from reportgen.model.graph import Graph, build
from reportgen.model.lines import SECTIONS, blocks, risk_measures
from reportgen.render.brief.risk import SHOWN
from reportgen.sheets.risk_components import DIALS, REPLACED, RISK_COMPONENTS, Measured, RiskComponent
from tests.intake.workbooks import write_openpyxl
from tests.running import ROOT, grid_of, reportgen
from tests.worked_case import CASE

TOY = """    RiskComponent(
        "spot",
        measure="price",
        dial="income",
        label="Spot price of the toy",
        words=((0.0, "the toy that was declared once"),),
        kind=Measured.TIMES,
    ),
"""


def component(**changes: Any) -> RiskComponent:
    """A component that is whole, but for the changes."""
    whole = {"name": "spot", "measure": "price", "dial": "income", "label": "Spot", "words": ((0.0, "the price"),)}
    return RiskComponent(**(whole | changes))


def graph_with(*more: RiskComponent) -> Graph:
    """The model with more components in its table."""
    table = risk_measures.table
    section = Section(blocks.components, table.sheet, table.title)
    section.line(unit="measure")(risk_measures.measured((*RISK_COMPONENTS, *more)))
    section.lines.extend(line for line in table.lines if line.name != "measure")
    return build([section if item is table else item for item in SECTIONS], inputs_only=(blocks.network_history,))


def test_a_component_added_to_the_table_is_in_every_file_of_the_pack(tmp_path: Path) -> None:
    for folder in ("reportgen", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    table = tmp_path / "reportgen" / "sheets" / "risk_components.py"
    text = table.read_text(encoding="utf-8")
    rest, end = text.split("\n)\n\nREPLACED", 1)
    table.write_text(f"{rest}\n{TOY})\n\nREPLACED{end}", encoding="utf-8")
    given = copy.deepcopy(CASE["input"])
    given["Risk"].append({"component": "spot", "calm": 0, "stress": 1, "weight": 900})
    book = write_openpyxl(tmp_path / "week.xlsx", grid_of(given))

    ran = reportgen("build", book.name, "--out", "out", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})

    assert ran.returncode == 0, ran.stderr
    (figures,) = tmp_path.glob("out/*/*/figures.json")
    record = json.loads(figures.read_text(encoding="utf-8"))["risk"][-1]
    assert (record["component"], record["measure"]) == ("spot", 90_000)
    (brief,) = tmp_path.glob("out/*/*/*.pdf")
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(brief).pages).split())
    assert "driven by the toy that was declared once" in words
    assert "Spot price of the toy" in words
    (workbook,) = figures.parent.glob("*.xlsx")
    rules = load_workbook(workbook)["Risk"].data_validations.dataValidation
    (choices,) = (rule.formula1 for rule in rules if rule.type == "list")
    assert choices.strip('"').split(",") == [*(item.name for item in RISK_COMPONENTS), "spot"]


def test_a_component_whose_measure_is_no_line_is_refused_when_the_graph_is_built() -> None:
    with pytest.raises(ModelError, match=r"components.measure asks for hash_prise, .* \(did you mean hashprice\?\)"):
        graph_with(component(measure="hash_prise"))


def test_a_component_that_is_whole_is_part_of_the_graph() -> None:
    assert ("risk", "measure") in graph_with(component()).downstream(("market", "price"))


@pytest.mark.parametrize("missing", ["name", "measure", "dial", "label", "words"])
def test_a_component_that_lacks_something_is_refused_with_its_name(missing: str) -> None:
    with pytest.raises(ValueError, match=f"the risk component '(spot)?' has no {missing}$"):
        component(**{missing: () if missing == "words" else ""})


def test_a_component_with_blank_words_is_refused() -> None:
    with pytest.raises(ValueError, match="has no words"):
        component(words=((0.0, "the price"), (-1.0, " ")))


def test_a_component_of_an_unknown_dial_is_refused() -> None:
    with pytest.raises(ValueError, match="'weather'"):
        component(dial="weather")


def test_words_follow_the_measure_as_it_is_shown() -> None:
    flows = next(item for item in RISK_COMPONENTS if item.name == "etf_absorption")
    assert [flows.spoken(measure) for measure in (0.4, 0.0, -0.5, -1.5, float("nan"))] == [
        "ETF outflows",
        "ETF inflows that fall short of miner sales",
        "ETF inflows that fall short of miner sales",
        "ETF flows",
        "ETF flows",
    ]


def test_the_measure_of_a_component_is_the_line_that_the_table_names() -> None:
    (line,) = (line for line in risk_measures.table.lines if line.name == "measure")
    today = [10.0 * place for place in range(len(RISK_COMPONENTS))]
    assert line.parameters == ("number", *(item.measure for item in RISK_COMPONENTS))
    for place, item in enumerate(RISK_COMPONENTS):
        assert line.function(place + 1, *today) == today[place]
        named = {each.name: each.function(place + 1) for each in risk_measures.table.lines if each.text}
        assert named == {"name": item.name, "dial": item.dial}


def test_components_of_the_first_edition_are_told_what_replaces_them() -> None:
    names = {item.name for item in RISK_COMPONENTS}
    assert {new for _, new in REPLACED} <= names
    assert not {old for old, _ in REPLACED} & names


def test_names_of_components_are_unique_and_every_dial_and_kind_is_known_everywhere() -> None:
    assert len({item.name for item in RISK_COMPONENTS}) == len(RISK_COMPONENTS)
    assert {item.dial for item in RISK_COMPONENTS} == set(DIALS)
    assert set(SHOWN) == set(Measured)


def test_the_sample_scales_and_weighs_every_component() -> None:
    assert [row["component"] for row in standard()["Risk"]] == [item.name for item in RISK_COMPONENTS]
