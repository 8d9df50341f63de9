"""The text of a formula: the brackets that Excel needs, the guards that keep n/a from becoming an error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import formualizer
import numpy as np
import pytest

from reportgen.formula.evaluate import Frame, evaluate
from reportgen.formula.exactness import Exactness
from reportgen.formula.excel import Writer
from reportgen.formula.functions import (
    at,
    average,
    choose,
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
    largest,
    level_within,
    lowest,
    maximum,
    not_available,
    otherwise,
    position,
    previous,
    row_of,
    row_up_to,
    smallest,
    total,
    trailing,
    when,
)
from reportgen.formula.literals import spelled
from reportgen.formula.tree import Expression, FormulaError, Number, Ref, Scope, Text

NAMES = ("a", "b", "c", "u", "v", "x", "ux", "m", "um", "z", "shock", "names", "ut")  # p, q, y and uy are fractions
KNOWN = Exactness(
    whole={("toy", name) for name in NAMES}, not_negative={("toy", "z"), ("toy", "zf"), ("toy", "zy"), ("toy", "zm")}
)
UNSURE = frozenset({"u", "v", "ux", "um", "ut", "uy"})


class Names:
    """Addresses that are the names themselves."""

    def cell(self, ref: Ref, back: int = 0) -> str:
        return ref.name + "_above" * back

    def window(self, ref: Ref, length: str) -> str:
        return f"{ref.name}_last{length}"

    def table(self, columns: Sequence[Ref]) -> str:
        return f"{columns[0].name}:{columns[-1].name}"

    def entry(self, columns: Sequence[Ref], number: str, row: str) -> str:
        return f"INDEX({self.table(columns)},{number},{row})"

    def column(self, ref: Ref) -> str:
        return ref.name.upper()

    def numbers(self, ref: Ref) -> str:
        return self.column(ref)

    def so_far(self, ref: Ref) -> str:
        return f"{ref.name}_so_far"

    def typed(self, ref: Ref) -> bool:
        return False

    def in_error(self, block: str) -> str:
        return ""

    def owner_numbers(self, block: str) -> str:
        return f"{block.upper()}_OWNER"

    def number(self) -> str:
        return "number"


def formula(tree: Expression) -> str:
    return Writer(Names(), lambda ref: ref.name in UNSURE, KNOWN).formula(tree)


def ref(name: str, scope: Scope = Scope.OWN, **kind: bool) -> Ref:
    return Ref("toy", name, scope, **kind)


a, b, c, u, v, p, q = (ref(name) for name in "abcuvpq")
x, ux = ref("x", Scope.ALL), ref("ux", Scope.ALL)
zf, z, zy = ref("zf"), ref("z"), ref("zy", Scope.ALL)  # never negative
y, uy = ref("y", Scope.ALL), ref("uy", Scope.ALL)
m, um, w = ref("m", Scope.MEMBERS), ref("um", Scope.MEMBERS), ref("w", Scope.WIDE)
shock, names = ref("shock", text=True), ref("names", Scope.ALL, text=True)


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (a - (b - c), "a-(b-c)"),
        ((a - b) - c, "a-b-c"),
        (a / (b * c), "a/(b*c)"),
        (a * (b / c), "a*(b/c)"),
        (-(a**2), "-(a^2)"),
        ((-a) ** 2, "-a^2"),  # to Excel the minus comes first
        (a ** (b**c), "a^(b^c)"),
        ((a**b) ** c, "a^b^c"),
        (a**-b, "a^-b"),
        (a * Number(-(2.0**32)), "a*-(2^32)"),
        (a ** Number(-1 / 12), "a^-(1/12)"),
        (a * 2**32, "a*2^32"),
        (a ** (2**32), "a^(2^32)"),
        (a * (365 / 12), "a*(365/12)"),
        (a + 0.05, "a+0.05"),
        ((a > b) + 1, "(a>b)+1"),
        (a > b, "IF(a>b,1,0)"),
        ((a > b) == 1, "IF((a>b)*1=1,1,0)"),
        (known(u) * 2, '(u<>"n/a")*2'),
        (maximum(a > b, 0), "MAX((a>b)*1,0)"),
        (maximum(*(ref(name, Scope.ONE) for name in "abcz")), "MAX(a:z)"),
        (maximum(*(ref(name, Scope.ONE) for name in "abc")), "MAX(a,b,c)"),
        (when(a, b, c), "IF(a<>0,b,c)"),
        (when((a > 0) & (b > 0) & (c > 0), 1, 0), "IF(AND(a>0,b>0,c>0),1,0)"),
        (when(((a > 0) & (b > 0)) | (c > 0), 1, 0), "IF(OR(AND(a>0,b>0),c>0),1,0)"),
        (clip(a, 0, b), "MAX(0,MIN(b,a))"),
        (choose(a, "low", 'so "high"'), 'CHOOSE(a+1,"low","so ""high""")'),
        (divide(a, b - c), 'IF(b-c=0,"n/a",a/(b-c))'),
        (divide(a, b > c), 'IF((b>c)*1=0,"n/a",a/(b>c))'),
        (total(x), "SUM(X)"),
        (total(m), "SUMIF(TOY_OWNER,number,M)"),
        (total(m * um), "SUMPRODUCT(--(TOY_OWNER=number),M,UM)"),
        (total(x * x), "SUMPRODUCT(X,X)"),
        (total(x * a), "a*SUMPRODUCT(X)"),
        (total(x, where=x > a), "SUMPRODUCT(--(X>a),X)"),
        (total(x, where=ux > a), 'SUMPRODUCT(--(UX<>"n/a"),--(UX>a),X)'),
        (total(x, where=(ux > a) & (ux < b)), 'SUMPRODUCT(--(UX<>"n/a"),--(UX>a),--(UX<b),X)'),
        (total(x, where=ux < a), "SUMPRODUCT(--(UX<a),X)"),  # a text is larger than any number
        (total(x, where=a >= ux), "SUMPRODUCT(--(a>=UX),X)"),
        (total(x, where=(x > a) == (x > b)), "SUMPRODUCT(--(--(X>a)=--(X>b)),X)"),
        (total(x, where=a > b), "(a>b)*1*SUMPRODUCT(X)"),
        (total(x, where=names == "ann"), 'SUMPRODUCT(--(NAMES="ann"),X)'),
        (total(x - (x > a)), "SUMPRODUCT(X-(X>a))"),
        (-total(x), "-SUM(X)"),
        (count(ux), "COUNT(UX)+0*SUM(UX)"),
        (count(ux) * a, "(COUNT(UX)+0*SUM(UX))*a"),
        (count(ref("number", Scope.ALL)), "COUNT(NUMBER)"),
        (count(ref("owner_number", Scope.ALL)), 'COUNTIF(OWNER_NUMBER,">0")'),
        (total(w), "SUMPRODUCT(W+0)"),
        (count(w), "COUNTA(W)"),
        (total(w == 0), "COUNTIF(W,0)"),
        (largest(x), 'IF(COUNT(X)+0*SUM(X)=0,"n/a",MAX(X))'),
        (highest(ux) + lowest(x), "MAX(UX)+MIN(X)"),
        (average(trailing(a, 3)), 'IF(N(number)<3,"n/a",AVERAGE(a_last3))'),
        (average(trailing(a, ref("z", Scope.ONE))), 'IF(N(number)<z,"n/a",AVERAGE(a_lastz))'),
        (total(trailing(u, 3)), 'IF(OR(N(number)<3,u="n/a"),"n/a",SUM(u_last3))'),
        (previous(a, 0) + b, "N(a_above)+b"),
        (previous(a, 1) + b, "IF(number=1,1,a_above)+b"),
        (row_of(a, x), 'IF(ISNA(MATCH(a,X,0)),"n/a",MATCH(a,X,0))'),
        (at(a, x) + b, "INDEX(X,a)+b"),
        (at(a, ux), "INDEX(UX,a)"),
        (entry(a, b, x, y), "INDEX(x:y,a,b)"),
    ],
)
def test_a_tree_is_written_as(tree: Expression, text: str) -> None:
    assert formula(tree) == text


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (u, "u"),
        (u + v * u, 'IF(OR(u="n/a",v="n/a"),"n/a",u+v*u)'),
        (when(u > 0, v, a), 'IF(u="n/a","n/a",IF(u>0,v,a))'),
        (when(u > 0, v + 1, a), 'IF(u="n/a","n/a",IF(u>0,IF(v="n/a","n/a",v+1),a))'),
        (when(known(v), v + u, a), 'IF(v<>"n/a",IF(u="n/a","n/a",v+u),a)'),
        (when(known(v) & (a > 0), v + 1, a), 'IF(AND(v<>"n/a",a>0),v+1,a)'),
        (when(u > 0, u, v + u), 'IF(u="n/a","n/a",IF(u>0,u,IF(v="n/a","n/a",v+u)))'),
        (when(a > 0, not_available, b), 'IF(a>0,"n/a",b)'),
        (otherwise(u, 0) + 1, "N(u)+1"),
        (otherwise(u, 1) + 1, 'IF(u="n/a",1,u)+1'),
        (otherwise(u, v), 'IF(u="n/a",v,u)'),
        (otherwise(previous(u, 0), 0) + 1, "N(u_above)+1"),
        (divide(u, a), 'IF(u="n/a","n/a",IF(a=0,"n/a",u/a))'),
        (previous(u, 0) + a, 'IF(u_above="n/a","n/a",IF(number=1,0,u_above)+a)'),
        (row_up_to(u, x), 'IF(u="n/a","n/a",IF(ISNA(MATCH(u,X,1)),"n/a",MATCH(u,X,1)))'),
        (at(u, ux), 'IF(u="n/a","n/a",INDEX(UX,u))'),
        (when(ref("ut", text=True) == "x", 1, 0), 'IF(ut="x",1,0)'),
    ],
)
def test_what_can_be_missing_is_asked_for_first(tree: Expression, text: str) -> None:
    assert formula(tree) == text


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (when(p < q, 1, 0), "IF(p<q-ABS(q)/10^12,1,0)"),
        (when(p <= q, 1, 0), "IF(p<=q+ABS(q)/10^12,1,0)"),
        (when(p > q, 1, 0), "IF(p>q+ABS(q)/10^12,1,0)"),
        (when(p >= q, 1, 0), "IF(p>=q-ABS(q)/10^12,1,0)"),
        (when(p == q - a, 1, 0), "IF(ABS(p-(q-a))<=ABS(p)/10^12,1,0)"),
        (when(p != q, 1, 0), "IF(ABS(p-q)>ABS(q)/10^12,1,0)"),
        (when(p < a * q, 1, 0), "IF(p+ABS(p)/10^12<a*q,1,0)"),
        (when(p >= a * q, 1, 0), "IF(p+ABS(p)/10^12>=a*q,1,0)"),
        (when(a * q <= p, 1, 0), "IF(a*q<=p+ABS(p)/10^12,1,0)"),
        (when(p < 30, 1, 0), "IF(p<30-30/10^12,1,0)"),
        (when(p < 0, 1, 0), "IF(p<0,1,0)"),
        (when(p != 0, 1, 0), "IF(p<>0,1,0)"),
        (total(x, where=y > p), "SUMPRODUCT(--(Y>p+ABS(p)/10^12),X)"),
        (total(x, where=p > y), "SUMPRODUCT(--(p-ABS(p)/10^12>Y),X)"),
        (total(x, where=uy > y), 'SUMPRODUCT(--(UY<>"n/a"),--(UY>Y+((Y>0)-(Y<0))*Y/10^12),X)'),
        (total(x, where=zy > uy), 'SUMPRODUCT(--(UY<>"n/a"),--(ZY-ZY/10^12>UY),X)'),
        (when(q * p < -zf, 1, 0), "IF(q*p<-zf-zf/10^12,1,0)"),
        (when(p < zf * z * z * z, 1, 0), "IF(p+ABS(p)/10^12<zf*z*z*z,1,0)"),
        (when(q * p < zf * z * z * z, 1, 0), "IF(q*p<zf*z*z*z*(1-1/10^12),1,0)"),
        (when(p < zf, 1, 0), "IF(p<zf-zf/10^12,1,0)"),
        (difference(p, zf + z), "IF(ABS(p-(zf+z))<=(zf+z)/10^12,0,p-(zf+z))"),
        (total(x, where=y == p), "SUMPRODUCT(--((Y>=p-ABS(p)/10^12)*(Y<=p+ABS(p)/10^12)>0),X)"),
        (total(x, where=y != 0), "SUMPRODUCT(--(Y<>0),X)"),
        (difference(p, q), "IF(ABS(p-q)<=ABS(q)/10^12,0,p-q)"),
        (difference(p + q, q - a), "IF(ABS(p+q-(q-a))<=ABS(q-a)/10^12,0,p+q-(q-a))"),
        (difference(p / q, 1), "IF(ABS(p/q-1)<=1/10^12,0,p/q-1)"),
        (floor(p), "INT(p+ABS(p)/10^12)"),
        (floor(a / b), "INT(a/b)"),
        (floor(p / 20), "INT(p/20+ABS(p/20)/10^12)"),
        (floor(zf / 20), "INT(zf/20*(1+1/10^12))"),
        (higher_within(p, q, a), 'COUNTIFS(A,a,P,">"&p+q)'),
        (level_within(p, q, a), 'COUNTIFS(a_so_far,a,p_so_far,">="&p-q,p_so_far,"<="&p+q)'),
        (position(p, q), 'COUNTIF(P,"<"&p-q)+COUNTIFS(p_so_far,">="&p-q,p_so_far,"<="&p+q)'),
    ],
)
def test_fractions_are_compared_with_a_margin_and_whole_numbers_without(tree: Expression, text: str) -> None:
    assert formula(tree) == text
    assert len(text) < 120


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (a + b, 'IF(number="n/a","n/a",a+b)'),
        (u + b, 'IF(u="n/a","n/a",u+b)'),  # u is n/a itself where its row holds nothing
        (ref("u", Scope.ONE) + b, 'IF(OR(number="n/a",u="n/a"),"n/a",u+b)'),
        (otherwise(u, 0), 'IF(number="n/a","n/a",N(u))'),
        (a, 'IF(number="n/a","n/a",a)'),
        (when(known(u), b, not_available), 'IF(u<>"n/a",b,"n/a")'),  # so does what asks for it
        (average(trailing(a, 3)), 'IF(N(number)<3,"n/a",AVERAGE(a_last3))'),
        (previous(u, 0) + a, 'IF(OR(number="n/a",u_above="n/a"),"n/a",IF(number=1,0,u_above)+a)'),
    ],
)
def test_a_line_of_a_row_that_holds_nothing_is_n_a(tree: Expression, text: str) -> None:
    assert Writer(Names(), lambda ref: ref.name in UNSURE, KNOWN).formula(tree, row="number") == text


def test_a_line_that_totals_calculate_with_is_0_in_a_row_that_holds_nothing() -> None:
    assert Writer(Names(), lambda ref: False, KNOWN).formula(a + b, "number", "0") == 'IF(number="n/a",0,a+b)'


class AsTyped(Names):
    """Addresses of input cells, which may hold anything."""

    def typed(self, ref: Ref) -> bool:
        return True


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (at(a, y), "AVERAGE(INDEX(Y,a))"),
        (largest(x), 'IF(COUNT(X)+0*SUM(X)=0,"n/a",MAX(X)/(COUNT(X)=COUNTA(X)))'),
        (count(x) - 1, "COUNT(X)/(COUNT(X)=COUNTA(X))-1"),
        (count(x, where=x > a), 'SUMPRODUCT(--(X<>""),--(X>a))'),
    ],
)
def test_a_text_in_an_input_cell_is_an_error_of_what_reads_it(tree: Expression, text: str) -> None:
    assert Writer(AsTyped(), lambda ref: False, KNOWN).formula(tree) == text


def test_a_name_is_looked_up_letter_by_letter() -> None:
    text = formula(row_of(shock, names))
    for sign in "~*?":
        assert f'"{sign}","~{sign}"' in text
    book = formualizer.Workbook()
    book.add_sheet("S")
    for row, name in enumerate(["Calmest", "Calm?", "~*"], start=1):
        book.set_value("S", row, 1, name)
        book.set_value("S", row, 2, float(row))
    for wanted, found in (("calm?", 2), ("~*", 3), ("calm*", "n/a")):
        book.set_value("S", 1, 3, wanted)
        book.set_formula("S", 1, 4, "=" + text.replace("shock", "C1").replace("NAMES", "A1:A3"))
        book.evaluate_all()
        assert book.get_value("S", 1, 4) == found


def test_the_first_row_of_a_name_is_found_letter_by_letter_too() -> None:
    sought = formula(row_of(shock, names)).split(",NAMES,0)")[0].removeprefix("IF(ISNA(MATCH(")
    assert formula(first_named(shock)) == f"MATCH({sought},SHOCK,0)"


def test_an_opening_that_can_be_n_a_is_refused() -> None:
    with pytest.raises(FormulaError, match="u can be n/a and opens a series"):
        formula(previous(a, u) + 1)


def test_what_can_be_n_a_where_it_is_read_stands_alone() -> None:
    with pytest.raises(FormulaError, match=r"at\(\.\.\.\) can give n/a: give it a line of its own"):
        formula(at(a, ux) + 1)
    with pytest.raises(FormulaError, match=r"total\(\.\.\.\) can give n/a: give it a line of its own"):
        formula(total(trailing(a, 2)) + 1)


def test_a_text_is_never_mistaken_for_a_formula() -> None:
    assert formula(when(a > 0, Text('=1+"2"'), Text("x"))) == 'IF(a>0,"=1+""2""","x")'


@pytest.mark.parametrize(
    "value", [0.0, 1.0, 0.4, 0.05, 1 / 3, 365 / 12, 1e-9, 1e-12, 2.0**40, 1e15, 12345.678, 1e300, 0.1 + 0.2]
)
def test_a_number_is_spelled_exactly(value: float) -> None:
    first, sign, second = spelled(value)
    if sign == "^":
        assert 2.0 ** float(second) == value
    else:
        assert float(first) / float(second or 1) == value


@pytest.mark.parametrize("function", [largest, smallest, highest, lowest])
def test_the_largest_of_the_rows_of_an_owner_is_refused_in_numbers_and_in_cells(function: Any) -> None:
    tree = function(ref("m", Scope.MEMBERS))
    with pytest.raises(FormulaError, match="a line of its own"):
        formula(tree)
    numbers = np.array([1.0, 2.0])
    with pytest.raises(FormulaError, match="a line of its own"):
        evaluate(tree, Frame("owners", 1, {("toy", "m"): numbers}, {"toy": np.array([0, 0])}))
