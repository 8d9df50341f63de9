"""The blocks of the model: what its tables are and where their rows come from."""

from __future__ import annotations

from reportgen.inputs import Inputs
from reportgen.model.block import Block, Given
from reportgen.sheets import RISK_COMPONENTS, declared
from reportgen.sheets.risk_components import DIALS

EPOCHS = 26
LEVELS = 25
TRIGGERS_PER_OPERATOR = 5  # lights-off, not sustaining, below AISC, runway, minimum liquidity
MARGIN_PRICES, MARGIN_DIFFICULTIES = 9, 7  # of the table of net margins
RUNGS, DEAREST = 10, 20  # triggers on the ladder of the dashboard, operators in charts with a name each


def _history_days(inputs: Inputs) -> int:
    dates = inputs.tables["Network_History"].columns["date"]
    return int(dates.max() - dates.min()) + 1 if len(dates) else 0


def _trigger_rows(inputs: Inputs) -> int:
    return inputs.tables["Operators"].rows * TRIGGERS_PER_OPERATOR + inputs.tables["Debt"].rows


market = Block("market", "Market", sources=(declared.Market, declared.Report))
operators = Block("operators", "Operators", sources=(declared.Operators,))
fleet = Block("fleet", "Fleet", sources=(declared.Fleet,), owner=operators, owner_key="operator")
debt = Block("debt", "Debt", sources=(declared.Debt,), owner=operators, owner_key="operator")
ai_hpc = Block("ai_hpc", "AI and HPC contracts", sources=(declared.AIHPC,), owner=operators, owner_key="operator")
network_history = Block("network_history", "Network history", sources=(declared.NetworkHistory,))
etf_flows = Block("etf_flows", "ETF flows", sources=(declared.ETFFlows,))
scenarios = Block("scenarios", "Scenarios", sources=(declared.Scenarios,))
shocks = Block("shocks", "Shocks", sources=(declared.Shocks,))
risk = Block("risk", "Risk components", sources=(declared.Risk,))
components = Block("components", "Components of the model", rows=lambda _: len(RISK_COMPONENTS))
dials = Block("dials", "Dials of the risk score", rows=lambda _: len(DIALS))
days = Block("days", "Days of the hash ribbon", rows=_history_days)
cost_curve = Block("cost_curve", "Price levels", rows=lambda _: LEVELS)
ranked = Block("ranked", "Operators by cost", rows=lambda inputs: inputs.tables["Operators"].rows)
trigger_rows = Block("trigger_rows", "Triggers, unsorted", rows=_trigger_rows, when_read=True)
triggers = Block("triggers", "Triggers", rows=_trigger_rows, when_read=True)
TRIGGER_KINDS = ("lights-off", "not sustaining", "below AISC", "runway", "minimum liquidity", "margin call")
trigger_kinds = Block("trigger_kinds", "Kinds of triggers", rows=lambda _: len(TRIGGER_KINDS))
self_correction = Block("self_correction", "Difficulty epochs", rows=lambda _: EPOCHS + 1)

margin_prices = Block("margin_prices", "Prices of the margin table", rows=lambda _: MARGIN_PRICES, when_read=True)
margin_difficulties = Block(
    "margin_difficulties", "Difficulties of the margin table", rows=lambda _: MARGIN_DIFFICULTIES, when_read=True
)
ladder = Block(
    "ladder", "Rungs of the price ladder", rows=lambda inputs: min(RUNGS, _trigger_rows(inputs)), when_read=True
)
dearest = Block(
    "dearest", "Dearest operators", rows=lambda inputs: min(DEAREST, inputs.tables["Operators"].rows), when_read=True
)
shortest = Block(
    "shortest", "Shortest runways", rows=lambda inputs: min(DEAREST, inputs.tables["Operators"].rows), when_read=True
)

SNAPSHOT = (
    "price", "hashprice", "aisc_average", "aisc_net_average", "share_below_direct_cost", "share_below_sustaining",
    "share_below_aisc_net", "forced_sales", "forced_sales_network", "treasury_draw_network", "risk_score",
    "price_gap", "market_score", "aisc_net_average_flat", "aisc_net_average_observed", "direct_cost_average",
    "network_coverage", "collateral_called_network", "severe_miner_sales", "etf_mean_long_btc", "ribbon_today",
)  # fmt: skip
snapshot = Block("snapshot", "Figures under each shock", given=("shock", *SNAPSHOT))

trigger_snapshot = Block(
    "trigger_snapshot",
    "Nearest triggers",
    given=(
        "at", "trigger_row", "at_price", "risk_score", "share_below_aisc_net", "treasury_draw_network",
        "collateral_called_network",
    ),
    told={
        "trigger_row": Given("Row on Trigger_Rows", "row", "0", whole=True),
        "at_price": Given("Solved at price", "USD/BTC", "#,##0"),
    },
)  # fmt: skip
grid = Block(
    "grid",
    "Price and difficulty",
    given=("cell", "price_change", "difficulty_change", "aisc_margin", "share_below_aisc_net", "risk_score"),
    told={
        "price_change": Given("Change of the price", "change", "+0%;-0%;0%"),
        "difficulty_change": Given("Change of the difficulty", "change", "+0%;-0%;0%"),
        "aisc_margin": Given("AISC margin, average", "share of price", "0.0%"),
    },
)
reverse_stress = Block(
    "reverse_stress",
    "Reverse stress",
    given=("driver", "measure", "target", "change"),
    told={
        "measure": Given("Measure", text=True),
        "target": Given("Until it is", text=True),
        "change": Given("Smallest change", "change", "+0.0%;-0.0%;0.0%"),
    },
)
