"""What is known of every column before anything is computed: whether it can be n/a, and how exact it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from reportgen.formula.exactness import Exactness, examined
from reportgen.formula.nullable import can_be_missing
from reportgen.formula.tree import Expression, Ref
from reportgen.model.block import Block, may_be_blank
from reportgen.model.calculation_order import Key, Step
from reportgen.sheets import Field, Kind


def nullable(blocks: Mapping[str, Block], trees: Mapping[Key, Expression]) -> frozenset[Key]:
    """The columns that can hold n/a."""
    found = {key for key, field in _fields(blocks) if field.number and may_be_blank(field)}
    found |= {(block.name, name) for block in blocks.values() for name in block.given[1:]}

    def missing(ref: Ref) -> bool:
        return ref.key in found

    while more := {key for key, tree in trees.items() if key not in found and can_be_missing(tree, missing)}:
        found |= more
    return frozenset(found)


def exactness(blocks: Mapping[str, Block], trees: Mapping[Key, Expression], order: Iterable[Step]) -> Exactness:
    """How exact every column is: inputs as typed, and the lines that are built on them."""
    inputs = dict(_fields(blocks))
    numbered = {(block, name) for block in blocks for name in ("number", "owner_number")}
    told = {(block.name, name) for block in blocks.values() for name in block.given[1:]}
    whole = {key for key, field in inputs.items() if field.whole or field.kind in (Kind.DATE, Kind.YES_NO)} | numbered
    whole |= {(block.name, name) for block in blocks.values() for name, given in block.told.items() if given.whole}
    bounds = {key: _bounds(field) for key, field in inputs.items()} | dict.fromkeys(numbered, (1.0, math.inf))
    known = Exactness(whole, set(inputs) | told | numbered, set(), bounds)
    return examined({key: trees[key] for step in order for key in step}, known)


def _fields(blocks: Mapping[str, Block]) -> Iterator[tuple[Key, Field]]:
    return (((block.name, name), field) for block in blocks.values() for name, field in block.fields.items())


def _bounds(field: Field) -> tuple[float, float]:
    if field.kind in (Kind.DATE, Kind.YES_NO):
        return 0.0, math.inf
    least = field.above if field.least is None else field.least
    return -math.inf if least is None else least, math.inf if field.most is None else field.most
