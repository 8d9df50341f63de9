"""docs/audit.md: every rule with its reason and source, what is excepted, and what of FAST is not followed."""

from __future__ import annotations

from reportgen.audit.function_names import ALLOWED_NEWER
from reportgen.audit.rule_texts import not_followed, rules
from reportgen.audit.rules.flow import declared

_OPENING = """# The auditor

`reportgen audit WORKBOOK.xlsx` holds a delivered workbook against these rules and computes all its formulas again with
an independent engine. It goes by the file alone: the workbook may come from a pack, back from a client, or out of Excel
or LibreOffice. `reportgen build` does the same to every workbook that it makes, and writes no pack when a rule is
broken (exit code 3), but for the few whose outcome the input decides: A311, A312, A601, A602, A603 and A611 on every
sheet, A104 and A105 on Input_Checks, A105 on Checks. `audit` tells these too. `--json` gives the findings to a program.

A line a finding, one cause a line: the cells, the code, what is wrong, what to do. A code never changes its meaning.
This page is made from the rules by `make docs`.

Sources: the FAST Standard (FAST 02a; rules by their numbers), the Twenty principles for good spreadsheet practice and
the Financial Modelling Code of the ICAEW, ECMA-376 (the format of the file), and what bankers do by convention.
"""
_FUNCTIONS = """## Functions that are newer and may be used

"""
_AHEAD = """## Sheets that may look ahead

| Sheets | look at | because |
|---|---|---|
"""


def audit_page() -> str:
    """The text of docs/audit.md."""
    parts = [_OPENING]
    chapter = ""
    for rule in rules().values():
        if rule.chapter != chapter:
            chapter = rule.chapter
            parts.append(f"## {chapter}\n")
        parts.append(f"### {rule.code}: {rule.title}\n")
        parts.append(f"{rule.rule} {rule.why}\n")
        parts.append(f"What to do: {rule.remedy}\n")
        parts.append(f"Source: {rule.source}. A breach is an {rule.severity.value}.\n")
    newer = "\n".join(f"- `{name}`: {reason}" for name, reason in ALLOWED_NEWER.items())
    ahead = "\n".join(f"| {_named(each.looks)} | {_named(each.at)} | {each.reason} |" for each in declared())
    rest = "\n".join(f"| {rule} | {reason} |" for rule, reason in not_followed().items())
    parts += [f"{_FUNCTIONS}{newer}\n", f"{_AHEAD}{ahead}\n"]
    parts.append(f"## What of FAST is not followed, and why\n\n| FAST | Here |\n|---|---|\n{rest}\n")
    return "\n".join(parts)


def _named(sheets: tuple[str, ...]) -> str:
    return "every sheet" if sheets == ("*",) else ", ".join(sheets)
