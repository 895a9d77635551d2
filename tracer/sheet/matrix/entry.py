"""One entry of a matrix: which quantity it is, from which row and column, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tracer.derive.trace import Trace
from tracer.errors import UnknownQuantityError
from tracer.notation.matrices import matrix_symbol, typed_symbol
from tracer.phrase import Part, Phrase, alone, listed, phrase
from tracer.rules.quantity import Quantity
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.equation import Equation, Factor, Joint, Term
from tracer.sheet.matrix.items import equations
from tracer.sheet.matrix.page import Asked, reading_of, turned
from tracer.sheet.page import Section, Wanted, symbols_of, why_page
from tracer.sheet.rows import Row

ENTRY = re.compile(r"(?P<matrix>.+)\[\s*(?P<row>\d+)\s*,\s*(?P<column>\d+)\s*\](@(?P<step>\d+))?")


class Found(NamedTuple):
    """An entry.

    Attributes:
        quantity: what it is.
        said: its own name, and how it comes about.
    """

    quantity: Quantity
    said: tuple[Row, ...]


def entry_page(trace: Trace, name: str, wanted: Wanted, asked: Asked) -> Iterator[Section]:
    """What a quantity depends on, back to the givens, with its place in the matrices.

    Args:
        trace: of a network.
        name: a plain name, or an entry's, such as ``Z1[2,1]``.
        wanted: what its reader asked to see.
        asked: how the matrices are to be shown.

    Raises:
        UnknownQuantityError: there is no such quantity, or no such entry.
    """
    match = ENTRY.fullmatch(name.strip())
    found = _entry(trace, match, wanted, asked) if match else _place(trace, name, wanted, asked)
    first, *rest = why_page(trace, trace.name(found.quantity), wanted)
    yield first._replace(rows=(*found.said, *first.rows))
    yield from rest


def _equations(trace: Trace, step: int, wanted: Wanted, asked: Asked) -> Iterator[Equation]:
    """The equations of a training step, then those that only the longer telling has."""
    segment = trace.segments[step - 1]
    for long in (False, True):
        reading = reading_of(trace, segment, wanted._replace(long=long), asked)
        for _, item in equations(reading):
            shown = turned(item, asked.samples)
            if isinstance(shown, Equation):
                yield shown


def _entry(trace: Trace, match: re.Match[str], wanted: Wanted, asked: Asked) -> Found:
    step = int(match["step"] or (wanted.steps[0] if wanted.steps else 1))
    if not 1 <= step <= len(trace.segments):
        last = len(trace.segments)
        raise UnknownQuantityError(f"'{match[0]}': this trace has the training steps 1 to {last}")
    notation, symbol = symbols_of(trace, wanted), typed_symbol(match["matrix"].strip())
    known: dict[str, None] = {}
    row, column = int(match["row"]), int(match["column"])
    for equation in _equations(trace, step, wanted, asked):
        name = typed_symbol(matrix_symbol(equation.target.name, notation))
        known[name] = None
        if name == symbol:
            return _found(equation, row, column, match[0])
    raise UnknownQuantityError(f"there is no matrix '{match['matrix']}'; known: {', '.join(known)}")


def _found(equation: Equation, row: int, column: int, name: str) -> Found:
    """The entry of an equation's result."""
    matrix = equation.target
    rows, columns = matrix.shape
    if not (1 <= row <= rows and 1 <= column <= columns):
        raise UnknownQuantityError(f"'{name}': this matrix is {rows}×{columns}")
    quantity = matrix.cell(row - 1, column - 1).quantity
    if quantity is None:
        raise UnknownQuantityError(f"'{name}': there is no such connection, and so no entry")
    text = "{matrix}[{row},{column}] is {quantity}"
    own = phrase(text, matrix=matrix.name, row=row, column=column, quantity=quantity)
    said: list[Row] = [(Phrase("entry"), own)]
    parts = [_part(term, row, column) for term in equation.terms]
    if parts and all(parts):
        said.append((Phrase("made of"), alone(listed(parts, "; "))))
    return Found(quantity, tuple(said))


def _part(term: Term, row: int, column: int) -> Phrase | None:
    """Which row and which column a product of two matrices takes."""
    match term.factors:
        case (first, last) if last.joint is Joint.PRODUCT and not first.matrix.is_scalar:
            text = "row {row} of {left} times column {column} of {right}"
            return phrase(text, row=row, column=column, left=_named(first), right=_named(last))
        case (only,):
            text = "entry [{row},{column}] of {matrix}"
            return phrase(text, row=row, column=column, matrix=_named(only))
    return None


def _named(factor: Factor) -> Part:
    name = factor.matrix.name
    return phrase("{matrix}ᵀ", matrix=name) if factor.transposed else name


def _place(trace: Trace, name: str, wanted: Wanted, asked: Asked) -> Found:
    """The place of a quantity in the matrices; none where no equation has it."""
    quantity = trace[name].quantity
    for equation in _equations(trace, max(quantity.step, 1), wanted, asked):
        place = _of(equation.target, quantity)
        if place is not None:
            return _found(equation, *place, name)
    return Found(quantity, ())


def _of(matrix: Matrix, quantity: Quantity) -> tuple[int, int] | None:
    rows, columns = matrix.shape
    return next(
        (
            (i + 1, j + 1)
            for i in range(rows)
            for j in range(columns)
            if matrix.cell(i, j).quantity == quantity
        ),
        None,
    )
