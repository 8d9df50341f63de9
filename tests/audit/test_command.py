"""reportgen audit: what is printed, JSON, exit codes; a value that does not follow from its formula."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reportgen.audit.manual_page import audit_page
from reportgen.audit.rule_texts import rules
from tests.audit import test_file_rules, test_formula_rules, test_workbook_rules
from tests.audit.damage import damaged, formula, swap
from tests.audit.small_book import COSTS
from tests.running import ROOT, reportgen

KEYS = {"schema", "file", "sheets", "cells", "formulas", "breaches", "remarks", "findings"}


def test_a_workbook_without_a_breach_is_told_so_in_a_line(clean: bytes, tmp_path: Path) -> None:
    (tmp_path / "small.xlsx").write_bytes(clean)
    ran = reportgen("audit", "small.xlsx", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "small.xlsx: no rule is broken (4 sheets, 80 cells, 24 formulas).\n"


def test_a_breach_is_a_line_with_cell_rule_cause_and_remedy(clean: bytes, tmp_path: Path) -> None:
    (tmp_path / "small.xlsx").write_bytes(damaged(clean, formula(COSTS, "F7", "F5*(price-F6)+0")))
    ran = reportgen("audit", "small.xlsx", cwd=tmp_path)
    first, last = ran.stdout.splitlines()
    assert ran.returncode == 3
    assert first.startswith("error: small.xlsx [Costs!F7]: A104 more than one formula in a block: the row goes on with")
    assert first.endswith(rules()["A104"].remedy)
    assert last == "1 finding by 1 rule (4 sheets, 80 cells, 24 formulas)."


def test_a_value_that_does_not_follow_from_its_formula_is_found(clean: bytes, tmp_path: Path) -> None:
    (tmp_path / "small.xlsx").write_bytes(damaged(clean, swap(COSTS, "<v>1200000.0</v>", "<v>1200000.01</v>")))
    ran = reportgen("audit", "small.xlsx", "--json", cwd=tmp_path)
    told = json.loads(ran.stdout)
    assert ran.returncode == 3
    assert told.keys() == KEYS
    (only,) = told["findings"]
    assert (only["code"], only["sheet"], only["cells"]) == ("A103", "Costs", ["E7"])
    assert only["message"] == "the cell carries 1200000.01, computed again 1200000.0."


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"<html>"])
def test_what_is_no_workbook_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd.xlsx").write_bytes(content)
    ran = reportgen("audit", "odd.xlsx", cwd=tmp_path)
    assert ran.returncode == 1
    assert ran.stderr.startswith("error: odd.xlsx: ")
    assert "Traceback" not in ran.stderr


def test_every_rule_is_shown_to_find_its_breach() -> None:
    shown = {
        code
        for module in (test_formula_rules, test_workbook_rules, test_file_rules)
        for code, _, _ in module.DAMAGES.values()
    }
    assert shown | {"A103"} == set(rules())


def test_every_rule_says_what_why_whence_and_what_to_do() -> None:
    for rule in rules().values():
        assert re.fullmatch(r"A\d{3}", rule.code)
        assert not rule.title.endswith(".")
        for text in (rule.rule, rule.why, rule.remedy):
            assert text.endswith("."), rule.code
        assert rule.source


def test_the_page_is_the_one_made_from_the_rules() -> None:
    assert (ROOT / "docs" / "audit.md").read_text(encoding="utf-8") == audit_page()
