"""Each chart of the brief as charts that PowerPoint draws: one function a chart, from the same figures."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from reportgen.render.office.native import Bars, Days, Grid, Native, Path, Plane, Record, Series, column, dates, texts

PERCENT = "0%"
_LAYERS = (("direct", "direct", 1), ("sustaining", "sustaining", 1), ("financing", "financing", 1), ("ai", "ai", -1))


def natives(record: Record) -> tuple[Native, ...]:
    """The charts for one chart of the brief. KeyError for a name that there is not."""
    return NATIVES[record["name"]](record)


def _contributions(record: Record) -> tuple[Native, ...]:
    rows = record["components"]
    series = (Series("Points", column(rows, "points")), Series("At most", column(rows, "most"), "line"))
    return (Bars(texts(rows, "name"), series, number_format="0.0"),)


def _score_scale(record: Record) -> tuple[Native, ...]:
    bands = tuple(Series(band, (record["band_width"],), f"band_{band}") for band in record["bands"])
    most = record["band_width"] * len(bands)
    score = (Series("Score", (record["score"],), "ink"),)
    return Bars(("Score",), score, number_format="0", most=most), Bars(("Bands",), bands, stacked=True, most=most)


def _dials(record: Record) -> tuple[Native, ...]:
    rows = record["items"]
    return (
        Bars(
            texts(rows, "name"),
            (Series("0 calm to 100 stressed", column(rows, "score")),),
            number_format="0",
            most=100.0,
        ),
    )


def _stacked_costs(record: Record) -> tuple[Native, ...]:
    rows, words = record["bars"], record["words"]
    series = tuple(
        Series(words[name], tuple(None if row[name] is None else sign * row[name] for row in rows), colour)
        for name, colour, sign in _LAYERS
    )
    return (Bars(texts(rows, "operator"), series, stacked=True),)


def _cost_curve(record: Record) -> tuple[Native, ...]:
    rows, words = [row for row in record["blocks"] if row["cost"] is not None], record["words"]
    edges = list(itertools.accumulate((row["share"] for row in rows), initial=0.0))
    stair = tuple(point for row, (left, right) in zip(rows, itertools.pairwise(edges), strict=True)
                  for point in ((left, row["cost"]), (right, row["cost"])))  # fmt: skip
    price = tuple((edge, record["price"]) for edge in (0.0, edges[-1]))
    paths = (Path(words["up"], stair, "direct"), Path(words["price"], price, "price"))
    return (Plane(paths, words["across"], words["up"], PERCENT),)


def _under_water(record: Record) -> tuple[Native, ...]:
    rows, words, price = record["costs"], record["words"], record["price"]
    low, high = price * (1 - record["reach"]), price * (1 + record["reach"])
    paths = tuple(
        Path(words[name], tuple(_stair(rows, name, low, high)), colour)
        for name, colour in (("direct", "direct"), ("sustaining", "sustaining"), ("net", "financing"))
    )
    today = Path(words["price"], ((price, 0.0), (price, 1.0)), "price")
    return (Plane((*paths, today), words["across"], "", "#,##0", PERCENT, 1.0),)


def _stair(rows: Sequence[Record], name: str, low: float, high: float) -> Iterator[tuple[float, float]]:
    """The share of the hash rate whose cost exceeds a price: it falls at each cost, and nowhere else."""
    whole = sum(row["hash_rate"] for row in rows) or 1.0
    known = sorted((row[name], row["hash_rate"] / whole) for row in rows if row[name] is not None)
    left = sum(share for cost, share in known if cost > low)
    yield low, left
    for cost, share in known:
        if low < cost <= high:
            yield cost, left
            left -= share
            yield cost, left
    yield high, left


def _price_ladder(record: Record) -> tuple[Native, ...]:
    kinds, words, price = list(record["kinds"]), record["words"], record["price"]
    lanes = {kind: len(kinds) - place for place, kind in enumerate(kinds)}
    points = {
        kind: tuple((mark["price"], float(lanes[kind])) for mark in record["marks"] if mark["kind"] == kind)
        for kind in kinds
    }
    colours = itertools.cycle(("accent", "sell", "band_guarded", "band_severe", "etf", "muted"))
    paths = tuple(
        Path(words[kind], points[kind], colour, joined=False)
        for kind, colour in zip(kinds, colours, strict=False)
        if points[kind]
    )
    today = Path(words["price"], ((price, 0.0), (price, len(kinds) + 1.0)), "price")
    return (Plane((*paths, today), "USD/BTC", "", up_format=""),)


def _pressure(record: Record) -> tuple[Native, ...]:
    groups, words = record["groups"], record["words"]
    flows = [(group, flow) for group in groups for flow in group["flows"]]
    names = tuple(words[flow["key"]] if flow["key"] else flow["name"] for _, flow in flows)
    amounts = {
        group["key"]: tuple(flow["amount"] if owner is group else None for owner, flow in flows) for group in groups
    }
    series = tuple(Series(words[group["key"]], amounts[group["key"]], group["role"]) for group in groups)
    return (Bars(names, series, stacked=True),)


def _market_flows(record: Record) -> tuple[Native, ...]:
    rows, words = record["flows"], record["words"]
    names, amounts = tuple(words[row["key"]] for row in rows), column(rows, "amount")
    sold = Series(words["selling"], tuple(each if each is not None and each < 0 else None for each in amounts), "sell")
    bought = Series(words["buying"], tuple(each if each is not None and each >= 0 else None for each in amounts), "buy")
    return (Bars(names, (sold, bought), stacked=True, number_format="#,##0.0"),)


def _maturities(record: Record) -> tuple[Native, ...]:
    rows = record["periods"]
    return (Bars(texts(rows, "period"), (Series("Due, USD", column(rows, "amount")),), upright=True),)


def _shutdown_prices(record: Record) -> tuple[Native, ...]:
    rows, words = record["machines"], record["words"]
    named = (("Lowest", "low", "sustaining"), ("Mean", "mean", "direct"), ("Highest", "high", "financing"))
    series = [Series(title, column(rows, name), colour) for title, name, colour in named]
    price = Series(words["price"], (record["price"],) * len(rows), "price")
    return (Bars(texts(rows, "name"), (*series, price)),)


def _waterfall(record: Record) -> tuple[Native, ...]:
    rows, words, at = record["steps"], record["words"], 0.0
    spans = []
    for row in rows:
        start = 0.0 if row["total"] else at
        at = start + (row["amount"] or 0.0)
        spans.append((start, at))
    # a bar that crosses zero has a part on each side of it, and then nothing lifts it
    lifted = tuple(0.0 if min(span) < 0 < max(span) else min(span, key=abs) for span in spans)
    above = tuple(max(0.0, max(span)) - max(0.0, lift) for span, lift in zip(spans, lifted, strict=True))
    below = tuple(min(0.0, min(span)) - min(0.0, lift) for span, lift in zip(spans, lifted, strict=True))
    parts = (("Where it begins", lifted, ""), ("Above zero", above, "direct"), ("Below zero", below, "sell"))
    series = tuple(Series(*part) for part in parts)
    return (Bars(tuple(words[row["key"]] for row in rows), series, stacked=True, upright=True),)


def _tornado(record: Record) -> tuple[Native, ...]:
    rows = record["effects"]
    sides = (("left", record["left_title"], "0.0"), ("right", record["right_title"], "#,##0"))
    return tuple(
        Bars(texts(rows, "shock"), (Series(title, column(rows, side)),), number_format=form)
        for side, title, form in sides
    )


def _heat_map(record: Record) -> tuple[Native, ...]:
    rows, words = record["rows"], record["words"]
    return (
        Grid(
            f"{words['down']} ↓  {words['across']} →",
            tuple(record["across"]),
            tuple(record["down"]),
            tuple(texts(row, "label") for row in rows),
            tuple(column(row, "badness") for row in rows),
        ),
    )


def _epochs(record: Record) -> tuple[Native, ...]:
    rows, words = record["points"], record["words"]
    paths = tuple(
        Path(words[name], tuple((row["day"], row[name]) for row in rows if row[name] is not None), colour)
        for name, colour in (("difficulty", "accent"), ("online", "sell"))
    )
    return (Plane(paths, words["across"], words["up"], "#,##0", PERCENT),)


def _ribbon(record: Record) -> tuple[Native, ...]:
    rows, words = record["days"], record["words"]
    means = (
        Series(words["short"], column(rows, "short_mean")),
        Series(words["long"], column(rows, "long_mean"), "sustaining"),
    )
    return Days(dates(rows), means), Days(dates(rows), (Series("Ribbon", column(rows, "ribbon"), "sell"),), PERCENT)


def _score_record(record: Record) -> tuple[Native, ...]:
    rows = record["days"]
    return (Days(dates(rows), (Series("Score", column(rows, "score")),), "0"),)


def _hashprice_record(record: Record) -> tuple[Native, ...]:
    rows, words = record["days"], record["words"]
    return tuple(
        Days(dates(rows), (Series(words[name], column(rows, name), colour),), form)
        for name, colour, form in (("hashprice", "accent", "0.0"), ("difficulty", "sustaining", "#,##0"))
    )


NATIVES: Mapping[str, Callable[[Record], tuple[Native, ...]]] = {
    "contributions": _contributions,
    "cost_curve": _cost_curve,
    "dials": _dials,
    "epochs": _epochs,
    "hashprice_record": _hashprice_record,
    "heat_map": _heat_map,
    "market_flows": _market_flows,
    "maturities": _maturities,
    "pressure": _pressure,
    "price_ladder": _price_ladder,
    "ribbon": _ribbon,
    "score_record": _score_record,
    "score_scale": _score_scale,
    "shutdown_prices": _shutdown_prices,
    "stacked_costs": _stacked_costs,
    "tornado": _tornado,
    "under_water": _under_water,
    "waterfall": _waterfall,
}
"""By the name of the chart of the brief."""
