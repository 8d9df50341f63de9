"""reportgen record: what followed the market score, and how well it tells times of stress."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli.finding import inputs_to_look_at
from reportgen.cli.speaking import counted, one_line, say

if TYPE_CHECKING:
    from reportgen.model.record import Band, Record
    from reportgen.model.solve import Solution

CAUTION = (
    "It describes stress that was there. It does not forecast: a score says nothing of what will come, and weeks of "
    "one spell are one case, not many."
)
HEADS = (
    ("Score", ""),
    ("Weeks", ""),
    ("Spells", ""),
    ("Price, 90 days", "later (median)"),
    ("Weeks with a", "higher price"),
    ("Lowest price in", "90 days (median)"),
    ("Hash rate 5% or", "more lower, 30 days"),
)
NAMES = {
    "market_score": "Market score",
    "miner_income": "Miner income alone",
    "hash_ribbon": "Hash ribbon alone",
    "hash_drawdown": "Hash rate drawdown alone",
}


@click.command("record", short_help="Say what followed the market score in the past.")
@click.argument("workbook", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, at full precision.")
def recorded(workbook: str, as_json: bool) -> None:
    """Say what followed the market score in the history of WORKBOOK, and how it stands to its stress windows.

    The market score is the part of the risk score that price and network alone make up. It is sampled weekly, back
    from the newest day of Network_History.
    """
    import reportgen
    from reportgen.model.record import record

    solution = reportgen.solve(inputs_to_look_at(workbook))
    if as_json:
        import json

        from reportgen.deliver.figures import known, record_figures
        from reportgen.excel_dates import iso_day

        names = ("market_score", "market_score_percentile", "days_scored")
        today = {name: known(solution.number(name)) for name in names}
        say(json.dumps({"as_of": iso_day(solution.number("as_of")), **today, **record_figures(solution)}, indent=2))
        return
    for text in told(solution, record(solution)):
        say(one_line(text))


def told(solution: Solution, found: Record) -> list[str]:
    """The record as lines of text."""
    if not found.weeks:
        return [
            "There is no market score: it needs 365 days of Network_History, and a weight on the sheet Risk for "
            "miner_income, hash_ribbon or hash_drawdown."
        ]
    return [*_today(solution), "", *_table(found), "", *_windows(found), "", CAUTION]


def _today(solution: Solution) -> list[str]:
    from reportgen.excel_dates import iso_day

    day, days = iso_day(solution.number("last_history_day")), int(solution.number("days_scored"))
    score, share = solution.number("market_score"), solution.number("market_score_percentile")
    return [f"Market score on {day}: {score:.1f} of 100; {share:.0%} of {counted(days, 'day')} scored no more."]


def _table(found: Record) -> list[str]:
    rows = [[head[0] for head in HEADS], [head[1] for head in HEADS], *(_row(band, found) for band in found.bands)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    texts = ["  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    weeks, spells = counted(found.weeks, "week"), counted(found.spells, "separate spell")
    return [f"What followed, by score: {weeks} in {spells}", *(text.rstrip() for text in texts)]


def _row(band: Band, found: Record) -> list[str]:
    width = found.bands[1].from_score
    return [
        f"{band.from_score:.0f} to {band.from_score + width:.0f}",
        f"{band.weeks}",
        f"{band.spells}",
        _percent(band.price_90d_median, "+.1%"),
        _percent(band.price_90d_positive, ".0%"),
        _percent(band.drawdown_90d_median, "+.1%"),
        _percent(band.hash_fall_30d, ".0%"),
    ]


def _percent(share: float, form: str) -> str:
    return "n/a" if share != share else format(share, form)


def _windows(found: Record) -> list[str]:
    from reportgen.excel_dates import iso_day

    if not found.windows:
        return ["The sheet Stress_Windows is empty: the score is held against no times of stress."]
    lines = ["Highest market score in each stress window"]
    for each in found.windows:
        highest = "n/a" if each.highest != each.highest else f"{each.highest:.1f}"
        lines.append(f"  {each.window} ({iso_day(each.start)} to {iso_day(each.end)}): {highest}")
    outside = found.weeks - found.inside
    if not found.inside or not outside:
        return [*lines, "No week inside the windows can be set against one outside them."]
    pairs = f"{counted(found.inside, 'week')} inside and {counted(outside, 'week')} outside"
    lines.append(f"How often a week inside scores higher than one outside ({pairs}; 0.50 is no better than chance)")
    for name, value in found.auc.items():
        lines.append(f"  {NAMES[name]}: {'n/a' if value != value else f'{value:.2f}'}")
    return lines
