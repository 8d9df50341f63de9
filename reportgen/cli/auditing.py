"""reportgen audit: a delivered workbook held against rules for spreadsheets that are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli.speaking import counted, one_line, print_json, say

if TYPE_CHECKING:
    from reportgen.audit.findings import Audit

BREACH = 3


@click.command("audit", short_help="Hold a delivered workbook against modelling standards.")
@click.argument("workbook", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def audit(workbook: str, as_json: bool) -> int:
    """Hold WORKBOOK, a delivered one, against every rule of docs/audit.md, and compute its formulas again.

    It may come from a pack, or back from a client, saved by Excel or LibreOffice. A line a finding: the cells, the
    rule, what is wrong, what to do. Exit code 3 when a rule is broken.
    """
    from pathlib import Path

    from reportgen.release import audit_file

    found = audit_file(Path(workbook))
    if as_json:
        print_json(found.as_record(workbook))
    else:
        _tell(workbook, found)
    return BREACH if found.breaches else 0


def _tell(workbook: str, found: Audit) -> None:
    for each in found.findings:
        say(f"{each.severity.value}: {one_line(each.said(workbook))}")
    looked_at = f"{counted(found.sheets, 'sheet')}, {found.cells:,} cells, {found.formulas:,} formulas"
    rules = {each.code for each in found.findings}
    if not rules:
        say(f"{one_line(workbook)}: no rule is broken ({looked_at}).")
    else:
        say(f"{counted(len(found.findings), 'finding')} by {counted(len(rules), 'rule')} ({looked_at}).")
