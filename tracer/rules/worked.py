"""Derivatives by the rules of the calculus slides, one rule at a time.

``d/dx(u)`` is a call with one argument that nobody evaluates; a rule replaces one such call by
what it is equal to. The last one has none left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracer.errors import FormulaError, LimitError
from tracer.maths.expression import Call, Expression, Number, Symbol, children, rebuild, walk
from tracer.maths.plain import plain
from tracer.maths.tidy import tidy
from tracer.rules.slides import RULES, Derive, Row

MOST_STEPS = 200
LARGEST = 2_000
"""An expression with more parts than this is no step that anybody reads."""


class Work(NamedTuple):
    """One step.

    Attributes:
        name: the rule.
        says: the rule itself.
        after: the whole expression after it.
    """

    name: str
    says: str
    after: Expression


TIDIED = ("tidied", "numbers multiplied, powers and like terms gathered")


def marker(x: str, several: bool) -> str:
    """``d/dx``; ``∂/∂x`` where there are other letters."""
    return f"∂/∂{x}" if several else f"d/d{x}"


def worked(formula: Expression, x: str, mark: str) -> Iterator[Work]:
    """The steps from ``d/dx(formula)`` to a formula without any such call, tidied at the end.

    Raises:
        FormulaError: there is no rule for a part, such as max.
        LimitError: there would be far too many steps.
    """

    def d(part: Expression) -> Expression:
        return Call(mark, (part,))

    whole: Expression = d(formula)
    for _ in range(MOST_STEPS):
        target = next((node for node in walk(whole) if _is_marked(node, mark)), None)
        if target is None:
            break
        row, after = _applied(target, x, d)
        whole = _replaced(whole, target, after)
        if sum(1 for _ in walk(whole)) > LARGEST:
            raise LimitError("a step has grown too large to be read")
        yield Work(row.name, row.says, whole)
    else:
        raise LimitError(f"this takes more than {MOST_STEPS} steps")
    short = tidy(whole)
    if short != whole:
        yield Work(*TIDIED, short)


def _is_marked(node: Expression, mark: str) -> bool:
    return isinstance(node, Call) and node.function == mark


def _applied(target: Expression, x: str, d: Derive) -> tuple[Row, Expression]:
    (inner,) = children(target)
    for row in RULES:
        found = row.apply(inner, x, d)
        if found is not None:
            return row, found
    raise FormulaError(f"there is no rule for {plain(inner)}: write it with where(...)")


def _replaced(whole: Expression, target: Expression, after: Expression) -> Expression:
    """The expression with one call replaced: the same object, not its equals elsewhere."""
    if whole is target:
        return after
    if isinstance(whole, Number | Symbol):
        return whole
    return rebuild(whole, lambda part: _replaced(part, target, after))
