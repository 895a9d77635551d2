"""Matrices and equations as data, whatever prints them."""

from __future__ import annotations

from fractions import Fraction

from tracer.notation.matrices import MatrixName, matrix_symbol, typed_symbol
from tracer.notation.notation import terminal
from tracer.notation.numbers import Shown
from tracer.rules.quantity import GRADIENT, NET, OUT, UPDATED, WEIGHT
from tracer.sheet.matrix.blocks import Cell, Matrix, matrix_of, ones, scalar
from tracer.sheet.matrix.equation import Equation, Factor, Joint, Term


def matrix(kind: object, *rows: tuple[int, ...]) -> Matrix:
    """A matrix of small numbers."""
    assert kind is None or isinstance(kind, type(NET))
    cells = [[Cell(Shown(str(entry), True)) for entry in row] for row in rows]
    return matrix_of(MatrixName(kind, "M"), cells)


def numbers(found: Matrix) -> list[list[Fraction]]:
    """The entries of a matrix."""
    rows, columns = found.shape
    shown = [[found.cell(i, j).shown for j in range(columns)] for i in range(rows)]
    return [[Fraction(one.text) for one in row if isinstance(one, Shown)] for row in shown]


def test_a_matrix_flips() -> None:
    """Under the other convention rows are columns."""
    found = matrix(NET, (1, 2, 3), (4, 5, 6)).flipped
    assert found.shape == (3, 2)
    assert numbers(found) == [[1, 4], [2, 5], [3, 6]]
    assert numbers(found.flipped) == [[1, 2, 3], [4, 5, 6]]


def test_a_product_flips_into_the_product_of_the_flipped_factors() -> None:
    """(A B)ᵀ is Bᵀ Aᵀ, so the factors change places; a transposed one stays transposed."""
    term = Term((Factor(matrix(OUT, (1, 2)), True), Factor(matrix(NET, (3, 4)))))
    flipped = term.flipped
    assert [factor.matrix.name.kind for factor in flipped.factors] == [NET, OUT]
    assert [factor.transposed for factor in flipped.factors] == [False, True]
    assert [factor.seen.shape for factor in flipped.factors] == [(2, 1), (1, 2)]


def test_a_hadamard_product_keeps_its_order() -> None:
    """Entry by entry nothing changes places."""
    factors = (Factor(matrix(OUT, (1, 2))), Factor(matrix(NET, (3, 4)), joint=Joint.HADAMARD))
    flipped = Term(factors).flipped
    assert [factor.matrix.name.kind for factor in flipped.factors] == [OUT, NET]
    assert flipped.factors[1].joint is Joint.HADAMARD


def test_scalars_stay_in_front() -> None:
    """A number before a product stays before it."""
    half = Factor(scalar(MatrixName(None, "1/2"), Cell(Shown("1/2", True))))
    term = Term((half, Factor(matrix(NET, (1, 2)), joint=Joint.SCALED)))
    assert term.flipped.factors[0].matrix.is_scalar
    assert term.flipped.factors[1].joint is Joint.SCALED
    assert Term((half,)).flipped.factors[0].matrix.is_scalar


def test_a_column_of_ones_is_one_under_both_conventions() -> None:
    """uᵀ δ becomes δ u: u itself is a column in either case."""
    up = Factor(ones(MatrixName(None, "u"), ("1", "2")), True)
    flipped = Term((up, Factor(matrix(NET, (3,), (4,))))).flipped.factors[1]
    assert not flipped.transposed
    assert flipped.matrix.shape == (2, 1)


def test_an_equation_flips_whole() -> None:
    """Target and terms flip together."""
    target = matrix(NET, (7, 10))
    term = Term((Factor(matrix(OUT, (1, 2))), Factor(matrix(WEIGHT, (1, 2), (3, 4)))))
    found = Equation(target, (term,)).flipped
    assert found.target.shape == (2, 1)
    assert [factor.matrix.name.kind for factor in found.terms[0].factors] == [WEIGHT, OUT]


def test_symbols() -> None:
    """A matrix is called by its letter and its layer, as its kind says."""
    notation = terminal(samples=False)
    names = (
        MatrixName(WEIGHT, "W", "2"),
        MatrixName(GRADIENT, "W", "1→3"),
        MatrixName(GRADIENT, "W", "2", sample=3),
        MatrixName(UPDATED, "b", "1"),
        MatrixName(NET, layer="1"),
        MatrixName(OUT, layer="1", sample=2),
    )
    symbols = [matrix_symbol(name, notation) for name in names]
    assert symbols == ["W2", "∂E/∂W1→3", "∂E[3]/∂W2", "b1⁺", "Z1", "A1[2]"]
    assert [typed_symbol(one) for one in symbols[:4]] == ["W2", "dE/dW1->3", "dE[3]/dW2", "b1+"]
