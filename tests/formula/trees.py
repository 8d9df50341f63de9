"""Random formulas over a toy world: shops, the goods on their shelves, the days of a street, and one price for all."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from reportgen.formula.evaluate import Frame
from reportgen.formula.exactness import Exactness
from reportgen.formula.functions import (
    absolute,
    at,
    average,
    clip,
    count,
    difference,
    divide,
    entry,
    first_named,
    floor,
    higher_within,
    highest,
    known,
    level_within,
    lowest,
    maximum,
    minimum,
    not_available,
    otherwise,
    position,
    previous,
    remainder,
    row_of,
    row_up_to,
    total,
    trailing,
    when,
)
from reportgen.formula.tree import Expression, Number, Ref, Scope

SHOPS, GOODS, STREET = 4, 7, 5
MISSING = frozenset(
    {("shops", "rent"), ("shops", "margin"), ("goods", "weight"), ("street", "rain"), ("shops", "funds")}
)

# sums of tenths and thirds come to what is nearly the same: 0.1 + 0.2 is 0.30000000000000004
numbers = st.integers(-4, 6).map(float) | st.sampled_from([0.5, 10.0, -1.5, 0.1, 0.2, 0.3, 0.1 + 0.2, 1 / 3, 2 / 3])
perhaps = numbers | st.just(float("nan"))


def column(values: st.SearchStrategy[float], rows: int) -> st.SearchStrategy[Any]:
    return st.lists(values, min_size=rows, max_size=rows).map(lambda items: np.array(items, dtype=float))


@st.composite
def worlds(draw: st.DrawFn) -> Frame:
    """Columns with and without n/a, whose goods belong to shops in any order."""
    link = np.array(draw(st.lists(st.integers(0, SHOPS - 1), min_size=GOODS, max_size=GOODS)))
    funds = [draw(column(perhaps, 3)) for _ in range(SHOPS)]
    sales, rent = draw(column(numbers, SHOPS)), draw(column(perhaps, SHOPS))
    names = draw(st.lists(st.sampled_from(["Ann", "Bo", "ann", "C?", "Cx", "~*"]), min_size=SHOPS, max_size=SHOPS))
    columns = {
        ("shops", "number"): np.arange(1.0, SHOPS + 1),
        ("shops", "sales"): sales,
        ("shops", "staff"): draw(column(st.integers(1, 5).map(float), SHOPS)),
        ("shops", "rent"): rent,
        ("shops", "margin"): np.abs(rent) / 10**12,
        ("shops", "edge"): np.abs(sales) / 10**12,
        ("shops", "name"): np.array(names, dtype=object),
        ("shops", "funds"): np.array(funds),
        ("goods", "owner_number"): link + 1.0,
        ("goods", "stock"): draw(column(numbers, GOODS)),
        ("goods", "weight"): draw(column(perhaps, GOODS)),
        ("street", "day"): np.cumsum(draw(column(st.integers(1, 3).map(float), STREET))),
        ("street", "people"): draw(column(numbers, STREET)),
        ("street", "door"): draw(column(st.integers(-2, 6).map(float), STREET)),
        ("street", "rain"): draw(column(perhaps, STREET)),
        ("street", "mayor"): np.array(draw(st.permutations(["Ann", "Bo", "C?", "Cx", "~*"])), dtype=object),
        ("town", "price"): draw(column(numbers, 1)),
        ("town", "tax"): draw(column(st.integers(1, 4).map(float), 1)),
    }
    return Frame("shops", SHOPS, columns, {"goods": link})


def own(name: str) -> Ref:
    return Ref("shops", name, Scope.OWN)


def goods(name: str) -> Ref:
    return Ref("goods", name, Scope.MEMBERS)


def street(name: str) -> Ref:
    return Ref("street", name, Scope.ALL, text=name == "mayor")


def town(name: str) -> Ref:
    return Ref("town", name, Scope.ONE)


WHOLE = {
    ("shops", "number"), ("shops", "staff"), ("goods", "owner_number"), ("street", "day"), ("street", "door"),
    ("town", "tax"),
}  # fmt: skip
EXACTNESS = Exactness(
    whole=WHOLE,
    typed={("shops", name) for name in ("sales", "rent", "funds")}
    | {("goods", "stock"), ("goods", "weight"), ("street", "people"), ("street", "rain"), ("town", "price")},
    not_negative=set(),
    bounds={("shops", "staff"): (1.0, 5.0), ("town", "tax"): (1.0, 4.0), ("street", "day"): (1.0, 20.0)},
)


def may_be_missing(ref: Ref) -> bool:
    return ref.key in MISSING


literals = st.sampled_from([0.0, 1.0, 2.0, -3.0, 12.0, 0.5, 1 / 12, -1 / 12, 365 / 12]).map(Number)
known_columns = st.sampled_from([own("sales"), own("staff"), town("price"), town("tax")])
positive = st.sampled_from([own("staff"), town("tax"), Number(2.0), Number(12.0), Number(0.5)])
comparisons = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])


def compared(left: Any, sign: str, right: Any) -> Any:
    return {
        "<": lambda: left < right, "<=": lambda: left <= right, ">": lambda: left > right,
        ">=": lambda: left >= right, "==": lambda: left == right, "!=": lambda: left != right,
    }[sign]()  # fmt: skip


def sums(conditions: bool = True) -> st.SearchStrategy[Expression]:
    """Totals and counts: over the shop's goods, its funds, or the whole street."""
    wheres = (st.none() | _where(goods, "stock", "weight")) if conditions else st.none()
    streets = (st.none() | _where(street, "people", "rain")) if conditions else st.none()
    inside = st.sampled_from([
        goods("weight"), goods("stock"), goods("stock") * goods("weight"), goods("stock") - 1, -goods("weight"),
        goods("stock") * own("sales"), (goods("weight") > 1), (goods("weight") > 1) * goods("stock"),
        goods("stock") - (goods("weight") > 0), goods("weight") * goods("weight"), 2 / Number(4.0) * goods("weight"),
    ])  # fmt: skip
    outside = st.sampled_from([
        street("rain"), street("people"), street("people") * street("rain"), street("people") / own("staff"),
        street("people") / own("staff") - own("sales"), street("rain") * own("sales"), street("people") ** 2,
        -(street("people") - street("people") * 2), own("sales") * street("rain"),
    ])  # fmt: skip
    funds = Ref("shops", "funds", Scope.WIDE)
    return st.one_of(
        st.builds(total, inside, wheres),
        st.builds(total, outside, streets),
        st.builds(count, st.sampled_from([goods("weight"), goods("stock")]), wheres),
        st.builds(count, st.sampled_from([street("rain"), street("people")]), streets),
        st.sampled_from([total(funds), count(funds), total(funds != 0), total(funds, funds > own("staff"))]),
    )


def _where(of: Any, sure: str, unsure: str) -> st.SearchStrategy[Any]:
    simple = st.builds(
        compared,
        st.sampled_from([of(sure), of(unsure), of(sure) - own("sales")]),
        comparisons,
        st.sampled_from([Number(1.0), own("sales"), town("price"), own("staff") - 2]),
    )
    joined = st.builds(lambda a, b: a & b, simple, simple) | st.builds(lambda a, b: a | b, simple, simple)
    odd = st.sampled_from([
        known(of(unsure)), known(of(unsure)) & (of(sure) > 0), (of(unsure) > 0) | known(of(unsure)), of(sure),
        (of(sure) > 0) == (of(unsure) > 0), 1 - (of(unsure) > 1), own("sales") > 0, known(own("rent")),
        (own("sales") > 0) & (of(unsure) < 2), ((of(sure) > 0) & (of(unsure) > 0)) | (of(sure) == 1),
    ])  # fmt: skip
    return simple | joined | odd


def _grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    conditions = st.builds(compared, inner, comparisons, inner)
    return st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: a - b, inner, inner),
        st.builds(lambda a, b: a * b, inner, inner),
        st.builds(lambda a, b: a / b, inner, positive),
        st.builds(lambda a: -a, inner),
        st.builds(
            lambda a, b: a**b, positive, st.sampled_from([Number(2.0), Number(-1.0), own("staff"), -own("staff")])
        ),
        st.builds(lambda a: (-a) ** 2, inner),
        st.builds(lambda a: -(a**2), inner),
        st.builds(minimum, inner, inner),
        st.builds(maximum, inner, inner, inner),
        st.builds(clip, inner, st.just(Number(-1.0)), inner),
        st.builds(floor, inner),
        st.builds(absolute, inner),
        st.builds(remainder, st.builds(floor, inner), st.just(Number(12.0))),
        st.builds(difference, inner, inner),
        st.builds(when, conditions, inner, inner),
        st.builds(when, st.builds(lambda a, b: a & b, conditions, conditions), inner, inner),
        st.builds(when, st.builds(lambda a, b: a | b, conditions, conditions), inner, inner),
        conditions,
        st.builds(otherwise, st.just(own("rent")), inner),
        st.just(known(own("rent"))),
    )


sure_values = st.recursive(literals | known_columns | sums(conditions=False), _grown, max_leaves=8)
values = st.recursive(literals | known_columns | st.just(own("rent")) | sums(), _grown, max_leaves=8)
conditions = st.builds(compared, values, comparisons, values)

averages = st.one_of(
    st.builds(average, st.just(goods("weight")), st.none(), st.none() | _where(goods, "stock", "weight")),
    st.builds(average, st.just(goods("weight")), st.just(goods("stock")), st.none() | _where(goods, "stock", "weight")),
    st.builds(
        average, st.just(street("rain")), st.none() | st.just(street("people")), _where(street, "people", "rain")
    ),
    st.builds(average, st.just(street("rain")), st.just(street("people") * own("staff")), st.none()),
    st.builds(average, st.just(street("rain"))),
)
whole_lines = st.one_of(
    values,
    st.builds(divide, values, values),
    st.builds(when, conditions, st.builds(divide, values, values), st.just(not_available) | values),
    st.builds(otherwise, st.just(own("rent")), st.builds(divide, values, values) | st.just(own("rent"))),
    averages,
    st.builds(row_of, st.builds(floor, values), st.just(street("door"))),
    st.builds(row_up_to, st.builds(floor, values), st.just(street("day"))),
    st.just(row_of(Ref("shops", "name", Scope.OWN, text=True), street("mayor"))),
    st.sampled_from([
        at(own("staff"), street("rain")), at(own("staff"), street("people")) - own("rent"),
        entry(town("tax") - 2 * (town("tax") > 2), own("staff"), street("people"), street("door")),
        highest(street("rain")), lowest(street("people")) - 1,
        first_named(Ref("shops", "name", Scope.OWN, text=True)),
    ]),
    st.sampled_from([
        position(own("sales"), own("edge")), position(own("rent"), own("margin")) - 1,
        2 - position(own("sales"), own("edge")), higher_within(own("sales"), own("edge"), own("staff")),
        level_within(own("rent"), own("margin"), own("staff")), level_within(own("sales"), own("edge"), own("staff")),
    ]),
    st.builds(lambda a, b: otherwise(previous(own("rent"), 0), 0) - b * a, values, values),
    st.builds(lambda a, b: previous(own("rent"), a) - b, st.sampled_from([0, 2]), values),
    st.builds(lambda b: previous(own("sales"), 1) + b, values),
    st.sampled_from([
        average(trailing(own("sales"), 3)), average(trailing(own("rent"), 2)), total(trailing(own("rent"), 2)),
        count(trailing(own("rent"), 3)), total(trailing(own("sales"), 4)), average(trailing(own("rent"), 30)),
    ]),
)  # fmt: skip
