"""The generated pages of docs/: lines of the model, codes of problems, rules. `python -m reportgen.manual docs`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from reportgen.audit.manual_page import audit_page
from reportgen.model.block import Section
from reportgen.model.explain import formula_in_words
from reportgen.model.graph import Graph
from reportgen.model.lines import business
from reportgen.model.record_terms import TERMS
from reportgen.problem_codes import manual as problem_manual

_OPENING = """# The model, line by line

Generated from the lines themselves by `make docs`: what each figure is, and its formula in words. The same text stands
in the Method sheet of every workbook, and `reportgen explain` shows it with the numbers of a workbook put in.
A name is written as `block.line`; "n/a" stays n/a in whatever is built on it, and totals and averages leave it out.
"""


def model_page(graph: Graph) -> str:
    """docs/model.md: sheet by sheet, section by section."""
    parts = [_OPENING]
    sheets = dict.fromkeys(section.sheet for section in graph.sections if section.lines)
    for sheet in sheets:
        parts.append(f"## {sheet}\n")
        shown = (section for section in graph.sections if section.sheet == sheet and section.lines)
        parts.extend(_section(graph, section) for section in shown)
    return "\n".join([*parts, _record()])


def _record() -> str:
    """The columns of the record, which are no lines."""
    rows = ["## Record\n", "| Column | Unit | Meaning | How |", "|---|---|---|---|"]
    for table, terms in TERMS.items():
        for term in terms:
            name = table if term.name == table else f"{table}.{term.name}"
            rows.append(f"| `{name}` | {term.unit} | {term.meaning} | {term.how} |")
    return "\n".join(rows) + "\n"


def _section(graph: Graph, section: Section) -> str:
    rows = [f"### {section.title}\n", *([f"{section.help}\n"] if section.help else [])]
    rows += ["| Line | Unit | Meaning | Formula |", "|---|---|---|---|"]
    for line in section.lines:
        key = section.block.name, line.name
        texts = (f"`{'.'.join(key)}`", line.unit, _joined(line.meaning), formula_in_words(graph, key))
        rows.append("| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |")
    return "\n".join(rows) + "\n"


def _joined(text: str) -> str:
    return " ".join(text.split())


def pages() -> Mapping[str, str]:
    """Every generated page by file name."""
    return {"model.md": model_page(business()), "problems.md": problem_manual(), "audit.md": audit_page()}


if __name__ == "__main__":
    for name, text in pages().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8", newline="\n")
