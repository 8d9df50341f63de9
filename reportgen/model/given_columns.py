"""Columns of snapshots as they are told: no line makes them, but most are a line of the market in other cases."""

from __future__ import annotations

from reportgen.model.block import Given
from reportgen.model.graph import Graph, Key


def given_keys(graph: Graph) -> list[Key]:
    """Every column of every snapshot."""
    return [(block.name, name) for block in graph.blocks.values() for name in block.given]


def given_as(graph: Graph, key: Key) -> Given | None:
    """Label, unit and format of a column of a snapshot: as its block tells them, else those of the market's line."""
    block, line = graph.blocks[key[0]], graph.lines.get(("market", key[1]))
    if key[1] not in block.given:
        return None
    if key[1] in block.told or line is None:
        return block.told.get(key[1], Given(key[1].replace("_", " ").capitalize(), text=True))
    return Given(line.label, line.unit, line.number_format)


def given_meaning(graph: Graph, key: Key) -> str:
    """What a column of a snapshot holds; "" for a block that no sheet shows."""
    block, line = graph.blocks[key[0]], graph.lines.get(("market", key[1]))
    if key[1] in block.told or line is None:
        return next((section.help for section in graph.sections if section.block is block), "")
    return f"{line.note} Here solved in each case of the snapshot {block.title}."
