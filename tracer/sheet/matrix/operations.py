"""The nodes of a graph of matrices, and what their operations are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracer.derive.program import Phase
from tracer.notation.matrices import MatrixName
from tracer.notation.said import english
from tracer.phrase import Part, Phrase, Typed, alone, listed, phrase
from tracer.rules import quantity as kinds
from tracer.sheet.matrix.equation import Entrywise, Equation, Joint
from tracer.sheet.matrix.reading import Reading

Shape = tuple[int, int] | None
"""Rows and columns; None for one number."""

VARIABLE, CONSTANT, STATE = "Variable", "Constant", "State"
FROZEN = phrase("{variable}, frozen", variable=VARIABLE)

GIVEN = {
    kinds.INPUT: "Placeholder",
    kinds.TARGET: "Placeholder",
    kinds.WEIGHT: VARIABLE,
    kinds.BIAS: VARIABLE,
    kinds.THRESHOLD: VARIABLE,
}
"""What a node of a given kind is called; any other is a constant, or what an optimiser keeps."""

OPERATIONS = {
    Joint.PRODUCT: "MatMul",
    Joint.HADAMARD: "Multiply",
}
MATMUL = OPERATIONS[Joint.PRODUCT]
ADD, SUBTRACT, NEGATE, COPY, SUM = "Add", "Subtract", "Negate", "Identity", "ReduceSum"
WINNERS, SLICE, STACK, SPREAD, SCALE = "Winners", "Slice", "Stack", "Spread", "Scale"
OF_ACTIVATION, OF_LOSS = (kinds.OUT, kinds.SLOPE), (kinds.ERROR, kinds.BY_OUT, kinds.SIGNAL)
SLOPES = (kinds.SLOPE, kinds.BY_OUT, kinds.SIGNAL)


class Operand(NamedTuple):
    """What a node works on.

    Attributes:
        name: the other node.
        transposed: whether its transpose is meant.
    """

    name: MatrixName
    transposed: bool = False


class MatrixNode(NamedTuple):
    """One node.

    Attributes:
        name: the matrix; a constant's name for an operation inside of an equation.
        operation: what it does with its operands, in a word: a phrase, or the name of TensorFlow.
        operands: in order.
        shape: its rows and columns.
        phase: the part of the calculation that it stands in.
    """

    name: MatrixName
    operation: Phrase | str
    operands: tuple[Operand, ...]
    shape: Shape
    phase: Phase


def word_of(node: MatrixNode) -> Phrase:
    """What a node is called, as a phrase."""
    operation = node.operation
    return operation if isinstance(operation, Phrase) else alone(operation)


def either(node: MatrixNode, operation: Phrase) -> Phrase:
    """What a node is called, or an operation where that is another."""
    known = word_of(node)
    if english(operation) in english(known):
        return known
    return alone(listed((known, operation), " or "))


def operation_of(reading: Reading, equation: Equation) -> Phrase:
    """What a function is called that is applied entry by entry."""
    assert equation.entrywise is not None, "asked of functions alone"
    name = equation.target.name
    called: dict[Part, None] = {}
    if name.kind in OF_LOSS:
        called = {reading.network.loss.name: None}
    elif name.kind in OF_ACTIVATION and name.layer:
        activations = reading.network.layers[int(name.layer) - 1].activations
        called = dict.fromkeys(one.name for one in activations)
    function = listed(called or _formulas(equation.entrywise), " or ")
    return (
        phrase("slope of {function}", function=function) if name.kind in SLOPES else alone(function)
    )


def _formulas(said: Entrywise) -> Iterator[Part]:
    """The formulas in the words of the field."""
    return (Typed(formula) for formula, _ in said.formulas)
