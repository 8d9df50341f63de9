"""What other tables call cost, and the band of AISC that one growth figure makes. Source: model section 4."""

from __future__ import annotations

from reportgen.formula.functions import divide, known, maximum, not_available, otherwise, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.aisc import SHEET

comparable = Section(
    blocks.operators,
    SHEET,
    "Beside published figures",
    "What analysts' tables and accounts call the cost of a bitcoin, cost for one PH/s, and AISC at other growth.",
    across=True,
)


@comparable.line(unit="USD/month")
def non_cash_cost(depreciation, stock_compensation):
    """Depreciation and pay in shares, not part of AISC; n/a where neither is given."""
    return when(
        known(depreciation) | known(stock_compensation),
        otherwise(depreciation, 0) + otherwise(stock_compensation, 0),
        not_available,
    )


@comparable.line(unit="USD/month")
def observed_defence_capex(monthly_observed_growth, replacement_value):
    """What it takes to grow as the network grew over the last year; not part of AISC, one end of its band."""
    return maximum(0, monthly_observed_growth) * replacement_value


@comparable.line(unit="USD/BTC", label="Interest per BTC")
def interest_per_btc(interest, production):
    """Cash interest per bitcoin mined: part of cash cost, and not of the gold convention."""
    return divide(interest, production)


@comparable.line(unit="USD/BTC", label="Cash cost per BTC")
def cash_cost_per_btc(direct_cost, corporate_overhead, interest, production):
    """Comparable with the cash cost of analysts' tables (CoinShares): before capex, repayment and AI income."""
    return divide(direct_cost + corporate_overhead + interest, production)


@comparable.line(unit="USD/BTC", label="Accounting cost per BTC")
def accounting_cost_per_btc(direct_cost, corporate_overhead, interest, non_cash_cost, production):
    """Comparable with "all-in" tables that include depreciation and pay in shares; n/a where neither is given."""
    return divide(direct_cost + corporate_overhead + interest + non_cash_cost, production)


@comparable.line(unit="USD/BTC", label="AISC net of AI, flat network")
def aisc_net_flat(direct_cost, sustaining_capex, share_defence_capex, corporate_financing, ai_margin, production):
    """Net AISC if the network did not grow: one end of the band that the growth figure makes."""
    return divide(direct_cost + sustaining_capex - share_defence_capex + corporate_financing - ai_margin, production)


@comparable.line(unit="USD/BTC", label="AISC net of AI, growth as observed")
def aisc_net_observed(
    direct_cost, sustaining_capex, share_defence_capex, observed_defence_capex, corporate_financing, ai_margin,
    production,
):  # fmt: skip
    """Net AISC if the network grew as it did over the last year; n/a without such a history."""
    return divide(
        direct_cost + sustaining_capex - share_defence_capex + observed_defence_capex + corporate_financing - ai_margin,
        production,
    )


@comparable.line(unit="USD/PH/day")
def direct_hashcost(direct_cost, days_per_month, hash_rate):
    """Layer 1 for one PH/s and day, to be held against hashprice; n/a without hash rate."""
    return divide(direct_cost, days_per_month * hash_rate / 1000)


@comparable.line(unit="USD/PH/day", label="All-in hashcost")
def all_in_hashcost(direct_cost, sustaining_capex, corporate_financing, days_per_month, hash_rate):
    """All three layers for one PH/s and day, to be held against hashprice; n/a without hash rate."""
    return divide(direct_cost + sustaining_capex + corporate_financing, days_per_month * hash_rate / 1000)


@comparable.line(unit="USD/PH/day", label="Hashprice beside them")
def hashprice_beside(hashprice):
    """Today's hashprice beside the hashcosts of every operator."""
    return hashprice
