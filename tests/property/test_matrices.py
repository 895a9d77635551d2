"""The page in matrices, read back: its matrices multiply out, and its entries are the trace's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.matrices import (
    MINUS_ONE,
    ONE,
    RELATIONS,
    Read,
    Rounded,
    Table,
    equations,
    joined,
    matrix_product,
    number,
    plus,
    table,
    times,
    transposed,
    value,
)
from tests.support.networks import Drawn, networks
from tests.support.tracing import network_of, traced_if_finite
from tracer.derive.trace import Trace
from tracer.notation.notation import terminal
from tracer.notation.numbers import NumberFormat, Shown
from tracer.render.text import TextPage
from tracer.rules.quantity import SAMPLE_GRADIENT
from tracer.sheet.matrix.blocks import Cell, Matrix
from tracer.sheet.matrix.equation import Equation, Joint, Term
from tracer.sheet.matrix.page import Asked, matrix_page
from tracer.sheet.page import GivenRow, Wanted
from tracer.sheet.telling import Telling, shown_entry

RANDOM = st.randoms(use_true_random=False)
SAMPLES_AS = st.sampled_from(("rows", "columns"))
FORMATS = st.sampled_from((NumberFormat(), NumberFormat(None, 3), NumberFormat(4, 4)))


def printed(trace: Trace, numbers: NumberFormat, samples_as: str, long: bool) -> list[Read]:
    """Every equation of a page, in full, read back."""
    page = matrix_page(trace, Wanted(numbers, long=long), Asked(samples_as, whole=True))
    return list(equations(TextPage(terminal(trace.several_samples)).lines(page)))


def check(read: Read, exactly: bool) -> None:
    """An equation's factors come to its result."""
    tokens = joined(read.tokens)
    places = [number for number, token in enumerate(tokens) if token in RELATIONS]
    if len(places) < 2:
        return
    first, last = places
    exact = tokens[first] == tokens[last] == "="
    if exactly and not exact:
        return
    found = value(tokens[first + 1 : last], exact=tokens[first] == "=")
    result = table(tokens[last + 1], exact)
    assert (len(found), len(found[0])) == (len(result), len(result[0])), read
    for mine, shown in zip(found, result, strict=True):
        for entry, other in zip(mine, shown, strict=True):
            if entry is not None and other is not None:
                assert abs(entry.value - other.value) <= entry.slack + other.slack, read


@settings(max_examples=40)
@given(networks(most_steps=2, evaluated=True), RANDOM, SAMPLES_AS, FORMATS, st.booleans())
def test_printed_matrices_multiply_out(
    drawn: Drawn, random: Random, samples_as: str, numbers: NumberFormat, long: bool
) -> None:
    """The factors that a page prints, multiplied by its signs, are the result that it prints."""
    trace = traced_if_finite(network_of(drawn, random), "decimal:50")
    for read in printed(trace, numbers, samples_as, long):
        check(read, exactly=False)


@settings(max_examples=40)
@given(networks(most_steps=2), RANDOM, SAMPLES_AS, FORMATS, st.booleans())
def test_what_is_exact_is_taken_as_exact(
    drawn: Drawn, random: Random, samples_as: str, numbers: NumberFormat, long: bool
) -> None:
    """With no slack for numbers that are shown whole, the factors still come to the result."""
    trace = traced_if_finite(network_of(drawn, random), "decimal:50")
    for item in _equations(trace, Wanted(numbers, long=long), samples_as):
        if item.terms:
            parts = [_product(term) for term in item.terms]
            result = _table(item.target)
            total = parts[0]
            for part in parts[1:]:
                total = plus(total, part)
            for mine, shown in zip(total, result, strict=True):
                for entry, other in zip(mine, shown, strict=True):
                    if entry is not None and other is not None:
                        assert abs(entry.value - other.value) <= entry.slack + other.slack


def _product(term: Term) -> Table:
    """A term's value, each factor as it is seen there."""
    total = _table(term.factors[0].seen)
    scaled = term.factors[0].matrix.is_scalar
    for factor in term.factors[1:]:
        other = _table(factor.seen)
        if scaled:
            total = [[times(total[0][0], entry) for entry in row] for row in other]
        elif factor.joint is Joint.HADAMARD:
            total = [list(map(times, *rows)) for rows in zip(total, other, strict=True)]
        else:
            total = matrix_product(total, other)
        scaled = scaled and factor.matrix.is_scalar
    sign = MINUS_ONE if term.negative else ONE
    return [[times(entry, sign) for entry in row] for row in total]


def _table(matrix: Matrix) -> Table:
    rows, columns = matrix.shape
    return [[_number(matrix.cell(i, j)) for j in range(columns)] for i in range(rows)]


def _number(cell: Cell) -> Rounded | None:
    assert cell.shown is None or isinstance(cell.shown, Shown)
    return None if cell.shown is None else number(cell.shown.text, cell.shown.exact)


@settings(max_examples=40)
@given(networks(in_place=True), RANDOM, SAMPLES_AS, st.sampled_from(("by-hand:3", "exact")))
def test_equal_means_equal(drawn: Drawn, random: Random, samples_as: str, arithmetic: str) -> None:
    """Rounded by hand as well: where a page says =, what it prints is exactly equal."""
    trace = traced_if_finite(network_of(drawn, random), arithmetic)
    for read in printed(trace, NumberFormat(), samples_as, long=True):
        check(read, exactly=True)


@settings(max_examples=40)
@given(networks(), RANDOM, SAMPLES_AS)
def test_factors_are_the_matrices_of_their_names(
    drawn: Drawn, random: Random, samples_as: str
) -> None:
    """What is put in for a symbol is the matrix that stood under that symbol before."""
    trace = traced_if_finite(network_of(drawn, random), "decimal:50")
    known: dict[str, object] = {}
    for read in printed(trace, NumberFormat(), samples_as, long=False):
        tokens = joined(read.tokens)
        places = [number for number, token in enumerate(tokens) if token in RELATIONS]
        if len(places) == 2 and read.formula:
            tables = [one for one in tokens[places[0] : places[1]] if isinstance(one, tuple)]
            for symbol, rows in zip(_symbols(read.formula, known), tables, strict=True):
                assert symbol is None or symbol == rows, read
        known[read.name] = tokens[-1]


def _symbols(formula: str, known: dict[str, object]) -> list[object]:
    """What stood under each symbol of a formula; None for what has not been printed."""
    names = re.split(r"·| ∘ | \+ | - ", formula.removeprefix("-"))
    found: list[object] = []
    for name in names:
        turned = name.endswith("ᵀ")
        plain = name.removesuffix("ᵀ")
        if turned and plain.startswith("("):
            plain = plain[1:-1]
        matrix = known.get(plain)
        if isinstance(matrix, tuple):
            found.append(transposed(matrix) if turned else matrix)
        elif matrix is None and not re.fullmatch(r"[\d./]+|η", plain):
            found.append(None)
    return found


@settings(max_examples=40)
@given(networks(most_steps=2), RANDOM, SAMPLES_AS, st.sampled_from(("decimal:50", "exact")))
def test_entries_are_the_quantities_of_the_trace(
    drawn: Drawn, random: Random, samples_as: str, arithmetic: str
) -> None:
    """Every entry is a quantity of the trace, and is shown as the trace in numbers shows it."""
    assume(arithmetic != "exact" or all(unit.curve.rational for unit in drawn.units))
    assume(arithmetic != "exact" or drawn.loss.rational)
    trace = traced_if_finite(network_of(drawn, random), arithmetic)
    wanted = Wanted(NumberFormat(None, 5))
    shown = {entry.name: shown_entry(entry, wanted.numbers) for entry in trace}
    for item in _equations(trace, wanted, samples_as):
        for cell in (cell for matrix in item.matrices for cell in matrix.cells):
            if cell.quantity is not None:
                name = trace.name(cell.quantity)
                known = shown.get(name) or shown_entry(trace[name], wanted.numbers)
                assert cell.shown == known


@settings(max_examples=40)
@given(networks(most_steps=2, rational=True), RANDOM, SAMPLES_AS)
def test_every_step_is_told_once(drawn: Drawn, random: Random, samples_as: str) -> None:
    """Each step of the trace is an entry of one result, or is told as in numbers; none is lost."""
    trace = traced_if_finite(network_of(drawn, random), "exact")
    told = set[str]()
    page = matrix_page(trace, Wanted(), Asked(samples_as, whole=True))
    for item in (item for section in page for item in section.items):
        if isinstance(item, Equation):
            cells = (cell for cell in item.target.cells if cell.quantity is not None)
            told |= {trace.name(cell.quantity) for cell in cells if cell.quantity}
        elif isinstance(item, Telling | GivenRow):
            told.add(trace.name(item.quantity))
    batch_only = (SAMPLE_GRADIENT,)
    missing = {
        entry.name
        for entry in trace
        if entry.name not in told and entry.quantity.kind not in batch_only
    }
    assert not missing


def _equations(trace: Trace, wanted: Wanted, samples_as: str) -> Iterator[Equation]:
    page = matrix_page(trace, wanted, Asked(samples_as, whole=True))
    for section in page:
        yield from (item for item in section.items if isinstance(item, Equation))
