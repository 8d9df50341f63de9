"""What the parameters of a line stand for: a name → a reference, or a whole block."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from reportgen.formula.tree import Expression, FormulaError, Ref, Scope
from reportgen.model.block import Block, Line, may_be_blank

Texts = Mapping[str, bool]  # every column of a block: its name, and whether it holds texts


class Columns(Expression):
    """A whole block as a line sees it: its attributes are the block's columns."""

    def __init__(self, block: Block, texts: Texts, scope: Scope) -> None:
        self.block_name = block.name
        self._block, self._texts, self._scope = block, texts, scope

    def __getattr__(self, name: str) -> Ref:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._texts:
            near = did_you_mean(name, self._texts)
            raise FormulaError(f"asks for {self.block_name}.{name}, which is not there{near}")
        return _reference(self._block, name, self._scope, self._texts)


def column_names(block: Block, lines: Iterable[Line]) -> dict[str, bool]:
    """Every column of a block: name → whether it holds text."""
    names = {name: not field.number for name, field in block.fields.items()}
    names |= {name: name == block.given[0] or (name in block.told and block.told[name].text) for name in block.given}
    names |= {"number": False, "owner_number": False} if block.owner is not None else {"number": False}
    return names | {line.name: line.text for line in lines if line.block is block}


def argument(name: str, line: Line, blocks: Mapping[str, Block], columns: Mapping[str, Texts]) -> Expression:
    """What a parameter stands for; FormulaError, with what is near, for a name that is not there.

    First a column of the line's own block, then of the block that owns it, then of a one-row block, then a block.
    """
    block = line.block
    if name in columns[block.name]:
        field = block.fields.get(name)
        scope = Scope.ONE if block.one else Scope.WIDE if field is not None and field.wide else Scope.OWN
        return _reference(block, name, scope, columns[block.name])
    if block.owner is not None and name in columns[block.owner.name]:
        return _reference(block.owner, name, Scope.OWNER, columns[block.owner.name])
    for other in blocks.values():
        if other.one and name in columns[other.name]:
            return _reference(other, name, Scope.ONE, columns[other.name])
    if name in blocks:
        asked = blocks[name]
        scope = Scope.ONE if asked.one else Scope.MEMBERS if asked.owner is block else Scope.ALL
        return Columns(asked, columns[name], scope)
    ones = [column for other in blocks.values() if other.one for column in columns[other.name]]
    owners = list(columns[block.owner.name]) if block.owner is not None else []
    near = did_you_mean(name, [*columns[block.name], *owners, *ones, *blocks])
    raise FormulaError(f"asks for {name}, which is no input, line or block{near}")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint at the nearest known name, in brackets; nothing when none is near."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _reference(block: Block, name: str, scope: Scope, texts: Texts) -> Ref:
    field = block.fields.get(name)
    return Ref(block.name, name, scope, texts[name], field is not None and may_be_blank(field))
