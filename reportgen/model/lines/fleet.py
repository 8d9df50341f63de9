"""Fleet: economics of each machine type, and the AI contracts that operators add up. Source: model sections 3 and 4."""

from __future__ import annotations

from reportgen.formula.functions import known, maximum, otherwise, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks

fleet = Section(
    blocks.fleet,
    "Fleet_Economics",
    "Fleet economics",
    "Each machine type at its operator's power price: what it costs to run and when it stops paying.",
)
contracts = Section(blocks.ai_hpc, "AI_Contracts", "AI and HPC contracts", "Each contract on the as-of day.")


@fleet.line(unit="TH/s", number_format="#,##0", label="Hash rate by units", working=True)
def hash_rate_by_units(units, unit_hash_rate):
    """Nameplate hash rate of these machines where units are given."""
    return units * unit_hash_rate


@fleet.line(unit="TH/s", number_format="#,##0")
def row_hash_rate(total_hash_rate, hash_rate_by_units):
    """Nameplate hash rate of these machines: the total as reported, or units times that of one machine."""
    return when(known(total_hash_rate), total_hash_rate * 10**6, hash_rate_by_units)


@fleet.line(unit="J/TH", label="Efficiency of one machine", working=True)
def efficiency_by_units(unit_power, unit_hash_rate):
    """Power by hash rate of one machine, where they are given."""
    return unit_power / unit_hash_rate


@fleet.line(unit="J/TH")
def efficiency(total_efficiency, efficiency_by_units):
    """Energy that these machines need for 10^12 hashes: as reported, or power by hash rate of one machine."""
    return otherwise(total_efficiency, efficiency_by_units)


@fleet.line(unit="MW")
def row_power(row_hash_rate, efficiency):
    """Power draw of these machines, site overhead apart."""
    return row_hash_rate * efficiency / 10**6


@fleet.line(unit="USD/PH/day")
def hashcost(efficiency, effective_power_price, site_overhead):
    """Power cost of one PH/s for a day at the operator's power price."""
    return efficiency * 24 * effective_power_price * site_overhead


@fleet.line(unit="USD/PH/day")
def breakeven_hashprice(hashcost, pool_fee):
    """Hashprice that pays the power after the pool fee."""
    return hashcost / (1 - pool_fee)


@fleet.line(unit="USD/BTC")
def shutdown_price(price, breakeven_hashprice, hashprice):
    """Bitcoin price below which the machine loses money on power alone, pool fee taken off."""
    return price * breakeven_hashprice / hashprice


@fleet.line(unit="USD/kWh", number_format="0.0000")
def breakeven_power_price(hashprice, pool_fee, efficiency, site_overhead):
    """Power price at which the machine earns just its power, pool fee taken off."""
    return hashprice * (1 - pool_fee) / (24 * efficiency * site_overhead)


@fleet.line(unit="0/1", number_format="0")
def online(hashprice, breakeven_hashprice):
    """1 when the machine earns its power at today's hashprice, pool fee taken off."""
    return when(hashprice >= breakeven_hashprice, 1, 0)


@fleet.line(unit="USD/month")
def row_replacement_capex(row_hash_rate, replacement_price, remaining_life):
    """What must be set aside to replace these machines at the end of their life."""
    return row_hash_rate * replacement_price / remaining_life


@fleet.line(unit="USD")
def row_replacement_value(row_hash_rate, replacement_price):
    """What the same hash rate costs new."""
    return row_hash_rate * replacement_price


@contracts.line(unit="date", label="Earns until")
def last_day(start, end, as_of):
    """The day on which the contract ends; one without an end has the as-of day, or the day on which it starts."""
    return otherwise(end, maximum(start, as_of))


@contracts.line(unit="0/1", number_format="0")
def running(start, last_day, as_of):
    """1 when the contract earns on the as-of day: started, and not ended."""
    return when((start <= as_of) & (last_day >= as_of), 1, 0)


@contracts.line(unit="USD/month")
def running_revenue(running, monthly_revenue):
    """Revenue of the contract if it runs."""
    return running * monthly_revenue


@contracts.line(unit="USD/month")
def running_margin(running, monthly_revenue, monthly_cost):
    """Revenue less cost of the contract if it runs."""
    return running * (monthly_revenue - monthly_cost)
