"""The calculation as a graph of operations on matrices: the gradient is new nodes of it.

Every equation of the page in matrices is taken apart into operations of one sign each; what has no
such equation is one node by its rule, over the matrices that its steps use. No number is put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracer.derive.entries import Step
from tracer.derive.program import Phase
from tracer.notation.matrices import MatrixName
from tracer.phrase import Phrase, alone, listed, phrase
from tracer.rules import quantity as kinds
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.equation import Equation, Factor, Joint, Term
from tracer.sheet.matrix.errors import SUMMED
from tracer.sheet.matrix.group import Group
from tracer.sheet.matrix.items import by_group
from tracer.sheet.matrix.known import Known
from tracer.sheet.matrix.operations import (
    ADD,
    CONSTANT,
    COPY,
    FROZEN,
    GIVEN,
    MATMUL,
    NEGATE,
    OPERATIONS,
    SCALE,
    SLICE,
    SPREAD,
    STACK,
    STATE,
    SUBTRACT,
    SUM,
    VARIABLE,
    WINNERS,
    MatrixNode,
    Operand,
    Shape,
    either,
    operation_of,
)
from tracer.sheet.matrix.reading import COLUMNS, Reading
from tracer.sheet.telling import Telling


def matrix_graph(reading: Reading, samples: str) -> tuple[MatrixNode, ...]:
    """The nodes of a training step, each after its operands; what is given stands first.

    Args:
        reading: the training step, without numbers.
        samples: whether the samples are rows or columns.
    """
    building = _Building(reading, samples)
    for group, items in by_group(reading):
        building.take(group, items)
    return (*building.given.values(), *building.made)


class _Building:
    """Equations being taken apart."""

    def __init__(self, reading: Reading, samples: str) -> None:
        self.reading, self.samples = reading, samples
        self.given: dict[MatrixName, MatrixNode] = {}
        self.made: list[MatrixNode] = []
        self.shapes: dict[MatrixName, Shape] = {}
        self.known = Known(reading)
        self.phase = Phase.GIVEN
        self.inner = 0

    def take(self, group: Group, items: Iterable[object]) -> None:
        """Takes in what is told of a group."""
        self.phase, left = group.phase, []
        for item in items:
            if isinstance(item, Equation) and item.target.name.kind is not kinds.USE:
                self.known.add(group, item.target.name)
                self._equation(item.flipped if self.samples == COLUMNS else item)
            elif isinstance(item, Telling):
                left.append(item.step)
        for steps in self.known.apart(left):
            self._steps(group, steps)

    def _equation(self, equation: Equation) -> None:
        if equation.entrywise is not None:
            operands = tuple(self._operand(self._turned(one)) for one in equation.entrywise.uses)
            operation = operation_of(self.reading, equation)
            self._node(operation, operands, equation.target)
            return
        before, total = len(self.made), None
        for term in equation.terms:
            part = self._product(term)
            if total is None:
                total = self._node(NEGATE, (part,)) if term.negative else part
            else:
                total = self._node(SUBTRACT if term.negative else ADD, (total, part))
        if total is not None and len(self.made) == before:
            self._node(COPY, (total,))
        self._call_last(equation.target)

    def _call_last(self, target: Matrix) -> None:
        """The last operation makes the equation's target, and has its name."""
        last = self.made.pop()
        self.inner -= 1
        del self.shapes[last.name]
        self._node(last.operation, last.operands, target)

    def _product(self, term: Term) -> Operand:
        """The factors joined from left to right; numbers in front scale what they come to."""
        scalars = [one for one in term.factors if one.matrix.is_scalar]
        first, *rest = [one for one in term.factors if not one.matrix.is_scalar] or [scalars.pop()]
        total, summed = self._factor(first), first.matrix.name == SUMMED
        for factor in rest:
            if summed or factor.matrix.name == SUMMED:
                total = self._sum(self._factor(factor) if summed else total, over_rows=summed)
            else:
                joint = MATMUL if factor.joint is Joint.SCALED else OPERATIONS[factor.joint]
                total = self._node(joint, (total, self._factor(factor, total)))
            summed = False
        for scalar in reversed(scalars):
            total = self._node(SCALE, (self._factor(scalar), total))
        return total

    def _sum(self, operand: Operand, over_rows: bool) -> Operand:
        """Rows or columns added up: a product with a column of ones."""
        rows, columns = self._seen(operand) or (1, 1)
        shape = (1, columns) if over_rows else (rows, 1)
        return self._shaped(self._node(SUM, (operand,)), shape)

    def _shaped(self, last: Operand, shape: Shape) -> Operand:
        """The node made last, with a shape that does not follow from its operands."""
        self.shapes[last.name] = shape
        self.made[-1] = self.made[-1]._replace(shape=shape)
        return last

    def _factor(self, factor: Factor, chosen_of: Operand | None = None) -> Operand:
        if factor.matrix.name == SUMMED:
            return Operand(SUMMED)
        of_winners = factor.matrix.name.kind is kinds.OUT_BY_OUT and factor.matrix.name.letter
        if of_winners == "S" and factor.matrix.name not in self.shapes and chosen_of:
            self._node(WINNERS, (chosen_of,), factor.matrix)
        return self._operand(factor.matrix)._replace(transposed=factor.transposed)

    def _operand(self, matrix: Matrix) -> Operand:
        """A node that is there already; else one of a sample, of all samples, or a given one."""
        name = matrix.name
        if self._is_partly_spread(matrix):
            own = self.known.parameters(name)
            spread = self._node(SPREAD, (self._operand(own or matrix),))
            return self._shaped(spread, matrix.shape)
        if name in self.shapes:
            return Operand(name)
        whole = name._replace(sample=0)
        parts = [one for one in self.shapes if one._replace(sample=0) == name and one.sample]
        if name.sample and whole in self.shapes:
            self._node(SLICE, (Operand(whole),), matrix)
        elif parts:
            self._node(STACK, tuple(map(Operand, parts)), matrix)
        else:
            self._give(matrix)
        return Operand(name)

    def _is_partly_spread(self, matrix: Matrix) -> bool:
        """Whether it has one shared offset for some units, and none for others."""
        if matrix.name.kind not in (kinds.BIAS, kinds.THRESHOLD) or matrix.is_scalar:
            return False
        own = self.known.parameters(matrix.name)
        return bool(own and own.is_scalar) and any(one.shown is None for one in matrix.cells)

    def _give(self, matrix: Matrix) -> None:
        """A node for what is given; offsets that units share stand once, and are spread."""
        name = matrix.name
        own, several = self.known.parameters(name), self.known.shared(name)
        if own is None and several is not None:
            spread = self._operand(self._turned(several))
            self._node(SPREAD, (spread,), matrix)
            return
        found = matrix if own is None else self._turned(own)
        shape = None if found.is_scalar else found.shape
        self.shapes[name] = shape
        self.given[name] = MatrixNode(name, self._given(name), (), shape, Phase.GIVEN)

    def _given(self, name: MatrixName) -> Phrase | str:
        """What a node of something given is called."""
        operation = GIVEN.get(name.kind, CONSTANT) if name.kind else CONSTANT
        if operation == VARIABLE and self.known.is_frozen(name):
            return FROZEN
        is_state = operation == CONSTANT and name.kind and self.known.parameters(name) is not None
        return STATE if is_state else operation

    def _node(
        self, operation: Phrase | str, operands: tuple[Operand, ...], target: Matrix | None = None
    ) -> Operand:
        if target is None:
            self.inner += 1
            name, shape = MatrixName(None, f"n{self.inner}"), self._shape(operation, operands)
        else:
            name, shape = target.name, None if target.is_scalar else target.shape
        self.shapes[name] = shape
        self.made.append(MatrixNode(name, operation, operands, shape, self.phase))
        return Operand(name)

    def _shape(self, operation: Phrase | str, operands: tuple[Operand, ...]) -> Shape:
        """The shape of an operation inside of an equation."""
        found = [self._seen(one) for one in operands]
        there = [shape for shape in found if shape is not None]
        if operation == MATMUL and len(there) == 2:
            return there[0][0], there[1][1]
        return max(there, default=None, key=lambda shape: shape[0] * shape[1])

    def _seen(self, operand: Operand) -> Shape:
        shape = self.shapes.get(operand.name)
        return shape[::-1] if shape and operand.transposed else shape

    def _steps(self, group: Group, steps: Sequence[Step]) -> None:
        """One node for steps that have no equation: by their rule, over what they use."""
        found = dict.fromkeys(entry.address for step in steps for entry in step.operands)
        operands: dict[MatrixName, None] = {}
        for address in found:
            for matrix in self.known.at(address):
                if isinstance(matrix, Matrix):
                    operands[self._operand(self._turned(matrix)).name] = None
                elif matrix in self.shapes:
                    operands[matrix] = None
        target = self.known.target(group, [step.quantity.unit for step in steps])
        operands.pop(target.name, None)
        self.known.add(group, target.name)
        operation = self._rule(group, steps)
        if target.name in self.shapes:
            self._grow(target.name, operation, operands)
        else:
            self._node(operation, tuple(map(Operand, operands)), self._turned(target))

    def _rule(self, group: Group, steps: Sequence[Step]) -> Phrase:
        """What steps are called: by their rule; a joint activation by its own name."""
        place = self.reading.places.get(steps[0].quantity.unit, (0, 0))[0]
        joint = self.reading.network.layers[place - 1].joint if place else None
        if joint is not None and group.kind is kinds.OUT:
            return alone(joint.name)
        if group.kind is kinds.ERROR:
            return alone(self.reading.network.loss.name)
        if joint is not None and group.kind in (kinds.SLOPE, kinds.JACOBIAN):
            return phrase("Jacobian of {function}", function=joint.name)
        return alone(listed(dict.fromkeys(Phrase(step.rule.name) for step in steps), " or "))

    def _grow(self, name: MatrixName, operation: Phrase, operands: Iterable[MatrixName]) -> None:
        """More entries of a matrix that is there already."""
        number = next(k for k, node in enumerate(self.made) if node.name == name)
        node = self.made[number]
        both = dict.fromkeys((*node.operands, *map(Operand, operands)))
        self.made[number] = node._replace(operation=either(node, operation), operands=tuple(both))

    def _turned(self, matrix: Matrix) -> Matrix:
        return matrix.flipped if self.samples == COLUMNS else matrix
