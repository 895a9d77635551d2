"""A trace as a graph of single operations, without numbers: the gradient is new nodes of it.

Each step's formula is taken apart into operations with one name each; a name is a node, and its
operands are nodes before it. The list holds for any numbers, and can be derived once more.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from itertools import count
from typing import NamedTuple

from tracer.derive.entries import Entry, Given, Step
from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.errors import LimitError
from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    children,
    rebuild,
    symbols,
)
from tracer.rules.backprop import Rule
from tracer.rules.quantity import Quantity

MOST_STEPS = 2_000
"""A graph of more steps than this is no list to be read."""

OPERATIONS = {
    Add: "sum",
    Mul: "product",
    Div: "quotient",
    Pow: "power",
    Neg: "minus",
    Cases: "cases",
    Symbol: "copy",
    Number: "constant",
}
"""What a node is called by its outermost operation; a function goes by its own name."""

LETTERS = ("g", "n", "node", "g_", "n_", "node_", "_")


class Node(NamedTuple):
    """One node.

    Attributes:
        name: the quantity, or the name of an operation inside of a step's formula.
        formula: one operation over nodes and literals; None for what is given.
        phase: the part of the calculation that it stands in.
        rule: why it holds; None for what is given.
    """

    name: Quantity | str
    formula: Expression | None
    phase: Phase
    rule: Rule | None = None

    @property
    def operation(self) -> str:
        """What it does with its operands, in a word."""
        if self.formula is None:
            return "given"
        if isinstance(self.formula, Call):
            return self.formula.function
        return OPERATIONS[type(self.formula)]

    @property
    def operands(self) -> tuple[Expression, ...]:
        """The nodes and literals that it works on, in order."""
        if self.formula is None:
            return ()
        if isinstance(self.formula, Cases):
            return (self.formula,)
        return children(self.formula) or (self.formula,)


def graph_of(trace: Trace) -> tuple[Node, ...]:
    """The nodes of a trace's first training step, each after its operands.

    Raises:
        LimitError: it has too many steps to be listed so.
    """
    segment = trace.segments[0]
    if segment.program.size > MOST_STEPS:
        raise LimitError(
            f"the graph has {segment.program.size:,} values; up to {MOST_STEPS:,} are listed"
        )
    return tuple(_Splitting(trace).nodes(trace.entries(segment)))


class _Splitting:
    """Steps being taken apart; an operation that is there already is used again."""

    def __init__(self, trace: Trace) -> None:
        taken = {entry.name for entry in trace.entries(trace.segments[0])}
        letter = next(x for x in LETTERS if not any(re.fullmatch(rf"{x}\d+", y) for y in taken))
        self._fresh = (f"{letter}{number}" for number in count(1))
        self._known: dict[Expression, Hashable] = {}
        self._made: list[Node] = []

    def nodes(self, entries: Iterator[Entry]) -> Iterator[Node]:
        """The nodes of entries, those inside of a step's formula first."""
        for entry in entries:
            if isinstance(entry, Given) or not isinstance(entry, Step):
                yield Node(entry.quantity, None, Phase.GIVEN)
                continue
            formula = self._split(entry.formula, entry)
            yield from self._made
            self._made.clear()
            self._known.setdefault(formula, entry.quantity)
            yield Node(entry.quantity, formula, entry.phase, entry.rule)

    def _split(self, formula: Expression, step: Step) -> Expression:
        """One operation, whose operands have become nodes."""
        if isinstance(formula, Add):
            return Add(tuple(self._term(term, step) for term in formula.terms))
        return rebuild(formula, lambda part: self._operand(part, step))

    def _term(self, term: Expression, step: Step) -> Expression:
        """A term of a sum: a minus before it is part of the sum."""
        if isinstance(term, Neg) and symbols(term):
            return Neg(self._operand(term.operand, step))
        return self._operand(term, step)

    def _operand(self, part: Expression, step: Step) -> Expression:
        if isinstance(part, Symbol) or not symbols(part):
            return part
        formula = self._split(part, step)
        known = self._known.get(formula)
        if known is None:
            name = self._known[formula] = next(self._fresh)
            self._made.append(Node(name, formula, step.phase, step.rule))
            known = name
        return Symbol(known)
