"""The order in which lines are computed: Tarjan's strongly connected components, precedents first."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from reportgen.formula.function_kinds import Kind
from reportgen.formula.tree import Call, Expression, FormulaError, Previous, Scope, Trailing, refs, walk

Key = tuple[str, str]
Step = tuple[Key, ...]  # one line, or several that look at each other's previous rows


def ordered(trees: Mapping[Key, Expression]) -> tuple[Step, ...]:
    """Steps in order; FormulaError, printing it, for a cycle that does not pass through previous(...)."""
    precedents = {key: {ref.key for ref in refs(tree)} & set(trees) for key, tree in trees.items()}
    return tuple(
        _within(component, trees)
        if len(component) > 1 or component[0] in precedents[component[0]]
        else tuple(component)
        for component in _components(precedents)
    )


def looks_back(key: Key, trees: Mapping[Key, Expression]) -> bool:
    """True when a line uses its own previous row."""
    return any(ref.key == key for ref in refs(trees[key]))


def _within(component: list[Key], trees: Mapping[Key, Expression]) -> Step:
    """Lines of one component in the order of one row: the way through previous(...) does not count.

    Only row by row can such lines be computed: so all are of one block, and none asks for a whole column of another.
    """
    together = set(component)
    by_row = len({block for block, _ in component}) == 1
    today: dict[Key, list[Key]] = {}
    for key in component:
        back = {id(item.ref) for item in walk(trees[key]) if isinstance(item, Previous)}
        wide = {id(ref) for item in walk(trees[key]) if _needs_all_rows(item) for ref in refs(item)}
        inside = [ref for ref in refs(trees[key]) if ref.key in together]
        by_row &= all(ref.scope is Scope.OWN and id(ref) not in wide for ref in inside)
        today[key] = sorted({ref.key for ref in inside if id(ref) not in back})
    if not by_row:
        today = {key: sorted({ref.key for ref in refs(trees[key])} & together) for key in component}
    try:
        return tuple(TopologicalSorter(today).static_order())
    except CycleError as error:
        circle = " → ".join(".".join(key) for key in error.args[1][::-1])
        raise FormulaError(
            f"lines depend on each other in a circle: {circle} (each uses the next; previous(...) of a column of the "
            "same block breaks a circle)"
        ) from None


def _needs_all_rows(item: Expression) -> bool:
    """True for a node that is computed over all rows of the block at once, never row by row."""
    if isinstance(item, Call) and item.function.kind.reduces:
        return any(ref.scope is Scope.MEMBERS for ref in refs(item))
    return isinstance(item, Trailing) or (isinstance(item, Call) and item.function.kind is Kind.RANK)


def _components(precedents: Mapping[Key, set[Key]]) -> list[list[Key]]:
    index: dict[Key, int] = {}
    low: dict[Key, int] = {}
    stack: list[Key] = []
    found: list[list[Key]] = []
    for root in precedents:
        if root in index:
            continue
        work = [(root, iter(sorted(precedents[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            key, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    work.append((other, iter(sorted(precedents[other]))))
                    break
                if other in stack:
                    low[key] = min(low[key], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[key])
                if low[key] == index[key]:
                    at = stack.index(key)
                    found.append(stack[at:][::-1])
                    del stack[at:]
    return found
