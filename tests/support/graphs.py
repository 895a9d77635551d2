"""A graph of operations as an expression program, so that it can be calculated by itself."""

from __future__ import annotations

from collections.abc import Hashable

from tracer.derive.entries import Given
from tracer.derive.graph import graph_of
from tracer.derive.trace import Trace
from tracer.maths.expression import Expression, Symbol, substitute
from tracer.rules.quantity import Quantity
from tracer.spec.network import ExpressionProgram, Line, Value


def as_program(trace: Trace) -> ExpressionProgram:
    """Every node as a line, over the variables of the trace."""

    def name(of: object) -> str:
        return trace.name(of) if isinstance(of, Quantity) else str(of)

    nodes = graph_of(trace)
    names: dict[Hashable, Expression] = {node.name: Symbol(name(node.name)) for node in nodes}
    values: dict[str, Value] = {
        entry.name: entry.written for entry in trace if isinstance(entry, Given)
    }
    lines = tuple(
        Line(name(node.name), substitute(node.formula, names))
        for node in nodes
        if node.formula is not None
    )
    return ExpressionProgram(lines, tuple(values), tuple(values.values()), intermediate="made")
