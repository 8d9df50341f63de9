"""The one table of functions: what each does to numbers, how Excel spells it, how it reads, what n/a does to it."""

from __future__ import annotations

import numpy as np

from reportgen.formula import array_functions as arithmetic
from reportgen.formula import group_counts, searches
from reportgen.formula.function_kinds import Function, Kind, OnMissing, always, never

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function(
            "when", arithmetic.when, "IF({0},{1},{2})", "{1} if {0}, otherwise {2}",
            Kind.BRANCH, OnMissing.CHOSEN, picks=True,
        ),
        Function("minimum", arithmetic.least, "MIN({*})", "the smallest of {*}", picks=True),
        Function("maximum", arithmetic.most, "MAX({*})", "the largest of {*}", picks=True, not_negative=any),
        Function(
            "clip", arithmetic.clip, "MAX({1},MIN({2},{0}))", "{0}, at least {1} and at most {2}",
            picks=True, not_negative=lambda values: list(values)[1],
        ),
        Function("floor", arithmetic.floor, "INT({0}+ABS({0})/10^12)", "{0} rounded down", whole=always, rounds=True),
        Function("remainder", np.mod, "MOD({0},{1})", "the remainder of {0} by {1}", takes_whole=True),
        Function("absolute", np.abs, "ABS({0})", "{0} without its sign", not_negative=always),
        Function(
            "difference", arithmetic.difference, "IF(ABS({0})<={1}/10^12,0,{0})", "{0} − {1}",
            sign="-", not_negative=never,
        ),
        Function(
            "divide", arithmetic.safe_divide, 'IF({1}=0,"n/a",{0})', "{0} / {1}",
            missing=OnMissing.ZERO_DIVISOR, stands_alone=True, sign="/", whole=never,
        ),
        Function(
            "known", arithmetic.known, '{0}<>"n/a"', "{0} is known",
            Kind.QUESTION, OnMissing.NEVER, whole=always, not_negative=always,
        ),
        Function(
            "otherwise", arithmetic.otherwise, 'IF({0}="n/a",{1},{0})', "{0}, or {1} where it is n/a",
            Kind.QUESTION, OnMissing.REPLACED, picks=True,
        ),
        Function(
            "choose", arithmetic.choose, "CHOOSE({0}+1,{*})", "the name of {0} (0, 1, 2 …: {*})", Kind.NAMING
        ),
        Function(
            "pick", arithmetic.pick, "CHOOSE({0},{*})", "number {0} of {*}", missing=OnMissing.CHOSEN
        ),
        Function("total", arithmetic.total, "SUM({0})", "the sum of {0}", Kind.SUM, OnMissing.LEFT_OUT),
        Function(
            "count", arithmetic.count, "COUNT({0})", "the number of {0}",
            Kind.COUNT, OnMissing.LEFT_OUT, whole=always, not_negative=always,
        ),
        Function(
            "average", arithmetic.average, "AVERAGE({0})", "the mean of {0}",
            Kind.MEAN, OnMissing.NOTHING_LEFT, stands_alone=True, whole=never,
        ),
        Function(
            "largest", arithmetic.extreme(np.max, -np.inf), "MAX({0})", "the largest {0}",
            Kind.LARGEST, OnMissing.NOTHING_LEFT, stands_alone=True, picks=True,
        ),
        Function(
            "smallest", arithmetic.extreme(np.min, np.inf), "MIN({0})", "the smallest {0}",
            Kind.SMALLEST, OnMissing.NOTHING_LEFT, stands_alone=True, picks=True,
        ),
        Function(
            "highest", arithmetic.extreme(np.max, -np.inf, 0.0), "MAX({0})", "the largest {0}, or 0",
            Kind.LARGEST, OnMissing.LEFT_OUT, picks=True,
        ),
        Function(
            "lowest", arithmetic.extreme(np.min, np.inf, 0.0), "MIN({0})", "the smallest {0}, or 0",
            Kind.SMALLEST, OnMissing.LEFT_OUT, picks=True,
        ),
        Function(
            "row_of", searches.row_of, "MATCH({0},{1},0)", "the first row where {1} is {0}",
            Kind.SEARCH, OnMissing.NOT_FOUND, stands_alone=True, whole=always, not_negative=always,
        ),
        Function(
            "row_up_to", searches.row_up_to, "MATCH({0},{1},1)", "the row of the newest {1} up to {0}",
            Kind.SEARCH, OnMissing.NOT_FOUND, stands_alone=True, whole=always, not_negative=always,
        ),
        Function("at", searches.at, "INDEX({1},{0})", "{1} in row {0}", Kind.ENTRY, picks=True),
        Function(
            "entry", searches.entry, "INDEX({1},{0})", "in row {1}, number {0} of {*}", Kind.ENTRY, picks=True
        ),
        Function(
            "first_named", arithmetic.first_named, "MATCH({0},{1},0)", "the first row with the same {0}",
            Kind.RANK, whole=always, not_negative=always,
        ),
        Function(
            "position", arithmetic.position,
            'COUNTIF({2},"<"&{0}-{1})+COUNTIFS({3},">="&{0}-{1},{3},"<="&{0}+{1})',
            "the rank of {0}, lowest first, where less than {1} makes no difference",
            Kind.RANK, whole=always, not_negative=always,
        ),
        Function(
            "higher_within", group_counts.higher_within, 'COUNTIFS({4},{5},{2},">"&{0}+{1})',
            "the rows with the same {2} that are above {0} by more than {1}",
            Kind.RANK, whole=always, not_negative=always,
        ),
        Function(
            "level_within", group_counts.level_within, 'COUNTIFS({6},{5},{3},">="&{0}-{1},{3},"<="&{0}+{1})',
            "the rows with the same {2}, up to this one, that are {0} to within {1}",
            Kind.RANK, whole=always, not_negative=always,
        ),
    )
}  # fmt: skip
