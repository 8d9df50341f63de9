"""The edits that people make to a delivered workbook, and what the workbook must say after each."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.render.workbook.side_columns import HOLIDAYS, LIMIT
from reportgen.render.workbook.verdicts import TYPED_OVER
from tests.render.workbook.edits.actions import (
    Change,
    at,
    both,
    cleared,
    day_after,
    default_of,
    deleted,
    fund,
    fund_heading,
    heading,
    inserted,
    new_operator,
    other_formula,
    over,
    put,
    repeated,
    side,
    swapped,
    swapped_numbers,
    turned,
    typed,
    typed_record,
    verdict,
)
from tests.render.workbook.edits.edited_file import EditedFile, Formula

SAMPLE, SMALL = "sample", "small"
_DEARER = put("Market", "btc_price", 61_000.0)
_WINDOW = ("Summer", 45_800.0, 45_850.0)


@dataclass(frozen=True)
class Edit:
    """An edit by name. `says`: what the master check must name; "" where figures equal a rebuild's and all holds."""

    name: str
    change: Change
    says: str = ""
    pack: str = SMALL


def _sum_of_others(file: EditedFile) -> None:
    """The last of the three funds becomes the sum of the first two."""
    for row in range(5, 27):
        flows = [file.value("ETF_Flows", f"{column}{row}") for column in "BC"]
        if None not in flows:
            file.put("ETF_Flows", f"D{row}", sum(flows))


WELL = (
    Edit("nothing", lambda file, plan: None),
    Edit("nothing on the sample", lambda file, plan: None, pack=SAMPLE),
    Edit("another price", put("Market", "btc_price", 61_000.0)),
    Edit("another price on the sample", put("Market", "btc_price", 74_000.0), pack=SAMPLE),
    Edit("another block height", put("Market", "block_height", 926_900)),
    Edit("a shock is chosen", put("Market", "active_shock", "Price -20 %"), pack=SAMPLE),
    Edit("a halving is chosen", put("Market", "active_shock", "Halving"), pack=SAMPLE),
    Edit("less uptime", put("Operators", "uptime", 0.81)),
    Edit("a dearer loan", put("Debt", "interest_rate", 0.14)),
    Edit("a default of an operator is cleared", put("Operators", "site_overhead", None)),
    Edit("a cost is cleared", put("Operators", "site_maintenance", None)),
    Edit("blocks per day are cleared", put("Market", "blocks_per_day", None)),
    Edit("the reference outflow is cleared", put("Market", "etf_reference_outflow", None)),
    Edit("growth is cleared and observed instead", put("Market", "network_growth", None), pack=SAMPLE),
    Edit("a covenant is cleared", put("Debt", "max_ltv", None)),
    Edit("a halving is cleared", put("Shocks", "halving", None)),
    Edit("a shorter horizon", put("Scenarios", "horizon_days", 45)),
    Edit("a later maturity", put("Debt", "maturity", 47_500.0)),
    Edit("more depreciation", put("Operators", "depreciation", 9_500_000.0)),
    Edit("another share sold over the counter", put("Scenarios", "otc_share", 0.25)),
    Edit("a machine that changes hands", put("Fleet", "operator", "Beta Hosted")),
    Edit("another weight", put("Risk", "weight", 35)),
    Edit("operators sorted the other way", turned("Operators")),
    Edit("machines sorted the other way", turned("Fleet")),
    Edit("loans sorted the other way", turned("Debt")),
    Edit("a column inserted among the costs", lambda file, plan: file.insert_column("Operators", "E", {})),
    Edit("notes of one's own beside the machines", at("Fleet", "Z6", "checked")),
    Edit("a row inserted in the market form", lambda file, plan: file.insert_row("Market", 8)),
    Edit("a row inserted above the headings", lambda file, plan: file.insert_row("Fleet", 4)),
    Edit("an as-of date a day later", day_after("Network_History")),
    Edit("flows of a day more", day_after("ETF_Flows")),
    Edit("a machine type more", typed("Fleet", units=900, machine="New type")),
    Edit("two machine types more", both(typed("Fleet", units=900), typed("Fleet", below=1, units=70))),
    Edit("a machine type below two blank rows", typed("Fleet", below=2, units=900)),
    Edit("a loan more", typed("Debt", principal=5e6)),
    Edit("a contract more", typed("AI_HPC", monthly_revenue=4e5)),
    Edit("a scenario more", typed("Scenarios", scenario="Fire sale", horizon_days=10)),
    Edit(
        "a shock more, and chosen",
        both(typed("Shocks", shock="Price -45 %", price_change=-0.45), put("Market", "active_shock", "Price -45 %")),
    ),
    Edit("an operator more", new_operator(typed)),
    Edit("an operator more on the sample", new_operator(typed), pack=SAMPLE),
    Edit("a machine type inserted", inserted("Fleet", units=900)),
    Edit("a loan inserted", inserted("Debt", principal=5e6)),
    Edit("a contract inserted", inserted("AI_HPC", monthly_revenue=4e5)),
    Edit("a scenario inserted", inserted("Scenarios", scenario="Fire sale", horizon_days=10)),
    Edit(
        "a shock inserted, and chosen",
        both(inserted("Shocks", shock="Price -45 %", price_change=-0.45), put("Market", "active_shock", "Price -45 %")),
    ),
    Edit("a column inserted among the loans", lambda file, plan: file.insert_column("Debt", "D", {})),
    Edit("an operator inserted", new_operator(inserted)),
    Edit("a blank row inserted among the machines", inserted("Fleet")),
    Edit("a contract cleared", cleared("AI_HPC")),
    Edit("a loan cleared", cleared("Debt")),
    Edit("a fund inserted between others", fund(1, "FUND-X")),
    Edit("a blank row inserted among the days", inserted("Network_History", before=20)),
    Edit("two blank rows inserted among the days", both(*[inserted("Network_History", before=20)] * 2)),
    Edit("a blank row inserted above the first day", lambda file, plan: file.insert_row("Network_History", 6)),
    Edit("a blank row inserted among the flows", inserted("ETF_Flows", before=5)),
    Edit("three blank rows inserted among the flows", both(*[inserted("ETF_Flows", before=5)] * 3)),
)

WRONG = (
    Edit("uptime typed as 97.5", put("Operators", "uptime", 97.5), "Operators: its cells"),
    Edit("an interest rate typed as 9.5", put("Debt", "interest_rate", 9.5), "Debt: its cells"),
    Edit("a price of zero", put("Market", "btc_price", 0), "Market: its cells"),
    Edit("text in a number", put("Operators", "power_price", "4.5 cents"), "Operators: its cells"),
    Edit("a number as text", put("Operators", "power_price", "0.045"), "Operators: its cells"),
    Edit("text in a cost that may be blank", put("Operators", "hosting", "none"), "Operators: its cells"),
    Edit("a truth value in a number", put("Fleet", "units", True), "Fleet: its cells"),
    Edit("a date as text", put("Debt", "maturity", "next year"), "Debt: its cells"),
    Edit("an as-of date as text", put("Report", "as_of", "today"), "Report: its cells"),
    Edit("a year for a date", put("AI_HPC", "start", 2025), "AI_HPC: its cells"),
    Edit("half a block", put("Market", "block_height", 926_500.5), "Market: its cells"),
    Edit("neither yes nor no", put("Shocks", "halving", "perhaps"), "Shocks: its cells"),
    Edit("an unknown status", put("Operators", "status", "guessed"), "Operators: its cells"),
    Edit("a blank horizon", put("Scenarios", "horizon_days", None), "Scenarios: its cells"),
    Edit("a blank principal", put("Debt", "principal", None), "Debt: its cells"),
    Edit("a blank price", put("Market", "btc_price", None), "Market: its cells"),
    Edit("a blank machine", put("Fleet", "machine", None), "Fleet: its cells"),
    Edit("an operator without name", put("Operators", "operator", None), "Operators"),
    Edit("a blank date", put("Network_History", "date", None, 10), "Network_History"),
    Edit("a heading renamed", heading("Operators", "power_price", "Electricity"), "Operators: its cells"),
    Edit("the heading of the values renamed", at("Market", "B4", "Values"), "Market: its cells"),
    Edit("an item renamed", at("Market", "A5", "Coin"), "Market: its cells"),
    Edit(
        "a default typed over",
        default_of("Operators", "site_overhead", 1.2),
        "Operators: its cells",
    ),
    Edit("a misspelt shock", put("Market", "active_shock", "Price -20%"), "Active shock known"),
    Edit("an operator renamed", put("Operators", "operator", "Alfa"), "Rows have operators"),
    Edit("a machine whose operator has a star", put("Fleet", "operator", "Alph*"), "Fleet: names are plain (A5)"),
    Edit("a loan whose operator has a star", put("Debt", "operator", "Alph*"), "Debt: names are plain"),
    Edit("an operator with a question mark", put("Operators", "operator", "Alph?"), "Operators: names are plain"),
    Edit("an operator with a tilde", put("Operators", "operator", "~Alpha"), "Operators: names are plain (A5)"),
    Edit("a scenario with a star", typed("Scenarios", scenario="Severe*"), "Scenarios: names are plain"),
    Edit("a scenario with a space at its end", typed("Scenarios", scenario="Severe "), "Scenarios: names are plain"),
    Edit("an operator with a space at its end", new_operator(typed, "Alpha "), "Operators: names are plain"),
    Edit("an operator with a no-break space", new_operator(typed, "Al\u00a0pha"), "Operators: names are plain"),
    Edit(
        "a machine whose operator starts with a space",
        put("Fleet", "operator", " Alpha"),
        "Fleet: names are plain (A5)",
    ),
    Edit("an operator called Total", new_operator(typed, "Total"), "Operators: names are plain"),
    Edit(
        "a shock with a star, and chosen",
        both(put("Shocks", "shock", "Price*"), put("Market", "active_shock", "Price*")),
        "Market: names are plain",
        SAMPLE,
    ),
    Edit(
        "an active shock with a space at its end",
        put("Market", "active_shock", "Halving "),
        "Market: names are plain (B15)",
        SAMPLE,
    ),
    Edit("a fund's heading with a unit", fund_heading("FUND-A (USD thousand)"), "ETF_Flows: headings of funds"),
    Edit("two operators of one name", typed("Operators"), "Names stand once"),
    Edit(
        "two scenarios of one name",
        repeated("Scenarios", "A6", "A5"),
        "Names stand once",
    ),
    Edit(
        "two shocks of one name",
        repeated("Shocks", "A6", "A5"),
        "Names stand once",
        SAMPLE,
    ),
    Edit("a component twice", repeated("Risk", "A6", "A5"), "Names stand once"),
    Edit("more bitcoin pledged than held", put("Debt", "btc_collateral", 900_000.0), "Bitcoin pledged is held"),
    Edit("more hash rate than the network", put("Fleet", "units", 90_000_000, 2), "Coverage is possible"),
    Edit("no weights", both(*(put("Risk", "weight", 0, row) for row in range(9))), "Weights given"),
    Edit("calm as high as stress", both(put("Risk", "calm", 0.4), put("Risk", "stress", 0.4)), "Components rise"),
    Edit("units and totals in one row", put("Fleet", "total_hash_rate", 2.0), "Machines measured once"),
    Edit("neither units nor totals", put("Fleet", "units", None), "Machines measured once"),
    Edit("a contract that ends before it starts", put("AI_HPC", "end", 40_000), "Contracts end after start"),
    Edit("history sorted newest first", turned("Network_History"), "Network_History: dates"),
    Edit("history sorted newest first on the sample", turned("Network_History"), "Network_History: dates", SAMPLE),
    Edit("flows sorted newest first", turned("ETF_Flows"), "ETF_Flows: dates"),
    Edit(
        "a day twice in the history",
        repeated("Network_History", "A12", "A11"),
        "Network_History: dates",
    ),
    Edit(
        "a day twice in the flows",
        repeated("ETF_Flows", "A12", "A11"),
        "ETF_Flows: dates",
    ),
    Edit(
        "an as-of date before the newest rows",
        lambda file, plan: put("Report", "as_of", float(plan.solution.value("as_of")) - 9)(file, plan),
        "Network_History: no row",
    ),
    Edit(
        "an as-of date long after the newest row",
        lambda file, plan: put("Report", "as_of", float(plan.solution.value("as_of")) + 9)(file, plan),
        "Network_History: its newest row",
    ),
    Edit("an event after the as-of date", put("Events", "date", 47_000.0), "Events: no row", SAMPLE),
    Edit("a machine type beyond the spare rows", typed("Fleet", below=400, units=900), "Fleet: every row"),
    Edit("an operator beyond the spare rows", typed("Operators", below=400, operator="Far"), "Operators: every row"),
    Edit("a shock beyond the spare rows", typed("Shocks", below=400, shock="Far"), "Shocks: every row"),
    Edit(
        "a day beyond the spare rows", typed("Network_History", below=900, date=45_990.0), "Network_History: every row"
    ),
    Edit("a new fund beside the others", fund(3, "FUND-X"), "ETF_Flows: every column"),
    Edit("a fund without a name", fund_heading(None), "ETF_Flows: every column"),
    Edit("two funds of one name", repeated("ETF_Flows", "C4", "B4"), "ETF_Flows: every column"),
    Edit("a fund called Total", fund_heading("Total"), "ETF_Flows: every column"),
    Edit("a machine type inserted above the first", inserted("Fleet", before=0, units=900), "Fleet: every row"),
    Edit("a machine type deleted", deleted("Fleet", 1), "no cell shows an error"),
    Edit("an operator deleted", deleted("Operators"), "do not hold"),
    Edit("a column of costs deleted", lambda file, plan: file.delete_column("Operators", "E"), "do not hold"),
    Edit("a cost typed over", over("operators", "electricity", 1.0), "AISC: every formula"),
    Edit("a mean typed over", over("days", "sma_60", 900.0, 62), "Ribbon_Days: every formula"),
    Edit("a score typed over", over("market", "risk_score", 12.0), "Risk_Score: every formula"),
    Edit(
        "a figure of the first sheet typed over",
        at("About", "B10", 12.0),
        "About: every formula",
    ),
    Edit(
        "a verdict typed over",
        both(put("Operators", "uptime", 97.5), *(verdict(row, 1) for row in range(99))),
        TYPED_OVER,
    ),
    Edit("the line of every sheet typed over", verdict(-1, "All checks hold"), TYPED_OVER),
    Edit("a check typed over", over("market", "weights_given", 1.0), "Checks: every formula"),
    Edit(
        "a count of cells typed over",
        at("Input_Checks", "I9", 1.0),
        "Input_Checks: every formula",
    ),
    Edit("a convention typed over", over("market", "runway_cap", 90.0), "Runway cap"),
    Edit(
        "the price by another formula", other_formula("market", "price", "50000*1"), "Headline figures are as delivered"
    ),
    Edit("a score by another formula", other_formula("market", "risk_score", "12+0"), "(risk score; )"),
    Edit("a cost by another formula", other_formula("operators", "aisc_wgc", "1000+1"), "AISC: figures are"),
    *(
        Edit(f"another price, and {words} by another formula", both(_DEARER, change), says)
        for words, change, says in (
            ("a power bill", other_formula("operators", "electricity", "5000000*0.9"), "Electricity, machine"),
            ("the power of machines", other_formula("fleet", "row_power", "120+0"), "Electricity, machine"),
            ("a production", other_formula("operators", "production", "700*1"), "Production, machine"),
            ("the difficulty", other_formula("market", "blocks_per_th_day", "1/10^9"), "Production, machine"),
            ("replacement", other_formula("fleet", "row_replacement_capex", "1*1"), "Replacement, machine"),
            ("interest", other_formula("debt", "row_interest", "1+1"), "Interest, loan"),
            ("repayments", other_formula("operators", "repayment", "1+1"), "Repayments, loan"),
            ("a layer", other_formula("operators", "direct_cost", "1000000*2"), "Costs of all operators"),
            ("an AISC", other_formula("operators", "aisc", "50000*1"), "Layers add up"),
            ("average AISC", other_formula("market", "aisc_average", "70000*1"), "Costs of all operators"),
            ("average net AISC", other_formula("market", "aisc_net_average", "70000*1"), "Costs less AI margin"),
            ("bitcoin for bills", other_formula("market", "forced_sales", "12*1"), "Bitcoin for bills"),
            ("coverage", other_formula("market", "network_coverage", "0.5*1"), "Network coverage, machine"),
            ("hashprice", other_formula("market", "hashprice", "40*1"), "Hashprice from the inputs"),
            ("a share", other_formula("market", "share_below_aisc_net", "0.1*1"), "Hash rate above water"),
            ("treasury draw", other_formula("market", "treasury_draw_network", "1*1"), "Treasury draw"),
            ("a call", other_formula("market", "collateral_called_network", "1*1"), "Collateral called, loan"),
            ("severe sales", other_formula("market", "severe_miner_sales", "1*1"), "Miner sales of the largest"),
            ("the mean flow", other_formula("market", "etf_mean_long_btc", "1*1"), "Sum of the newest ETF flows"),
            ("growth", other_formula("market", "growth_used", "0.9*1"), "Cost of growing with the network"),
            ("the price that is used", at("Input_Checks", "H12", Formula("50000*1")), "Market: its cells"),
            ("bills of an operator", other_formula("operators", "cash_need", "1*1"), "Bitcoin for bills"),
            ("the price", other_formula("market", "price", "65000*1"), "Hashprice from the inputs"),
            ("a component's score", other_formula("risk", "score", "12*1"), "Risk score from the way"),
            ("the risk score", other_formula("market", "risk_score", "12*1"), "Risk score from the way"),
        )
    ),
    Edit("a figure of the first sheet by another formula", at("About", "B10", Formula("5+5")), "About: figures are"),
    Edit("a mean by another formula", other_formula("days", "sma_60", "900+1", 62), "Ribbon_Days: figures are"),
    Edit(
        "a number over a formula and another formula beside",
        both(over("operators", "electricity", 1.0), at("AISC", "B40", Formula("1+1"))),
        "Headline figures are as delivered",
    ),
    Edit(
        "the value of an input by another formula",
        at("Input_Checks", "H12", Formula("50000*1")),
        "Market: its cells",
    ),
    Edit(
        "a bound typed over",
        both(at("Input_Checks", "G26", 100.0), put("Operators", "uptime", 97.5)),
        "Input_Checks: bounds",
    ),
    Edit("two cells of a snapshot swapped", swapped("grid", "risk_score", 0, 50), "Stress_Grid: the snapshot"),
    Edit("a unit of a form retyped", at("Market", "C5", "USD thousand/BTC"), "Market: its cells"),
    Edit("a currency of a form retyped", at("Market", "C5", "EUR/BTC"), "Market: its cells"),
    Edit(
        "the newest flows cleared",
        both(
            *(put("ETF_Flows", "funds", None, row) for row in range(12, 19)),
            *(at("ETF_Flows", f"{column}{row}", None) for column in "CD" for row in range(17, 24)),
        ),
        "ETF_Flows: its newest day with a flow",
    ),
    Edit("a fund that is the sum of the others", lambda file, plan: _sum_of_others(file), "ETF_Flows: every column"),
    Edit(
        "a time on a date, so that a day stands twice",
        put("Network_History", "date", 45_990.5, 55),
        "Network_History: dates",
    ),
    Edit("every machine cleared", both(*(cleared("Fleet", row) for row in range(5))), "Fleet: a row"),
    Edit(
        "a stress window that ends before it starts",
        typed_record("Stress_Windows", "Summer", 45_900.0, 45_800.0),
        "Stress_Windows: no window",
    ),
    Edit("an item twice", at("Market", "A20", "BTC price"), "Market: its cells"),
    Edit("a heading twice", at("Operators", "Z4", "Uptime (share)"), "Operators: its cells"),
    Edit("a flow as text", put("ETF_Flows", "funds", "250"), "ETF_Flows: its cells"),
    Edit("a truth value in a flow", put("ETF_Flows", "funds", True), "ETF_Flows: its cells"),
    Edit("a flow in dollars", put("ETF_Flows", "funds", 5e9), "ETF_Flows: its cells"),
    Edit(
        "days out of order on both sides of a blank row",
        both(inserted("Network_History", before=20), repeated("Network_History", "A26", "A20")),
        "Network_History: dates",
    ),
    Edit(
        "flows out of order on both sides of a blank row",
        both(inserted("ETF_Flows", before=5), repeated("ETF_Flows", "A12", "A7")),
        "ETF_Flows: dates",
    ),
    Edit(
        "a stress window twice",
        both(typed_record("Stress_Windows", *_WINDOW), typed("Stress_Windows", below=1)),
        "Stress_Windows: no window stands twice",
    ),
    Edit("a holiday typed over", side(HOLIDAYS, 3, 46_000.0), "Input_Checks: holidays and limits"),
    Edit("a limit typed over", side(LIMIT, 1, 500.0), "Input_Checks: holidays and limits"),
    Edit("two cells of the record swapped", swapped_numbers("Record"), "Record: the snapshot", SAMPLE),
    Edit("a snapshot typed over", over("grid", "risk_score", 1.0, 3), "Stress_Grid: the snapshot"),
    Edit("a shock's figures typed over", over("snapshot", "hashprice", 1.0), "Shock_Table: the snapshot", SAMPLE),
)
EDITS = (*WELL, *WRONG)
