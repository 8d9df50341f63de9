"""Blocks, the sections that show them, and the lines in them.

A block is a table whose rows share lines: the operators, the machines of a fleet, the days of the history. A section
is a part of one output sheet and the place where lines are declared:

    aisc = Section(operators, sheet="AISC", title="All-in sustaining cost")

    @aisc.line(unit="USD/month", layer=1)
    def electricity(energy, effective_power_price):
        \"\"\"Power bill of the fleet at the meter, overhead included.\"\"\"
        return energy * 1000 * effective_power_price
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from reportgen.inputs import Inputs
from reportgen.sheets import Field, Sheet

LineFunction = TypeVar("LineFunction", bound=Callable[..., Any])


class ModelError(Exception):
    """The declared lines do not make a model; the message names the line and says what to write."""


@dataclass(frozen=True)
class Given:
    """How a given column is told: unit and format; `text` for texts, `whole` for numbers that count or name rows."""

    label: str
    unit: str = ""
    number_format: str = ""
    text: bool = False
    whole: bool = False


@dataclass(frozen=True, eq=False)
class Block:
    """A table of the model.

    `sources`: the input sheets whose fields are its first columns (the market block takes two forms). `owner`: the
    block that its rows belong to, matched by the text field `owner_key`. `rows`: how many rows a block without a
    source has. `given`: columns that come from outside the lines, for a snapshot; the first, a text, names the row, and
    `told` says of the others what they are, unless they are called after a line of the market. `when_read`: its lines
    are computed when somebody reads one, as are those of a snapshot. Every block also has a column `number`: 1, 2 ...
    """

    name: str
    title: str
    sources: tuple[type[Sheet], ...] = ()
    owner: Block | None = None
    owner_key: str = ""
    rows: Callable[[Inputs], int] | None = None
    given: tuple[str, ...] = ()
    told: Mapping[str, Given] = field(default_factory=dict)
    when_read: bool = False

    @property
    def told_columns(self) -> tuple[str, ...]:
        """The columns of a snapshot that come from outside the lines, its numbers among them."""
        return (*self.given, "number") if self.given else ()

    @property
    def one(self) -> bool:
        """True for a block of one-value lines."""
        return bool(self.sources) and all(sheet.form for sheet in self.sources)

    @property
    def fields(self) -> dict[str, Field]:
        """The input fields of its sources, by name."""
        return {item.name: item for sheet in self.sources for item in sheet.fields}

    def source_of(self, name: str) -> type[Sheet]:
        """The input sheet that declares a field."""
        return next(sheet for sheet in self.sources if any(item.name == name for item in sheet.fields))

    @property
    def key(self) -> str:
        """The field that names a row: the key of its sheet, the second text of an owned block, else `number`."""
        for item in self.fields.values():
            if item.key:
                return item.name
        if self.owner is not None:
            return next(name for name, item in self.fields.items() if name != self.owner_key and not item.number)
        return "date" if "date" in self.fields else "number"


@dataclass(frozen=True, eq=False)
class Line:
    """One figure: its function is its formula, its docstring its meaning; `working`: a step of others."""

    name: str
    block: Block
    unit: str
    function: Callable[..., Any]
    meaning: str
    note: str
    label: str
    number_format: str = ""
    layer: int = 0
    subtotal: int = 0
    check: bool = False
    tally: bool = False
    text: bool = False
    bold: bool = False
    working: bool = False

    @property
    def claim(self) -> str:
        """What a check claims, to be read inside a sentence: "every day of the history has a row"."""
        told = self.note.partition(";")[0].rstrip(".")
        return told[:1].lower() + told[1:]

    @property
    def parameters(self) -> tuple[str, ...]:
        """What the line asks for, by name."""
        return tuple(inspect.signature(self.function).parameters)


@dataclass(frozen=True, eq=False)
class Section:
    """A part of an output sheet that shows lines of one block, in the order in which they are declared.

    `across`: rows of the block run across the columns of the sheet (the operators of AISC), else down its rows.
    """

    block: Block
    sheet: str
    title: str
    help: str = ""
    across: bool = False
    lines: list[Line] = field(default_factory=list)

    def line(
        self,
        unit: str,
        *,
        label: str = "",
        number_format: str = "",
        layer: int = 0,
        text: bool = False,
        bold: bool = False,
        working: bool = False,
    ) -> Callable[[LineFunction], LineFunction]:
        """Declare a line. `layer` puts a monthly cost into that layer of AISC, `number_format` is how it is shown.

        `working`: a step that keeps the formulas of other lines short; figures.json does without it.
        """
        options = {"layer": layer, "text": text, "bold": bold, "working": working}
        return self._declare(unit=unit, label=label, number_format=number_format, **options)

    def subtotal(
        self, unit: str, layer: int, *, label: str = "", number_format: str = ""
    ) -> Callable[[LineFunction], LineFunction]:
        """Declare the sum of a layer: the function gets the list of what is declared for it, credits negative."""
        return self._declare(unit=unit, label=label, number_format=number_format, subtotal=layer, bold=True)

    def check(self, *, label: str = "") -> Callable[[LineFunction], LineFunction]:
        """Declare a check: 1 holds, 0 does not, n/a when there is nothing to check.

        Its docstring begins with what must hold. The master check, the brief, the manifest and the terminal take it
        from the graph.
        """
        return self._declare(unit="0/1", label=label, number_format="0", check=True)

    def tally(
        self, unit: str, *, label: str = "", number_format: str = "", bold: bool = False
    ) -> Callable[[LineFunction], LineFunction]:
        """Declare a figure over all checks of the model: the function gets the list of them."""
        return self._declare(unit=unit, label=label, number_format=number_format, tally=True, bold=bold)

    def _declare(self, label: str, **options: Any) -> Callable[[LineFunction], LineFunction]:
        def declare(function: LineFunction) -> LineFunction:
            name = function.__name__
            meaning = inspect.cleandoc(function.__doc__ or "")
            self.lines.append(
                Line(
                    name=name,
                    block=self.block,
                    function=function,
                    meaning=meaning,
                    note=first_sentence(meaning),
                    label=label or name.replace("_", " ").capitalize(),
                    **options,
                )
            )
            return function

        return declare


def may_be_blank(field: Field) -> bool:
    """True for an input that is missing, not zero, when its cell is left blank."""
    return field.wide or (not field.required and field.default is None)


def first_sentence(text: str) -> str:
    """The first sentence of a docstring, on one line."""
    joined = " ".join(text.split("\n\n")[0].split())
    end = joined.find(". ")
    return joined if end < 0 else joined[: end + 1]
