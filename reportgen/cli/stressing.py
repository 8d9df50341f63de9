"""reportgen stress: how far price, difficulty and power must move, and a grid of price and difficulty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli.finding import inputs_to_look_at
from reportgen.cli.speaking import one_line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model.solution import Row, Solution

DRIVERS = {"price": "Price", "difficulty": "Difficulty", "power": "All power prices"}
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

    solution = reportgen.solve(inputs_to_look_at(workbook))
    if as_json:
        say(as_text(solution))
        return
    for line in (
        *_today(solution),
        "",
        *_changes(solution.rows_of("reverse_stress")),
        *_grids(solution.rows_of("grid")),
    ):
        say(one_line(line))


def as_text(solution: Solution) -> str:
    """Both tables as JSON; what is not reached or not known is null."""
    import json

    told = {
        "reverse_stress": [
            {"driver": row.text("driver"), "target": row.text("target"), "change": _known(row, "change")}
            for row in solution.rows_of("reverse_stress")
        ],
        "grid": [
            {name: _known(row, name) for name in ("price_change", "difficulty_change", *GRIDS)}
            for row in solution.rows_of("grid")
        ],
    }
    return json.dumps(told, indent=2, allow_nan=False)


def _known(row: Row, name: str) -> float | None:
    value = row.number(name)
    return None if value != value else value


def _today(solution: Solution) -> list[str]:
    score, share = solution.value("risk_score"), solution.value("share_below_direct_cost")
    band = "no score: it has no components" if score != score else f"score {score:.1f} ({solution.value('risk_band')})"
    shock = str(solution.value("active_shock"))
    return [
        f"Now{f', under the shock {shock}' if shock else ''}: price {solution.value('price'):,.0f} USD, risk {band}, "
        f"{_shown(share, '{:.0%}')} of the hash rate below direct cost."
    ]


def _changes(reached: Sequence[Row]) -> list[str]:
    by_place = {(row.text("target"), row.text("driver")): row.number("change") for row in reached}
    rows = [
        [_named(target), *(_change(by_place[target, driver]) for driver in DRIVERS)]
        for target in dict.fromkeys(row.text("target") for row in reached)
    ]
    return ["The smallest change, each alone, until:", *_table([["", *DRIVERS.values()], *rows])]


def _named(target: str) -> str:
    from reportgen.model.adverse_cases import SHARES

    return f"{target.capitalize()} of the hash rate below direct cost" if target in SHARES else f"Risk score {target}"


def _change(change: float) -> str:
    return "is so now" if change == 0 else _shown(change, "{:+.1%}", NEVER)


def _grids(cells: Sequence[Row]) -> list[str]:
    by_place = {(row.number("difficulty_change"), row.number("price_change")): row for row in cells}
    difficulties, prices = (list(dict.fromkeys(place[axis] for place in by_place)) for axis in (0, 1))
    lines = []
    for name, (title, form) in GRIDS.items():
        rows = [["Difficulty \\ price", *(_step(price) for price in prices)]]
        rows += [
            [_step(row), *(_shown(by_place[row, price].number(name), form) for price in prices)] for row in difficulties
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
