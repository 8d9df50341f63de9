"""Spoils small workbooks at random, the same way for the same number: cells, rows, columns, XML, bytes."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from tests.intake.raw_xlsx import Dialect, Formula, Raw, parts, zipped
from tests.intake.workbooks import Grid, small

TEXTS = (
    *(
        "",
        " ",
        "n/a",
        "-",
        "1,234",
        "12%",
        "(95.1)",
        "1e5",
        "\u00a0",
        "=1+1",
        "#REF!",
        "#N/A",
        "\u202eabc",
        "a" * 40_000,
    ),
    *(
        "../../etc",
        "<b>x</b>",
        "&amp;",
        "yes",
        "all",
        ";",
        ";;",
        "*",
        "~?",
        "Alpha",
        "alpha ",
        "05/12/2025",
        "31 Feb 2025",
    ),
)
NUMBERS = (0, -0.0, 1, -1, 0.5, 1e-300, 1e300, -1e300, 5e-324, 2**53, 45_996, 1e9, 0.1 + 0.2, True, False)
DAYS = (dt.date(1999, 1, 1), dt.date(2099, 1, 1), dt.date(2025, 12, 6))
FORMULAS = (Formula("A1"), Formula("NOW()", 45_996.5), Formula("1/0", "#DIV/0!"))
STRANGE = (
    *(Raw(' t="e"', "<v></v>"), Raw(' t="s"', "<v>-1</v>"), Raw(' t="s"', "<v>99999999999</v>")),
    *(Raw(' t="b"', "<v>maybe</v>"), Raw(' t="zz"', "<v>1</v>"), Raw("", "<v>nan</v>"), Raw("", "<v>1e400</v>")),
    *(
        Raw(' t="inlineStr"', ""),
        Raw(' t="d"', "<v>x</v>"),
        Raw(' s="77"', "<v>5</v>"),
        Raw(' s="1"', "<v>-700000</v>"),
    ),
    *(Raw(' s="1"', "<v>1e15</v>"), Raw(' r="ZZZZ9"', "<v>3</v>"), Raw(' t="str"', "<v>_x0000_</v>")),
    *(Raw(' t="str"', "<v>_xFFFF_</v>"), Raw("", "<v>1</v><v>2</v>"), Raw("", "<f/>")),
)
ODD: tuple[Any, ...] = (None, *TEXTS, *NUMBERS, *DAYS, *FORMULAS, *STRANGE)


def mutant(number: int) -> bytes:
    """The bytes of a spoiled workbook; the same for the same number."""
    chance = random.Random(number)
    kind = number % 4
    if kind < 2:
        grid = small()
        for _ in range(chance.choice((1, 1, 2, 3, 8))):
            chance.choice(GRID_DAMAGE)(grid, chance)
        return zipped(parts(grid, _dialect(chance)))
    made: dict[str, str | bytes] = dict(parts(small(), _dialect(chance)))
    if kind == 2:
        for _ in range(chance.choice((1, 1, 2, 5))):
            name = chance.choice(list(made))
            content = made[name]
            made[name] = damaged(content.encode() if isinstance(content, str) else content, chance)
        return zipped(made)
    return damaged(zipped(made), chance)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The bytes with one piece changed, cut, doubled or moved."""
    if not content:
        return b"\x00"
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.choice((1, 1, 2, 4, 16, 200)))
    way = chance.randrange(6)
    if way == 0:
        return content[:start] + bytes(chance.randrange(256) for _ in range(end - start)) + content[end:]
    if way == 1:
        return content[:start] + content[end:]
    if way == 2:
        return content[:end] + content[start:]
    if way == 3:
        return content[:start]
    if way == 4:
        flipped = content[start] ^ (1 << chance.randrange(8))
        return content[:start] + bytes([flipped]) + content[start + 1 :]
    other = chance.randrange(len(content))
    return content[:start] + content[other : other + end - start] + content[end:]


def _dialect(chance: random.Random) -> Dialect:
    def coin() -> bool:
        return chance.random() < 0.5

    return Dialect(coin(), coin(), coin(), "x" if coin() else "", coin(), coin(), coin())


def _sheet(grid: Grid, chance: random.Random) -> list[list[Any]]:
    return grid[chance.choice([name for name, rows in grid.items() if rows] or list(grid))]


def _swap_cell(grid: Grid, chance: random.Random) -> None:
    rows = _sheet(grid, chance)
    row = chance.choice(rows or [[None]])
    if row:
        row[chance.randrange(len(row))] = chance.choice(ODD)


def _drop_row(grid: Grid, chance: random.Random) -> None:
    rows = _sheet(grid, chance)
    if rows:
        del rows[chance.randrange(len(rows))]


def _double_row(grid: Grid, chance: random.Random) -> None:
    rows = _sheet(grid, chance)
    if rows:
        rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(rows)))


def _drop_column(grid: Grid, chance: random.Random) -> None:
    rows = _sheet(grid, chance)
    column = chance.randrange(max((len(row) for row in rows), default=1) or 1)
    for row in rows:
        del row[column : column + 1]


def _double_column(grid: Grid, chance: random.Random) -> None:
    rows = _sheet(grid, chance)
    column = chance.randrange(max((len(row) for row in rows), default=1) or 1)
    for row in rows:
        row[column:column] = row[column : column + 1]


def _swap_columns(grid: Grid, chance: random.Random) -> None:
    rows = _sheet(grid, chance)
    width = min((len(row) for row in rows), default=0)
    if width > 1:
        one, other = chance.sample(range(width), 2)
        for row in rows[chance.randrange(2) :]:
            row[one], row[other] = row[other], row[one]


def _spoil_column(grid: Grid, chance: random.Random) -> None:
    rows = _sheet(grid, chance)
    column, value = chance.randrange(max((len(row) for row in rows), default=1) or 1), chance.choice(ODD)
    for row in rows[1:]:
        row[column : column + 1] = [value]


def _drop_sheet(grid: Grid, chance: random.Random) -> None:
    if len(grid) > 1:
        del grid[chance.choice(list(grid))]


def _rename_sheet(grid: Grid, chance: random.Random) -> None:
    name = chance.choice(list(grid))
    grid[chance.choice((name.upper(), name + " ", name + "2", "x" * 40))] = grid.pop(name)


def _shift_down(grid: Grid, chance: random.Random) -> None:
    rows = _sheet(grid, chance)
    rows[:0] = [[chance.choice(ODD)] for _ in range(chance.choice((1, 2, 40)))]


GRID_DAMAGE: tuple[Callable[[Grid, random.Random], None], ...] = (
    _swap_cell, _swap_cell, _swap_cell, _swap_cell, _drop_row, _double_row, _drop_column, _double_column, _swap_columns,
    _spoil_column, _drop_sheet, _rename_sheet, _shift_down,
)  # fmt: skip
