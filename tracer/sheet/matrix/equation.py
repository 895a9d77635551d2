"""Equations of matrices as data: factors, terms, functions that are applied entry by entry.

An equation is a sum of terms, a term is a product of factors, and a factor says how it is joined
to the one before: the matrix product and the Hadamard product are two different signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tracer.maths.expression import Expression
from tracer.notation.matrices import MatrixName
from tracer.phrase import Phrase
from tracer.rules.quantity import JACOBIAN
from tracer.sheet.matrix.blocks import MOST, Matrix


class Joint(Enum):
    """How a factor is joined to the one before it."""

    PRODUCT = "matrix product"
    HADAMARD = "Hadamard product"
    SCALED = "scaled"
    CORRELATION = "cross-correlation"


class Factor(Struct, frozen=True):
    """A matrix in a product.

    Attributes:
        matrix: the matrix.
        transposed: whether its transpose is meant.
        joint: how it is joined to the factor before it.
    """

    matrix: Matrix
    transposed: bool = False
    joint: Joint = Joint.PRODUCT

    @property
    def seen(self) -> Matrix:
        """The matrix as it stands in the product."""
        return self.matrix.flipped if self.transposed else self.matrix

    @property
    def flipped(self) -> Factor:
        """Its transpose, as the other convention writes it; some matrices are the same in both."""
        if self.matrix.name.kind in (None, JACOBIAN):
            return replace(self, transposed=not self.transposed)
        return replace(self, matrix=self.matrix.flipped)


class Term(NamedTuple):
    """A product in a sum.

    Attributes:
        factors: in order.
        negative: whether it is subtracted.
    """

    factors: tuple[Factor, ...]
    negative: bool = False

    @property
    def flipped(self) -> Term:
        """The same term under the other convention: (A B)ᵀ is Bᵀ Aᵀ; scalars stay in front."""
        first = [one for one in self.factors if one.matrix.is_scalar]
        rest = [one for one in self.factors if not one.matrix.is_scalar]
        joints = [one.joint for one in rest[1:]]
        if Joint.PRODUCT in joints:
            rest, joints = rest[::-1], joints[::-1]
        turned = [one.flipped for one in rest]
        joined = [Joint.SCALED if first else Joint.PRODUCT, *joints][: len(rest)]
        last = (replace(one, joint=how) for one, how in zip(turned, joined, strict=True))
        return Term((*first, *last), self.negative)


class Entrywise(NamedTuple):
    """A function that is applied to every entry by itself.

    Attributes:
        function: its symbol; empty where it has none.
        words: what its formula calls the arguments.
        arguments: what it is applied to.
        formulas: its formula over the words of the field, and the units that have it; no units:
            all of them.
        uses: the matrices whose entries stand in the formulas.
    """

    function: str
    words: tuple[str, ...]
    arguments: tuple[MatrixName, ...]
    formulas: tuple[tuple[Expression, tuple[str, ...]], ...]
    uses: tuple[Matrix, ...] = ()


class Words(NamedTuple):
    """A right side in words, where no sign of mathematics says it.

    Attributes:
        said: the right side.
        before: what stands before the matrices with their numbers.
    """

    said: Phrase
    before: Phrase


class Equation(Struct, frozen=True):
    """A matrix, and how it comes about; without terms and function it is given.

    Attributes:
        target: what is calculated.
        terms: the sum on the right side.
        entrywise: the function on the right side, where it is no sum of products.
        put_in: the sign before the factors with their numbers.
        relation: the sign before the result.
        remarks: what a reader should know.
        longhand: the same product with its first factor written out, such as (δ2·W2ᵀ) ∘ σ′(Z1).
        most: as many rows and columns of a matrix as are shown.
        words: the right side in words, in place of the terms.
    """

    target: Matrix
    terms: tuple[Term, ...] = ()
    entrywise: Entrywise | None = None
    put_in: str = "="
    relation: str = "="
    remarks: tuple[Phrase, ...] = ()
    longhand: tuple[tuple[Term, ...], Factor] | None = None
    most: int = MOST
    words: Words | None = None

    @property
    def matrices(self) -> Iterator[Matrix]:
        """Every matrix in it, the target first."""
        yield self.target
        yield from (factor.matrix for term in self.terms for factor in term.factors)

    @property
    def is_copy(self) -> bool:
        """Whether the right side is one matrix as it is, so that its numbers are the result's."""
        if self.words is not None:
            return False
        match self.terms:
            case (Term((factor,), negative),):
                return not factor.transposed and not negative
        return not self.terms

    def with_remark(self, text: Phrase) -> Equation:
        """The same equation with one remark more."""
        return replace(self, remarks=(*self.remarks, text))

    @property
    def flipped(self) -> Equation:
        """The same equation under the other convention, all matrices turned."""
        written_out = self.longhand and (
            tuple(term.flipped for term in self.longhand[0]),
            self.longhand[1].flipped,
        )
        return replace(
            self,
            target=self.target.flipped,
            terms=tuple(term.flipped for term in self.terms),
            longhand=written_out,
        )
