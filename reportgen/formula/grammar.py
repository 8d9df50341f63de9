"""What may stand where in a formula; what may not is refused with the words that help.

Python would compute some of these trees, and Excel others, but not both the same.
"""

from __future__ import annotations

from reportgen.formula.function_kinds import Function, Kind
from reportgen.formula.operators import LOGIC, OPERATORS, is_condition
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
        case Call(function=function):
            return function.kind is Kind.NAMING or any(is_text(item) for item in _given(tree))
    return False


def _given(tree: Call) -> tuple[Expression, ...]:
    """The arguments that a function may hand on as they are."""
    match tree.function.kind:
        case Kind.BRANCH | Kind.ENTRY:
            return tree.arguments[1:]
    return ()


def _one_value(tree: Expression) -> None:
    """A place where one value a row is wanted."""
    match tree:
        case Ref(scope=scope, name=name) if scope in VECTORS:
            raise FormulaError(
                f"{name} is a whole column here: reduce it with total(...) or average(...), or take at(...)"
            )
        case Trailing(ref=ref):
            raise FormulaError(
                f"trailing({ref.name}, ...) stands for several rows: put it into total(...) or average(...)"
            )
        case Call(function=function) if function.kind.reduces:
            _aggregate(tree)
        case Call(function=function) if function.kind in (Kind.SEARCH, Kind.ENTRY):
            _searched(tree)
        case Call(function=function, arguments=(value, *rest)) if function.kind in (Kind.RANK, Kind.QUESTION):
            if not isinstance(value, Ref) and not (isinstance(value, Previous) and function.kind is Kind.QUESTION):
                raise FormulaError(f"{function}(...) takes a column: give the expression inside it a line of its own")
            if function.kind is Kind.RANK:
                _own_columns(tree)
            for single in (value, *rest):
                _one_value(single)
        case _:
            for child in tree.children:
                _one_value(child)


def _own_columns(tree: Call) -> None:
    for column in tree.arguments:
        if not isinstance(column, Ref) or column.scope is not Scope.OWN:
            name = column.name if isinstance(column, Ref) else "what is given"
            raise FormulaError(f"{tree.function}(...) takes a column of the same block, and {name} is not one")


def _searched(tree: Call) -> None:
    singles = tree.arguments[: 2 if tree.function.name == "entry" else 1]
    columns = [item for item in tree.arguments[len(singles) :] if isinstance(item, Ref) and item.scope is Scope.ALL]
    if len(singles) + len(columns) != len(tree.arguments):
        raise FormulaError(f"{tree.function}(...) searches whole columns of another block")
    if len({ref.block for ref in columns}) > 1:
        raise FormulaError(f"{tree.function}(...) needs columns of the same block")
    for single in singles:
        _one_value(single)


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
        if isinstance(item, Previous) or (isinstance(item, Call) and item.function.kind is Kind.RANK):
            word = "previous" if isinstance(item, Previous) else item.function.name
            raise FormulaError(f"{word}(...) cannot stand inside {name}(...): give it a line of its own")
    whole = {ref.key for ref in refs(tree) if ref.scope in VECTORS}
    for ref in refs(tree):
        if ref.scope not in VECTORS and ref.key in whole:
            raise FormulaError(f"{ref.name} of one row is set against {ref.name} of all rows: use position({ref.name})")
    for part in tree.children:
        _many_values(part, name)


def _many_values(tree: Expression, reducing: Function) -> None:
    """A place inside an aggregate, where whole columns may stand."""
    if not any(ref.scope in VECTORS for ref in refs(tree)):
        _one_value(tree)
        return
    if not isinstance(tree, Ref | Operation | Negative) and not is_condition(tree):
        raise FormulaError(
            f"inside {reducing}(...) columns take only arithmetic, comparisons and known(...): "
            "give the rest a line of its own"
        )
    for child in tree.children:
        _many_values(child, reducing)


def _kinds(tree: Expression) -> None:
    """Texts and numbers where each belongs."""
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
            case Call(function=function):
                _KINDS.get(function.kind, _all_numbers)(item)
            case Trailing(ref=ref):
                _numbers("trailing(...)", ref)


def _branches(tree: Call) -> None:
    condition, then, otherwise = tree.arguments
    _numbers("a condition", condition)
    if is_text(then) != is_text(otherwise) and not isinstance(then, Missing) | isinstance(otherwise, Missing):
        raise FormulaError("when(...) gives a text in one case and a number in the other")


def _keys(tree: Call) -> None:
    key, keys = tree.arguments
    if is_text(key) != is_text(keys):
        raise FormulaError(f"{tree.function}(...) mixes texts and numbers")


def _row(tree: Call) -> None:
    *numbers, _ = tree.arguments if tree.function.name == "at" else (*tree.arguments, tree)
    _numbers(f"the row of {tree.function}(...)", *numbers)


def _ranked(tree: Call) -> None:
    if is_text(tree.arguments[0]) != (tree.function.name == "first_named"):
        raise FormulaError(f"{tree.function}(...) takes {'numbers' if is_text(tree.arguments[0]) else 'texts'}")


def _names(tree: Call) -> None:
    code, *texts = tree.arguments
    _numbers("choose(...)", code)
    if not all(isinstance(text, Text) for text in texts):
        raise FormulaError("choose(...) names the codes 0, 1, 2 ... by texts in quotes")


def _all_numbers(tree: Call) -> None:
    _numbers(f"{tree.function}(...)", *tree.children)


_KINDS = {Kind.BRANCH: _branches, Kind.SEARCH: _keys, Kind.ENTRY: _row, Kind.NAMING: _names, Kind.RANK: _ranked}


def _numbers(where: str, *trees: Expression) -> None:
    if any(is_text(tree) for tree in trees):
        raise FormulaError(f"a text stands in {where}, where a number is wanted")
