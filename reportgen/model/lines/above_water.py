"""Hash rate whose cost the price covers: the other side of the shares under water, for the control totals."""

from __future__ import annotations

from reportgen.formula.functions import total
from reportgen.model.block import Section
from reportgen.model.lines import blocks

above = Section(blocks.market, "Checks", "Hash rate above water", "The other side of the shares under water.")


@above.line(unit="TH/s", number_format="#,##0", label="Direct cost is covered", working=True)
def above_direct_cost(operators, price):
    """Hash rate whose direct cost is at most the price."""
    return total(operators.hash_rate, where=operators.direct_cost_per_btc <= price)


@above.line(unit="TH/s", number_format="#,##0", label="Direct and sustaining cost is covered", working=True)
def above_sustaining(operators, price):
    """Hash rate whose direct and sustaining cost is at most the price."""
    return total(operators.hash_rate, where=operators.sustaining_cost_per_btc <= price)


@above.line(unit="TH/s", number_format="#,##0", label="Net AISC is covered", working=True)
def above_aisc_net(operators, price):
    """Hash rate whose net AISC is at most the price."""
    return total(operators.hash_rate, where=operators.aisc_net <= price)
