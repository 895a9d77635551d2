"""What the layers of a linear network answer to some inputs, as equations: its one matrix."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from tracer.errors import TracerError
from tracer.notation.matrices import MatrixName
from tracer.rules.quantity import INPUT, NET, OUT
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.equation import Equation, Term
from tracer.sheet.matrix.frame import of_layer, signed
from tracer.sheet.matrix.group import Group, groups
from tracer.sheet.matrix.items import TELLERS
from tracer.sheet.matrix.reading import Reading

WEIGHTS, BIASES = "C", "c"


class Response(Struct, frozen=True):
    """What each layer of a linear network answers to some inputs, as equations.

    Attributes:
        reading: a forward pass over those inputs.
        letter: what the answers are called.
        empty: layers that answer zeros, because nothing comes in and nothing is added.
    """

    reading: Reading
    letter: str
    empty: frozenset[int]

    def equations(self) -> Iterator[Equation]:
        """Layer after layer: its net inputs, and its outputs where they are others."""
        for group in groups(self.reading):
            layer = self.reading.places[group.units[0]][0] if group.kind in (NET, OUT) else 0
            if layer and layer not in self.empty:
                yield from self._told(group, layer)

    def _told(self, group: Group, layer: int) -> Iterator[Equation]:
        found = TELLERS[group.kind](self.reading, group)
        if found is None:
            units = ", ".join(group.units)
            raise TracerError(f"this layer is no product of matrices: {units}")
        if group.kind is OUT and self._is_copy(found):
            return
        terms = tuple(term for term in map(self._term, found.terms) if term is not None)
        made = replace(found, target=self._renamed(found.target), terms=terms)
        yield signed(made, self.reading, list(group.addresses))

    @staticmethod
    def _is_copy(found: Equation) -> bool:
        """Whether the outputs are the net inputs."""
        return [len(term.factors) for term in found.terms] == [1] and not found.terms[0].negative

    def _term(self, term: Term) -> Term | None:
        """The term under its new names, without the inputs; None where it is zero."""
        first = term.factors[0].matrix.name
        if first.kind is INPUT:
            return Term(term.factors[1:], term.negative) if self.letter == WEIGHTS else None
        if first.kind is OUT and int(first.layer) in self.empty:
            return None
        factors = (replace(one, matrix=self._renamed(one.matrix)) for one in term.factors)
        return Term(tuple(factors), term.negative)

    def _renamed(self, matrix: Matrix) -> Matrix:
        name = matrix.name
        if name.kind not in (NET, OUT):
            return matrix
        rows = self.reading.network.inputs if self.letter == WEIGHTS else ("",)
        scaled = name.kind is NET and not self._layer_is_identity(int(name.layer))
        letter = f"{self.letter}′" if scaled else self.letter
        return replace(matrix, name=MatrixName(name.kind, letter, name.layer), rows=rows)

    def _layer_is_identity(self, layer: int) -> bool:
        activations = self.reading.network.layers[layer - 1].activations
        return all(one.name == "identity" for one in activations)

    def last(self, layer: int) -> Matrix:
        """What a layer answers."""
        frame = of_layer(self.reading, layer)
        return self._renamed(frame.matrix(OUT, self.reading.rows_of(OUT, layer)))

    def fractions(self, layer: int) -> list[list[Fraction]]:
        """The same in numbers."""
        numbers = self.reading.trace.arithmetic
        grid = self.reading.rows_of(OUT, layer)
        values = [[self.reading.entry(at).value for at in row if at is not None] for row in grid]
        found = [[numbers.fraction(value) for value in row] for row in values]
        if any(value is None for row in found for value in row):
            raise TracerError(f"{numbers.name} numbers cannot be the weights of a network")
        return [[value for value in row if value is not None] for row in found]
