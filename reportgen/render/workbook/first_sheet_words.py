"""What the first sheet says: a verdict and the answers to three questions, as formulas of cells that say the pieces.

Each answer is a text of its own where its figures do not exist, and where they are nothing; none speaks of the future.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.render.workbook.live_words import clipped, figure, fixed, is_number, number, per_cent
from reportgen.render.workbook.page import NOT_AVAILABLE
from reportgen.render.workbook.verdict import Written

if TYPE_CHECKING:
    from reportgen.render.workbook.plan import Plan
    from reportgen.render.workbook.workings import Workings

LONGEST_NAME = 40
NO_COST = "No operator mines: there is no cost of a bitcoin to hold the price against."
NO_SCORE = "No risk score: none of its components can be computed. "
NO_TRIGGER = "No trigger lies below the price"
NO_DRAW = "No operator draws on its treasury"
NO_CALL = "no collateral is called"
NO_NETWORK = "Forced selling cannot be extrapolated: the operators run no machines"
NOTHING_FORCED = "No forced selling"
NO_FLOWS = "no ETF flows were given."


@dataclass(frozen=True)
class Words:
    """The words of a workbook, their pieces placed in a list of workings."""

    plan: Plan
    workings: Workings

    def headline(self) -> Written:
        """Score with its band, and the price against the average net AISC."""
        score = self._said("Risk score", "risk_score", lambda cell: fixed(cell, 0))
        band = self._found("Band of the score", "risk_band")
        said = f'"Risk score "&{score.formula}&" of 100, "&{band.formula}&". "'
        first = self._piece(
            "Verdict on the score",
            Written(
                f'IF({score.formula}="{NOT_AVAILABLE}","{NO_SCORE}",{said})',
                NO_SCORE if score.value == NOT_AVAILABLE else f"Risk score {score.value} of 100, {band.value}. ",
            ),
        )
        second = self._price()
        return Written(f"{first.formula}&{second.formula}", f"{first.value}{second.value}")

    def _price(self) -> Written:
        """The price against the average net AISC; equal counts as neither above nor below."""
        gap = self._found("Price less average net AISC", "price_gap")
        price = self._said("Price", "price", fixed)
        cost = self._said("Average net AISC", "aisc_net_average", fixed)
        size = self._piece("Size of the gap, in words", fixed(gap, size=True))
        at = gap.formula
        side = self._piece(
            "Side of the price",
            Written(
                f'IF({size.formula}="0","at",{size.formula}&" USD "&IF({at}<0,"below","above"))',
                "at" if size.value == "0" else f"{size.value} USD {'below' if _below(gap) else 'above'}",
            ),
        )
        said = f'"The price, "&{price.formula}&" USD, is "&{side.formula}&" the average net AISC of "'
        told = f"The price, {price.value} USD, is {side.value} the average net AISC of {cost.value}."
        known = self._piece("Price and cost", Written(f'{said}&{cost.formula}&"."', told))
        return self._piece(
            "Verdict on the price",
            Written(
                f'IF({cost.formula}="{NOT_AVAILABLE}","{NO_COST}",{known.formula})',
                NO_COST if cost.value == NOT_AVAILABLE else told,
            ),
        )

    def how_close(self) -> Written:
        """The next trigger below the price, and how many are crossed."""
        what, who = self._found("Next trigger", "next_what"), self._found("Its operator", "next_who")
        room = self.workings.given("Room for its name", float(LONGEST_NAME), "characters")
        who = self._piece("Its operator, in the sentence", clipped(who, room))
        price = self._said("Its price", "next_price", fixed)
        distance = self._said("Its distance", "next_distance", lambda cell: per_cent(cell, size=True))
        crossed, count = (
            self._said(label, name, fixed)
            for label, name in (("Triggers crossed", "triggers_crossed"), ("Triggers", "trigger_count"))
        )
        broken = f'{what.formula}&" of "&{who.formula}'
        said = f'"Next below the price, by "&{distance.formula}&": "&{price.formula}&" USD, "&{broken}'
        first = self._piece(
            "Next trigger, in words",
            Written(
                f'IF({price.formula}="{NOT_AVAILABLE}","{NO_TRIGGER}",{said})',
                NO_TRIGGER
                if price.value == NOT_AVAILABLE
                else f"Next below the price, by {distance.value}: {price.value} USD, {what.value} of {who.value}",
            ),
        )
        return Written(
            f'{first.formula}&". Crossed: "&{crossed.formula}&" of "&{count.formula}&" triggers."',
            f"{first.value}. Crossed: {crossed.value} of {count.value} triggers.",
        )

    def who_is_forced(self) -> Written:
        """Treasury draw with how many draw, and called collateral."""
        drawing = self._found("Operators that draw", "operators_drawing")
        listed = self._found("Operators", "operators_listed")
        draw = self._said("Treasury draw", "treasury_draw_total", lambda cell: fixed(cell, 1))
        called = self._said("Called collateral", "collateral_called_total", fixed)
        lenders = self._found("Operators whose collateral is called", "operators_called")
        by = self._piece("Who draws", _of_all(drawing, listed))
        first = self._piece(
            "Treasury draw, said",
            Written(
                f'IF({drawing.formula}=0,"{NO_DRAW}","Treasury draw of "&{draw.formula}&" BTC a day by "&{by.formula})',
                NO_DRAW if not number(drawing) else f"Treasury draw of {draw.value} BTC a day by {by.value}",
            ),
        )
        whose = self._piece("Whose collateral", _of_all(lenders, listed))
        said = f'"lenders may sell "&{called.formula}&" BTC of called collateral of "&{whose.formula}'
        second = self._piece(
            "Called collateral, said",
            Written(
                f'IF({lenders.formula}=0,"{NO_CALL}",{said})',
                NO_CALL
                if not number(lenders)
                else f"lenders may sell {called.value} BTC of called collateral of {whose.value}",
            ),
        )
        return Written(
            f'{first.formula}&"; "&{second.formula}&". Bills paid from the month\'s bitcoin are ordinary selling."',
            f"{first.value}; {second.value}. Bills paid from the month's bitcoin are ordinary selling.",
        )

    def is_it_big(self) -> Written:
        """Forced selling of the network against issuance and ETF flows, with what it is extrapolated from."""
        flow = self._found("Forced selling, extrapolated", "forced_flow_network")
        amount = self._piece("The same in words", fixed(flow, 1))
        share = self._said("Of issuance", "forced_flow_of_issuance", per_cent)
        covered = self._said("Extrapolated from", "network_coverage", per_cent)
        said = (
            f'{amount.formula}&" BTC a day of forced selling, extrapolated from "&{covered.formula}&" of the network: "'
        )
        first = self._piece(
            "Forced selling, said", Written(said, f"{amount.value} BTC a day of forced selling, extrapolated from "
                                            f"{covered.value} of the network: "))  # fmt: skip
        second = self._piece(
            "Forced selling or none",
            Written(
                f'IF({flow.formula}="{NOT_AVAILABLE}","{NO_NETWORK}",'
                f'IF({flow.formula}=0,"{NOTHING_FORCED}",{first.formula}&{share.formula}&" of issuance"))',
                NO_NETWORK
                if not is_number(flow)
                else f"{first.value}{share.value} of issuance"
                if number(flow)
                else NOTHING_FORCED,
            ),
        )
        third = self._funds()
        return Written(f'{second.formula}&"; "&{third.formula}', f"{second.value}; {third.value}")

    def _funds(self) -> Written:
        """What ETFs take off the market or bring to it, over the newest reported days."""
        mean = self._found("Mean ETF flow, BTC a day", "etf_mean_long_btc")
        size = self._piece("The same without its sign", fixed(mean, size=True))
        days = self._said("Reported days in the mean", "etf_long_days", fixed)
        side = f'IF({mean.formula}<0,"bring ","take ")&{size.formula}&" BTC a day "&IF({mean.formula}<0,"to","off")'
        way = self._piece(
            "Which way",
            Written(
                side, f"{'bring' if _below(mean) else 'take'} {size.value} BTC a day {'to' if _below(mean) else 'off'}"
            ),
        )
        said = f'"ETFs "&{way.formula}&" the market, mean of the newest "&{days.formula}&" reported days."'
        return self._piece(
            "ETF flow, said",
            Written(
                f'IF({mean.formula}="{NOT_AVAILABLE}","{NO_FLOWS}",{said})',
                f"ETFs {way.value} the market, mean of the newest {days.value} reported days."
                if is_number(mean)
                else NO_FLOWS,
            ),
        )

    def _found(self, label: str, name: str) -> Written:
        return self.workings.add(label, figure(self.plan, name), self._unit(name))

    def _unit(self, name: str) -> str:
        return self.plan.graph.lines["market", name].unit

    def _said(self, label: str, name: str, words: object) -> Written:
        assert callable(words)
        return self.workings.text(label, figure(self.plan, name), words, self._unit(name))

    def _piece(self, label: str, piece: Written) -> Written:
        return self.workings.add(label, piece)


def _of_all(some: Written, listed: Written) -> Written:
    """So many of the operators: all of them, and the only one, have words of their own."""
    count, every = number(some), number(listed)
    all_of_them = "the only operator" if every == 1 else f"all {every:.0f} operators"
    return Written(
        f'IF({some.formula}<{listed.formula},{some.formula}&" of "&{listed.formula}&" operators",'
        f'IF({listed.formula}=1,"the only operator","all "&{listed.formula}&" operators"))',
        all_of_them if count >= every else f"{count:.0f} of {every:.0f} operators",
    )


def _below(cell: Written) -> bool:
    return is_number(cell) and number(cell) < 0
