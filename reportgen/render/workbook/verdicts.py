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
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.verdict import Verdict, Written

LABEL, VERDICT, HELD, NOW, THEN = 0, 2, 4, 5, 6
"""Zero-based columns of the list: what must hold, does it, did it at delivery, the figure now, and at delivery."""
HEAD_ROWS = 5  # title, the line of every sheet, the count of verdicts, whether inputs are as delivered, headers
HOLD, WRONG = "All checks hold", "Figures do not hold: see Checks"
LASTING = "A check did not hold at delivery either: see Checks"
TYPED_OVER = "Verdicts on Checks are typed over and do not hold"
SINCE = ("inputs edited since delivery", "figures as delivered", "formulas changed since delivery")


@dataclass(frozen=True)
class Verdicts:
    """The list and what is said about it, before anything is written."""

    plan: Plan

    @cached_property
    def rows(self) -> tuple[Verdict, ...]:
        """Every verdict, in order."""
        plan = self.plan
        return (*cell_checks(plan), *typed_over(plan), *formulas_changed(plan), *_of_model(plan), *errors(plan))

    @property
    def top(self) -> int:
        """Zero-based row of the title: below what the model shows on the sheet."""
        return max(part.end[0] for part in self.plan.sheets[CHECKS]) + 1

    @property
    def first(self) -> int:
        """Zero-based row of the first verdict."""
        return self.top + HEAD_ROWS

    @property
    def line(self) -> Written:
        """The line of every sheet, as its own cell on Checks composes it."""
        shock = self.plan.input_ranges["Market", "active_shock"]
        cell = f"{shock.sheet}!{shock.cell()}"
        name = str(self.plan.solution.value("active_shock"))
        banner = f'IF({cell}="","","Shock active: "&{cell}&". ")'
        since = self._since
        told = f'IF({self._newly_wrong}>0,"{WRONG}",IF({self._wrong}>0,"{LASTING}","{HOLD}; "&{since}))'
        words = LASTING if self._failing else f"{HOLD}; {SINCE[1]}"
        return Written(f"{banner}&{told}", (f"Shock active: {name}. " if name else "") + words)

    @property
    def inputs(self) -> str:
        """The cell on Checks that is 1 while the inputs are as delivered."""
        return f"${column_letters(VERDICT + 1)}${self.top + 4}"

    @property
    def _since(self) -> str:
        """In words, what changed since delivery: nothing, an input, or figures although no input did."""
        figures = self.plan.range_of("market", ("market", "as_delivered")).cell()
        return f'IF({self.inputs}=0,"{SINCE[0]}",IF({figures}=1,"{SINCE[1]}","{SINCE[2]}"))'

    @property
    def status(self) -> Written:
        """The line as the other sheets look it up."""
        cell = f"{CHECKS}!${column_letters(VERDICT + 1)}${self.top + 2}"
        now, then = (f"{CHECKS}!{cell}" for cell in self._count)
        return Written(f'IFERROR(IF({now}={then},{cell},"{WRONG}"),"{WRONG}")', self.line.value)

    @property
    def formulas(self) -> tuple[str, float]:
        """The cells that must be formulas for the words to be true, and how many: the two lines, the verdicts."""
        first, last = column_letters(LABEL + 1), column_letters(VERDICT + 1)
        area = f"{CHECKS}!${first}${self.top + 2}:${last}${self.first + len(self.rows)}"
        return area, 2.0 + len(self.rows)

    @property
    def _count(self) -> tuple[str, str]:
        """The cells that count them, now and at delivery."""
        now, then = (f"${column_letters(column + 1)}${self.top + 3}" for column in (NOW, THEN))
        return now, then

    @property
    def instead(self) -> Mapping[Key, Written]:
        """Lines of the model that the file writes otherwise, as it has more checks than the model."""
        failing = self._failing
        words = "all checks hold"
        if failing:
            now = "" if failing[0].now is None else _found(failing[0].now.value)
            words = f"{len(failing)} of {len(self.rows)} checks do not hold: {failing[0].label}{now}"
        place = f"MATCH(0,{self._column(VERDICT)},0)"
        now = f"INDEX({self._column(NOW)},{place})"
        found = f'IFERROR(IF(OR({now}="",ISNUMBER({now})),""," ("&{now}&")"),"")'
        counted, given = self._count
        said = f'{self._wrong}&" of {len(self.rows)} checks do not hold: "&INDEX({self._column(LABEL)},{place})&{found}'
        return {
            ("market", "checks_failed"): Written(self._wrong, float(len(failing))),
            ("market", "edits"): Written(self._since, SINCE[1]),
            ("market", "master_check"): Written(
                f'IF({counted}<>{given},"{TYPED_OVER}",'
                f'IF({self._wrong}=0,"all checks hold",IFERROR({said},"checks do not hold: see below")))',
                words,
            ),
        }

    @cached_property
    def _failing(self) -> list[Verdict]:
        return [verdict for verdict in self.rows if not verdict.holds]

    @property
    def _wrong(self) -> str:
        return f"({len(self.rows)}-COUNTIF({self._column(VERDICT)},1))"

    @property
    def _newly_wrong(self) -> str:
        return f"SUMPRODUCT(({self._column(VERDICT)}<>1)*({self._column(HELD)}=1))"

    def _column(self, column: int) -> str:
        letters = column_letters(column + 1)
        return f"${letters}${self.first + 1}:${letters}${self.first + len(self.rows)}"


def _found(value: float | str) -> str:
    """What was found, where words say it: a bare count says nothing beside what must hold."""
    return f" ({value})" if value and isinstance(value, str) else ""


def _of_model(plan: Plan) -> Iterator[Verdict]:
    """Every check of the model: n/a is nothing to check; an error is told where the errors of its sheet are told."""
    for check in plan.graph.checks:
        cells = plan.range_of(check.block.name, (check.block.name, check.name))
        cell = f"{cells.sheet}!{cells.cell()}"
        value = float(plan.solution.value(check.name, check.block.name))
        yield Verdict(
            check.label, check.note, f'IF(ISERROR({cell}),TRUE,OR({cell}=1,{cell}="n/a"))', value != value or value == 1
        )
