"""Ways to damage a workbook in its file: each changes its parts, and fails where there is nothing to change."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from tests.audit.small_book import COSTS, STYLES

Damage = Callable[[dict[str, bytes]], None]


def damaged(content: bytes, *damages: Damage) -> bytes:
    """A copy of a workbook whose parts were changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for damage in damages:
        damage(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return target.getvalue()


def swap(part: str, old: str, new: str) -> Damage:
    """Another text in a part; what is replaced must be there once."""

    def change(parts: dict[str, bytes]) -> None:
        text = parts[part].decode()
        assert text.count(old) == 1, f"{old} is there {text.count(old)} times in {part}"
        parts[part] = text.replace(old, new).encode()

    return change


def every(part: str, old: str, new: str) -> Damage:
    """Another text wherever it stands in a part."""

    def change(parts: dict[str, bytes]) -> None:
        text = parts[part].decode()
        assert old in text
        parts[part] = text.replace(old, new).encode()

    return change


def both(*damages: Damage) -> Damage:
    """One damage after the other."""

    def change(parts: dict[str, bytes]) -> None:
        for damage in damages:
            damage(parts)

    return change


def fits(part: str, pattern: str, new: str = "") -> Damage:
    """Another text (or none) for what fits a pattern, once."""

    def change(parts: dict[str, bytes]) -> None:
        text, count = re.subn(pattern, new, parts[part].decode(), flags=re.DOTALL)
        assert count == 1, f"{pattern} is there {count} times in {part}"
        parts[part] = text.encode()

    return change


def formula(part: str, cell: str, text: str) -> Damage:
    """Another formula in a cell that has one; it keeps its value and its look."""
    return fits(part, rf'(<c r="{cell}"[^>]*>)<f>[^<]*</f>', rf"\1<f>{text}</f>")


def margins(text: str) -> Damage:
    """Another formula for the margin of every operator, # for its column (@ for a #): it stays one formula a row."""
    return both(*(formula(COSTS, f"{letter}7", text.replace("#", letter).replace("@", "#")) for letter in "DEF"))


def style(part: str, cell: str, number: int) -> Damage:
    """Another of the styles that the workbook has."""
    return fits(part, rf'(<c r="{cell}") s="\d+"', rf'\1 s="{number}"')


def look(part: str, cell: str, kind: str, inside: str = "") -> Damage:
    """A new style for a cell: the attributes of its fonts and so on, and what stands inside it."""

    def change(parts: dict[str, bytes]) -> None:
        text = parts[STYLES].decode()
        head, cells, tail = re.split(r"(<cellXfs.*?)(?=</cellXfs>)", text, maxsplit=1, flags=re.DOTALL)
        number = cells.count("<xf ")
        parts[STYLES] = f"{head}{cells}<xf {kind}>{inside}</xf>{tail}".encode()
        style(part, cell, number)(parts)

    return change


def missing(name: str) -> Damage:
    """The file without a part."""

    def change(parts: dict[str, bytes]) -> None:
        del parts[name]

    return change


def added(name: str, text: str) -> Damage:
    """The file with one more part."""

    def change(parts: dict[str, bytes]) -> None:
        assert name not in parts
        parts[name] = text.encode()

    return change
