"""What holds at the kinks of a formula, said in words: the conventions that it depends on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from tracer.maths.expression import Call, Expression, walk
from tracer.maths.functions import FUNCTIONS
from tracer.maths.names import VARIADIC
from tracer.maths.plain import plain
from tracer.rules.calculus import depends


def kinks(formula: Expression) -> tuple[str, ...]:
    """One clause for each function with a kink that a formula calls, each once."""
    return tuple(dict.fromkeys(_clauses(walk(formula))))


def kinks_by(formula: Expression, by: Hashable) -> tuple[str, ...]:
    """One clause for each function with a kink that a symbol of a formula can come to."""
    return tuple(dict.fromkeys(_clauses(node for node in walk(formula) if depends(node, by))))


def _clauses(nodes: Iterable[Expression]) -> Iterator[str]:
    for node in nodes:
        if not isinstance(node, Call):
            continue
        if node.function in VARIADIC:
            yield f"where the arguments of {node.function} tie, the first one counts"
            continue
        row = FUNCTIONS[node.function]
        if row.at_zero:
            at_zero = plain(node.arguments[1]) if len(node.arguments) > 1 else row.at_zero
            slope = "" if "at_zero" in row.definition else "'"
            yield f"{row.name}{slope}(0) = {at_zero}"
