"""reportgen stress: how far price, difficulty and power must move, and a grid of price and difficulty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli.speaking import one_line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model.adverse_cases import GridCell, Reached
    from reportgen.model.solve import Solution

DRIVERS = {"price": "Price", "difficulty": "Difficulty", "power": "All power prices"}
MEASURES = {"score": "Risk score enters {target}", "share": "Hash rate below direct cost: {target}"}
GRIDS = {
    "aisc_margin": ("Margin of the price over net AISC, as a share of the price", "{:+.0%}"),
    "share_below_aisc_net": ("Share of the hash rate below net AISC", "{:.0%}"),
    "risk_score": ("Risk score, of 100", "{:.0f}"),
}
NEVER = "not reached"


@click.command("stress", short_help="Say how far price, difficulty and power must move.")
@click.argument("workbook", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, at full precision.")
def stressed(workbook: str, as_json: bool) -> None:
    """Say what it takes: how far price, difficulty or power of WORKBOOK must move until more breaks.

    Each moves alone, under the active shock, down to -80 % (price) or up to +300 %; the grid moves price and difficulty
    together. It says what the figures of the workbook imply, not how likely that is.
    """
    import reportgen
    from reportgen.model.adverse_cases import grid, reverse_stress

    solution = reportgen.solve(reportgen.read_workbook(workbook))
    reached, cells = reverse_stress(solution), grid(solution)
    if as_json:
        say(as_text(reached, cells))
        return
    for line in (*_today(solution), "", *_changes(reached), *_grids(cells)):
        say(one_line(line))


def as_text(reached: Sequence[Reached], cells: Sequence[GridCell]) -> str:
    """Both tables as JSON; what is not reached or not known is null."""
    import json
    from dataclasses import asdict

    records = {"reverse_stress": [asdict(each) for each in reached], "grid": [asdict(each) for each in cells]}
    plain = {
        key: [{name: None if value != value else value for name, value in record.items()} for record in rows]
        for key, rows in records.items()
    }
    return json.dumps(plain, indent=2, allow_nan=False)


def _today(solution: Solution) -> list[str]:
    score, share = solution.value("risk_score"), solution.value("share_below_direct_cost")
    band = "no score: it has no components" if score != score else f"score {score:.1f} ({solution.value('risk_band')})"
    shock = str(solution.value("active_shock"))
    return [
        f"Now{f', under the shock {shock}' if shock else ''}: price {solution.value('price'):,.0f} USD, risk {band}, "
        f"{_shown(share, '{:.0%}')} of the hash rate below direct cost."
    ]


def _changes(reached: Sequence[Reached]) -> list[str]:
    targets = list(dict.fromkeys(MEASURES[each.measure].format(target=each.target) for each in reached))
    by_place = {(MEASURES[each.measure].format(target=each.target), each.driver): each.change for each in reached}
    rows = [["", *DRIVERS.values()]]
    rows += [[target, *(_change(by_place[target, driver]) for driver in DRIVERS)] for target in targets]
    return ["The smallest change, each alone, at which:", *_table(rows)]


def _change(change: float) -> str:
    return "is so now" if change == 0 else _shown(change, "{:+.1%}", NEVER)


def _grids(cells: Sequence[GridCell]) -> list[str]:
    prices = list(dict.fromkeys(each.price_change for each in cells))
    difficulties = list(dict.fromkeys(each.difficulty_change for each in cells))
    by_place = {(each.difficulty_change, each.price_change): each for each in cells}
    lines = []
    for name, (title, form) in GRIDS.items():
        rows = [["Difficulty \\ price", *(_step(price) for price in prices)]]
        rows += [
            [_step(row), *(_shown(getattr(by_place[row, price], name), form) for price in prices)]
            for row in difficulties
        ]
        lines += ["", title, *_table(rows)]
    return lines


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns under each other: the first to the left, the others to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  " + "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    ]


def _step(change: float) -> str:
    return f"{change:+.0%}" if change else "now"


def _shown(value: float, form: str, missing: str = "n/a") -> str:
    return missing if value != value else form.format(value)
