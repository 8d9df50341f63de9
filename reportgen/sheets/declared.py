"""The sheets of the input workbook. Names and bounds are those of the model book; help is for who fills them in."""

from __future__ import annotations

from reportgen.sheets.field import Field, Kind, Sheet
from reportgen.sheets.risk_components import REPLACED, RISK_COMPONENTS

DISCLAIMER = (
    "This report is for information only. It is not investment advice and not an offer or a solicitation to buy or "
    "sell any asset. Figures rest on the assumptions of the attached workbook, some of them estimates; actual costs, "
    "sales and flows can differ materially. Past behaviour of miners, funds and prices does not predict future "
    "behaviour."
)


STATUS = Field(Kind.TEXT, default="", choices=("reported", "estimated", "assumed"), help="What the figures of this row are: reported, estimated or assumed. May stay blank; it is sent.")
FIGURES_AS_OF = Field(Kind.DATE, label="Figures as of", help="Day that the figures of this row describe, e.g. the end of the quarter reported. May stay blank; it is sent.")
SOURCE = Field(Kind.TEXT, default="", help="Where the figures of this row come from, e.g. 10-Q of 30 September. May stay blank; it is sent.")
"""Beside the figures of a row: what they are, of what day, and where they come from."""


class Report(Sheet):
    """What stands on the cover: title, author, date, words of your own."""

    name, title, form, required = "Report", "Report", True, True
    help = "What stands on the cover of the brief: who writes it, for what day, and your own comment."

    report_title = Field(Kind.TEXT, required=True, help="Title of the brief and name of its folder, e.g. Miner cost and capitulation brief.")
    organisation = Field(Kind.TEXT, required=True, help="Your firm, as clients know it.")
    prepared_by = Field(Kind.TEXT, required=True, help="Name or desk that answers questions on this brief.")
    as_of = Field(Kind.DATE, required=True, weekly=True, help="Day that the figures describe, usually the last close. AI contracts count if they run on this day.")
    confidentiality = Field(Kind.TEXT, default="", help="A line for the page footer, e.g. Confidential - for the addressee only. May stay blank.")
    commentary = Field(Kind.LONG_TEXT, default="", weekly=True, help="Your own view of the week, printed in the brief as plain text. May stay blank.")
    disclaimer = Field(Kind.LONG_TEXT, default=DISCLAIMER, help="Legal text at the end of the brief. Blank gives a standard text.")


class Market(Sheet):
    """Price, network and the few assumptions that hold for all operators."""

    name, title, form, required = "Market", "Market", True, True
    help = "Price and network on the as-of day, and the assumptions that hold for every operator."

    btc_price = Field(Kind.NUMBER, "USD/BTC", label="BTC price", required=True, above=0, most=100_000_000, weekly=True, number_format="#,##0.00", help="Price of one bitcoin on the as-of day, e.g. 90000. From your price source (exchange close or index).")
    network_difficulty = Field(Kind.NUMBER, "T", required=True, above=0, most=1_000_000, weekly=True, number_format="#,##0.00", help="Mining difficulty in trillions (T), e.g. 149.30. Shown by block explorers and mining pools.")
    block_height = Field(Kind.NUMBER, "blocks", required=True, least=0, most=7_000_000, whole=True, weekly=True, number_format="#,##0", help="Number of the newest block on the as-of day, e.g. 926500. Shown by every block explorer.")
    blocks_per_day = Field(Kind.NUMBER, "blocks/day", default=144.0, least=1, most=500, number_format="#,##0.0", help="Blocks that the network finds in a day; 144 by design.")
    fees_per_block = Field(Kind.NUMBER, "BTC/block", required=True, least=0, most=1_000, weekly=True, number_format="0.0000", help="Transaction fees that a block earns on top of the subsidy, weekly mean, e.g. 0.03. From block explorers.")
    network_growth = Field(Kind.NUMBER, "per year", least=-0.9, most=5, number_format="0.0%", help="Growth of the network's hash rate that you expect over a year, e.g. 30 %; it was 27 to 104 % a year from 2020 to 2025. Sets what a miner must spend to keep its share. Blank: the growth of the last year, from Network_History (13 months of days).")
    miner_treasury = Field(Kind.NUMBER, "BTC", required=True, least=0, most=21_000_000, weekly=True, number_format="#,##0", help="Bitcoin that miners hold and could sell, whole network, e.g. 50000; the listed miners alone held some 100,000 in 2025. The sum of the monthly updates of listed miners, or an on-chain estimate of miner wallets.")
    etf_reference_outflow = Field(Kind.NUMBER, "USD", label="ETF reference outflow", default=100_000_000.0, least=0, most=1e12, number_format="#,##0", help="Outflow of US spot bitcoin ETFs on a bad day that miner sales are set against; 100,000,000 if blank.")
    liquidity_rebuild_months = Field(Kind.NUMBER, "months", default=12.0, least=1, most=1_200, number_format="0.0", help="Months in which an operator below its minimum liquidity must fill the gap; 12 if blank.")
    switch_speed = Field(Kind.NUMBER, "share per epoch", default=0.5, least=0, most=1, number_format="0.00", help="Share of uneconomic (or idle but profitable) hash rate that reacts within one difficulty epoch of two weeks; 0.5 if blank.")
    active_shock = Field(Kind.TEXT, default="", of="Shocks", help="Name of a row of Shocks that every figure is computed under. Blank: no shock.")


class Operators(Sheet):
    """One row a mining operator."""

    name, title, required = "Operators", "Operators", True
    help = "One row for each mining operator: site costs, corporate costs and liquidity. Machines, debts and AI contracts follow on their own sheets."

    operator = Field(Kind.TEXT, required=True, key=True, help="Name of the operator, unique. Fleet, Debt and AI_HPC refer to it by this name.")
    power_price = Field(Kind.NUMBER, "USD/kWh", required=True, least=-0.5, most=1, number_format="0.0000", help="All-in price of electricity in dollars (not cents) per kWh, e.g. 0.045. Tariff, demand charges and taxes included. From filings or the power contract.")
    site_overhead = Field(Kind.NUMBER, "PUE", default=1.05, least=1, most=2, number_format="0.00", help="Power usage effectiveness (PUE): power of the whole site / power of the machines (cooling, losses), e.g. 1.05; mostly 1.02 to 1.10. Metered energy / that of the machines, or the site's data sheet. 1.05 if blank.")
    uptime = Field(Kind.NUMBER, "share", required=True, least=0, most=1, number_format="0.0%", help="Share of the time that installed machines hash, e.g. 95 %. Realised / installed hash rate in monthly updates.")
    hosting = Field(Kind.NUMBER, "USD/month", default=0.0, least=-1e10, most=1e10, number_format="#,##0", layer=1, help="Fees paid to hosting partners a month, power apart, e.g. 400000; mostly 0.005 to 0.02 USD per kWh hosted. 0 if blank: all machines stand at own sites. From the cost of revenue note / 3 for a quarter.")
    site_maintenance = Field(Kind.NUMBER, "USD/month", default=0.0, least=-1e10, most=1e10, number_format="#,##0", layer=1, help="Repairs, spare parts and site upkeep. 0 if blank. From the cost of revenue note.")
    site_labour = Field(Kind.NUMBER, "USD/month", default=0.0, least=-1e10, most=1e10, number_format="#,##0", layer=1, help="Wages at the sites. 0 if blank. From the cost of revenue note; head office belongs under corporate overhead.")
    curtailment_credit = Field(Kind.NUMBER, "USD/month", default=0.0, least=-1e10, most=1e10, number_format="#,##0", layer=1, credit=True, help="Credits from the grid for switching off on demand, as a positive number; it is subtracted from direct cost. 0 if blank. From monthly updates.")
    pool_fee = Field(Kind.NUMBER, "share", default=0.0, least=0, most=0.2, number_format="0.00%", help="Share of the mined bitcoin that the pool keeps, e.g. 1 %. 0 if blank. From the terms of the pool.")
    corporate_overhead = Field(Kind.NUMBER, "USD/month", default=0.0, least=-1e10, most=1e10, number_format="#,##0", layer=3, help="General and administrative cost of the head office, in cash (no share-based pay). 0 if blank. From the income statement / 3 for a quarter.")
    cash = Field(Kind.NUMBER, "USD", default=0.0, least=-1e12, most=1e12, number_format="#,##0", help="Cash and cash equivalents. 0 if blank. From the balance sheet.")
    btc_held = Field(Kind.NUMBER, "BTC", label="BTC held", default=0.0, least=0, most=21_000_000, number_format="#,##0.00", help="All bitcoin owned, pledged ones included. 0 if blank. From monthly updates.")
    minimum_liquidity = Field(Kind.NUMBER, "USD", default=0.0, least=-1e12, most=1e12, number_format="#,##0", help="Cash and free bitcoin, in USD, that lenders or the board require at all times, e.g. 10000000; often 1 to 3 months of bills. From the covenants of the credit agreement or the liquidity note. 0 if blank.")
    depreciation = Field(Kind.NUMBER, "USD/month", least=0, most=1e10, number_format="#,##0", help="Depreciation a month, not paid in cash: for the cost that accounts show, never in AISC. From the cash flow statement / 3 for a quarter. Blank: not booked.")
    stock_compensation = Field(Kind.NUMBER, "USD/month", least=0, most=1e10, number_format="#,##0", help="Pay in shares a month, not paid in cash: for the cost that accounts show, never in AISC. From the cash flow statement / 3. Blank: not booked.")
    status, figures_as_of, source = STATUS, FIGURES_AS_OF, SOURCE
    notes = Field(Kind.TEXT, default="", private=True, help="Anything to remember: sources, dates, doubts. Not used in figures, and never sent.")


class Fleet(Sheet):
    """One row a machine type of an operator."""

    name, title, required = "Fleet", "Fleet", True
    help = "One row for each machine type of an operator."

    operator = Field(Kind.TEXT, required=True, of="Operators", help="Operator that owns the machines, as named on Operators.")
    machine = Field(Kind.TEXT, required=True, help="Model of the machine, e.g. S21 Pro.")
    units = Field(Kind.NUMBER, "machines", least=0, most=100_000_000, number_format="#,##0", help="Number of machines installed, e.g. 25000; 100 MW hold about 28,000 of 3.5 kW. From monthly updates or the fleet table of filings. Blank where total hash rate and total efficiency are given instead.")
    unit_hash_rate = Field(Kind.NUMBER, "TH/s", above=0, most=100_000, number_format="#,##0.0", help="Hash rate of one machine in terahashes per second, e.g. 200 for an S21. From the data sheet. Goes with units.")
    unit_power = Field(Kind.NUMBER, "W", above=0, most=1_000_000, number_format="#,##0", help="Power draw of one machine at the wall in watts, e.g. 3500 for an S21. From the data sheet. Goes with units.")
    replacement_price = Field(Kind.NUMBER, "USD/TH", required=True, least=0, most=10_000, number_format="#,##0.00", help="Price of a new machine per TH/s, not per machine, e.g. 14; mostly 5 to 30. A machine of 200 TH/s for 2,800 USD is 14. From price indices of machines (ASIC price index) or an offer.")
    remaining_life = Field(Kind.NUMBER, "months", required=True, above=0, most=1_200, number_format="#,##0", help="Months, not years, until these machines must be replaced, e.g. 48; new ones mostly 36 to 60, old ones 6 to 24. From the useful life in the depreciation note less their age, or your own plan.")
    total_hash_rate = Field(Kind.NUMBER, "EH/s", above=0, most=100_000, number_format="#,##0.00", help="Instead of units: hash rate of all these machines in exahashes per second, e.g. 12.5, as filings give it. Goes with total efficiency.")
    total_efficiency = Field(Kind.NUMBER, "J/TH", above=0, most=100_000, number_format="#,##0.0", help="Instead of units: energy of these machines per terahash, e.g. 19.5, as filings give it. Goes with total hash rate.")
    status, figures_as_of, source = STATUS, FIGURES_AS_OF, SOURCE


class Debt(Sheet):
    """One row a loan, bond or lease of an operator."""

    name, title = "Debt", "Debt"
    help = "One row for each loan, bond or lease. May stay empty."

    operator = Field(Kind.TEXT, required=True, of="Operators", help="Operator that owes it, as named on Operators.")
    facility = Field(Kind.TEXT, required=True, help="Name of the loan or bond, e.g. Convertible 2030.")
    principal = Field(Kind.NUMBER, "USD", required=True, least=0, most=1e12, number_format="#,##0", help="Amount outstanding. From the debt note of the accounts.")
    interest_rate = Field(Kind.NUMBER, "per year", required=True, least=0, most=1, number_format="0.00%", help="Cash interest a year, e.g. 9.5 %. From the debt note; 0 % for a zero-coupon convertible.")
    monthly_repayment = Field(Kind.NUMBER, "USD/month", default=0.0, least=-1e12, most=1e12, number_format="#,##0", help="Repayment of principal a month. 0 if blank. From the repayment schedule.")
    btc_collateral = Field(Kind.NUMBER, "BTC", label="BTC collateral", default=0.0, least=0, most=21_000_000, number_format="#,##0.00", help="Bitcoin pledged for this facility. 0 if blank. From the debt note or the loan agreement.")
    max_ltv = Field(Kind.NUMBER, "share", label="Max LTV", least=0, most=1, above=0, number_format="0%", help="Loan-to-value at which the lender calls for more collateral, e.g. 70 %. From the loan agreement. Blank: no such covenant.")
    maturity = Field(Kind.DATE, help="Day on which the principal falls due. From the debt note. May stay blank.")
    status, figures_as_of, source = STATUS, FIGURES_AS_OF, SOURCE


class AIHPC(Sheet):
    """One row an AI or HPC hosting contract."""

    name, title = "AI_HPC", "AI and HPC contracts"
    help = "One row for each contract for AI or high-performance computing. May stay empty."

    operator = Field(Kind.TEXT, required=True, of="Operators", help="Operator that earns it, as named on Operators.")
    customer = Field(Kind.TEXT, required=True, help="Name of the customer or contract, as it should read in the brief.")
    monthly_revenue = Field(Kind.NUMBER, "USD/month", required=True, least=0, most=1e11, number_format="#,##0", help="Contracted revenue a month. From the contract or its announcement, divided by its months.")
    monthly_cost = Field(Kind.NUMBER, "USD/month", required=True, least=0, most=1e11, number_format="#,##0", help="Cash cost of serving it a month: power, staff, lease. From the segment note or your own estimate.")
    start = Field(Kind.DATE, required=True, help="First day of revenue, from the contract. Before it the contract counts as nothing.")
    end = Field(Kind.DATE, help="Last day of revenue, from the contract. Blank: open-ended.")
    status, figures_as_of, source = STATUS, FIGURES_AS_OF, SOURCE


class NetworkHistory(Sheet):
    """One row a day of hash rate and price."""

    name, title = "Network_History", "Network history"
    help = "One row a day, at least 60 days for the hash ribbon. Without history the ribbon is left out."

    date = Field(Kind.DATE, required=True, unique=True, help="The day (UTC).")
    hash_rate = Field(Kind.NUMBER, "EH/s", required=True, above=0, most=10_000_000, number_format="#,##0.0", help="Mean hash rate of the network that day in exahashes per second, e.g. 1030. From network data providers.")
    btc_price = Field(Kind.NUMBER, "USD/BTC", label="BTC price", required=True, above=0, most=100_000_000, number_format="#,##0.00", help="Price of one bitcoin at the end of that day (UTC), e.g. 90000. From your price source.")


class ETFFlows(Sheet):
    """One row a trading day, one column a fund."""

    name, title = "ETF_Flows", "ETF flows"
    help = "One row a trading day and one column a fund (any ticker), in USD million; outflows negative, blank when not reported. May stay empty."

    date = Field(Kind.DATE, required=True, unique=True, help="Trading day.")
    funds = Field(Kind.NUMBER, "USD million", wide=True, least=-1e9, most=1e9, number_format="#,##0.0;-#,##0.0;0.0", help="Net flow of this fund in USD million, outflows negative. From the issuers or a published table of flows. Blank: not reported.")


class Scenarios(Sheet):
    """What share of issuance and treasuries miners sell, and how fast."""

    name, title, required = "Scenarios", "Scenarios", True
    help = "One row for each case of miner selling that is set against ETF flows."

    scenario = Field(Kind.TEXT, required=True, key=True, help="Name of the scenario, unique, e.g. Severe.")
    horizon_days = Field(Kind.NUMBER, "days", required=True, least=1, most=36_500, number_format="#,##0", help="Days over which treasuries are sold, e.g. 90.")
    issuance_sold = Field(Kind.NUMBER, "share", required=True, least=0, most=1, number_format="0%", help="Share of newly mined bitcoin that is sold at once, e.g. 100 %.")
    inventory_sold = Field(Kind.NUMBER, "share", required=True, least=0, most=1, number_format="0%", help="Share of miner treasuries sold over the horizon, e.g. 30 %.")
    otc_share = Field(Kind.NUMBER, "share", label="OTC share", default=0.0, least=0, most=1, number_format="0%", help="Share sold off exchange (OTC desks, structured forward sales), not seen by order books. 0 if blank.")


class Shocks(Sheet):
    """What-ifs that the whole model is solved under."""

    name, title = "Shocks", "Shocks"
    help = "One row for each what-if. The whole model is solved under each. May stay empty."

    shock = Field(Kind.TEXT, required=True, key=True, help="Name of the shock, unique, e.g. Price -20 %.")
    price_change = Field(Kind.NUMBER, "change", default=0.0, above=-1, most=100, number_format="0.0%", help="Change of the bitcoin price, e.g. -20 %. 0 if blank.")
    difficulty_change = Field(Kind.NUMBER, "change", default=0.0, above=-1, most=100, number_format="0.0%", help="Change of the difficulty, e.g. 10 %. 0 if blank.")
    power_price_change = Field(Kind.NUMBER, "change", default=0.0, above=-1, most=100, number_format="0.0%", help="Change of every power price, e.g. 25 %. 0 if blank.")
    halving = Field(Kind.YES_NO, default=0.0, help="yes: the block subsidy is halved once more. no if blank.")


class Risk(Sheet):
    """How each component of the risk score is scaled and weighted."""

    name, title = "Risk", "Risk score"
    help = "One row for each component of the risk score: the value that scores 0 (calm), the value that scores 100 (stress), and its weight. May stay empty."

    component = Field(Kind.TEXT, required=True, key=True, choices=tuple(item.name for item in RISK_COMPONENTS), formerly=REPLACED, help="A component of the score; choose one from the list.")
    calm = Field(Kind.NUMBER, "measure", required=True, least=-1e6, most=1e6, number_format="0.00", help="Value of the measure that scores 0.")
    stress = Field(Kind.NUMBER, "measure", required=True, least=-1e6, most=1e6, number_format="0.00", help="Value of the measure that scores 100; not equal to calm.")
    weight = Field(Kind.NUMBER, "points", required=True, least=0, most=1e6, number_format="0", help="Weight in the score; 0 leaves the component out.")


class StressWindows(Sheet):
    """Periods that the team itself calls miner stress, to hold the market score against."""

    name, title = "Stress_Windows", "Stress windows"
    help = "Periods that you yourself call stress of miners; the record of the market score is held against them. May stay empty."

    window = Field(Kind.TEXT, required=True, key=True, help="Name of the period, unique, e.g. Summer 2022.")
    start = Field(Kind.DATE, name="from", label="From", required=True, help="First day of the period.")
    end = Field(Kind.DATE, name="to", label="To", required=True, help="Last day of the period.")


class Accepted(Sheet):
    """Warnings that were looked at and may stand."""

    name, title, private = "Accepted", "Accepted warnings", True
    help = "Warnings that were looked at and may stand: they are told shortly, with who accepted them. May stay empty; never sent."

    code = Field(Kind.TEXT, required=True, help="Code of the warning, as docs/problems.md and reportgen check --json write it, e.g. ltv_breached.")
    sheet = Field(Kind.TEXT, required=True, help="Sheet that the warning is about, e.g. Debt.")
    row = Field(Kind.TEXT, default="", help="Name or date in the row that the warning is about, e.g. Summit Growth or 2025-12-05. Blank: every row of the sheet.")
    until = Field(Kind.DATE, help="Last as-of day on which the warning may stand. Blank: as long as it is listed here.")
    reason = Field(Kind.TEXT, required=True, help="Why it may stand.")
    accepted_by = Field(Kind.TEXT, required=True, help="Who looked at it.")


class Events(Sheet):
    """The chronology that the brief tells."""

    name, title = "Events", "Events"
    help = "Dated events of the stress cycle for the chronology of the brief. May stay empty."

    date = Field(Kind.DATE, required=True, help="Day of the event.")
    event = Field(Kind.TEXT, required=True, help="What happened, in one line.")
    source = Field(Kind.TEXT, default="", help="Where it was reported. May stay blank.")


class Clients(Sheet):
    """Who receives the brief."""

    name, title, private = "Clients", "Clients", True
    help = "A record of who receives the pack, and on which operators: reportgen itself sends nothing. May stay empty."

    client = Field(Kind.TEXT, required=True, key=True, help="Name of the client, unique.")
    email = Field(Kind.TEXT, required=True, help="One or more addresses with ; between.")
    cc = Field(Kind.TEXT, label="CC", default="", help="Addresses that receive a copy, with ; between. May stay blank.")
    operators = Field(Kind.TEXT, required=True, of="Operators", many=True, help="all, or names of operators with ; between.")
    greeting = Field(Kind.TEXT, default="", help="First line of the message, e.g. Dear Ms Okafor. May stay blank.")


SHEETS: tuple[type[Sheet], ...] = (
    Report, Market, Operators, Fleet, Debt, AIHPC, NetworkHistory, ETFFlows, Scenarios, Shocks, Risk,
    StressWindows, Accepted, Events, Clients,
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
