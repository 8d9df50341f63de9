"""The figures of every chart, read again from the finished slides and held against those of the brief."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from typing import Any

from reportgen.problems import CheckError
from reportgen.render.office.native import FIRST_DAY, Days, Grid, Native, Plane

TOLERANCE = 1e-9


def insist(content: bytes, wanted: Sequence[tuple[Native, ...]], before: int) -> None:
    """CheckError when a slide does not hold the figures of its charts; `before` slides have none."""
    import pptx

    made = list(pptx.Presentation(io.BytesIO(content)).slides)[before:]
    if len(made) != len(wanted):
        raise CheckError(f"the slides hold {len(made)} charts and not {len(wanted)}; nothing was delivered")
    for number, (slide, natives) in enumerate(zip(made, wanted, strict=True), start=before + 1):
        found = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        if len(found) != len(natives) or not all(map(_same, found, natives)):
            raise CheckError(f"slide {number} does not hold the figures of its chart; nothing was delivered")


def _same(shape: Any, native: Native) -> bool:
    if isinstance(native, Grid):
        held = [[cell.text for cell in row.cells] for row in shape.table.rows] if shape.has_table else []
        return held == [
            [native.corner, *native.across],
            *([n, *r] for n, r in zip(native.down, native.texts, strict=True)),
        ]
    return shape.has_chart and _agree(list(_held(shape.chart, native)), list(_meant(native)))


def _held(chart: Any, native: Native) -> Iterator[tuple[str, list[Any]]]:
    """The name and figures of each series, as the file has them."""
    for series in chart.plots[0].series:
        if isinstance(native, Plane):
            across = [float(each.text) for each in series._element.xpath("./c:xVal//c:pt/c:v")]
            yield series.name, [value for point in zip(across, series.values, strict=True) for value in point]
        else:
            yield series.name, list(series.values)
    if not isinstance(native, Plane):
        yield "categories", [str(each) for each in chart.plots[0].categories]


def _meant(native: Native) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(native, Plane):
        for path in native.paths:
            yield path.name, [value for point in path.points for value in point]
    elif not isinstance(native, Grid):
        for series in native.series:
            yield series.name, list(series.values)
        days = native.days if isinstance(native, Days) else ()
        yield "categories", [f"{(day - FIRST_DAY).days}.0" for day in days] or list(getattr(native, "categories", ()))


def _agree(held: list[tuple[str, list[Any]]], meant: list[tuple[str, list[Any]]]) -> bool:
    return [name for name, _ in held] == [name for name, _ in meant] and all(
        len(one) == len(other) and all(map(_equal, one, other))
        for (_, one), (_, other) in zip(held, meant, strict=True)
    )


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=0)
    return bool(one == other)
