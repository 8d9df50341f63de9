"""The record of the market score: what followed, how well it tells times of stress, and a chart of all its weeks."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reportgen.model.record import Record, record
from reportgen.model.record_terms import AUC, BANDS, HIGHEST, Term
from reportgen.render.workbook.episode_rows import DAY, Cells, episode_rows
from reportgen.render.workbook.page import Page
from reportgen.render.workbook.paper import Area
from reportgen.render.workbook.plan import Plan
from reportgen.sheets import RISK_COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.workbook import Workbook

SHEET, TITLE = "Record", "Record of the market score"
SUMMARY = (
    "What followed the market score in this history, and the inversions of the hash ribbon: a snapshot. It describes "
    "stress and does not forecast."
)
NONE = "No market score: it needs 365 days of history, and a weight for miner_income, hash_ribbon or hash_drawdown."
NO_WINDOWS = "The sheet Stress_Windows is empty: the score is held against no times of stress."
COLUMNS = tuple((term.label, term.unit, term.number_format) for term in BANDS)
WEEKS = (("Week", "date", DAY), ("Market score", "0-100", "0.0"), ("In a stress window", "100 or 0", "0"))
WINDOWS = (("Window", "text", "@"), ("From", "date", DAY), ("To", "date", DAY), ("Highest score", "0-100", "0.0"))
FULL = 100  # height of the shade of a stress window: the top of the score's scale
FIRST_WEEK_COLUMN, HEADER = 9, 3
FIRST_WIDTH, WIDTH, HEADER_HEIGHT = 30.0, 15.0, 45
CHART_TITLE = "Market score by week, stress windows shaded"
CHART = {"width": 780, "height": 320}


def write_record(book: Workbook, page: Page, plan: Plan) -> None:
    """Write the table of bands, the windows, the episodes of the ribbon, and beside them the weeks and their chart."""
    widths = [FIRST_WIDTH, *[WIDTH] * (FIRST_WEEK_COLUMN + len(WEEKS) - 1)]
    page.title(TITLE, SUMMARY, widths)
    found = record(plan.solution) if ("days", "market_score") in plan.graph.lines else None
    scored = found if found is not None and found.weeks else None
    first = [*_bands(scored), {}, *_windows(scored)] if scored else [_words(NONE)]
    left, right = [*first, {}, *episode_rows(plan)], list(_weeks(scored)) if scored else []
    page.sheet.set_row(HEADER, HEADER_HEIGHT if scored else None)
    for row in range(max(len(left), len(right))):  # row after row: a large workbook is written as it is made
        for cells, start in ((left, 0), (right, FIRST_WEEK_COLUMN)):
            for column, (value, role, number_format) in (cells[row] if row < len(cells) else {}).items():
                write = page.text if isinstance(value, str) else page.value
                write(HEADER + row, start + column, value, role, number_format)
    below = HEADER + len(left) + 1
    if scored:
        chart = _chart(book, page, scored.weeks)
        page.sheet.insert_chart(below, 0, chart, {"description": f"{TITLE}: score and stress windows by week"})
        below += -(-CHART["height"] // page.sheet.default_row_height) + 1
    for column, width in enumerate(widths):
        page.sheet.set_column(column, column, width)
    page.keep(HEADER, 1)
    page.printed.area = Area(0, 0, below, len(BANDS) - 1)  # the weeks are drawn in the chart


def _heads(columns: tuple[tuple[str, str, str], ...]) -> tuple[Cells, Cells]:
    headers = {place: (header, "header", "General") for place, (header, _, _) in enumerate(columns)}
    return headers, {place: (unit, "header_unit", "General") for place, (_, unit, _) in enumerate(columns)}


def _words(text: str, role: str = "help") -> Cells:
    return {0: (text, role, "General")}


def _bands(found: Record) -> Iterator[Cells]:
    """The table of what followed."""
    yield from _heads(COLUMNS)
    for band in found.bands:
        values = asdict(band)
        yield {column: (values[term.name], "snapshot", term.number_format) for column, term in enumerate(BANDS)}
    spells = f"{found.weeks} weeks in {found.spells} separate spells: weeks of one spell are one case, not many. "
    yield _words(spells + "Each column counts the weeks whose horizon has passed.")


def _windows(found: Record) -> Iterator[Cells]:
    """How well the score tells the stress windows, and its highest in each."""
    yield _words("Held against the stress windows", "section")
    if not found.windows:
        yield _words(NO_WINDOWS)
        return
    labels = {item.name: f"{item.label} alone" for item in RISK_COMPONENTS} | {"market_score": "Market score"}
    yield _words("How often a week inside a window scores higher than one outside; 0.50 is chance.")
    for name, value in found.auc.items():
        yield _words(labels[name], "label") | _unit(AUC) | {2: (value, "snapshot", AUC.number_format)}
    yield _words(HIGHEST.label)
    yield from _heads(WINDOWS)
    for window in found.windows:
        yield {
            0: (window.window, "label", "General"),
            1: (window.start, "snapshot", DAY),
            2: (window.end, "snapshot", DAY),
            3: (window.highest, "snapshot", HIGHEST.number_format),
        }


def _unit(term: Term) -> Cells:
    return {1: (term.unit, "unit", "General")}


def _weeks(found: Record) -> Iterator[Cells]:
    yield from _heads(WEEKS)
    for date, score, inside in zip(found.dates, found.scores, found.within, strict=True):
        week: Cells = {0: (date, "snapshot", WEEKS[0][2]), 1: (score, "snapshot", WEEKS[1][2])}
        yield week | {2: (FULL if inside else 0, "snapshot", WEEKS[2][2])}


def _chart(book: Workbook, page: Page, weeks: int) -> Any:
    """The score as a line over its weeks, on columns without a gap that shade the stress windows."""
    colours, first, last = page.styles.colours, HEADER + 2, HEADER + 1 + weeks

    def area(column: int) -> list[Any]:
        return [SHEET, first, FIRST_WEEK_COLUMN + column, last, FIRST_WEEK_COLUMN + column]

    shade = book.add_chart({"type": "column"})
    shade.add_series({
        "name": "Stress windows", "categories": area(0), "values": area(2), "gap": 0,
        "fill": {"color": colours["line"]}, "border": {"none": True},
    })  # fmt: skip
    score = book.add_chart({"type": "line"})
    score.add_series({
        "name": "Market score", "categories": area(0), "values": area(1),
        "line": {"color": colours["accent"], "width": 1.5},
    })  # fmt: skip
    shade.combine(score)
    font = {"name": page.styles.font, "size": 9, "color": colours["ink"]}
    grid = {"visible": True, "line": {"color": colours["line"], "width": 0.5}}
    step = max(1, weeks // 8)
    shade.set_x_axis(
        {"num_format": "mmm yy", "num_font": font, "interval_unit": step, "interval_tick": step, "text_axis": True}
    )
    shade.set_y_axis({"min": 0, "max": FULL, "num_format": "0", "num_font": font, "major_gridlines": grid})
    shade.set_title({"name": CHART_TITLE, "overlay": False,
                     "name_font": {**font, "size": 12, "bold": True}})  # fmt: skip
    shade.set_legend({"position": "bottom", "font": font})
    shade.set_size(CHART)
    shade.show_na_as_empty_cell()
    return shade
