"""What goes into the cells of one line (or call-up): its words, its formula and its values, writer-agnostic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportgen.formula.excel import Writer, opened
from reportgen.formula.tree import Expression, Number, Previous, Ref, Scope, Trailing, walk
from reportgen.model.block import Line
from reportgen.model.graph import Key
from reportgen.render.workbook.address import CellRange, FormulaPattern
from reportgen.render.workbook.layout import CallUp, Item, Part, key_of
from reportgen.render.workbook.number_formats import TEXT, field_format, line_format
from reportgen.render.workbook.page import NOT_AVAILABLE
from reportgen.render.workbook.plan import Plan
from reportgen.sheets import Field, Kind


@dataclass(frozen=True)
class Series:
    """One row (across) or column (down) of a part: what it is called and what stands in its cells.

    `first` are the formulas of the leading members where they differ from `rest` (None: the text n/a); with no
    formula at all the values are written as they are, in the style of `role`.
    """

    label: str
    unit: str
    note: str
    number_format: str
    role: str
    bold: bool
    values: Any
    rest: FormulaPattern | None
    first: tuple[FormulaPattern | None, ...] = ()

    def formula(self, member: int) -> str | None:
        """The formula of a member's cell, or None for a plain value."""
        template = self.first[member] if member < len(self.first) else self.rest
        return None if template is None else template.at(member)


@dataclass(frozen=True)
class Places:
    """The addresses that a line of one block sees from the sheet that it stands on."""

    plan: Plan
    block: str
    sheet: str

    def cell(self, ref: Ref, back: int = 0) -> str:
        """One value, or the asking row's own."""
        if ref.scope is Scope.ONE:
            if ref.name in self.plan.graph.blocks[ref.block].fields:
                return ref.name  # a one-value input goes by its name
            return self._qualified(self._range(ref), self._range(ref).cell())
        cells = self._range(ref)
        return self._qualified(cells, cells.moving(back))

    def window(self, ref: Ref, length: int) -> str:
        """The last cells of a column."""
        return self._qualified(self._range(ref), self._range(ref).window(length))

    def column(self, ref: Ref) -> str:
        """A whole column, or the wide columns of this row."""
        cells = self._range(ref)
        return self._qualified(cells, cells.row_of_wide() if ref.scope is Scope.WIDE else cells.whole())

    def so_far(self, ref: Ref) -> str:
        """The cells up to this row."""
        return self._qualified(self._range(ref), self._range(ref).so_far())

    def owner_numbers(self, block: str) -> str:
        """The owner's number beside each row of a block."""
        cells = self.plan.range_of(block, (block, "owner_number"))
        return self._qualified(cells, cells.whole())

    def number(self) -> str:
        """This row's number."""
        cells = self.plan.range_of(self.block, (self.block, "number"))
        return self._qualified(cells, cells.moving())

    def _range(self, ref: Ref) -> CellRange:
        asking = self.block if ref.scope is Scope.OWNER else ref.block
        return self.plan.range_of(asking, ref.key)

    def _qualified(self, cells: CellRange, text: str) -> str:
        return cells.qualified(text, self.sheet)


def series(plan: Plan, part: Part, item: Item) -> Series:
    """The cells of one item of a part."""
    if isinstance(item, Line):
        return _line(plan, part, item)
    if isinstance(item, CallUp):
        return _call_up(plan, part, item)
    if item == "owner_number":
        return _owner_number(plan, part)
    key = key_of(item, part.block)
    values = plan.solution.columns[key]
    if item == "number":
        return _number(plan, part, values)
    return _given(plan, key, values)


def _line(plan: Plan, part: Part, line: Line) -> Series:
    tree = plan.graph.trees[part.block.name, line.name]
    places = Places(plan, part.block.name, part.section.sheet)
    across = plan.range_of(part.block.name, (part.block.name, line.name)).across
    convention = isinstance(tree, Number) and not line.parameters
    rest, first = (None, ()) if convention else _formulas(tree, plan.graph.writer(places), across)
    return Series(
        label=line.label,
        unit=line.unit,
        note=line.note,
        number_format=line_format(line),
        role="convention" if convention else "text" if line.text else "line",
        bold=line.bold,
        values=plan.solution.columns[part.block.name, line.name],
        rest=rest,
        first=first,
    )


def _formulas(
    tree: Expression, writer: Writer, across: bool
) -> tuple[FormulaPattern, tuple[FormulaPattern | None, ...]]:
    rest = FormulaPattern(writer.formula(tree), across)
    nodes = list(walk(tree))
    longest = max((item.length for item in nodes if isinstance(item, Trailing)), default=1)
    if longest > 1:
        return rest, (None,) * (longest - 1)
    if any(isinstance(item, Previous) for item in nodes):
        return rest, (FormulaPattern(writer.formula(opened(tree)), across),)
    return rest, ()


def _call_up(plan: Plan, part: Part, item: CallUp) -> Series:
    sheet, block = part.section.sheet, part.block
    source = plan.graph.blocks[item.key[0]]
    values = plan.solution.columns[item.key]
    cells = plan.range_of(block.name, item.key)
    number = plan.range_of(block.name, (block.name, "number"))
    if item.owned:
        there = plan.range_of(source.name, item.key)
        linked = plan.range_of(block.name, (block.name, "owner_number"))
        text = f"INDEX({there.qualified(there.whole(), sheet)},{linked.qualified(linked.moving(), sheet)})"
        values = values[plan.solution.links[block.name]]
    else:
        there = plan.input_ranges[source.source_of(item.key[1]).name, item.key[1]]
        text = (
            f"INDEX({there.qualified(there.whole(), sheet)},{number.qualified(number.moving(), sheet)})"
            if cells.across
            else there.qualified(there.moving(), sheet)
        )
    field = source.fields.get(item.key[1])
    if field is not None and not field.number and item.key != (block.name, block.key):
        text = f'{text}&""'  # a blank text that is called up would be 0
    if field is not None and field.kind is Kind.YES_NO:
        text = f'IF({text}="yes",1,0)'
    if plan.graph.may_be_missing(item.ref) and field is not None:
        text = f'IF({text}="","{NOT_AVAILABLE}",{text})'
    label, unit, number_format = _words(plan, item.key, field)
    return Series(
        label=label,
        unit=unit,
        note=f"Called up from {there.sheet}.",
        number_format=number_format,
        role=_name_role(part)
        if item.key == (block.name, block.key)
        else "text"
        if field and not field.number
        else "line",
        bold=False,
        values=values,
        rest=FormulaPattern(text, cells.across),
    )


def _name_role(part: Part) -> str:
    return "name" if part.across else "name_left"


def _words(plan: Plan, key: Key, field: Field | None) -> tuple[str, str, str]:
    if field is None:
        line = plan.graph.lines[key]
        return line.label, line.unit, line_format(line)
    return field.label, field.unit, field_format(field)


def _owner_number(plan: Plan, part: Part) -> Series:
    block = part.block
    assert block.owner is not None  # only an owned block has the column
    keys = plan.input_ranges[block.owner.sources[0].name, block.owner.key]
    own = plan.range_of(block.name, (block.name, block.owner_key))
    cells = plan.range_of(block.name, (block.name, "owner_number"))
    sheet = part.section.sheet
    name = own.qualified(own.moving(), sheet)
    return Series(
        label=f"{block.owner.title[:-1]} no.",
        unit="",
        note=f"Row of the {block.owner.title[:-1].lower()} on its sheet.",
        number_format="0",
        role="line",
        bold=False,
        values=plan.solution.columns[block.name, "owner_number"],
        rest=FormulaPattern(
            f'IFERROR(MATCH({name},{keys.qualified(keys.whole(), sheet)},0),"{NOT_AVAILABLE}")', cells.across
        ),
    )


def _number(plan: Plan, part: Part, values: Any) -> Series:
    there = plan.range_of(part.block.name, (part.block.name, "number"))
    elsewhere = there.sheet != part.section.sheet
    template = FormulaPattern(there.qualified(there.moving(), part.section.sheet), there.across) if elsewhere else None
    return Series("No.", "", "Number of the row on its sheet.", "0", "number", False, values, template)


def _given(plan: Plan, key: Key, values: Any) -> Series:
    told = plan.graph.blocks[key[0]].told.get(key[1])
    if told is not None:
        role, number_format = ("name_left", TEXT) if told.text else ("snapshot", told.number_format)
        return Series(told.label, told.unit, "", number_format, role, False, values, None)
    line = plan.graph.lines.get(("market", key[1]))
    label = line.label if line else key[1].replace("_", " ").capitalize()
    unit = line.unit if line else ""
    number_format = line_format(line) if line else TEXT
    role = "snapshot" if line else "name_left"
    return Series(label, unit, line.note if line else "", number_format, role, False, values, None)


def names_over(plan: Plan, part: Part) -> Series:
    """The names of the members on a later sheet: over the columns, or before them."""
    cells = plan.range_of(part.block.name, (part.block.name, part.block.key))
    return Series(
        label=plan.graph.blocks[part.block.name].fields[part.block.key].label,
        unit="",
        note="",
        number_format="@",
        role=_name_role(part),
        bold=False,
        values=plan.solution.columns[part.block.name, part.block.key],
        rest=FormulaPattern(cells.qualified(cells.moving(), part.section.sheet), cells.across),
    )
