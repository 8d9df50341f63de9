"""Columns beside the fields on Input_Checks that checks look at: what names may not hold, holidays, limits, steps.

A check that would be too long to read as one formula has its pieces here, a cell each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_addresses import column_letters
from reportgen.excel_dates import day, serial
from reportgen.inputs import OLDEST_FLOWS, OLDEST_HISTORY
from reportgen.render.workbook.fingerprints import WEIGHTS_COLUMN, copies
from reportgen.render.workbook.number_formats import TEXT, WHOLE
from reportgen.render.workbook.plan import INPUT_CHECKS, INPUT_HEADER, Plan, input_sheets
from reportgen.render.workbook.verdict import Written
from reportgen.sheets import TOTALS
from reportgen.trading_days import ONE_OFF, holidays

if TYPE_CHECKING:
    from reportgen.sheets import Field, Sheet

DATE = "yyyy-mm-dd"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _.-]*")
FIRST = INPUT_HEADER + 2
"""The first row below the headers, as Excel counts it."""
NO_BREAK_SPACE = "\u00a0"
SPACED = ("* ", " *", "*  *", f"*{NO_BREAK_SPACE}*")
PATTERNS = ("*~**", "*~?*", "*~~*", *SPACED)
"""As MATCH takes them: names that hold *, ? or ~, or spaces where no one sees them."""
SUMS = ("grand total", *sorted(TOTALS))
"""Names of a row of sums, whatever their case: a rebuild refuses them as operators."""
MOST_COMPARED = 100  # funds
ADDED_FUNDS = 5
"""Columns of funds beside those that were delivered that are looked at too."""
FEW_CHOICES = 3
"""Choices of a field that are counted in one formula."""
LIMITS = {"Network_History": OLDEST_HISTORY, "ETF_Flows": OLDEST_FLOWS}
Cell = Written | float | str


@dataclass(frozen=True)
class SideColumn:
    """A header and what stands below it: plain values, or formulas."""

    header: str
    cells: tuple[Cell, ...]
    letters: str
    number_format: str = WHOLE

    @property
    def whole(self) -> str:
        """All its cells, with the sheet in front."""
        return f"{INPUT_CHECKS}!${self.letters}${FIRST}:${self.letters}${FIRST + len(self.cells) - 1}"

    def cell(self, place: int) -> str:
        """One cell, with the sheet in front."""
        return f"{INPUT_CHECKS}!${self.letters}${FIRST + place}"


@dataclass
class SideColumns:
    """The columns of a workbook, in their order; a check asks for one by its header."""

    plan: Plan
    first: int = field(init=False)
    _made: list[SideColumn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first = WEIGHTS_COLUMN + 2 + sum(1 for _ in copies(self.plan))

    @cached_property
    def columns(self) -> tuple[SideColumn, ...]:
        """Every column; the first stands a blank column right of the copies."""
        self._names()
        self._choices()
        self._dates()
        self._windows()
        self._funds()
        return tuple(self._made)

    def find(self, header: str) -> SideColumn | None:
        """The column of that header; None where the workbook needs none."""
        return next((each for each in self.columns if each.header == header), None)

    def get(self, header: str) -> SideColumn:
        """The column of that header; KeyError where there is none."""
        found = self.find(header)
        if found is None:
            raise KeyError(header)
        return found

    def _add(self, header: str, cells: list[Cell], number_format: str = WHOLE) -> SideColumn:
        letters = column_letters(self.first + len(self._made) + 1)
        self._made.append(SideColumn(header, tuple(cells), letters, number_format))
        return self._made[-1]

    def _names(self) -> None:
        patterns = self._add(NOT_IN_NAMES, [*PATTERNS, *SUMS], TEXT)
        for sheet, each in named_fields(self.plan):
            whole = f"{sheet.name}!{self.plan.input_ranges[sheet.name, each.name].whole()}"
            most = len(patterns.cells) if each.key and sheet.name == "Operators" else len(PATTERNS)
            rows = range(FIRST, FIRST + most)
            self._add(
                bad_names(sheet, each),
                [Written(f"IFERROR(MATCH(${patterns.letters}{row},{whole},0),0)", 0.0) for row in rows],
            )

    def _choices(self) -> None:
        for sheet in input_sheets(self.plan.solution):
            for each in sheet.fields:
                if len(each.choices) > FEW_CHOICES and not sheet.private and not each.private:
                    cells = f"{sheet.name}!{self.plan.input_ranges[sheet.name, each.name].whole()}"
                    values = [str(value).casefold() for value in self._values(sheet, each.name)]
                    listed = self._add(f"{sheet.name}: {each.header}, choices", list(each.choices), TEXT)
                    counts = [float(values.count(choice.casefold())) for choice in each.choices]
                    self._add(
                        found_choices(sheet, each),
                        [
                            Written(f"COUNTIF({cells},${listed.letters}{row})", count)
                            for row, count in enumerate(counts, start=FIRST)
                        ],
                    )

    def _dates(self) -> None:
        self._add(LIMIT_OF, list(LIMITS), TEXT)
        self._add(LIMIT, [float(days) for days in LIMITS.values()])
        year = day(self.plan.solution.value("as_of")).year
        closed = sorted({each for known in range(year - 1, year + 3) for each in holidays(known)} | ONE_OFF)
        self._add(HOLIDAYS, [float(serial(each)) for each in closed], DATE)
        if "ETF_Flows" in self.plan.solution.inputs.tables:
            place = self.plan.input_ranges["ETF_Flows", "date"]
            values = np.nan_to_num(np.asarray(self._values(place.sheet, "date"), dtype=float))
            newest = np.maximum.accumulate(np.concatenate([values, np.zeros(place.members - len(values))]))
            self._so_far(f"{place.sheet}!{place.whole()}", newest)

    def _so_far(self, dates: str, newest: np.typing.NDArray[np.float64]) -> None:
        own, weight = column_letters(self.first + len(self._made) + 1), column_letters(WEIGHTS_COLUMN + 1)
        rows = range(FIRST, FIRST + len(newest))
        formulas = [f"MAX({own}{row - 1},INDEX({dates},${weight}{row}))" for row in rows]
        self._add(NEWEST, [Written(*each) for each in zip(formulas, map(float, newest), strict=True)], DATE)

    def _windows(self) -> None:
        if "Stress_Windows" not in self.plan.solution.inputs.tables:
            return
        places = [self.plan.input_ranges["Stress_Windows", name] for name in ("from", "to")]
        start, end = (f"{place.sheet}!{place.whole()}" for place in places)
        weight = column_letters(WEIGHTS_COLUMN + 1)
        known = list(zip(*(self._values("Stress_Windows", name) for name in ("from", "to")), strict=True))
        spare = places[0].members - len(known)
        twice = [float(known.count(each) - 1) for each in known] + [0.0] * spare
        self._add(
            TWICE,
            [
                Written(
                    f"MAX(0,COUNTIFS({start},INDEX({start},${weight}{row}),{end},INDEX({end},${weight}{row}))-1)", value
                )
                for row, value in enumerate(twice, start=FIRST)
            ],
        )

    def _funds(self) -> None:
        """For each column of a fund how often its heading stands, and the sum of its flows; 0 where there is none."""
        for sheet, each, heads in fund_columns(self.plan):
            flows = f"{sheet.name}!{self.plan.input_ranges[sheet.name, each.name].whole()}"
            weight = column_letters(WEIGHTS_COLUMN + 1)
            names = [name.casefold() for name in self.plan.solution.inputs.tables[sheet.name].wide[each.name]]
            sums = np.nan_to_num(self.plan.solution.inputs.tables[sheet.name].columns[each.name]).sum(axis=0)
            rows = range(FIRST, FIRST + min(len(names), MOST_COMPARED) + ADDED_FUNDS)
            counts = [float(names.count(name)) for name in names[:MOST_COMPARED]] + [0.0] * ADDED_FUNDS
            totals = [*map(float, sums[:MOST_COMPARED]), *[0.0] * ADDED_FUNDS]
            over = f"IF(${weight}%d>COLUMNS({heads}),0,"
            if counted_apart(names):
                self._add(
                    HEADINGS,
                    [
                        Written(f"{over % row}COUNTIF({heads},INDEX({heads},1,${weight}{row})))", count)
                        for row, count in zip(rows, counts, strict=True)
                    ],
                )
            self._add(
                FLOWS,
                [
                    Written(f"{over % row}SUM(INDEX({flows},0,${weight}{row})))", total)
                    for row, total in zip(rows, totals, strict=True)
                ],
                "General",
            )

    def _values(self, sheet: type[Sheet] | str, name: str) -> list[float | str]:
        table = sheet if isinstance(sheet, str) else sheet.name
        return list(self.plan.solution.inputs.tables[table].columns[name])


NOT_IN_NAMES, HOLIDAYS, NEWEST, TWICE = (
    "Not in a name",
    "Holidays of the US exchanges, by their rules (date)",
    "ETF_Flows: newest day so far (date)",
    "Stress_Windows: the same again (rows)",
)
LIMIT_OF, LIMIT = "Limit for the newest row of", "Its age (days, of flows trading days)"
HEADINGS, FLOWS = "ETF_Flows: headings alike (columns)", "ETF_Flows: sum of the column (USD million)"


def counted_apart(names: Sequence[str]) -> bool:
    """True for names that COUNTIF takes letter by letter, no two of them the same."""
    distinct = len({name.casefold() for name in names}) == len(names)
    return distinct and all(_PLAIN.fullmatch(name) for name in names)


def named_fields(plan: Plan) -> Iterator[tuple[type[Sheet], Field]]:
    """Every field of names on the sheets that are sent."""
    for sheet in input_sheets(plan.solution):
        for each in sheet.fields if not sheet.private else ():
            if (each.key or each.of) and not each.private and not each.choices:
                yield sheet, each


def bad_names(sheet: type[Sheet], each: Field) -> str:
    """The header of the column that looks for names that are not plain: where the first one of a kind stands, or 0."""
    return f"{sheet.name}: {each.header}, first bad name (row)"


def found_choices(sheet: type[Sheet], each: Field) -> str:
    """The header of the column that counts each choice of a field."""
    return f"{sheet.name}: {each.header}, found (cells)"


def fund_columns(plan: Plan) -> Iterator[tuple[type[Sheet], Field, str]]:
    """Sheet, field and headings of the columns with names of their own, where there are any."""
    for sheet in input_sheets(plan.solution):
        for each in sheet.fields if not sheet.private and not sheet.form else ():
            if each.wide and plan.solution.inputs.tables[sheet.name].wide[each.name]:
                cells, row = plan.input_ranges[sheet.name, each.name], INPUT_HEADER + 1
                left, right = (column_letters(cells.fixed + place) for place in (1, cells.width))
                yield sheet, each, f"{sheet.name}!${left}${row}:${right}${row}"
