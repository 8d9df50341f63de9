"""Every cell of every table shows the figure that its heading names."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from reportgen.inputs import Inputs
from reportgen.model.solve import solve
from tests.worked_case import inputs_of, worked_case

from .cases import grown, priced, records, words_of
from .tables import table_of, tables_of

COSTS = "What a bitcoin costs"
STRESS = "Who is under stress, and why"
SALES = "What could be sold, against ETF flows"
TRIGGERS = "What breaks at which price"
RECONCILED = "Which published measure compares with which, average of 2 operators"
SHOCKS = "What shocks would do"
Shown = Callable[[float], str]


def plain(decimals: int = 0, suffix: str = "", factor: float = 1.0) -> Shown:
    """How a number is printed, written a second time: comma, true minus, no sign on nothing."""

    def shown(value: float) -> str:
        if np.isnan(value):
            return "n/a"
        digits = f"{abs(value * factor):,.{decimals}f}"
        return ("−" if value < 0 and float(digits.replace(",", "")) else "") + digits + suffix

    return shown


whole, tenth = plain(), plain(1)
percent, rounded_percent, times = plain(1, "%", 100), plain(0, "%", 100), plain(2, "×")


def bitcoin(value: float) -> str:
    return whole(value) if np.isnan(value) or abs(value) >= 99.5 else tenth(value)


def dollars(value: float) -> str:
    for limit, unit, decimals in ((999.5e6, 1e9, 2), (99.95e6, 1e6, 0), (999_500, 1e6, 1)):
        if abs(value) >= limit:
            return plain(decimals, "bn" if unit == 1e9 else "m", 1 / unit)(value)
    return whole(value)


def network(value: float) -> str:
    return plain(2, "%", 100)(value) if 0 < value < 0.001 else percent(value)


COST_COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Direct cost": (("direct_cost_per_btc",), ("direct_cost_average",)),
    "+ Sust. capex": (("sustaining_capex_per_btc",), ("sustaining_capex_average",)),
    "+ Corp. and financing": (
        ("overhead_per_btc", "debt_and_buffer_per_btc"), ("overhead_average", "debt_and_buffer_average"),
    ),
    "= AISC": (("aisc",), ("aisc_average",)),
    "= Net AISC": (("aisc_net",), ("aisc_net_average",)),
    "− AI credit": (("ai_credit",), ("ai_credit_average",)),
}  # fmt: skip
"""The lines of operators, and of the average, that a column adds up."""
STRESS_COLUMNS: dict[str, tuple[str, Shown]] = {
    "Net AISC": ("aisc_net", whole),
}
SCENARIO_COLUMNS: dict[str, tuple[str, Shown]] = {
    "Days": ("horizon_days", whole),
    "Issuance sold": ("issuance_sold", rounded_percent),
    "Treasury sold": ("inventory_sold", rounded_percent),
    "BTC a day": ("miner_sales", bitcoin),
    "of it on exchanges": ("visible_sales", bitcoin),
    "USD a day": ("miner_sales_usd", dollars),
    "ETF flow / sales": ("etf_absorption", times),
}
SHOCK_COLUMNS: dict[str, tuple[str, Shown]] = {
    "Price": ("price", whole),
    "Net AISC": ("aisc_net_average", whole),
    "Below direct cost": ("share_below_direct_cost", percent),
    "Below net AISC": ("share_below_aisc_net", percent),
    "Treasury draw, BTC/day": ("treasury_draw_network", whole),
    "Score": ("risk_score", tenth),
}


def mixed() -> Inputs:
    """Seven operators of which some are under stress, at each level."""
    return grown(7).with_value("Market", "btc_price", 160_000.0)


@pytest.mark.parametrize("inputs", [worked_case(), priced(140_000), mixed()], ids=["case", "dear", "seven"])
def test_the_table_of_costs_shows_what_its_headings_name(inputs: Inputs) -> None:
    solution, table = solve(inputs), table_of(inputs, COSTS)
    order = np.argsort(solution.numbers("operators", "aisc_net"))
    assert [name[:20] for name in table.column("USD/BTC")[:-1]] == [
        solution.texts("operators", "operator")[row][:20] for row in order
    ]
    for head, (lines, averages) in COST_COLUMNS.items():
        values = sum(solution.numbers("operators", line)[order] for line in lines)
        expected = np.append(values, sum(solution.number(line) for line in averages))
        shown = [float(cell.replace(",", "").replace("−", "-")) for cell in table.column(head)]
        # a part may be a unit off, so that parts add up; sums are rounded by themselves
        off = 0.5 if head[:1] == "=" else 1.0
        assert shown == pytest.approx(-expected if "credit" in head else expected, abs=off + 1e-6), head
    margins = [rounded_percent(value) for value in solution.numbers("operators", "aisc_margin")[order]]
    assert table.column("Margin") == [*margins, percent(solution.number("aisc_margin_average"))]
    assert table.column("Stress")[:-1] == [solution.texts("operators", "stress")[row] for row in order]


def test_the_table_of_the_stressed_shows_what_its_headings_name() -> None:
    solution, table = solve(mixed()), table_of(mixed(), STRESS)
    names = solution.texts("operators", "operator")
    rows = [
        next(row for row, name in enumerate(names) if name[:20] == shown[:20]) for shown in table.column("Operator")
    ]
    for head, (line, shown) in STRESS_COLUMNS.items():
        assert table.column(head) == [shown(solution.numbers("operators", line)[row]) for row in rows], head
    assert table.column("Stress") == [solution.texts("operators", "stress")[row] for row in rows]
    runways = solution.numbers("operators", "runway")[rows]
    burning = solution.numbers("operators", "cash_flow_after_debt")[rows] < 0
    assert table.column("Runway, months") == [
        tenth(runway) if burns else "not burning" for runway, burns in zip(runways, burning, strict=True)
    ]


def test_the_tables_of_scenarios_and_shocks_show_what_their_headings_name() -> None:
    solution = solve(worked_case())
    scenarios, shocks = table_of(worked_case(), SALES), table_of(worked_case(), SHOCKS)
    assert scenarios.column("Scenario") == solution.texts("scenarios", "scenario")
    assert shocks.column("Shock") == solution.texts("snapshot", "shock")
    for head, (line, shown) in SCENARIO_COLUMNS.items():
        assert scenarios.column(head) == [shown(value) for value in solution.numbers("scenarios", line)], head
    for head, (line, shown) in SHOCK_COLUMNS.items():
        assert shocks.column(head) == [shown(value) for value in solution.numbers("snapshot", line)], head
    bands = ["low", "guarded", "elevated", "high", "severe"]
    assert shocks.column("Band") == [
        bands[min(4, int(score // 20))] for score in solution.numbers("snapshot", "risk_score")
    ]


def test_the_worst_stand_first_by_layer_covenant_runway_and_size() -> None:
    solution, table = solve(mixed()), table_of(mixed(), STRESS)
    worst = sorted(
        range(7),
        key=lambda row: (
            -solution.numbers("operators", "stress_level")[row],
            -solution.numbers("operators", "covenant_breach")[row],
            solution.numbers("operators", "runway")[row],
            -solution.numbers("operators", "hash_rate")[row],
        ),
    )
    names = [solution.texts("operators", "operator")[row][:20] for row in worst]
    assert [name[:20] for name in table.column("Operator")] == names[: len(table.rows)]
    assert len(set(table.column("Stress"))) > 1


def loaned(call: float, price: float = 400_000.0) -> Inputs:
    """Operators without stress at a high price, one of them with a loan that is called at a price."""
    given = records()
    given["Debt"] = [given["Debt"][1] | {"btc_collateral": 100.0, "max_ltv": 0.5, "principal": call * 50.0}]
    given["Market"]["btc_price"] = price
    for row in given["Operators"]:
        row |= {"btc_held": 100.0, "minimum_liquidity": 0.0}
    return inputs_of(given)


@pytest.mark.parametrize(
    ("call", "listed", "told"),
    [
        (359_000.0, False, ""),
        (360_000.0, True, "margin call 10.0% below the price."),
        (399_999.0, True, "margin call 0.0% below the price."),
        (400_000.0, True, "margin call 0.0% below the price."),
        (410_000.0, True, "the price is 2.4% below the margin-call price of 410,000"),
    ],
)
def test_a_margin_call_puts_an_operator_on_the_list_from_ten_percent_below(
    call: float, listed: bool, told: str
) -> None:
    assert (STRESS in [table.section for table in tables_of(loaned(call))]) == listed
    if listed:
        table = table_of(loaned(call), STRESS)
        assert told in table.column("Why")[0]
        assert ("bad" in table.classes[0][table.heads.index("Margin call at")]) == (call > 400_000)


def test_pills_and_marks_are_coloured_by_what_they_say() -> None:
    costs, stress = table_of(mixed(), COSTS), table_of(mixed(), STRESS)
    levels = {"above AISC": 0, "below AISC": 1, "not sustaining": 2, "lights-off": 3}
    for table in (costs, stress):
        column = table.heads.index("Stress")
        for row, classes in zip(table.rows, table.classes, strict=True):
            assert f"level-{levels[row[column]]}" in classes[column] if row[column] else True
    limit = solve(mixed()).number("solvency_runway")
    short = [float(runway) < limit if runway[0].isdigit() else False for runway in stress.column("Runway, months")]
    assert ["bad" in kinds[stress.heads.index("Runway, months")] for kinds in stress.classes] == short
    assert len(set(short)) == 2


def test_the_ladder_shows_the_nearest_triggers_around_the_price() -> None:
    solution, table = solve(worked_case()), table_of(worked_case(), TRIGGERS)
    prices = solution.numbers("triggers", "trigger_price")
    prices = prices[~np.isnan(prices)]
    shown = [*sorted(prices[prices > 90_000])[:2][::-1], 90_000, *sorted(prices[prices <= 90_000], reverse=True)[:5]]
    assert table.column("Price") == [whole(price) for price in shown]
    today = table.column("Distance").index("today")
    assert (today, table.column("Below it")[today]) == (2, "price")
    rows = [solution.numbers("triggers", "trigger_price").tolist().index(price) for price in shown if price != 90_000]
    for head, line in {
        "Operator": "operator", "Hash share": "hash_share", "Score": "risk_score", "Draw": "treasury_draw_network",
        "Below net AISC": "share_below_aisc_net", "Called": "collateral_called_network",
    }.items():  # fmt: skip
        style = {"Hash share": percent, "Below net AISC": percent, "Score": tenth}.get(head, bitcoin)
        cells = [cell for index, cell in enumerate(table.column(head)) if index != today]
        if head == "Operator":
            assert cells == [solution.texts("triggers", line)[row] for row in rows]
        else:
            values = [solution.numbers("triggers", line)[row] for row in rows]
            assert cells == ["–" if np.isnan(value) else style(value) for value in values], head
    distances = [
        f"{'+' if price > 90_000 else '−'}{abs(price / 90_000 - 1) * 100:.1f}%" for price in shown if price != 90_000
    ]
    assert [cell for cell in table.column("Distance") if cell != "today"] == distances
    today_row = dict(zip(table.heads, table.rows[today], strict=True))
    assert today_row["Score"] == tenth(solution.number("risk_score"))
    assert today_row["Draw"] == bitcoin(solution.number("treasury_draw_network"))
    assert today_row["Called"] == bitcoin(solution.number("collateral_called_network"))


def test_the_reconciliation_leads_from_direct_cost_to_net_aisc() -> None:
    solution, table = solve(worked_case()), table_of(worked_case(), RECONCILED)
    lines = {
        "Direct cost": "direct_cost_average", "Cash cost": "cash_cost_average",
        "AISC, gold": "aisc_wgc_average", "AISC": "aisc_average", "Net AISC": "aisc_net_average",
        "Accounting": "accounting_cost_average",
    }  # fmt: skip
    assert dict(zip(table.column("Measure"), table.column("USD/BTC"), strict=True)) == {
        name: whole(solution.number(line)) for name, line in lines.items()
    }
    overhead, interest = solution.number("overhead_average"), solution.number("interest_average")
    sustaining, debt = solution.number("sustaining_capex_average"), solution.number("debt_and_buffer_average")
    told = words_of(worked_case())
    assert f"Cash cost: direct cost, head office ({whole(overhead)}) and interest ({whole(interest)})." in told
    assert f"AISC adds interest, repayments and the liquidity buffer ({whole(debt)})." in told
    costs = [solution.number(line) for line in lines.values()]
    assert costs[0] + overhead + interest == pytest.approx(costs[1])
    assert costs[1] - interest + sustaining == pytest.approx(costs[2])
    assert costs[2] + debt == pytest.approx(costs[3])
    ends = {
        line: [whole(solution.number(f"{line}{end}")) for end in ("_flat", "", "_observed")]
        for line in ("aisc_average", "aisc_net_average")
    }
    aisc, net = ends["aisc_average"], ends["aisc_net_average"]
    assert f"Growth of the network moves AISC: {aisc[0]} with a flat network, {aisc[1]} at the 10% a year" in told
    assert f", {aisc[2]} at the " in told
    assert f"net AISC {net[0]}, {net[1]}, {net[2]}." in told
