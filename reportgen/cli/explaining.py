"""reportgen explain and reportgen lines: what a figure is, and what it is built on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli.finding import inputs_to_look_at
from reportgen.cli.speaking import one_line, say

if TYPE_CHECKING:
    from reportgen.model.explain import Figure, Node
    from reportgen.model.record_terms import Term
    from reportgen.model.solve import Solution

ROWS_SHOWN = 30
TABLES = {"record": "record", "auc": "record", "stress_windows": "record", "reverse_stress": "stress", "grid": "stress"}
"""Names of figures.json that are no lines → the command that prints them."""


@click.command(short_help="Say what a figure is and what it is built on.")
@click.argument("workbook", type=click.Path())
@click.argument("line")
@click.option("--row", help="Name of the row: an operator, a machine, a scenario, a day (YYYY-MM-DD), a number.")
@click.option("--depth", default=3, show_default=True, type=click.IntRange(0, 20), help="Levels of the tree.")
def explain(workbook: str, line: str, row: str | None, depth: int) -> None:
    """Explain LINE of WORKBOOK: value, unit, meaning, formula in words and in numbers, and what it is built on.

    LINE is a name as in `reportgen lines`, such as aisc_net, or operators.aisc_net where a name occurs twice.
    """
    import reportgen
    from reportgen.model import explain as trace
    from reportgen.model.row_names import blocks_with_row, find_row

    _refuse_tables(line)
    term = _column_of_record(line)
    solution = reportgen.solve(inputs_to_look_at(workbook))
    if term is not None:
        _tell_column_of_record(solution, *term)
        return
    key = trace.find_line(solution.graph, line, blocks_with_row(solution, row) if row else None)
    if row is None and not solution.graph.blocks[key[0]].one:
        _tell_all_rows(solution, key)
        return
    at = find_row(solution, key[0], row) if row is not None else 0
    tree = trace.precedents(solution, key, at, depth)
    _tell_figure(tree.figure)
    if tree.children:
        say()
        _say("Built on")
        for text in _drawn(tree.children, ""):
            _say(text)


@click.command(short_help="List all lines by sheet.")
@click.argument("sheet", required=False)
def lines(sheet: str | None) -> None:
    """List all lines by sheet (or those of SHEET) with unit and meaning."""
    from reportgen.model.lines import business
    from reportgen.problems import UsageError

    sections = business().sections
    sheets = list(dict.fromkeys(section.sheet for section in sections if section.lines))
    wanted = [name for name in sheets if sheet is None or name.casefold() == sheet.casefold()]
    if not wanted:
        raise UsageError(f"there is no sheet {sheet}; there are: {', '.join(sheets)}")
    for name in wanted:
        _say(f"{name}")
        for section in (section for section in sections if section.sheet == name and section.lines):
            _say(f"  {section.title}")
            for line in section.lines:
                unit = f" ({line.unit})" if line.unit else ""
                _say(f"    {section.block.name}.{line.name}{unit}: {line.note}")


def _refuse_tables(name: str) -> None:
    """What is a table of many solves, and not a line, has a command of its own."""
    from reportgen.problems import UsageError

    if name.casefold() in TABLES:
        raise UsageError(f"{name} is a table and no line: `reportgen {TABLES[name.casefold()]} WORKBOOK` prints it.")


def _column_of_record(wanted: str) -> tuple[str, Term] | None:
    """The column of that name with its table: "weeks", "record.weeks"."""
    from reportgen.model.record_terms import TERMS

    table, _, name = wanted.casefold().rpartition(".")
    named = ((of, term) for of, terms in TERMS.items() for term in terms)
    return next(((of, term) for of, term in named if term.name == name and table in ("", of)), None)


def _tell_column_of_record(solution: Solution, table: str, term: Term) -> None:
    """What a column of the record is, and its value in every row."""
    from reportgen.deliver.figures import record_figures

    _say(f"{table}.{term.name}: {term.label}")
    _say(f"  one value a row, in {term.unit}")
    _say(f"  {term.meaning}")
    _say(f"  = {term.how}")
    say()
    _say("Row by row (a snapshot; `reportgen record WORKBOOK` prints the whole table)")
    for row in record_figures(solution)[table]:
        value = row[term.name]
        named = row["window"] if "window" in row else f"score from {row['from_score']:.0f}"
        shown = "n/a" if value is None else f"{value:.2%}" if "%" in term.number_format else f"{value:,.6g}"
        _say(f"  {named}: {shown}")


def _say(text: str) -> None:
    say(one_line(text))


def _tell_figure(figure: Figure) -> None:
    _say(f"{'.'.join(figure.key)}: {figure.label}{' - ' + figure.of if figure.of else ''}")
    _say(f"  {figure.text}")
    _say(f"  {figure.meaning}")
    if figure.source:
        _say(f"  ({figure.source})")
    if figure.formula:
        _say(f"  = {figure.formula}")
    if figure.numbers and figure.numbers != figure.formula:
        _say(f"  = {figure.numbers}")


def _tell_all_rows(solution: Solution, key: tuple[str, str]) -> None:
    """A line without a row: what it is, and its value in every row (of a long table, the last)."""
    from dataclasses import replace

    from reportgen.model import explain as trace
    from reportgen.model.row_names import row_name, shown

    count = solution.rows[key[0]]
    title = solution.graph.blocks[key[0]].title
    if not count:
        from reportgen.problems import UsageError

        raise UsageError(f"{title} has no rows in this workbook, so {key[1]} has no value")
    figure = trace.figure(solution, key, 0)
    _tell_figure(replace(figure, of=f"{count} rows of {title}", shown="one value a row, in", numbers=""))
    first = max(0, count - ROWS_SHOWN)
    say()
    _say(f"The last {ROWS_SHOWN} rows (name one with --row)" if first else "Row by row (explain one with --row)")
    for row in range(first, count):
        _say(f"  {row_name(solution, key[0], row)}: {shown(solution, key, row)}")


def _drawn(nodes: tuple[Node, ...], indent: str) -> list[str]:
    texts = []
    for node in nodes:
        last = node is nodes[-1]
        texts.append(f"{indent}{'└─ ' if last else '├─ '}{_entry(node)}")
        texts.extend(_drawn(node.children, indent + ("   " if last else "│  ")))
    return texts


def _entry(node: Node) -> str:
    figure = node.figure
    name = f"{'.'.join(figure.key)}{f' [{figure.of}]' if figure.of else ''}"
    if node.repeated:
        return f"{name} = {figure.text} (see above)"
    ends = f" ({figure.source})" if figure.source else " ..." if node.cut else ""
    return f"{name} = {figure.text}{ends}"
