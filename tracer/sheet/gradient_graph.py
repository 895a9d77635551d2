"""The view `--gradient-graph`: the gradient as new nodes of the calculation's graph, in letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.derive.graph import Node, graph_of
from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.maths.expression import Call, Expression, Symbol
from tracer.phrase import Phrase, alone, phrase
from tracer.rules.quantity import Quantity
from tracer.sheet.listing import Cell, Joined, Listing, Part
from tracer.sheet.page import Lead, Section, Wanted
from tracer.sheet.rows import Row
from tracer.sheet.words import title_of_spec

PARTS = (
    (
        Phrase("The graph of the calculation"),
        Phrase("each node is one operation over nodes above it; no number is put in"),
        (Phase.GIVEN, Phase.CARRIED, Phase.FORWARD, Phase.ERROR),
    ),
    (
        Phrase("The gradient: new nodes of the same graph"),
        Phrase(
            "each row is a node that the chain rule adds; it uses nodes of the calculation and of "
            "the gradient, so that it holds for any numbers, and could be derived again"
        ),
        (Phase.BACKWARD, Phase.TANGENTS, Phase.WEIGHTS, Phase.INPUTS),
    ),
    (
        Phrase("The update: new nodes"),
        Phrase("each row is a node over the old parameters and the gradient"),
        (Phase.CHANGES, Phase.UPDATE),
    ),
)
"""Heading, sentence, and the parts of the calculation that stand under them."""

HEADS = (Phrase("node"), Phrase("operation"), Phrase("operands"), Phrase("rule"))


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


def _conventions(trace: Trace, nodes: Sequence[Node]) -> tuple[Row, ...]:
    """What holds for the whole list."""
    inner = [node.name for node in nodes if isinstance(node.name, str)]
    text = "{count}: symbols only, the numbers of the file are left out"
    rows = [(Phrase("nodes"), phrase(text, count=len(nodes)))]
    if inner:
        text = "{names}: operations inside of a formula, which have no other name"
        rows.append((Phrase("names"), phrase(text, names=from_to(inner))))
    if trace.several_steps:
        rows.append((Phrase("steps"), Phrase("the graph of the first training step")))
    return tuple(rows)


def from_to(names: Sequence[str]) -> Phrase:
    """The first and the last of some names; of one, that alone."""
    if len(names) == 1:
        return alone(names[0])
    return phrase("{first} to {last}", first=names[0], last=names[-1])


def _row(node: Node) -> tuple[Cell, ...]:
    operands = Joined(tuple(map(_operand, node.operands)))
    rule = Phrase(node.rule.name) if node.rule else ""
    return (node.name, _operation(node), operands, rule)


def _operation(node: Node) -> Phrase | str:
    """What a node does, in a word; a function goes by its own name."""
    is_function = isinstance(node.formula, Call)
    return node.operation if is_function else Phrase(node.operation)


def _operand(operand: Expression) -> Part:
    if isinstance(operand, Symbol) and isinstance(operand.of, (Quantity, str)):
        return operand.of
    return operand
