"""What charts and the dashboard draw: rows picked from other sheets, so that a chart of a few rows stays live."""

from __future__ import annotations

from reportgen.formula.functions import absolute, at, choose, count, not_available, position, row_of, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.liquidity import SHEET as LIQUIDITY
from reportgen.sheets import RISK_COMPONENTS

SHEET = "Chart_Data"
dearest = Section(
    blocks.dearest, SHEET, "Dearest operators", "Highest net AISC first: what charts with a name each draw."
)
shortest = Section(
    blocks.shortest, SHEET, "Shortest runways", "Shortest runway first: what the chart of runways draws."
)
ranks = Section(blocks.operators, LIQUIDITY, "For charts and the first sheet", across=True)
counts = Section(blocks.market, SHEET, "How many")
words = Section(blocks.components, "Risk_Score", "Components of the score in words")
named = Section(blocks.risk, "Risk_Score", "Components of the sheet Risk in words")
flows = Section(
    blocks.market,
    SHEET,
    "Coins to market and off it",
    "Each signed the same way: below zero, coins come to market; above zero, they are taken off it.",
)


@dearest.line(unit="rank", number_format="0", label="Rank by AISC net of AI")
def place(number, operators_ranked):
    """Place of the operator, lowest cost first; 0 or below once all with production have been named."""
    return operators_ranked + 1 - number


@dearest.line(unit="row", number_format="0", label="Row on Operators", working=True)
def operator_row(place, operators):
    """Row of the operator at this place; n/a once all have been named."""
    return row_of(place, operators.rank)


@dearest.line(unit="", text=True)
def operator(operator_row, operators):
    """Operator at this place; n/a once all have been named."""
    return at(operator_row, operators.operator)


@dearest.line(unit="USD/BTC", label="Direct cost per BTC")
def direct_cost_per_btc(operator_row, operators):
    """Layer 1 per bitcoin mined."""
    return at(operator_row, operators.direct_cost_per_btc)


@dearest.line(unit="USD/BTC", label="Sustaining capex per BTC")
def sustaining_capex_per_btc(operator_row, operators):
    """Layer 2 per bitcoin mined."""
    return at(operator_row, operators.sustaining_capex_per_btc)


@dearest.line(unit="USD/BTC", label="Corporate financing per BTC")
def corporate_financing_per_btc(operator_row, operators):
    """Layer 3 per bitcoin mined."""
    return at(operator_row, operators.corporate_financing_per_btc)


@dearest.line(unit="USD/BTC", label="AISC net of AI", bold=True)
def aisc_net(operator_row, operators):
    """All-in sustaining cost after the AI credit."""
    return at(operator_row, operators.aisc_net)


@dearest.line(unit="USD/BTC", label="Spot price")
def spot(price):
    """Today's price beside every place, so that a chart can draw it."""
    return price


@counts.line(unit="operators", number_format="0")
def operators_ranked(operators):
    """Operators with a cost of a bitcoin: those that mine."""
    return count(operators.rank)


@ranks.line(unit="months", number_format="0.0E+00", label="Margin of equality", working=True)
def runway_margin(runway):
    """What is too little to tell two runways apart: their twelfth digit."""
    return absolute(runway) / 10**12


@ranks.line(unit="rank", number_format="0", label="Rank by runway")
def runway_rank(runway, runway_margin):
    """Place of the operator when sorted by runway, shortest first."""
    return position(runway, runway_margin)


@ranks.line(unit="0/1", number_format="0")
def draws(btc_sales_needed, production, sellable_btc):
    """1 where bills take more bitcoin than the month brings, and free bitcoin is there to draw on."""
    return when((btc_sales_needed > production) & (sellable_btc > 0), 1, 0)


@ranks.line(unit="0/1", number_format="0")
def is_called(collateral_called):
    """1 where a lender may sell collateral at today's price."""
    return when(collateral_called > 0, 1, 0)


@shortest.line(unit="row", number_format="0", label="Row on Operators", working=True)
def row_short(number, operators):
    """Row of the operator at this place; n/a once all have been named."""
    return row_of(number, operators.runway_rank)


@shortest.line(unit="", text=True, label="Operator")
def operator_short(row_short, operators):
    """Operator at this place."""
    return at(row_short, operators.operator)


@shortest.line(unit="months", number_format="0.0")
def runway(row_short, operators):
    """Months until minimum liquidity is reached at today's cash flow."""
    return at(row_short, operators.runway)


@words.line(unit="", text=True)
def label(number):
    """What the component looks at, in words."""
    return choose(number - 1, *(item.label for item in RISK_COMPONENTS))


@named.line(unit="", text=True)
def component_label(component_row, components):
    """What the component looks at, in words; n/a for one that the model does not know."""
    return when(component_row > 0, at(component_row, components.label), not_available)


@flows.line(unit="BTC/day", number_format="+#,##0.0;-#,##0.0;0.0", label="Forced selling, extrapolated")
def forced_flow_to_market(forced_flow_network):
    """Treasury draw and called collateral if the whole network were like these operators; below zero."""
    return -forced_flow_network


@flows.line(unit="BTC/day", number_format="+#,##0.0;-#,##0.0;0.0", label="Issuance")
def issuance_to_market(issuance):
    """New bitcoin; below zero."""
    return -issuance


@flows.line(unit="BTC/day", number_format="+#,##0.0;-#,##0.0;0.0", label="ETF flow, 20-day mean")
def etf_off_market(etf_mean_long_btc):
    """Mean flow of spot ETFs: above zero they take coins off the market, below zero they bring them."""
    return etf_mean_long_btc
