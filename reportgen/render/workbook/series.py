"""What goes into the cells of one line (or call-up): its words, its formula and its values, writer-agnostic."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from reportgen.formula.function_kinds import Kind
from reportgen.formula.tree import Call, Expression, Number, Previous, Scope, refs, walk
from reportgen.model.block import Line, ModelError
from reportgen.model.graph import Key
from reportgen.render.workbook.address import CellRange, FormulaPattern
from reportgen.render.workbook.input_formulas import as_read
from reportgen.render.workbook.layout import CallUp, Item, Part, key_of
from reportgen.render.workbook.number_formats import TEXT, TEXT_UNIT, field_format, line_format, shown_unit
from reportgen.render.workbook.page import NOT_AVAILABLE
from reportgen.render.workbook.places import Places
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.spare_rows import counting_line
from reportgen.sheets import Field

ROW = "row"
"""The unit of the number of a row."""


@dataclass(frozen=True)
class Series:
    """One row (across) or column (down) of a part: what it is called and what stands in its cells.

    `rest` is the one formula of all members; without it the values are written as they are, in the style of `role`.
    `absent`: the value in a spare row. `members`: how many have a cell, where not all of them do.
    """

    label: str
    unit: str
    note: str
    number_format: str
    role: str
    bold: bool
    values: Any
    rest: FormulaPattern | None
    absent: float = math.nan
    members: int | None = None

    def value(self, member: int) -> Any:
        """The value of a member's cell; spare rows come after the values."""
        return self.values[member] if member < len(self.values) else self.absent

    def formula(self, member: int) -> str | None:
        """The formula of a member's cell, or None for a plain value."""
        return None if self.rest is None else self.rest.at(member)


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
    return _given(plan, part, key, values)


def _line(plan: Plan, part: Part, line: Line) -> Series:
    key = part.block.name, line.name
    tree = plan.graph.trees[key]
    across = plan.range_of(part.block.name, key).across
    convention = isinstance(tree, Number) and not line.parameters
    listed = _is_list(tree) and not part.counted
    absent = math.nan
    rest: FormulaPattern | None = None
    if not (convention or listed):
        writer = plan.graph.writer(Places(plan, part.block.name, part.section.sheet))
        write: Callable[[Expression], str] = partial(writer.formula, row=_row(plan, part))
        running = next((item for item in walk(tree) if isinstance(item, Previous) and item.ref.key == key), None)
        if part.counted and key in plan.graph.calculated:
            absent, write = 0.0, partial(writer.formula, row=_row(plan, part), absent="0")
        elif part.counted and part.block.sources and running is not None:
            absent, write = _carried(plan, part, key, running)
        rest = FormulaPattern(write(tree), across)
    return Series(
        label=line.label,
        unit=shown_unit(line),
        note=line.note,
        number_format=line_format(line),
        role="convention" if convention else "text" if line.text else "line",
        bold=line.bold,
        values=plan.solution.columns[key],
        rest=rest,
        absent=absent,
    )


def _is_list(tree: Expression) -> bool:
    """True for a text that the number of the row alone names: a list of names is written as it is, without formulas."""
    return (
        isinstance(tree, Call) and tree.function.kind is Kind.NAMING and [ref.name for ref in refs(tree)] == ["number"]
    )


def _carried(plan: Plan, part: Part, key: Key, running: Previous) -> tuple[float, Callable[[Expression], str]]:
    """What a line that goes on from row to row is in a row that holds nothing: as it was before, so that it goes on.

    It starts at 0, which is what N makes of the heading above the first row.
    """
    places = Places(plan, part.block.name, part.section.sheet)
    if not isinstance(running.opening, Number) or running.opening.value != 0:
        raise ModelError(f"line {part.block.name}.{key[1]} goes on through rows that hold nothing: it must start at 0")
    values = plan.solution.columns[key]
    absent = f"N({places.cell(running.ref, back=1)})"
    write = partial(plan.graph.writer(places).formula, row=_row(plan, part), absent=absent)
    return float(values[-1] if len(values) else 0.0), write


def _row(plan: Plan, part: Part) -> str:
    """The cell with the number of the row, which is n/a where nothing is typed; "" where rows are always there."""
    return Places(plan, part.block.name, part.section.sheet).number() if part.counted else ""


def _call_up(plan: Plan, part: Part, item: CallUp) -> Series:
    source = plan.graph.blocks[item.key[0]]
    cells = plan.range_of(part.block.name, item.key)
    field = source.fields.get(item.key[1])
    values = plan.solution.columns[item.key]
    if item.owned:
        there = plan.range_of(source.name, item.key)
        text = _owned(plan, part, there, field)
        values = values[plan.solution.links[part.block.name]]
    else:
        there = plan.input_ranges[source.source_of(item.key[1]).name, item.key[1]]
        assert field is not None  # what is not taken from the owner is an input
        text = _listed(plan, part, there, field)
    label, unit, number_format = _words(plan, item.key, field)
    return Series(
        label=label,
        unit=unit,
        note=f"Called up from {there.sheet}.",
        number_format=number_format,
        role=_name_role(part)
        if item.key == (part.block.name, part.block.key)
        else "text"
        if field and not field.number
        else "line",
        bold=False,
        values=values,
        rest=FormulaPattern(text, cells.across),
    )


def _listed(plan: Plan, part: Part, there: CellRange, field: Field) -> str:
    """An input of the row of the list that the row's number counts."""
    row = _row(plan, part)
    cell = f"INDEX({there.whole_of(part.section.sheet)},{row})"
    return _unless_blank(row, as_read(cell, field, plan.default_cell(there.sheet, field.name)))


def _owned(plan: Plan, part: Part, there: CellRange, field: Field | None) -> str:
    """A figure of the owner, or an input of it that it does not call up."""
    linked = plan.range_of(part.block.name, (part.block.name, "owner_number"))
    row = linked.qualified(linked.moving(), part.section.sheet)
    text = f"INDEX({there.whole_of(part.section.sheet)},{row})"
    if field is not None and there in plan.input_ranges.values():
        text = as_read(text, field, plan.default_cell(there.sheet, field.name))
    return _unless_blank(_row(plan, part), text)


def _unless_blank(row: str, text: str) -> str:
    """The formula, n/a where the cell that numbers the row is."""
    return f'IF({row}="{NOT_AVAILABLE}","{NOT_AVAILABLE}",{text})'


def _name_role(part: Part) -> str:
    return "name" if part.across else "name_left"


def _words(plan: Plan, key: Key, field: Field | None) -> tuple[str, str, str]:
    if field is None:
        line = plan.graph.lines[key]
        return line.label, shown_unit(line), line_format(line)
    return field.label, shown_unit(field), field_format(field)


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
        unit=ROW,
        note=f"Row of the {block.owner.title[:-1].lower()} on its sheet; 0 in a row that holds nothing.",
        number_format="0",
        role="line",
        bold=False,
        values=plan.solution.columns[block.name, "owner_number"],
        rest=FormulaPattern(
            f'IF({_row(plan, part)}="{NOT_AVAILABLE}",0,MATCH({name},{keys.whole_of(sheet)},0))', cells.across
        ),
        absent=0.0,
    )


def in_error(plan: Plan, part: Part) -> Series:
    """The one cell beside the rows of a part that its owners add: it is in error when anything is that they add up."""
    block, sheet = part.block.name, part.section.sheet
    added = [ref.key for tree in plan.graph.trees.values() for ref in refs(tree)
             if ref.scope is Scope.MEMBERS and ref.block == block]  # fmt: skip
    columns = [plan.range_of(block, key).whole_of(sheet) for key in dict.fromkeys([(block, "owner_number"), *added])]
    return Series(
        label="In error",
        unit="number",
        note="0; an error where a row holds one: what adds these rows up adds this too.",
        number_format="0",
        role="number",
        bold=False,
        values=np.zeros(1),
        rest=FormulaPattern(f"0*SUM({','.join(columns)})", across=False),
        members=1,
    )


def _number(plan: Plan, part: Part, values: Any) -> Series:
    there = plan.range_of(part.block.name, (part.block.name, "number"))
    note = "Number of the row on its sheet."
    template = None
    if there.sheet != part.section.sheet:
        template = FormulaPattern(there.qualified(there.moving(), part.section.sheet), there.across)
    elif part.counted:
        template = FormulaPattern(_counted(plan, part), there.across)
    return Series("No.", ROW, note, "0", "number", False, values, template)


def _counted(plan: Plan, part: Part) -> str:
    """The number of a row where something is typed, or that is not beyond what its lists hold; n/a elsewhere."""
    place = plan.range_of(part.block.name, (part.block.name, "number")).place()
    if part.block.sources:
        columns = [plan.input_ranges[sheet.name, field.name] for sheet in part.block.sources for field in sheet.fields]
        listed = f"{columns[0].sheet}!{columns[0].cell()}:{columns[-1].last}"
        return f'IF(COUNTA(INDEX({listed},{place},0))=0,"{NOT_AVAILABLE}",{place})'
    count = plan.range_of("market", ("market", counting_line(plan.solution, part.block)))
    return f'IF(N({count.qualified(count.cell(), part.section.sheet)})<{place},"{NOT_AVAILABLE}",{place})'


def _given(plan: Plan, part: Part, key: Key, values: Any) -> Series:
    told = plan.graph.blocks[key[0]].told.get(key[1])
    if told is not None:
        role, number_format = (_name_role(part), TEXT) if told.text else ("snapshot", told.number_format)
        unit = told.unit or (TEXT_UNIT if told.text else "number")
        return Series(told.label, unit, "", number_format, role, False, values, None)
    line = plan.graph.lines.get(("market", key[1]))
    label = line.label if line else key[1].replace("_", " ").capitalize()
    unit = shown_unit(line) if line else TEXT_UNIT
    number_format = line_format(line) if line else TEXT
    role = "snapshot" if line else _name_role(part)
    return Series(label, unit, line.note if line else "", number_format, role, False, values, None)


def names_over(plan: Plan, part: Part) -> Series:
    """The names of the members on a later sheet: over the columns, or before them."""
    cells = plan.range_of(part.block.name, (part.block.name, part.block.key))
    return Series(
        label=plan.graph.blocks[part.block.name].fields[part.block.key].label,
        unit=TEXT_UNIT,
        note="",
        number_format="@",
        role=_name_role(part),
        bold=False,
        values=plan.solution.columns[part.block.name, part.block.key],
        rest=FormulaPattern(cells.qualified(cells.moving(), part.section.sheet), cells.across),
    )
