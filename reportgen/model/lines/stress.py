"""Stress: the model over a grid of price and difficulty, and how far each must go. Source: model section 6."""

from __future__ import annotations

from reportgen.formula.functions import absolute, at, known, otherwise, row_of, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks

SHEET = "Stress"
reverse = Section(
    blocks.reverse_stress,
    SHEET,
    "How far each alone must go",
    "A snapshot: the smallest change of price, difficulty or all power prices at which the risk score is in that band, "
    "or that share of the hash rate is below direct cost; each alone, to 0.1 %.",
)
grid = Section(
    blocks.grid,
    "Stress_Grid",
    "Price and difficulty",
    "A snapshot: the whole model, solved when this workbook was made at each pair of changes.",
)
middle = Section(blocks.market, "Checks", "The grid's middle", "The cell without a change, against the live figures.")


@reverse.line(unit="", text=True)
def outcome(change):
    """Whether it is so already, a change within bounds (price -80 %, others +300 %) reaches it, or none does."""
    return when(known(change), when(change == 0, "already", "reached"), "not reached")


@grid.line(unit="0/1", number_format="0")
def unchanged(price_change, difficulty_change):
    """1 in the middle of the grid, where neither is changed."""
    return when((price_change == 0) & (difficulty_change == 0), 1, 0)


@middle.line(unit="row", number_format="0", label="Row of the middle", working=True)
def grid_row(grid):
    """Row of the grid's middle on Stress_Grid."""
    return row_of(1, grid.unchanged)


@middle.line(unit="0-100", number_format="0.0", label="Risk score in the middle")
def grid_risk_score(grid_row, grid):
    """Risk score of the grid's middle."""
    return at(grid_row, grid.risk_score)


@middle.line(unit="share of price", number_format="0.0%", label="AISC margin in the middle")
def grid_margin(grid_row, grid):
    """Margin over average net AISC of the grid's middle."""
    return at(grid_row, grid.aisc_margin)


@middle.line(unit="share of hash rate", number_format="0.0%", label="Below net AISC in the middle")
def grid_share(grid_row, grid):
    """Share of the hash rate below net AISC of the grid's middle."""
    return at(grid_row, grid.share_below_aisc_net)


@middle.line(unit="points", number_format="0.0", label="Risk score: middle against live", working=True)
def grid_score_apart(risk_score, grid_risk_score):
    """How far the risk score of the middle is from the live one, n/a taken for 0."""
    return absolute(otherwise(risk_score, 0) - otherwise(grid_risk_score, 0))


@middle.line(unit="share of price", number_format="0.0%", label="AISC margin: middle against live", working=True)
def grid_margin_apart(aisc_margin_average, grid_margin):
    """How far the margin of the middle is from the live one, n/a taken for 0."""
    return absolute(otherwise(aisc_margin_average, 0) - otherwise(grid_margin, 0))


@middle.line(
    unit="share of price", number_format="0.000000", label="AISC margin: what makes no difference", working=True
)
def grid_margin_allowed(aisc_margin_average):
    """How far the two margins may be apart: a millionth of their size, or of one."""
    return (1 + absolute(otherwise(aisc_margin_average, 0))) / 10**6


@middle.line(unit="share of hash rate", number_format="0.0%", label="Below net AISC: middle against live", working=True)
def grid_share_apart(share_below_aisc_net, grid_share):
    """How far the share below net AISC of the middle is from the live one, n/a taken for 0."""
    return absolute(otherwise(share_below_aisc_net, 0) - otherwise(grid_share, 0))


@middle.line(unit="0/1", number_format="0")
def middle_is_live(grid_score_apart, grid_margin_apart, grid_margin_allowed, grid_share_apart):
    """1 while the middle of the grid is the live figures; 0 once an input has been edited."""
    return when(
        (grid_score_apart <= 1 / 10**6) & (grid_margin_apart <= grid_margin_allowed) & (grid_share_apart <= 1 / 10**6),
        1,
        0,
    )
