"""Formulas that hold entry by entry: lifted from numbers to whole matrices."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from tracer.derive.template import Template
from tracer.maths.expression import Expression, Number, Symbol, substitute
from tracer.notation.matrices import MatrixName
from tracer.notation.numbers import Shown
from tracer.rules.quantity import Kind
from tracer.sheet.matrix.blocks import Cell, Matrix
from tracer.sheet.matrix.blocks import scalar as one_number
from tracer.sheet.matrix.equation import Entrywise, Equation, Factor, Joint, Term
from tracer.sheet.matrix.frame import Frame, addresses, signed
from tracer.sheet.matrix.reading import Grid, Reading
from tracer.sheet.matrix.sums import Product, sum_of


class Function(NamedTuple):
    """A function that books have a symbol for.

    Attributes:
        symbol: the symbol.
        arguments: what it is applied to: the word of the field, and the kind of the matrix.
    """

    symbol: str = ""
    arguments: tuple[tuple[str, Kind], ...] = ()


NO_FUNCTION = Function()


def entrywise(
    frame: Frame, target: Matrix, grid: Grid, function: Function = NO_FUNCTION
) -> Equation | None:
    """The equation of entries that are calculated one by one, each from those at its own place.

    Args:
        frame: the rows and columns.
        target: the result.
        grid: its addresses.
        function: what the formula is called, such as σ(net), where it is no sum of products.
    """
    reading, used = frame.reading, list(addresses(grid))
    templates = [_template(reading, address) for address in used]
    if not used or None in templates or not _at_their_places(reading, used):
        return None
    terms = _terms(frame, grid, [one for one in templates if one])
    if terms:
        return signed(Equation(target, terms), reading, used)
    if not _has_no_other(function, [one for one in templates if one]):
        function = NO_FUNCTION
    of = tuple(frame.matrix(kind, grid).name for _, kind in function.arguments)
    words = tuple(word for word, _ in function.arguments)
    formulas = tuple(_formulas(reading, used))
    uses = tuple(_uses(frame, grid, used[0], len(formulas)))
    said = Entrywise(function.symbol, words, of, formulas, uses)
    equation = Equation(target, entrywise=said)
    return signed(equation, reading, used)


def _has_no_other(function: Function, templates: Sequence[Template]) -> bool:
    """Whether the formulas use nothing but the function's arguments."""
    words = {word for word, _ in function.arguments}
    return all(words.issuperset(template.roles) for template in templates)


def _template(reading: Reading, address: int) -> Template | None:
    program = reading.segment.program
    recipe = program.block(address).recipe
    if recipe is None or address in program.overrides or address in program.untold:
        return None
    return recipe.template(address - program.block(address).start)


def _operands(reading: Reading, address: int) -> dict[Hashable, int]:
    """What stands in each role of the formula at an address."""
    block = reading.block(address)
    assert block.recipe is not None, "its formula was asked for before"
    k = address - block.start
    roles = block.recipe.template(k).roles
    return dict(zip(roles, block.recipe.operands(k), strict=True))


def _at_their_places(reading: Reading, used: Sequence[int]) -> bool:
    """Whether each entry is made from quantities of its own unit and sample, and from scalars."""
    program = reading.segment.program
    for address in used:
        mine = program.quantity(address)
        for operand in _operands(reading, address).values():
            other = program.quantity(operand)
            if other.unit not in (mine.unit, "") or other.sample not in (mine.sample, 0):
                return False
    return True


def _formulas(
    reading: Reading, used: Sequence[int]
) -> Iterator[tuple[Expression, tuple[str, ...]]]:
    """Each formula, over the words of the field, with the units that have it."""
    program = reading.segment.program
    found: dict[Expression, dict[str, None]] = {}
    for address in used:
        template = _template(reading, address)
        assert template is not None, "looked at before"
        worded = {role: Symbol(str(role)) for role in template.roles}
        formula = substitute(template.shown, worded)
        found.setdefault(formula, {})[program.quantity(address).unit] = None
    for formula, units in found.items():
        yield formula, tuple(units) if len(found) > 1 else ()


def _uses(frame: Frame, grid: Grid, first: int, formulas: int) -> Iterator[Matrix]:
    """The matrices that one formula for all entries uses."""
    if formulas == 1:
        for role in _operands(frame.reading, first):
            yield _matrix(frame, grid, role)


def _terms(frame: Frame, grid: Grid, templates: Sequence[Template]) -> tuple[Term, ...]:
    """The formula as a sum of entry-by-entry products; nothing where it is none."""
    first = sum_of(templates[0])
    same = all(one.shown == templates[0].shown for one in templates)
    if first is None or not same or not first.products:
        return ()
    if any(all(isinstance(one, Number) for one in product.factors) for product in first.products):
        return ()
    scale = [one_over(first.divisor)] if first.divisor else []
    return tuple(_term(frame, grid, product, scale) for product in first.products)


def _term(frame: Frame, grid: Grid, product: Product, scale: Sequence[Matrix]) -> Term:
    matrices = [*scale, *(_matrix(frame, grid, factor) for factor in product.factors)]
    ordered = sorted(matrices, key=lambda matrix: not matrix.is_scalar)
    factors = [Factor(ordered[0])]
    for before, matrix in pairwise(ordered):
        joint = Joint.SCALED if before.is_scalar else Joint.HADAMARD
        factors.append(Factor(matrix, joint=joint))
    return Term(tuple(factors), product.negative)


def _matrix(frame: Frame, grid: Grid, role: Hashable) -> Matrix:
    """What stands in a role, over the whole grid."""
    reading = frame.reading
    if isinstance(role, Number):
        return number_matrix(role)
    found = [
        [None if address is None else _operands(reading, address)[role] for address in row]
        for row in grid
    ]
    first = next(addresses(found))
    quantity = reading.segment.program.quantity(first)
    if not quantity.unit:
        return one_number(MatrixName(quantity.kind), reading.cell(first))
    return frame.matrix(quantity.kind, found)


def number_matrix(number: Number) -> Matrix:
    """A literal of a formula, as a scalar."""
    return one_number(MatrixName(None, number.text), Cell(Shown(number.text, True)))


def one_over(number: Number) -> Matrix:
    """One divided by a literal, as a scalar."""
    value = Fraction(1) / number.value
    return number_matrix(Number(value, str(value)))
