"""What must hold in this file, and the words for it: one list at the foot of the sheet Checks.

First the input cells, then formulas typed over, the checks of the model, and errors: what is named first is what
caused the rest. A verdict is 1 or 0 whatever its cells hold, never an error. The
master check and the line at the top of every sheet take their words from this list alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reportgen.excel_addresses import column_letters
from reportgen.model.graph import Key
from reportgen.render.workbook.cell_checks import cell_checks
from reportgen.render.workbook.figure_checks import CHECKS, errors, formulas_changed, typed_over
from reportgen.render.workbook.fingerprints import as_delivered, shock_as_delivered
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.side_columns import SideColumns
from reportgen.render.workbook.verdict import Verdict, Written

LABEL, VERDICT, HELD, NOW, THEN, STEPS = 0, 2, 4, 5, 6, 7
"""Zero-based columns of the list: what must hold, does it, did it at delivery; the figure now and then; steps."""
(
    LINE, FORMULAS, INPUTS, ALL_INPUTS, FAILING, SINCE_FAILING, SINCE_WORDS, BANNER, FIRST_LABEL, FIRST_FOUND, FOUND,
    WORDS, FIRST_LINE, ABOUT_LINE, TOP_LINES, FIRST_WORDS, ABOUT_WORDS, MASTER, EVERY,
) = range(1, 20)  # fmt: skip
"""Rows of what stands above the list, from the title on."""
HEAD_ROWS = EVERY + 2  # and the headers of the list
HOLD, WRONG = "All checks hold", "Figures do not hold: see Checks"
LASTING = "A check did not hold at delivery either: see Checks"
TYPED_OVER = "Verdicts on Checks are typed over and do not hold"
TOP_TYPED_OVER = "The first sheets are typed over and do not hold"
ALL_HOLD = "all checks hold"
SINCE = ("inputs edited since delivery", "figures as delivered", "formulas changed since delivery")


@dataclass(frozen=True)
class Verdicts:
    """The list and what is said about it, before anything is written."""

    plan: Plan

    @cached_property
    def rows(self) -> tuple[Verdict, ...]:
        """Every verdict, in order."""
        plan = self.plan
        cells, typed = cell_checks(plan, self.side), typed_over(plan, self.side)
        return (*cells, *typed, *formulas_changed(plan), *_of_model(plan), *errors(plan))

    @cached_property
    def side(self) -> SideColumns:
        """The columns of Input_Checks that the checks look at."""
        return SideColumns(self.plan)

    @property
    def top(self) -> int:
        """Zero-based row of the title: below what the model shows on the sheet."""
        return max(part.end[0] for part in self.plan.sheets[CHECKS]) + 1

    @property
    def first(self) -> int:
        """Zero-based row of the first verdict."""
        return self.top + HEAD_ROWS

    def cell(self, row: int, column: int = VERDICT) -> str:
        """A cell above the list, by its row from the title on."""
        return f"${column_letters(column + 1)}${self.top + row + 1}"

    @cached_property
    def head(self) -> Mapping[int, tuple[str, Written]]:
        """What is composed above the list, by row: a label and a formula, each of a length that can be read."""
        shock = self.plan.input_ranges["Market", "active_shock"]
        active = f"{shock.sheet}!{shock.cell()}"
        name = str(self.plan.solution.value("active_shock"))
        failing, first = self._failing, f"MATCH(0,{self._column(VERDICT)},0)"
        banner = f"Shock active: {name}. " if name else ""
        told = LASTING if failing else f"{HOLD}; {SINCE[1]}"
        label = failing[0].label if failing else ""
        found = failing[0].now.value if failing and failing[0].now is not None else 0.0
        shown = f" ({found})" if found and isinstance(found, str) else ""
        many, rows = len(self.rows), f"ROWS({self._column(VERDICT)})"
        words = f"{len(failing)} of {many} checks do not hold: {label}{shown}" if failing else ALL_HOLD
        wrong, cell = f"COUNTIF({self._column(VERDICT)},1)", self.cell
        newly = f"SUMPRODUCT(({self._column(VERDICT)}<>1)*({self._column(HELD)}=1))"
        figures = self.plan.range_of("market", ("market", "as_delivered")).cell()
        since = f'IF({cell(INPUTS)}=0,"{SINCE[0]}",IF({figures}=1,"{SINCE[1]}","{SINCE[2]}"))'
        line = f'{cell(BANNER)}&IF({cell(SINCE_FAILING)}>0,"{WRONG}",IF({cell(FAILING)}>0,"{LASTING}",'
        line += f'"{HOLD}; "&{cell(SINCE_WORDS)}))'
        both = f"IF(AND({cell(INPUTS)}=1,{shock_as_delivered(self.plan)}),1,0)"
        told_first = f'IF(ISTEXT({cell(FIRST_FOUND)}),IF({cell(FIRST_FOUND)}="",""," ("&{cell(FIRST_FOUND)}&")"),"")'
        said = f'{cell(FAILING)}&" of "&{rows}&" checks do not hold: "&{cell(FIRST_LABEL)}&{cell(FOUND)}'
        return {
            LINE: ("Line of every sheet", Written(line, banner + told)),
            INPUTS: ("Inputs are as delivered, the active shock apart", Written(as_delivered(self.plan), 1.0)),
            ALL_INPUTS: ("Inputs and the active shock are as delivered", Written(both, 1.0)),
            FAILING: ("Checks that do not hold", Written(f"{rows}-{wrong}", float(len(failing)))),
            SINCE_FAILING: ("Checks that held at delivery and do not now", Written(newly, 0.0)),
            SINCE_WORDS: ("Since delivery", Written(since, SINCE[1])),
            BANNER: ("Active shock", Written(f'IF({active}="","","Shock active: "&{active}&". ")', banner)),
            FIRST_LABEL: ("The first that does not hold", Written(self._of_first(LABEL, first), label)),
            FIRST_FOUND: ("What was found there", Written(self._of_first(NOW, first), found if failing else "")),
            FOUND: ("The same, if it is a text", Written(told_first, shown)),
            WORDS: ("Checks in words", Written(f'IF({cell(FAILING)}=0,"{ALL_HOLD}",{said})', words)),
        }

    def _of_first(self, column: int, place: str) -> str:
        return f'IFERROR(INDEX({self._column(column)},{place}),"")'

    @property
    def line(self) -> Written:
        """The line of every sheet, as its own cell on Checks composes it."""
        return self.head[LINE][1]

    def status(self, row: int) -> Written:
        """The line as the other sheets look it up, while formulas are as delivered that a row above the list counts."""
        now, then = (f"{CHECKS}!{self.cell(row, column)}" for column in (NOW, THEN))
        return Written(f'IFERROR(IF({now}={then},{CHECKS}!{self.cell(LINE)},"{WRONG}"),"{WRONG}")', self.line.value)

    @property
    def formulas(self) -> tuple[str, float]:
        """The cells that must be formulas for the words to be true, and how many: above the list, and the verdicts."""
        first, last = column_letters(LABEL + 1), column_letters(VERDICT + 1)
        area = f"{CHECKS}!${first}${self.top + LINE + 1}:${last}${self.first + len(self.rows)}"
        return area, float(len(self.head) + len(self.rows))

    @property
    def master(self) -> tuple[str, float]:
        """The cells of the master check among the lines of the model, and how many of them are formulas."""
        names = ("checks_failed", "master_check", "edits")
        rows = [self.plan.range_of("market", ("market", name)).at(0)[0] + 1 for name in names]
        return f"{CHECKS}!$A${min(rows)}:${column_letters(VERDICT + 1)}${max(rows)}", float(len(names))

    @property
    def instead(self) -> Mapping[Key, Written]:
        """Lines of the model that the file writes otherwise, as it has more checks than the model."""
        counted, given, top, then = (self.cell(row, at) for row in (FORMULAS, TOP_LINES) for at in (NOW, THEN))
        words = f'IF({counted}<>{given},"{TYPED_OVER}",IF({top}<>{then},"{TOP_TYPED_OVER}",{self.cell(WORDS)}))'
        return {
            ("market", "checks_failed"): Written(self.cell(FAILING), self.head[FAILING][1].value),
            ("market", "edits"): Written(self.cell(SINCE_WORDS), SINCE[1]),
            ("market", "master_check"): Written(words, self.head[WORDS][1].value),
        }

    @cached_property
    def _failing(self) -> list[Verdict]:
        return [verdict for verdict in self.rows if not verdict.holds]

    def _column(self, column: int) -> str:
        letters = column_letters(column + 1)
        return f"${letters}${self.first + 1}:${letters}${self.first + len(self.rows)}"


def _of_model(plan: Plan) -> Iterator[Verdict]:
    """Every check of the model: n/a is nothing to check; an error is told where the errors of its sheet are told."""
    for check in plan.graph.checks:
        cells = plan.range_of(check.block.name, (check.block.name, check.name))
        cell = f"{cells.sheet}!{cells.cell()}"
        value = float(plan.solution.value(check.name, check.block.name))
        yield Verdict(
            check.label, check.note, f'IF(ISERROR({cell}),TRUE,OR({cell}=1,{cell}="n/a"))', value != value or value == 1
        )
