"""All operators together: averages weighted by production, shares by hash rate. Source: model section 4."""

from __future__ import annotations

from reportgen.formula.functions import count, difference, divide, known, total
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.aisc import SHEET

averages = Section(
    blocks.market, SHEET, "All operators", "Averages are weighted by production, shares by hash rate.", across=True
)


@averages.line(unit="operators", number_format="0")
def operators_listed(operators):
    """Operators of this workbook."""
    return count(operators.number)


@averages.line(unit="TH/s", number_format="#,##0", label="Hash rate of all operators")
def total_hash_rate(operators):
    """Running hash rate of all operators."""
    return total(operators.hash_rate)


@averages.line(unit="BTC/month", label="Production of all operators")
def total_production(operators):
    """Bitcoin that all operators mine in a month."""
    return total(operators.production)


@averages.line(unit="BTC/month", label="Production of operators with an observed growth", working=True)
def production_with_growth(operators):
    """Production of the operators whose cost with growth as observed is known: all of them, or none."""
    return total(operators.production, where=known(operators.aisc_net_observed))


@averages.line(unit="BTC/month", label="Production of operators with an accounting cost", working=True)
def production_with_accounts(operators):
    """Production of the operators that give depreciation or pay in shares."""
    return total(operators.production, where=known(operators.accounting_cost_per_btc))


@averages.line(unit="BTC/month", label="Production without AI-led operators", working=True)
def production_of_mining(operators):
    """Production of the operators that AI does not carry."""
    return total(operators.production, where=operators.ai_led == 0)


@averages.line(unit="USD/BTC", label="Direct cost, average")
def direct_cost_average(operators, total_production):
    """Direct cost of a bitcoin, weighted by production."""
    return divide(total(operators.direct_cost_per_btc * operators.production), total_production)


@averages.line(unit="USD/BTC", label="AISC, average", bold=True)
def aisc_average(operators, total_production):
    """All-in sustaining cost, weighted by production."""
    return divide(total(operators.aisc * operators.production), total_production)


@averages.line(unit="USD/BTC", label="AISC net of AI, average", bold=True)
def aisc_net_average(operators, total_production):
    """All-in sustaining cost after the AI credit, weighted by production."""
    return divide(total(operators.aisc_net * operators.production), total_production)


@averages.line(unit="USD/BTC", label="AISC net of AI, average, flat network")
def aisc_net_average_flat(operators, total_production):
    """Net AISC if the network did not grow, weighted by production."""
    return divide(total(operators.aisc_net_flat * operators.production), total_production)


@averages.line(unit="USD/BTC", label="AISC net of AI, average, growth as observed")
def aisc_net_average_observed(operators, production_with_growth):
    """Net AISC if the network grew as over the last year, weighted by production; n/a without such a history."""
    return divide(total(operators.aisc_net_observed * operators.production), production_with_growth)


@averages.line(unit="USD/BTC", label="Cash cost, average")
def cash_cost_average(operators, total_production):
    """Cash cost of a bitcoin, weighted by production."""
    return divide(total(operators.cash_cost_per_btc * operators.production), total_production)


@averages.line(unit="USD/PH/day", label="Direct hashcost, average")
def direct_hashcost_average(operators, total_hash_rate):
    """Layer 1 for one PH/s and day, weighted by hash rate: beside hashprice."""
    return divide(total(operators.direct_hashcost * operators.hash_rate), total_hash_rate)


@averages.line(unit="USD/PH/day", label="All-in hashcost, average")
def all_in_hashcost_average(operators, total_hash_rate):
    """All three layers for one PH/s and day, weighted by hash rate: beside hashprice."""
    return divide(total(operators.all_in_hashcost * operators.hash_rate), total_hash_rate)


@averages.line(unit="USD/BTC", label="Accounting cost, average")
def accounting_cost_average(operators, production_with_accounts):
    """Accounting cost of a bitcoin over the operators that give it, weighted by production."""
    return divide(total(operators.accounting_cost_per_btc * operators.production), production_with_accounts)


@averages.line(unit="USD/BTC", label="Sustaining capex, average")
def sustaining_capex_average(operators, total_production):
    """Sustaining capex of a bitcoin, weighted by production."""
    return divide(total(operators.sustaining_capex_per_btc * operators.production), total_production)


@averages.line(unit="USD/BTC", label="Corporate overhead, average")
def overhead_average(operators, total_production):
    """Head office per bitcoin, weighted by production."""
    return divide(total(operators.overhead_per_btc * operators.production), total_production)


@averages.line(unit="USD/BTC", label="Debt service and buffer, average")
def debt_and_buffer_average(operators, total_production):
    """Interest, repayments and the liquidity buffer per bitcoin, weighted by production."""
    return divide(total(operators.debt_and_buffer_per_btc * operators.production), total_production)


@averages.line(unit="USD/BTC", label="Interest, average")
def interest_average(operators, total_production):
    """Cash interest per bitcoin, weighted by production."""
    return divide(total(operators.interest_per_btc * operators.production), total_production)


@averages.line(unit="USD/BTC", label="AI credit, average")
def ai_credit_average(operators, total_production):
    """AI and HPC margin per bitcoin, weighted by production."""
    return divide(total(operators.ai_credit * operators.production), total_production)


@averages.line(unit="USD/BTC", label="AISC, average, flat network")
def aisc_average_flat(aisc_net_average_flat, ai_credit_average):
    """AISC if the network did not grow: one end of the band that the growth figure makes."""
    return aisc_net_average_flat + ai_credit_average


@averages.line(unit="USD/BTC", label="AISC, average, growth as observed")
def aisc_average_observed(aisc_net_average_observed, ai_credit_average):
    """AISC if the network grew as it did over the last year; n/a without such a history."""
    return aisc_net_average_observed + ai_credit_average


@averages.line(unit="USD/BTC", label="AISC, gold convention, average")
def aisc_wgc_average(operators, total_production):
    """AISC of the gold convention, weighted by production."""
    return divide(total(operators.aisc_wgc * operators.production), total_production)


@averages.line(unit="USD/BTC", label="AISC net of AI, average without AI-led operators")
def aisc_net_average_mining(operators, production_of_mining):
    """Net AISC of the operators that AI does not carry, weighted by production."""
    return divide(total(operators.aisc_net * operators.production, where=operators.ai_led == 0), production_of_mining)


@averages.line(unit="USD/BTC", label="Share defence capex, average")
def share_defence_average(operators, total_production):
    """What keeping one's share of a growing network costs a bitcoin, over all operators."""
    return divide(total(operators.share_defence_capex), total_production)


@averages.line(unit="USD/BTC", number_format="#,##0;[Red]-#,##0")
def price_gap(price, aisc_net_average):
    """Price less average net AISC; below zero the average operator does not earn it."""
    return price - aisc_net_average


@averages.line(unit="USD/BTC", label="AISC less AI credit, average", working=True)
def aisc_after_credit_average(aisc_average, ai_credit_average):
    """Average net AISC, exactly 0 where the AI credit pays for everything."""
    return difference(aisc_average, ai_credit_average)


@averages.line(unit="share of cost", number_format="0.0%;[Red]-0.0%")
def price_gap_of_cost(price_gap, aisc_after_credit_average):
    """How far the price is above average net AISC, as a share of that cost; below zero: under it."""
    return divide(price_gap, aisc_after_credit_average)


@averages.line(unit="share of price", number_format="0.0%", label="AISC margin, average")
def aisc_margin_average(price_gap, price):
    """What is left of the price after average net AISC."""
    return price_gap / price


@averages.line(unit="share of hash rate", number_format="0.0%")
def share_below_direct_cost(operators, price, total_hash_rate):
    """Share of the operators' hash rate for which the price is below direct cost."""
    return divide(total(operators.hash_rate, where=operators.direct_cost_per_btc > price), total_hash_rate)


@averages.line(unit="share of hash rate", number_format="0.0%")
def share_below_sustaining(operators, price, total_hash_rate):
    """Share for which the price is below direct and sustaining cost."""
    return divide(total(operators.hash_rate, where=operators.sustaining_cost_per_btc > price), total_hash_rate)


@averages.line(unit="share of hash rate", number_format="0.0%", label="Share below AISC net of AI")
def share_below_aisc_net(operators, price, total_hash_rate):
    """Share for which the price is below net AISC."""
    return divide(total(operators.hash_rate, where=operators.aisc_net > price), total_hash_rate)


@averages.line(unit="share of network", number_format="0.0%")
def network_coverage(operators):
    """Share of the network that the operators of this workbook make up."""
    return total(operators.network_share)
