"""Rules about implied figures: what they measure against, what silences them, and where their warnings go."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import numpy as np
import pytest

from reportgen import examination
from reportgen.plausibility.costs import median_of_others, weighted_median
from tests.intake.checking.edited import Raw, Times, changed_cells, checked, held
from tests.intake.checking.ordinary import ai_led, hosted, private_miners, three_miners
from tests.intake.workbooks import Grid, write_openpyxl

HEADER = ["Code", "Sheet", "Row", "Until", "Reason", "Accepted by"]
OVERHEAD = {"Operators.corporate_overhead[0]": Times(12)}


def codes(raw: Raw) -> list[tuple[str, str]]:
    return [(each.code, each.where.cell) for each in checked(raw).problems]


def test_the_median_of_the_others_leaves_each_value_out() -> None:
    draw = Random(7)
    for count in range(12):
        values = np.array([draw.choice((np.nan, round(draw.random(), 1))) for _ in range(count)])
        for place, median in enumerate(median_of_others(values).tolist()):
            others = np.delete(values, place)
            others = others[~np.isnan(others)]
            if np.isnan(values[place]) or len(others) < 2:
                assert np.isnan(median)
            else:
                assert median == np.median(others)


def test_a_weighted_median_is_where_half_of_the_weight_is_reached() -> None:
    assert weighted_median(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0])) == 2
    assert weighted_median(np.array([3.0, 1.0, 2.0]), np.array([5.0, 1.0, 1.0])) == 3


def test_two_operators_are_no_measure_of_what_is_usual() -> None:
    grid = three_miners()
    assert codes(changed_cells(held(grid), OVERHEAD)) == [("layer_high", "J2")]
    del grid["Operators"][3]
    for sheet in ("Fleet", "Debt"):
        grid[sheet] = [row for row in grid[sheet] if row[0] != "Clearwater Compute"]
    assert codes(changed_cells(held(grid), OVERHEAD)) == []


def test_an_aisc_far_above_the_others_is_told_though_no_layer_is() -> None:
    dear = {
        **{"Operators.power_price[0]": 0.145, "Operators.site_overhead[0]": 1.5},
        **{"Fleet.replacement_price[0]": 62, "Fleet.replacement_price[1]": 60},
        "Operators.corporate_overhead[0]": Times(4),
    }
    assert codes(changed_cells(held(three_miners()), dear)) == [("aisc_far", "A2")]
    assert codes(changed_cells(held(three_miners()), dear | {"Operators.site_overhead[0]": 1.25})) == []


def test_an_operator_with_much_ai_is_not_held_against_miners() -> None:
    grid = three_miners()
    grid["AI_HPC"].append(["Harbor Digital", "Campus", 40_000_000, 10_000_000, grid["AI_HPC"][1][4], None])
    assert codes(changed_cells(held(grid), OVERHEAD)) == []


def test_what_a_named_cell_explains_is_not_told_and_what_it_does_not_is() -> None:
    raw = held(three_miners())
    capex = {"Fleet.replacement_price[0]": 1_400, "Fleet.remaining_life[0]": 0.5}
    assert codes(changed_cells(raw, capex)) == [("replacement_price_odd", "F2"), ("remaining_life_odd", "G2")]
    assert codes(changed_cells(raw, OVERHEAD | {"Fleet.remaining_life[0]": 4})) == [
        ("layer_high", "J2"),  # a life is no part of the overhead
        ("remaining_life_odd", "G2"),
    ]
    assert codes(changed_cells(raw, OVERHEAD | {"Operators.uptime[0]": 0.4})) == [("uptime_low", "D2")]


def test_of_what_one_operator_implies_the_first_is_told() -> None:
    wages = {"Operators.site_labour[0]": Times(100)}
    assert codes(changed_cells(held(three_miners()), OVERHEAD | wages)) == [("direct_cost_odd", "G2")]


def test_behind_an_accepted_warning_the_next_one_is_told() -> None:
    grid = three_miners()
    grid["Accepted"] = [HEADER, ["direct_cost_odd", "Operators", None, None, "one-off", "Ann"]]
    found = checked(changed_cells(held(grid), OVERHEAD | {"Operators.site_labour[0]": Times(100)}))
    assert [each.code for each in found.problems] == ["layer_high"]
    assert [each.warning.code for each in found.accepted] == ["direct_cost_odd"]


def test_an_active_shock_changes_no_warning() -> None:
    raw = held(three_miners())
    shocks: Grid = {"Shocks": [["Shock", "Power price change (change)"], ["Free power", -0.99]]}
    shocked = {**raw, "Shocks": held(shocks)["Shocks"]}
    assert codes(changed_cells(shocked, {"Market.active_shock": "Free power"})) == []
    assert codes(changed_cells(shocked, OVERHEAD | {"Market.active_shock": "Free power"})) == [("layer_high", "J2")]


@pytest.mark.parametrize(
    ("row", "left"),
    [
        (["layer_high", "Operators", "Harbor Digital"], []),
        (["layer_high", "Operators"], []),
        (["layer_high", "Operators", "Pioneer Platforms"], [("layer_high", "J2"), ("accepted_idle", "C2")]),
    ],
)
def test_a_warning_about_what_is_implied_can_be_accepted(row: list[Any], left: list[tuple[str, str]]) -> None:
    grid = three_miners()
    grid["Accepted"] = [HEADER, [*row, *[None] * (4 - len(row)), "one-off", "Ann"]]
    raw = changed_cells(held(grid), OVERHEAD)
    assert codes(raw) == left
    assert len(checked(raw).accepted) == (not left)


def test_an_accepted_warning_silences_its_consequences_and_nothing_else() -> None:
    grid = three_miners()
    grid["Accepted"] = [HEADER, ["remaining_life_odd", "Fleet", "Harbor Digital", None, "to be sold", "Ann"]]
    assert codes(changed_cells(held(grid), {"Fleet.remaining_life[0]": 1})) == []
    assert codes(changed_cells(held(grid), OVERHEAD | {"Fleet.remaining_life[0]": 1})) == [("layer_high", "J2")]


def test_no_accepted_warning_is_called_idle_while_errors_hide_it() -> None:
    grid = three_miners()
    grid["Accepted"] = [HEADER, ["layer_high", "Operators", "Harbor Digital", None, "one-off", "Ann"]]
    assert codes(changed_cells(held(grid), OVERHEAD | {"Market.btc_price": -1})) == [("out_of_bounds", "B2")]


def test_what_is_implied_comes_with_the_inputs_and_without_the_folder(tmp_path: Any) -> None:
    grid = three_miners()
    grid["Operators"][1][grid["Operators"][0].index("Corporate overhead (USD/month)")] *= 12
    path = write_openpyxl(tmp_path / "week.xlsx", grid)
    (warned,) = examination.read_workbook(path).warnings
    assert (warned.code, str(warned.where)) == ("layer_high", 'week.xlsx [Operators!J2 "Corporate overhead"]')
    (found,) = examination.examine(path).problems
    assert found.where.file == str(path)


def test_electricity_that_costs_nothing_everywhere_is_told_once_at_the_market() -> None:
    quiet = {name: sheet for name, sheet in held(three_miners()).items() if name != "Network_History"}
    cheap = {"Market.network_difficulty": Times(0.31), "Market.fees_per_block": 1, "Operators.power_price": Times(0.3)}
    cheap |= {"Operators.hosting[0]": Times(0.2)}
    assert codes(changed_cells(quiet, cheap)) == [("electricity_low", "B3")]


def test_electricity_that_costs_nothing_at_one_operator_is_told_there() -> None:
    quiet = {name: sheet for name, sheet in held(three_miners()).items() if name != "Network_History"}
    cheap = {"Market.network_difficulty": Times(0.35), "Operators.power_price[1]": 0.0101}
    assert codes(changed_cells(quiet, cheap)) == [("electricity_low", "B3")]
    (found,) = checked(changed_cells(quiet, cheap)).problems
    assert found.where.sheet == "Operators"


def test_a_power_price_of_nothing_needs_a_fee_that_includes_it() -> None:
    raw = held(hosted())
    assert codes(changed_cells(raw, {"Operators.power_price[0]": 0})) == [("power_price_low", "B2")]
    included = {"Operators.power_price[0]": 0, "Operators.hosting[0]": 230_000}
    assert codes(changed_cells(raw, included)) == []
    assert codes(changed_cells(raw, included | {"Operators.hosting[0]": 23_000})) == [("power_price_low", "B2")]


def test_small_amounts_of_a_small_miner_are_left_alone() -> None:
    small = {
        **{"Operators.cash[0]": 900, "Operators.corporate_overhead[0]": 800, "Operators.minimum_liquidity[0]": 500},
        **{"Debt.principal[0]": 950, "Debt.monthly_repayment[0]": 350, "Debt.maturity[0]": dt.date(2026, 3, 20)},
    }
    raw = held(private_miners())
    assert codes(changed_cells(raw, small)) == []
    assert codes(changed_cells(raw, small | {"Operators.cash[0]": 90})) == [("amount_small", "K2")]
    later = small | {"Debt.maturity[0]": dt.date(2026, 5, 5)}
    assert codes(changed_cells(raw, later)) == [("repayment_fast", "E2")]


def test_ai_revenue_in_thousands_is_told_there_though_one_landlord_hardly_mines() -> None:
    raw, thousands = held(ai_led()), {"AI_HPC.monthly_revenue": Times(1e-3)}
    assert codes(changed_cells(raw, thousands)) == [("amount_small", "C2:C5")]
    landlord = {
        **{"Fleet.units[2]": 900, "Operators.site_labour[2]": 10_000, "Operators.site_maintenance[2]": 10_000},
        "Operators.curtailment_credit[2]": 0,
    }
    small = landlord | {"AI_HPC.monthly_revenue": Times(1e-4), "AI_HPC.monthly_cost": Times(1e-4)}
    assert codes(changed_cells(raw, small)) == [("amounts_thousands", "C2")]


def test_cash_and_overhead_in_each_others_column_are_told_once_at_the_overhead() -> None:
    grid = three_miners()
    header = grid["Operators"][0]
    overhead, cash = header.index("Corporate overhead (USD/month)"), header.index("Cash (USD)")
    for row in grid["Operators"][1:]:
        row[overhead], row[cash] = row[cash], row[overhead]
    assert codes(held(grid)) == [("aisc_high", "J2")]
