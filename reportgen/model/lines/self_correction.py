"""Self-correction: machines switch off, difficulty falls, the rest earns more.

Source: model section 7; the retarget rule of Bitcoin.
"""

from __future__ import annotations

from reportgen.formula.functions import (
    absolute,
    clip,
    divide,
    largest,
    lookup,
    not_available,
    otherwise,
    previous,
    smallest,
    total,
    when,
)
from reportgen.model.block import Section
from reportgen.model.lines import blocks

SHEET = "Self_Correction"
summary = Section(
    blocks.market, SHEET, "Where it ends", "Price held; the machines of these operators stand for the network."
)
epochs = Section(
    blocks.self_correction,
    SHEET,
    "Epoch by epoch",
    "An epoch is 2,016 blocks; difficulty moves at most by a factor of four.",
)


@epochs.line(unit="epoch", number_format="0")
def epoch(number):
    """Difficulty epoch, 0 is today's."""
    return number - 1


@epochs.line(unit="share of today", number_format="0.0%", bold=True)
def difficulty_share(epoch, difficulty_share, online):
    """Difficulty against today's: follows the hash rate of the epoch before, at most by a factor of four."""
    return when(
        epoch == 0,
        1,
        previous(difficulty_share, 1) * clip(previous(online, 1) / previous(difficulty_share, 1), 0.25, 4),
    )


@epochs.line(unit="USD/PH/day")
def hashprice(market, difficulty_share):
    """Hashprice at the epoch's difficulty, price held."""
    return market.hashprice / difficulty_share


@epochs.line(unit="share of hash rate", number_format="0.0%")
def economic(fleet, hashprice, installed_total):
    """Share of the installed hash rate that earns its power at this hashprice, pool fees taken off."""
    earning = total(fleet.row_hash_rate, where=fleet.breakeven_hashprice <= otherwise(hashprice, 0))
    return divide(earning, installed_total)


@epochs.line(unit="share of hash rate", number_format="0.0%", bold=True)
def online(epoch, online, economic, switch_speed):
    """Share that runs: moves towards the economic share by the switch speed."""
    return when(epoch == 0, 1, previous(online, 1) * (1 - switch_speed) + economic * switch_speed)


@epochs.line(unit="days", number_format="0.0")
def days(difficulty_share, online):
    """Length of the epoch: 14 days, longer while hash rate is below difficulty."""
    return divide(14 * difficulty_share, online)


@epochs.line(unit="days", number_format="#,##0")
def cumulative_days(days, cumulative_days):
    """Days from today to the end of the epoch."""
    return previous(cumulative_days, 0) + days


@epochs.line(unit="BTC/day", number_format="0.0")
def issuance(block_subsidy, days):
    """New bitcoin a day at the pace of the epoch."""
    return block_subsidy * 2016 / days


@epochs.line(unit="0/1", number_format="0")
def near_end(online, difficulty_share, final_online, final_difficulty_share, settle_tolerance):
    """1 when online share and difficulty are near their last values."""
    return when(
        (absolute(online - final_online) <= settle_tolerance * final_online)
        & (absolute(difficulty_share - final_difficulty_share) <= settle_tolerance * final_difficulty_share),
        1,
        0,
    )


@epochs.line(unit="epoch", number_format="0")
def unsettled_epoch(near_end, epoch):
    """The epoch, where it is not near the end; n/a where it is."""
    return when(near_end == 1, not_available, epoch)


@summary.line(unit="TH/s", number_format="#,##0", label="Installed hash rate of all operators")
def installed_total(fleet):
    """Nameplate hash rate of all machines."""
    return total(fleet.row_hash_rate)


@summary.line(unit="share of hash rate", number_format="0.0%")
def lowest_online(self_correction, installed_total):
    """Lowest share of the hash rate that runs in any epoch; n/a without machines."""
    return when(installed_total > 0, smallest(self_correction.online), not_available)


@summary.line(unit="epoch", number_format="0")
def last_epoch(self_correction):
    """The last epoch computed."""
    return largest(self_correction.epoch)


@summary.line(unit="share of hash rate", number_format="0.0%")
def final_online(last_epoch, self_correction):
    """Share that runs at the end."""
    return lookup(last_epoch, self_correction.epoch, self_correction.online)


@summary.line(unit="share of today", number_format="0.0%", bold=True)
def final_difficulty_share(last_epoch, self_correction):
    """Difficulty at the end against today's."""
    return lookup(last_epoch, self_correction.epoch, self_correction.difficulty_share)


@summary.line(unit="epoch", number_format="0")
def last_unsettled_epoch(self_correction):
    """Last epoch that is not near the end; n/a when all are."""
    return largest(self_correction.unsettled_epoch)


@summary.line(unit="epoch", number_format="0", bold=True)
def settled_epoch(last_unsettled_epoch, last_epoch, final_online):
    """First epoch from which online share and difficulty stay near their last values; n/a when they do not settle."""
    return when(
        final_online >= 0,
        when(
            otherwise(last_unsettled_epoch, -1) + 1 < last_epoch, otherwise(last_unsettled_epoch, -1) + 1, not_available
        ),
        not_available,
    )


@summary.line(unit="days", number_format="#,##0")
def days_until_settled(settled_epoch, self_correction):
    """Days until the settled epoch has passed."""
    return lookup(settled_epoch, self_correction.epoch, self_correction.cumulative_days)
