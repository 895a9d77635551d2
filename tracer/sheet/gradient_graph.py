"""The view `--gradient-graph`: the gradient as new nodes of the calculation's graph, in letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.derive.graph import Node, graph_of
from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.maths.expression import Expression, Symbol
from tracer.rules.quantity import Quantity
from tracer.sheet.listing import Cell, Joined, Listing, Part
from tracer.sheet.page import Lead, Section, Wanted
from tracer.sheet.words import title_of_spec

PARTS = (
    (
        "The graph of the calculation",
        "each node is one operation over nodes above it; no number is put in",
        (Phase.GIVEN, Phase.CARRIED, Phase.FORWARD, Phase.ERROR),
    ),
    (
        "The gradient: new nodes of the same graph",
        "each row is a node that the chain rule adds; it uses nodes of the calculation and of the "
        "gradient, so that it holds for any numbers, and could be derived again",
        (Phase.BACKWARD, Phase.TANGENTS, Phase.WEIGHTS, Phase.INPUTS),
    ),
    (
        "The update: new nodes",
        "each row is a node over the old parameters and the gradient",
        (Phase.CHANGES, Phase.UPDATE),
    ),
)
"""Heading, sentence, and the parts of the calculation that stand under them."""

HEADS = ("node", "operation", "operands", "rule")


def gradient_graph(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """The graph of the calculation, then what the gradient adds to it.

    Raises:
        LimitError: the graph has too many nodes to be listed.
    """
    nodes = graph_of(trace)
    yield Section(title_of_spec(trace.spec), 1, _conventions(trace, nodes))
    for title, sentence, phases in PARTS:
        found = [node for node in nodes if node.phase in phases]
        asked = [node for node in found if node.phase in wanted.phases]
        if asked:
            listing = Listing(HEADS, tuple(map(_row, asked)))
            yield Section(title, items=(Lead(sentence), listing))


def _conventions(trace: Trace, nodes: Sequence[Node]) -> tuple[tuple[str, str], ...]:
    """What holds for the whole list."""
    inner = [node.name for node in nodes if isinstance(node.name, str)]
    rows = [("nodes", f"{len(nodes)}: symbols only, the numbers of the file are left out")]
    if inner:
        some = inner[0] if len(inner) == 1 else f"{inner[0]} to {inner[-1]}"
        rows.append(("names", f"{some}: operations inside of a formula, which have no other name"))
    if trace.several_steps:
        rows.append(("steps", "the graph of the first training step"))
    return tuple(rows)


def _row(node: Node) -> tuple[Cell, ...]:
    operands = Joined(tuple(map(_operand, node.operands)))
    return (node.name, node.operation, operands, node.rule.name if node.rule else "")


def _operand(operand: Expression) -> Part:
    if isinstance(operand, Symbol) and isinstance(operand.of, (Quantity, str)):
        return operand.of
    return operand
