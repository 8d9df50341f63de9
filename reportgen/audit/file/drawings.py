"""Charts and pictures on a sheet: their alternative texts, the cells that they cover, where a chart's figures stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from reportgen.audit.file.archive import Archive
from reportgen.audit.file.elements import Element
from reportgen.audit.file.sheet import Area, Picture

_FORMULA = re.compile(rb"<(?:\w+:)?f>([^<]+)</")
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


def pictures_of(archive: Archive, part: str) -> Iterator[Picture]:
    """Everything that is drawn on a sheet."""
    links = archive.links(part)
    for anchor in archive.tree(part).children:
        if anchor.tag not in _ANCHORS:
            continue
        told = next(anchor.within("cNvPr"), None)
        chart = next((each.get("id") for each in anchor.within("chart") if each.get("id")), "")
        link = links.get(chart)
        references = _references(archive.read(link.target)) if link and archive.has(link.target) else ()
        yield Picture(
            "chart" if chart else "picture",
            told.get("name") if told else "",
            told.get("descr") if told else "",
            _area(anchor),
            references,
        )


def _references(chart: bytes) -> tuple[str, ...]:
    """The cells that a chart draws, from its text: nothing else of its thousands of tags is asked for."""
    return tuple(unescape(text.decode("utf-8", "replace")) for text in _FORMULA.findall(chart))


def _area(anchor: Element) -> Area | None:
    first, last = anchor.first("from"), anchor.first("to")
    if first is None or last is None:
        return None
    return Area(_place(first, "row"), _place(first, "col"), _place(last, "row"), _place(last, "col"))


def _place(corner: Element, tag: str) -> int:
    found = corner.first(tag)
    return int(found.text) + 1 if found is not None and found.text.isdecimal() else 1
