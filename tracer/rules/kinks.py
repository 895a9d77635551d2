"""What holds at the kinks of a formula, said in words: the conventions that it depends on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from tracer.maths.expression import Call, Expression, walk
from tracer.maths.functions import FUNCTIONS
from tracer.maths.names import VARIADIC
from tracer.maths.plain import plain
from tracer.phrase import Phrase, alone, phrase
from tracer.rules.calculus import depends


def kinks(formula: Expression) -> tuple[Phrase, ...]:
    """One clause for each function with a kink that a formula calls, each once."""
    return tuple(dict.fromkeys(_clauses(walk(formula))))


def kinks_by(formula: Expression, by: Hashable) -> tuple[Phrase, ...]:
    """One clause for each function with a kink that a symbol of a formula can come to."""
    return tuple(dict.fromkeys(_clauses(node for node in walk(formula) if depends(node, by))))


def _clauses(nodes: Iterable[Expression]) -> Iterator[Phrase]:
    for node in nodes:
        if not isinstance(node, Call):
            continue
        if node.function in VARIADIC:
            text = "where the arguments of {function} tie, the first one counts"
            yield phrase(text, function=node.function)
            continue
        row = FUNCTIONS[node.function]
        if row.at_zero:
            at_zero = plain(node.arguments[1]) if len(node.arguments) > 1 else row.at_zero
            slope = "" if "at_zero" in row.definition else "'"
            yield alone(f"{row.name}{slope}(0) = {at_zero}")
