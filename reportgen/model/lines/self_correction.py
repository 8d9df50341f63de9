"""Self-correction: machines switch off, difficulty falls, the rest earns more.

Source: model section 7; the retarget rule of Bitcoin.
"""

from __future__ import annotations

from reportgen.formula.functions import (
    absolute,
    at,
    clip,
    divide,
    largest,
    lowest,
    not_available,
    otherwise,
    previous,
    row_of,
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


@epochs.line(unit="share of today", number_format="0.0%", working=True)
def difficulty_before(difficulty_share):
    """Difficulty of the epoch before against today's; today's own before the first."""
    return previous(difficulty_share, 1)


@epochs.line(unit="share of hash rate", number_format="0.0%", working=True)
def online_before(online):
    """Share that ran in the epoch before; all of it before the first."""
    return previous(online, 1)


@epochs.line(unit="share of today", number_format="0.0%", bold=True)
def difficulty_share(difficulty_before, online_before, retarget_factor):
    """Difficulty against today's: follows the hash rate of the epoch before, at most by a factor of four."""
    return difficulty_before * clip(online_before / difficulty_before, 1 / retarget_factor, retarget_factor)


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
def online(epoch, online_before, economic, switch_speed):
    """Share that runs: moves towards the economic share by the switch speed."""
    return when(epoch == 0, 1, online_before * (1 - switch_speed) + economic * switch_speed)


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


@epochs.line(unit="share of hash rate", number_format="0.0%", working=True)
def online_to_end(online, final_online):
    """How far the share that runs is from its last value."""
    return absolute(online - final_online)


@epochs.line(unit="share of today", number_format="0.0%", working=True)
def difficulty_to_end(difficulty_share, final_difficulty_share):
    """How far difficulty is from its last value."""
    return absolute(difficulty_share - final_difficulty_share)


@epochs.line(unit="0/1", number_format="0")
def near_end(online_to_end, difficulty_to_end, online_tolerance, difficulty_tolerance):
    """1 when online share and difficulty are near their last values."""
    return when((online_to_end <= online_tolerance) & (difficulty_to_end <= difficulty_tolerance), 1, 0)


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
    return when(installed_total > 0, lowest(self_correction.online), not_available)


@summary.line(unit="epoch", number_format="0")
def last_epoch(self_correction):
    """The last epoch computed."""
    return largest(self_correction.epoch)


@summary.line(unit="row", number_format="0", label="Row of the last epoch", working=True)
def last_epoch_row(last_epoch, self_correction):
    """Row of the last epoch below."""
    return row_of(last_epoch, self_correction.epoch)


@summary.line(unit="share of hash rate", number_format="0.0%")
def final_online(last_epoch_row, self_correction):
    """Share that runs at the end."""
    return at(last_epoch_row, self_correction.online)


@summary.line(unit="share of today", number_format="0.0%", bold=True)
def final_difficulty_share(last_epoch_row, self_correction):
    """Difficulty at the end against today's."""
    return at(last_epoch_row, self_correction.difficulty_share)


@summary.line(unit="share of hash rate", number_format="0.0%", label="Settled: share that runs within", working=True)
def online_tolerance(settle_tolerance, final_online):
    """How near to its last value the share that runs must stay to count as settled."""
    return settle_tolerance * final_online


@summary.line(unit="share of today", number_format="0.0%", label="Settled: difficulty within", working=True)
def difficulty_tolerance(settle_tolerance, final_difficulty_share):
    """How near to its last value difficulty must stay to count as settled."""
    return settle_tolerance * final_difficulty_share


@summary.line(unit="epoch", number_format="0")
def last_unsettled_epoch(self_correction):
    """Last epoch that is not near the end; n/a when all are."""
    return largest(self_correction.unsettled_epoch)


@summary.line(unit="epoch", number_format="0", label="Settled from, if it settles", working=True)
def settled_from(last_unsettled_epoch):
    """The epoch after the last one that is not near the end; 0 when all are."""
    return otherwise(last_unsettled_epoch, -1) + 1


@summary.line(unit="epoch", number_format="0", bold=True)
def settled_epoch(settled_from, last_epoch, final_online):
    """First epoch from which online share and difficulty stay near their last values; n/a when they do not settle."""
    return when((final_online >= 0) & (settled_from < last_epoch), settled_from, not_available)


@summary.line(unit="days", number_format="#,##0")
def days_until_settled(settled_epoch, self_correction):
    """Days until the settled epoch has passed."""
    return at(settled_epoch + 1, self_correction.cumulative_days)
