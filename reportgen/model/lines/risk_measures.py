"""What the components of the risk score look at: one continuous measure each. Source: model section 8."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from typing import Any

from reportgen.formula.functions import choose, clip, divide, largest, pick, total
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.sheets import RISK_COMPONENTS
from reportgen.sheets.risk_components import RiskComponent

SHEET = "Risk_Score"
conventions = Section(
    blocks.market, "Market_Figures", "Conventions of the score", "Choices that are the same in every report."
)
measures = Section(
    blocks.market, SHEET, "Measures", "What the components look at; each moves smoothly with its inputs."
)
table = Section(blocks.components, SHEET, "Measure and dial of each component")
cost_pressure = Section(
    blocks.operators,
    "AISC",
    "Pressure of costs on the price",
    "0 while a cost is well below the price, 1 once it is well above: how deep under water, not only whether.",
    across=True,
)


@conventions.line(unit="share of the price", number_format="0%")
def pressure_start():
    """Cost, as a share of the price, from which on it presses on an operator."""
    return 0.8


@conventions.line(unit="share of the price", number_format="0%")
def pressure_range():
    """How much more of the price a cost must take for its pressure to be full."""
    return 0.4


@conventions.line(unit="days", number_format="0")
def call_days():
    """Days over which collateral at risk is spread when it is set against what miners sell in a day."""
    return 90


@cost_pressure.line(unit="0-1", number_format="0.00")
def cash_pressure(direct_cost_per_btc, price, pressure_start, pressure_range):
    """Pressure of direct cost on the price: 0 up to 80 % of it, 1 from 120 % on."""
    return clip((direct_cost_per_btc / price - pressure_start) / pressure_range, 0, 1)


@cost_pressure.line(unit="0-1", number_format="0.00", label="AISC pressure")
def aisc_pressure(aisc_net, price, pressure_start, pressure_range):
    """Pressure of net AISC on the price: 0 up to 80 % of it, 1 from 120 % on."""
    return clip((aisc_net / price - pressure_start) / pressure_range, 0, 1)


@measures.line(unit="0-1", number_format="0.00")
def cash_pressure_average(operators, total_hash_rate):
    """Pressure of direct cost on the price, weighted by hash rate."""
    return divide(total(operators.cash_pressure * operators.hash_rate), total_hash_rate)


@measures.line(unit="0-1", number_format="0.00", label="AISC pressure, average")
def aisc_pressure_average(operators, total_hash_rate):
    """Pressure of net AISC on the price, weighted by hash rate."""
    return divide(total(operators.aisc_pressure * operators.hash_rate), total_hash_rate)


@measures.line(unit="times", number_format="0.00", label="Miner income (Puell multiple)")
def puell(issuance, price, revenue_mean_today):
    """Today's revenue from new bitcoin over the mean of the last 365 days."""
    return divide(issuance * price, revenue_mean_today)


@measures.line(unit="share", number_format="0.0%")
def ribbon_depth(ribbon_today):
    """How far the hash ribbon is inverted."""
    return -ribbon_today


@measures.line(unit="share", number_format="0.0%")
def hash_drawdown(sma_30_today, sma_30_peak_today):
    """How far the 30-day mean hash rate is below its highest of a year."""
    return 1 - sma_30_today / sma_30_peak_today


@measures.line(unit="0-1", number_format="0.00")
def solvency_pressure_average(operators, total_hash_rate):
    """Pressure of bills and maturities on the cash of operators, weighted by hash rate."""
    return divide(total(operators.solvency_pressure * operators.hash_rate), total_hash_rate)


@measures.line(unit="0-1", number_format="0.00")
def call_pressure_average(operators, total_hash_rate):
    """Nearness of margin calls, weighted by hash rate."""
    return divide(total(operators.call_pressure * operators.hash_rate), total_hash_rate)


@measures.line(unit="BTC/day", label="Treasury draw and collateral at risk")
def forced_at_risk(treasury_draw_network, collateral_at_risk_network, call_days):
    """Treasury draw, and collateral at risk spread over its days, of the network; bills are left out."""
    return treasury_draw_network + collateral_at_risk_network / call_days


@measures.line(unit="times issuance", number_format="0.00")
def forced_selling(forced_at_risk, issuance):
    """Treasury draw, and collateral at risk spread over its days, of the network over issuance; bills are left out."""
    return divide(forced_at_risk, issuance)


@measures.line(unit="BTC/day")
def severe_miner_sales(scenarios):
    """Miner sales of the scenario with the largest."""
    return largest(scenarios.miner_sales)


@measures.line(unit="times", number_format="0.00;-0.00", label="ETF outflow / severe miner sales")
def etf_outflow_ratio(etf_mean_long_btc, severe_miner_sales):
    """Mean outflow of the newest 20 ETF days over severe miner sales; below zero when funds take in."""
    return divide(-etf_mean_long_btc, severe_miner_sales)


@table.line(unit="", text=True)
def name(number):
    """Name of the component, as on the sheet Risk."""
    return choose(number - 1, *(item.name for item in RISK_COMPONENTS))


@table.line(unit="", text=True)
def dial(number):
    """The dial that the component belongs to."""
    return choose(number - 1, *(item.dial for item in RISK_COMPONENTS))


def measured(components: Sequence[RiskComponent]) -> Callable[..., Any]:
    """The function of the line `measure`: for each component of the table, the line that it looks at."""

    def measure(number: Any, *figures: Any) -> Any:
        """Today's value of what the component looks at."""
        today = dict(zip(names[1:], figures, strict=True))
        return pick(number, *(today[item.measure] for item in components))

    names = list(dict.fromkeys(["number", *(item.measure for item in components)]))
    parameters = [Parameter(each, Parameter.POSITIONAL_OR_KEYWORD) for each in names]
    measure.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # read by inspect.signature
    return measure


table.line(unit="measure", number_format="0.00")(measured(RISK_COMPONENTS))
