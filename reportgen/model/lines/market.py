"""Market: price and network on the day, under the active shock. Source: model section 2; Bitcoin's consensus rules."""

from __future__ import annotations

from reportgen.formula.functions import (
    at,
    count,
    divide,
    floor,
    highest,
    known,
    lowest,
    maximum,
    not_available,
    otherwise,
    remainder,
    row_of,
    total,
    when,
)
from reportgen.model.block import Section
from reportgen.model.lines.blocks import market as block

SHEET = "Market_Figures"
shock = Section(block, SHEET, "Active shock", "What the shock chosen on Market changes; nothing when none is chosen.")
market = Section(block, SHEET, "Market", "Price, network and issuance that every other sheet builds on.")


@shock.line(unit="row", number_format="0", label="Row of the active shock", working=True)
def active_shock_row(shocks):
    """Row of Shocks that the active shock names; n/a when there is none of that name."""
    return row_of(1, shocks.active)


@shock.line(unit="change", number_format="0.0%")
def price_change(active_shock_row, shocks):
    """Change of the bitcoin price under the active shock, 0 without one."""
    return when(known(active_shock_row), at(active_shock_row, shocks.price_change), 0)


@shock.line(unit="change", number_format="0.0%")
def difficulty_change(active_shock_row, shocks):
    """Change of the difficulty under the active shock, 0 without one."""
    return when(known(active_shock_row), at(active_shock_row, shocks.difficulty_change), 0)


@shock.line(unit="change", number_format="0.0%")
def power_price_change(active_shock_row, shocks):
    """Change of every power price under the active shock, 0 without one."""
    return when(known(active_shock_row), at(active_shock_row, shocks.power_price_change), 0)


@shock.line(unit="0/1", number_format="0", label="Extra halving")
def extra_halving(active_shock_row, shocks):
    """1 when the active shock halves the block subsidy once more."""
    return when(known(active_shock_row), at(active_shock_row, shocks.halving), 0)


@market.line(unit="USD/BTC", bold=True)
def price(btc_price, price_change):
    """Price of one bitcoin under the active shock."""
    return btc_price * (1 + price_change)


@market.line(unit="1", number_format="0.0000E+00")
def difficulty(network_difficulty, difficulty_change):
    """Mining difficulty under the active shock."""
    return network_difficulty * 10**12 * (1 + difficulty_change)


@market.line(unit="BTC/block", number_format="0.0000")
def block_subsidy(block_height, extra_halving):
    """New bitcoin in a block: 50, halved every 210,000 blocks, and once more when the active shock says so."""
    return 50 / 2 ** (floor(block_height / 210_000) + extra_halving)


@market.line(unit="TH/s", number_format="#,##0")
def network_hash_rate(difficulty):
    """Hash rate that the difficulty stands for: 2^32 hashes a unit of difficulty, a block in 600 seconds."""
    return difficulty * 2**32 / 600 / 10**12


@market.line(unit="blocks/(TH/s)/day", number_format="0.0000E+00", label="Blocks per TH/s and day")
def blocks_per_th_day(difficulty):
    """Blocks that one TH/s finds in a day, on average."""
    return 86_400 / (difficulty * 2**32) * 10**12


@market.line(unit="BTC/day")
def issuance(block_subsidy, blocks_per_day):
    """New bitcoin a day."""
    return block_subsidy * blocks_per_day


@market.line(unit="BTC", label="Issuance, 30 days")
def issuance_30d(issuance):
    """New bitcoin in 30 days."""
    return issuance * 30


@market.line(unit="USD/PH/day", bold=True)
def hashprice(blocks_per_th_day, block_subsidy, fees_per_block, price):
    """What one PH/s earns in a day, subsidy and fees."""
    return 1000 * blocks_per_th_day * (block_subsidy + fees_per_block) * price


@market.line(unit="blocks", number_format="#,##0")
def blocks_to_retarget(block_height):
    """Blocks until the next difficulty adjustment."""
    return 2016 - remainder(block_height, 2016)


@market.line(unit="days", number_format="0", label="Days typed in the history", working=True)
def history_rows(network_history):
    """Rows of the network history; 0 without history."""
    return count(network_history.date)


@market.line(unit="date")
def last_history_day(history_rows, network_history):
    """Newest day of the network history."""
    return when(history_rows > 0, highest(network_history.date), not_available)


@market.line(unit="days", number_format="0")
def retarget_window(block_height, blocks_per_day, retarget_least_days):
    """Days since the last difficulty adjustment, but some days at least."""
    return maximum(retarget_least_days, floor(remainder(block_height, 2016) / blocks_per_day))


@market.line(unit="date", label="Days of the window are after", working=True)
def retarget_day(as_of, retarget_window):
    """Day after which the window of the last difficulty adjustment begins."""
    return as_of - retarget_window


@market.line(unit="days", number_format="0", label="Days of the window in the history", working=True)
def retarget_days_known(network_history, retarget_day):
    """Days since the last difficulty adjustment that the history has a hash rate for."""
    return count(network_history.hash_rate, where=network_history.date > retarget_day)


@market.line(unit="EH/s")
def recent_hash_rate(network_history, retarget_day, retarget_days_known):
    """Mean hash rate of the days since the last difficulty adjustment, up to the as-of day."""
    return divide(total(network_history.hash_rate, where=network_history.date > retarget_day), retarget_days_known)


@market.line(unit="share", number_format="+0.0%;-0.0%;0.0%")
def expected_retarget(recent_hash_rate, network_hash_rate):
    """Difficulty change that the hash rate since the last adjustment points to; n/a without history of these days."""
    return recent_hash_rate * 10**6 / network_hash_rate - 1


@market.line(unit="days", number_format="#,##0")
def days_to_halving(block_height, blocks_per_day):
    """Days until the next halving."""
    return (210_000 - remainder(block_height, 210_000)) / blocks_per_day


@market.line(unit="BTC", label="Supply ceiling, 30 days")
def supply_ceiling_30d(issuance_30d, miner_treasury):
    """Most that miners could sell in 30 days: all issuance and all treasuries."""
    return issuance_30d + miner_treasury


@market.line(unit="per year", number_format="0.0%")
def observed_growth(sma_30_today, sma_30_year_before):
    """Growth of the network over a year: 30-day mean hash rate against 365 days earlier; n/a with less history."""
    return sma_30_today / sma_30_year_before - 1


@market.line(unit="per year", number_format="0.0%")
def growth_used(network_growth, observed_growth):
    """Growth of the network that costs are computed with: the one typed on Market, or the observed one."""
    return otherwise(network_growth, observed_growth)


@market.line(unit="per month", number_format="0.00%")
def monthly_network_growth(growth_used):
    """Growth of the network's hash rate in a month."""
    return (1 + growth_used) ** (1 / 12) - 1


@market.line(unit="per month", number_format="0.00%")
def monthly_observed_growth(observed_growth):
    """Growth in a month as it was over the last year."""
    return (1 + observed_growth) ** (1 / 12) - 1


@market.line(unit="date")
def first_history_day(history_rows, network_history):
    """Oldest day of the network history."""
    return when(history_rows > 0, lowest(network_history.date), not_available)
