"""What may stand where in a formula; what may not is refused with the words that help.

Python would compute some of these trees, and Excel others, but not both the same.
"""

from __future__ import annotations

from reportgen.formula.functions import FUNCTIONS
from reportgen.formula.operators import LOGIC, OPERATORS
from reportgen.formula.tree import (
    VECTORS,
    Call,
    Expression,
    FormulaError,
    Missing,
    Negative,
    Operation,
    Previous,
    Ref,
    Scope,
    Text,
    Trailing,
    refs,
    walk,
)


def check(tree: Expression) -> None:
    """FormulaError where the tree of a line has no meaning in both worlds."""
    _one_value(tree)
    _kinds(tree)


def is_text(tree: Expression) -> bool:
    """True when the tree gives a text."""
    match tree:
        case Text():
            return True
        case Ref(text=text):
            return text
        case Previous(ref=ref):
            return ref.text
        case Call(function="choose"):
            return True
        case Call(function="when", arguments=(_, then, otherwise)):
            return is_text(then) or is_text(otherwise)
        case Call(function="lookup" | "lookup_latest", arguments=(_, _, values, *_)):
            return is_text(values)
    return False


def _one_value(tree: Expression) -> None:
    """A place where one value a row is wanted."""
    match tree:
        case Ref(scope=scope, name=name) if scope in VECTORS:
            raise FormulaError(f"{name} is a whole column here: reduce it with total(...), average(...) or lookup(...)")
        case Trailing(ref=ref):
            raise FormulaError(
                f"trailing({ref.name}, ...) stands for several rows: put it into total(...) or average(...)"
            )
        case Call(function=name) if FUNCTIONS[name].aggregate:
            _aggregate(tree)
        case Call(function="lookup" | "lookup_latest" as name, arguments=(key, keys, values, *default)):
            for column in (keys, values):
                if not isinstance(column, Ref) or column.scope is not Scope.ALL:
                    raise FormulaError(f"{name}(...) searches whole columns of another block")
            if len({ref.block for ref in refs(keys)} | {ref.block for ref in refs(values)}) > 1:
                raise FormulaError(f"{name}(...) needs keys and values of the same block")
            for single in (key, *default):
                _one_value(single)
        case Call(function="position", arguments=(value,)):
            if not isinstance(value, Ref) or value.scope is not Scope.OWN:
                raise FormulaError(
                    "position(...) takes a column of the same block: give an expression a line of its own"
                )
        case Call(function="known" | "otherwise" as name, arguments=(value, *rest)):
            if not isinstance(value, Ref):
                raise FormulaError(f"{name}(...) takes a column: give the expression inside it a line of its own")
            for single in (value, *rest):
                _one_value(single)
        case _:
            for child in tree.children:
                _one_value(child)


def _aggregate(tree: Call) -> None:
    name = tree.function
    if any(isinstance(item, Trailing) for item in walk(tree)):
        if not isinstance(tree.arguments[0], Trailing) or tree.where is not None or tree.weight is not None:
            raise FormulaError(f"{name}(trailing(...)) can have nothing beside it: give the rest a line of its own")
        return
    columns = {(ref.block, ref.scope) for ref in refs(tree) if ref.scope in VECTORS}
    if not columns:
        raise FormulaError(f"{name}(...) reduces a column: for values of one row write +, minimum(...) or maximum(...)")
    if len(columns) > 1:
        blocks = " and ".join(sorted({block for block, _ in columns}))
        raise FormulaError(f"{name}(...) can only reduce the columns of one block, not of {blocks}")
    for item in walk(tree):
        if isinstance(item, Previous) or (isinstance(item, Call) and item.function == "position"):
            word = "previous" if isinstance(item, Previous) else "position"
            raise FormulaError(f"{word}(...) cannot stand inside {name}(...): give it a line of its own")
    whole = {ref.key for ref in refs(tree) if ref.scope in VECTORS}
    for ref in refs(tree):
        if ref.scope not in VECTORS and ref.key in whole:
            raise FormulaError(f"{ref.name} of one row is set against {ref.name} of all rows: use position({ref.name})")
    for part in tree.children:
        _many_values(part, name)


def _many_values(tree: Expression, reducing: str) -> None:
    """A place inside an aggregate, where whole columns may stand."""
    columns = [ref for ref in refs(tree) if ref.scope in VECTORS]
    if not columns:
        _one_value(tree)
        return
    match tree:
        case Ref() | Operation() | Negative() | Call(function="known"):
            for child in tree.children:
                _many_values(child, reducing)
        case _:
            raise FormulaError(
                f"inside {reducing}(...) columns take only arithmetic, comparisons and known(...): "
                "give the rest a line of its own"
            )


def _kinds(tree: Expression) -> None:
    for item in walk(tree):
        match item:
            case Operation(symbol="=" | "<>", left=left, right=right):
                if is_text(left) != is_text(right):
                    raise FormulaError("a text is compared with a number")
            case Operation(symbol=symbol, left=left, right=right):
                what = "comparison" if OPERATORS[symbol].comparison or symbol in LOGIC else "arithmetic"
                _numbers(what, left, right)
            case Negative(operand=operand):
                _numbers("arithmetic", operand)
            case Call(function="when", arguments=(condition, then, otherwise)):
                _numbers("a condition", condition)
                if is_text(then) != is_text(otherwise) and not isinstance(then, Missing) | isinstance(
                    otherwise, Missing
                ):
                    raise FormulaError("when(...) gives a text in one case and a number in the other")
            case Call(function="lookup" | "lookup_latest" as name, arguments=(key, keys, values, *default)):
                if is_text(key) != is_text(keys) or any(is_text(values) != is_text(one) for one in default):
                    raise FormulaError(f"{name}(...) mixes texts and numbers")
            case Call(function="choose", arguments=(code, *texts)):
                _numbers("choose(...)", code)
                if not all(isinstance(text, Text) for text in texts):
                    raise FormulaError("choose(...) names the codes 0, 1, 2 ... by texts in quotes")
            case Call(function=name):
                _numbers(f"{name}(...)", *item.children)
            case Trailing(ref=ref):
                _numbers("trailing(...)", ref)


def _numbers(where: str, *trees: Expression) -> None:
    if any(is_text(tree) for tree in trees):
        raise FormulaError(f"a text stands in {where}, where a number is wanted")
