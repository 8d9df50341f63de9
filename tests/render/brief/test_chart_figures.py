"""Titles of charts say what the figures show and change with them; each chart is drawn once, at its own size."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any

import pytest

from reportgen.model.solve import solve
from reportgen.render.brief import drawings
from reportgen.render.brief.drawings import callable_charts
from reportgen.render.brief.figures import Figure, amount, counted, money, per_btc, percent, whole_percent
from reportgen.render.brief.findings import Corner
from reportgen.render.brief.machines import FirstMachine
from reportgen.render.brief.pages import _environment, html
from reportgen.render.charts import CHARTS
from reportgen.render.charts.drawing import Drawing
from reportgen.render.charts.stacked_costs import is_cut
from reportgen.render.charts.tornado import Effect
from reportgen.render.theme import load_theme
from reportgen.resources import templates_folder
from reportgen.sheets import SHEETS
from tests.worked_case import worked_case

from .cases import OPTIONAL, emptied, grown, view_of

NAN = math.nan


@dataclass(frozen=True)
class Given:
    """Figures for a title, by name."""

    values: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None


def given(**values: Any) -> Given:
    return Given(values)


def title(macro: str, *arguments: Any) -> str:
    """What a macro of the charts says."""
    names = [f"a{number}" for number in range(len(arguments))]
    call = f'{{% import "charts.html.j2" as chart %}}{{{{ chart.{macro}({", ".join(names)}) }}}}'
    template = _environment((templates_folder(),)).from_string(call)
    return " ".join(template.render(dict(zip(names, arguments, strict=True))).replace("&#39;", "'").split())


KEYS = given(price=counted(90_000))


@pytest.mark.parametrize(
    ("above", "producing", "said"),
    [
        (0, 8, "No operator's net AISC is above the price of USD 90,000"),
        (0, 1, "The net AISC of the only operator with production is not above the price of USD 90,000"),
        (1, 1, "The net AISC of the only operator with production is above the price of USD 90,000"),
        (3, 8, "The net AISC of 3 of 8 operators with production is above the price of USD 90,000"),
        (8, 8, "The net AISC of all 8 operators with production is above the price of USD 90,000"),
    ],
)
def test_costs_by_layer(above: int, producing: int, said: str) -> None:
    assert title("stacked_costs_title", given(above=counted(above), producing=counted(producing)), KEYS) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "The price covers the net AISC of all of the hash rate"),
        (1.0, "The price covers the net AISC of none of the hash rate"),
        (0.0001, "The price does not cover the net AISC of less than 0.1% of the operators' hash rate"),
        (0.292, "The price does not cover the net AISC of 29.2% of the operators' hash rate"),
    ],
)
def test_the_cost_curve(share: float, said: str) -> None:
    assert title("cost_curve_title", given(below_net=percent(share))) == said


def test_shares_under_water() -> None:
    said = title("under_water_title", given(below_direct=percent(0.0), below_net=percent(1.0)))
    assert said == "At today's price none of the hash rate is under water on direct cost, all on net AISC"
    said = title("under_water_title", given(below_direct=percent(0.058), below_net=percent(0.292)))
    assert said == "At today's price 5.8% of the hash rate is under water on direct cost, 29.2% on net AISC"


@pytest.mark.parametrize(
    ("margin", "operators", "said"),
    [
        (-5_354, 8, "The price of USD 90,000 is USD 5,354 short of the net AISC of the average operator"),
        (0.2, 8, "The price of USD 90,000 just covers the net AISC of the average operator"),
        (4_000, 8, "Of a price of USD 90,000, USD 4,000 is left to the average operator after net AISC"),
        (4_000, 1, "Of a price of USD 90,000, USD 4,000 is left to the only operator with production after net AISC"),
    ],
)
def test_the_waterfall(margin: float, operators: int, said: str) -> None:
    assert title("waterfall_title", per_btc(margin), KEYS, counted(operators)) == said


@pytest.mark.parametrize(
    ("soon", "dated", "said"),
    [
        (0, 9e8, "None of the USD 900m of debt with a maturity falls due within 12 months"),
        (9e8, 9e8, "All of the USD 900m of debt with a maturity falls due within 12 months"),
        (1e8, 9e8, "USD 100m of the USD 900m of debt with a maturity falls due within 12 months"),
    ],
)
def test_maturities(soon: float, dated: float, said: str) -> None:
    assert title("maturities_title", given(soon=money(soon), dated=money(dated))) == said


def test_shutdown_prices() -> None:
    first = FirstMachine("S19j Pro", per_btc(84_000), percent(-0.067))
    for off, one, said in (
        (1.0, None, "No machine earns its power at USD 90,000"),
        (0.06, first, "Machines with 6.0% of the installed hash rate do not earn their power at USD 90,000"),
        (0.0, first, "Every machine earns its power at USD 90,000; S19j Pro stops first, below USD 84,000 (−6.7%)"),
        (0.0, FirstMachine("S21", per_btc(-5_000), percent(-1.05)), "Every machine earns its power at any price"),
        (0.0, None, "Every machine earns its power at USD 90,000"),
    ):
        assert title("shutdown_prices_title", given(off=percent(off), first=one), KEYS) == said


def test_where_difficulty_settles_goes_on_or_does_neither() -> None:
    figures = {
        "final_difficulty": percent(0.95), "settled_days": counted(71), "cycle_low": percent(0.66),
        "cycle_high": percent(0.67), "last_days": counted(364),
    }  # fmt: skip
    for settles, cycles, said in (
        (True, False, "With the price held, difficulty settles at 95.0% of today's, within 71 days"),
        (False, True, "With the price held, difficulty goes on between 66.0% and 67.0% of today's"),
        (False, False, "With the price held, difficulty does not settle within 364 days"),
    ):
        assert title("epochs_title", given(settles=settles, cycles=cycles, **figures)) == said


@pytest.mark.parametrize(("ribbon", "said"), [(-0.027, "2.7% below"), (0.0, "level with"), (0.016, "1.6% above")])
def test_the_ribbon(ribbon: float, said: str) -> None:
    told = title("ribbon_title", given(newest=Figure(1.0, "5 Dec 2025"), today=percent(ribbon)))
    assert told == f"On 5 Dec 2025 the 30-day mean hash rate is {said} its 60-day mean"


@pytest.mark.parametrize(
    ("change", "difficulty", "said"),
    [
        (NAN, NAN, ""),
        (-0.26, 0.38, ", 26% less than a year before; difficulty is 38% higher"),
        (0.1, -0.1, ", 10% more than a year before; difficulty is 10% lower"),
        (0.0, 0.0, ", as much as a year before; difficulty is unchanged"),
    ],
)
def test_hashprice(change: float, difficulty: float, said: str) -> None:
    figures = given(today=amount(37.2, 1), change=whole_percent(change), difficulty_change=whole_percent(difficulty))
    assert title("hashprice_title", figures) == f"One PH/s earns USD 37.2 a day without fees{said}"


def test_a_heat_map_says_where_it_is_worst_unless_that_is_today() -> None:
    said = title("corner", Corner("34", "74", "−40%", "+40%"), "The score is")
    assert said == "The score is 34 today, 74 at price −40% and difficulty +40%"
    assert title("corner", Corner("34", "34", "0%", "0%"), "The score is").endswith(
        "today and nowhere worse on this grid"
    )


@pytest.mark.parametrize(
    ("mean", "said"),
    [
        (NAN, ""),
        (0.0, "; ETFs neither take in nor sell, mean of 20 days"),
        (-1381, "; ETFs sell 1,381, mean of 20 days"),
        (10.0, "; ETFs take in 10.0, mean of 20 days"),
    ],
)
def test_flows_name_their_direction(mean: float, said: str) -> None:
    etf = given(mean_btc=amount(mean, 0 if abs(mean) > 99 else 1), long_days=counted(20))
    severe = given(scenario="Severe", miner_sales=counted(617))
    assert (
        title("pressure_title", given(severe=severe, etf=etf))
        == f"In the scenario Severe miners sell 617 BTC a day{said}"
    )
    assert title("pressure_title", given(severe=None, etf=etf)) == f"There is no scenario of miner selling{said}"


@pytest.mark.parametrize(("share", "said"), [(1.0, "all"), (0.998, "nearly all"), (0.87, "87%")])
def test_the_record_of_the_score(share: float, said: str) -> None:
    told = title("score_record_title", given(today=amount(41.2, 1), percentile=whole_percent(share)))
    assert told == f"The market's part of the score is 41.2, at or above {said} of its days"


def test_shocks() -> None:
    worst, mild = Effect("Price", 5.2, "+5.2", -9e3, "−9,000"), Effect("Power", 0.0, "0.0", -800, "−800")
    for effects, found, known, said in (
        ([worst], True, True, "Of the shocks, Price moves the score most, by +5.2 points"),
        ([mild], True, True, "Of the shocks, Power lowers the price less net AISC most, by USD 800"),
        ([], None, True, "No shock raises the score or lowers the margin"),
        ([], None, False, "Neither score nor margin is known under the shocks"),
    ):
        assert title("tornado_title", given(effects=effects, worst=found, known=known)) == said


def test_bars_are_said_to_be_cut_only_where_one_is() -> None:
    view = view_of(worked_case())
    assert view.findings.bars_cut == is_cut(view.costs.bars, view.keys.price.value)
    crowded = view_of(grown(25))
    assert crowded.findings.bars_cut
    assert crowded.findings.above.text == "25"


def test_a_chart_without_figures_is_left_out_title_and_all() -> None:
    view, charts = view_of(emptied(worked_case(), *OPTIONAL, "Fleet")), callable_charts(load_theme(), {})
    for macro in (
        *("stacked_costs", "cost_curve", "under_water", "waterfall", "debt_maturities", "shutdown_prices", "epochs"),
        *("ribbon", "hashprice_history", "score_record", "score_map", "margin_map", "tornado"),
    ):
        assert title(macro, view, charts) == ""


def test_sources_name_sheets_that_the_workbook_has() -> None:
    texts = [path.read_text(encoding="utf-8") for path in templates_folder().rglob("*.html.j2")]
    calls = [found for text in texts for found in re.findall(r'(?:call frame\(.*, |source\()\["([\w", ]+)"\]', text)]
    named = {name for call in calls for name in call.split('", "')}
    assert len(calls) >= 14
    computed = {section.sheet for section in solve(worked_case()).graph.sections}
    assert named <= computed | {sheet.name for sheet in SHEETS}


def test_each_chart_is_drawn_once_though_the_page_is_made_again() -> None:
    drawings._made.cache_clear()
    theme, folders = load_theme(), (templates_folder(),)
    html(view_of(worked_case()), theme, folders)
    first = drawings._made.cache_info()
    html(view_of(worked_case()), theme, folders)
    again = drawings._made.cache_info()
    assert first.misses > 5
    assert again.misses == first.misses
    assert again.hits >= first.misses


def test_a_chart_of_other_figures_words_or_colours_is_another() -> None:
    theme = load_theme()
    charts = callable_charts(theme, {})

    def bar(points: float, words: str = "n/a", **colours: str) -> str:
        drawn = callable_charts(replace(theme, colours={**theme.colours, **colours}), {})["score_scale"]
        return drawn(points, bands=[words, "high"], alt="a").svg

    assert len({bar(10), bar(60), bar(10, "other"), bar(10, band_low="#000000"), bar(NAN)}) == 5
    assert charts["score_scale"](10, bands=["n/a", "high"], alt="a").svg == bar(10)


def test_what_cannot_be_told_apart_is_drawn_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []

    def chart(theme: object, what: object, *, alt: str) -> Drawing:
        drawn.append(what)
        return Drawing("<svg/>", 1, 1, alt)

    monkeypatch.setattr(drawings, "CHARTS", {"chart": chart})
    for _ in range(2):
        callable_charts(load_theme(), {})["chart"](object(), alt="a")
    assert len(drawn) == 2


def test_words_that_macros_made_are_escaped_once() -> None:
    from markupsafe import Markup

    made = callable_charts(load_theme(), {})["score_scale"](
        10, bands=[Markup("today&#39;s"), "&"], alt=Markup("a &amp; b&#39;s"), width=300
    )
    assert made.alt == "a & b's"
    assert "today's" in made.svg
    assert "a &amp; b's" in made.svg
    assert "amp;amp" not in made.svg + str(made.__html__())


def test_characters_that_no_font_holds_are_replaced_in_charts_too() -> None:
    made = callable_charts(load_theme(), {ord("x"): "?"})["score_scale"](10, bands=["xyz", "a"], alt="x")
    assert "?yz" in made.svg
    assert made.alt == "?"


def test_every_chart_can_be_called() -> None:
    assert set(callable_charts(load_theme(), {})) == set(CHARTS)
