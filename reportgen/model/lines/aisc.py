"""AISC: what a bitcoin costs each operator, in three layers, less the AI credit. Source: model section 4."""

from __future__ import annotations

from reportgen.formula.functions import choose, divide, maximum, pick, total, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks

SHEET = "AISC"
output = Section(blocks.operators, SHEET, "Hash rate and production", across=True)
costs = Section(
    blocks.operators,
    SHEET,
    "Monthly cost by layer",
    "Costs are positive and added, credits are subtracted once.",
    across=True,
)
per_btc = Section(
    blocks.operators,
    SHEET,
    "Cost of a bitcoin",
    "All-in sustaining cost (AISC) is direct cost + sustaining capex + corporate financing; net of the AI credit.",
    across=True,
)


@output.line(unit="USD/kWh", number_format="0.0000")
def effective_power_price(power_price, power_price_change):
    """Power price under the active shock."""
    return power_price * (1 + power_price_change)


@output.line(unit="TH/s", number_format="#,##0")
def installed_hash_rate(fleet):
    """Nameplate hash rate of the operator's machines."""
    return total(fleet.row_hash_rate)


@output.line(unit="TH/s", number_format="#,##0")
def hash_rate(installed_hash_rate, uptime):
    """Hash rate that really runs, on average."""
    return installed_hash_rate * uptime


@output.line(unit="share", number_format="0.00%")
def network_share(hash_rate, network_hash_rate):
    """The operator's share of the network."""
    return hash_rate / network_hash_rate


@output.line(unit="share of hash rate", number_format="0.0%")
def hash_share(hash_rate, total_hash_rate):
    """The operator's share of the hash rate of all operators of this workbook."""
    return divide(hash_rate, total_hash_rate)


@output.line(unit="MW")
def fleet_power(fleet):
    """Power draw of the operator's machines, site overhead apart."""
    return total(fleet.row_power)


@output.line(unit="J/TH")
def fleet_efficiency(fleet_power, installed_hash_rate):
    """Energy per 10^12 hashes over the whole fleet; n/a without a fleet."""
    return divide(fleet_power * 10**6, installed_hash_rate)


@output.line(unit="BTC/month", bold=True)
def production(hash_rate, blocks_per_th_day, block_subsidy, fees_per_block, days_per_month, pool_fee):
    """Bitcoin mined in a month, pool fee taken off."""
    return hash_rate * blocks_per_th_day * (block_subsidy + fees_per_block) * days_per_month * (1 - pool_fee)


@output.line(unit="MWh/month", number_format="#,##0")
def energy(fleet_power, uptime, site_overhead, days_per_month):
    """Energy that the sites draw in a month."""
    return fleet_power * uptime * site_overhead * 24 * days_per_month


@costs.line(unit="USD/month", layer=1)
def electricity(energy, effective_power_price):
    """Power bill of the fleet at the meter, site overhead included."""
    return energy * 1000 * effective_power_price


@costs.subtotal(unit="USD/month", layer=1)
def direct_cost(lines):
    """Layer 1: what it costs to keep the machines running, less curtailment credits."""
    return sum(lines[1:], lines[0])


@costs.line(unit="USD/month", layer=2)
def replacement_capex(fleet):
    """What must be set aside to replace machines at the end of their life."""
    return total(fleet.row_replacement_capex)


@costs.line(unit="USD")
def replacement_value(fleet):
    """What the operator's hash rate costs new."""
    return total(fleet.row_replacement_value)


@costs.line(unit="USD/month", layer=2)
def share_defence_capex(monthly_network_growth, replacement_value):
    """What it takes to grow with the network; zero when the network shrinks."""
    return maximum(0, monthly_network_growth) * replacement_value


@costs.subtotal(unit="USD/month", layer=2)
def sustaining_capex(lines):
    """Layer 2: what it costs to keep the operator's share of the network."""
    return sum(lines[1:], lines[0])


@costs.line(unit="USD/month", layer=3)
def interest(debt):
    """Cash interest on all facilities, on the whole principal."""
    return total(debt.row_interest)


@costs.line(unit="USD/month", layer=3)
def repayment(debt):
    """Repayments of principal."""
    return total(debt.monthly_repayment)


@costs.line(unit="USD/month", layer=3)
def liquidity_build(minimum_liquidity, liquidity, liquidity_rebuild_months):
    """What must be saved a month to reach minimum liquidity in time."""
    return maximum(0, minimum_liquidity - liquidity) / liquidity_rebuild_months


@costs.subtotal(unit="USD/month", layer=3)
def corporate_financing(lines):
    """Layer 3: head office, debt service and the liquidity buffer."""
    return sum(lines[1:], lines[0])


@costs.line(unit="USD/month", label="AI revenue")
def ai_revenue(ai_hpc):
    """Revenue of the AI and HPC contracts that run on the as-of day."""
    return total(ai_hpc.running_revenue)


@costs.line(unit="USD/month", label="AI margin")
def ai_margin(ai_hpc):
    """Revenue less cost of the AI and HPC contracts that run on the as-of day."""
    return total(ai_hpc.running_margin)


@per_btc.line(unit="USD/BTC", label="Direct cost per BTC")
def direct_cost_per_btc(direct_cost, production):
    """Layer 1 per bitcoin mined; n/a without production."""
    return divide(direct_cost, production)


@per_btc.line(unit="USD/BTC", label="Sustaining capex per BTC")
def sustaining_capex_per_btc(sustaining_capex, production):
    """Layer 2 per bitcoin mined."""
    return divide(sustaining_capex, production)


@per_btc.line(unit="USD/BTC", label="Corporate financing per BTC")
def corporate_financing_per_btc(corporate_financing, production):
    """Layer 3 per bitcoin mined."""
    return divide(corporate_financing, production)


@per_btc.line(unit="USD/BTC", label="Direct + sustaining per BTC")
def sustaining_cost_per_btc(direct_cost_per_btc, sustaining_capex_per_btc):
    """Layers 1 and 2 per bitcoin mined."""
    return direct_cost_per_btc + sustaining_capex_per_btc


@per_btc.line(unit="USD/BTC", label="AISC", bold=True)
def aisc(direct_cost_per_btc, sustaining_capex_per_btc, corporate_financing_per_btc):
    """All-in sustaining cost of a bitcoin: the three layers."""
    return direct_cost_per_btc + sustaining_capex_per_btc + corporate_financing_per_btc


@per_btc.line(unit="USD/BTC", label="AI credit")
def ai_credit(ai_margin, production):
    """AI and HPC margin per bitcoin mined."""
    return divide(ai_margin, production)


@per_btc.line(unit="USD/BTC", label="AISC net of AI", bold=True)
def aisc_net(aisc, ai_credit):
    """All-in sustaining cost after the AI credit; below zero when AI pays for everything."""
    return aisc - ai_credit


@per_btc.line(unit="USD/BTC", label="AISC, gold convention")
def aisc_wgc(direct_cost, sustaining_capex, corporate_overhead, production):
    """Comparable with the gold industry's AISC, which leaves interest and debt service out."""
    return divide(direct_cost + sustaining_capex + corporate_overhead, production)


@per_btc.line(unit="USD/BTC", label="Corporate overhead per BTC")
def overhead_per_btc(corporate_overhead, production):
    """Head office per bitcoin mined: what the gold convention adds to direct and sustaining cost."""
    return divide(corporate_overhead, production)


@per_btc.line(unit="USD/BTC", label="Debt service and buffer per BTC")
def debt_and_buffer_per_btc(corporate_financing_per_btc, overhead_per_btc):
    """Interest, repayments and the liquidity buffer per bitcoin mined: layer 3 without head office."""
    return corporate_financing_per_btc - overhead_per_btc


@per_btc.line(unit="USD/BTC")
def cash_breakeven(direct_cost, corporate_overhead, interest, repayment, ai_margin, production):
    """Price at which a month's cash comes in as it goes out, capex apart."""
    return divide(direct_cost + corporate_overhead + interest + repayment - ai_margin, production)


@per_btc.line(unit="USD/BTC", label="Spot price")
def spot(price):
    """Today's price beside every operator, so that a chart can draw it."""
    return price


@per_btc.line(unit="share of price", number_format="0.0%", label="AISC margin")
def aisc_margin(price, aisc_net):
    """What is left of the price after the net all-in sustaining cost."""
    return (price - aisc_net) / price


@per_btc.line(unit="0-2", number_format="0", label="Stress level, direct cost apart", working=True)
def stress_of_layers(price, sustaining_cost_per_btc, aisc_net):
    """2 when the price is below direct and sustaining cost, 1 below net AISC, else 0."""
    return maximum(2 * (price < sustaining_cost_per_btc), price < aisc_net)


@per_btc.line(unit="0-3", number_format="0")
def stress_level(price, direct_cost_per_btc, stress_of_layers):
    """3 when the price is below direct cost, 2 below direct and sustaining cost, 1 below net AISC, else 0."""
    return when(price < direct_cost_per_btc, 3, stress_of_layers)


@per_btc.line(unit="", text=True)
def stress(stress_level):
    """The stress level in words."""
    return choose(stress_level, "above AISC", "below AISC", "not sustaining", "lights-off")


@per_btc.line(unit="USD/BTC")
def stress_cost(stress_level, direct_cost_per_btc, sustaining_cost_per_btc, aisc_net):
    """The cost that the price falls short of: that of the stress level, and net AISC where there is none."""
    return pick(stress_level + 1, aisc_net, aisc_net, sustaining_cost_per_btc, direct_cost_per_btc)


@per_btc.line(unit="USD/BTC", number_format="#,##0;[Red]-#,##0")
def stress_gap(price, stress_cost):
    """Price less the cost that it falls short of; above zero it is short of none."""
    return price - stress_cost


@per_btc.line(unit="0/1", number_format="0", label="AI-led")
def ai_led(ai_revenue, production, price):
    """1 when AI revenue is at least the value of the bitcoin mined: net figures then say little about mining."""
    return when((ai_revenue > 0) & (ai_revenue >= production * price), 1, 0)
