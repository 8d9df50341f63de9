"""A pack whose workbook breaks a rule is not written."""

from __future__ import annotations

from pathlib import Path

from tests.running import reportgen, worked_case_workbook


def test_a_pack_whose_workbook_breaks_a_rule_is_not_written(tmp_path: Path) -> None:
    """With inputs in the colour of every other text, headings and labels look like inputs that are locked."""
    worked_case_workbook(tmp_path / "case.xlsx")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "theme.toml").write_text('[colours]\ninput = "#1B2430"\n', encoding="utf-8")
    ran = reportgen("build", "case.xlsx", "--format", "xlsx", "--templates", "own", cwd=tmp_path)
    assert ran.returncode == 3
    first = ran.stderr.splitlines()[0]
    assert first.startswith("error: worked-case-2025-12-05.xlsx [")
    assert ": A404 an input that is locked: the cell looks like an input and is locked. Format Cells >" in first
    assert "nothing was delivered" in ran.stderr
    assert not list((tmp_path / "outputs").rglob("*.*"))
