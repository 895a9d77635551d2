"""Convolutions in maps: every equation multiplies out, and its result is what the trace says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.support.convolving import EXACT, Layer, layers
from tests.unit.making import traced
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat, Shown
from tracer.sheet.maps.page import map_pages
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.equation import Equation, Joint, Term
from tracer.sheet.page import Wanted

Grid = list[list[Fraction]]

IN_FULL = Wanted(NumberFormat(significant=400))


def equations(trace: Trace) -> Iterator[Equation]:
    """Every equation of the page in maps that has a right side."""
    for section in map_pages(trace, IN_FULL, whole=True):
        yield from (item for item in section.items if isinstance(item, Equation) and item.terms)


def numbers(matrix: Matrix) -> Grid:
    """What stands in a matrix."""
    rows, columns = matrix.shape
    return [[number(matrix, i, j) for j in range(columns)] for i in range(rows)]


def number(matrix: Matrix, row: int, column: int) -> Fraction:
    """An entry, in full."""
    shown = matrix.cell(row, column).shown
    assert isinstance(shown, Shown)
    assert shown.exact
    return Fraction(shown.text)


def multiplied(equation: Equation) -> Grid:
    """What the right side comes to."""
    rows, columns = equation.target.shape
    total = [[Fraction(0)] * columns for _ in range(rows)]
    for term in equation.terms:
        for i, row in enumerate(_of_term(term, rows, columns)):
            for j, value in enumerate(row):
                total[i][j] += -value if term.negative else value
    return total


def _of_term(term: Term, rows: int, columns: int) -> Grid:
    first, *rest = term.factors
    left = numbers(first.seen)
    if not rest:
        return [
            [left[i % len(left)][j % len(left[0])] for j in range(columns)] for i in range(rows)
        ]
    (second,) = rest
    right = numbers(second.seen)
    if second.joint is Joint.CORRELATION:
        return _slid(left, right, rows, columns)
    pairs = list(zip(*right, strict=True))
    return [[sum(map(_product, row, column), Fraction(0)) for column in pairs] for row in left]


def _product(one: Fraction, other: Fraction) -> Fraction:
    return one * other


def _slid(seen: Grid, laid: Grid, rows: int, columns: int) -> Grid:
    """A window laid on every place: so many, that the step between them follows."""
    down = max((len(seen) - len(laid)) // max(rows - 1, 1), 1)
    across = max((len(seen[0]) - len(laid[0])) // max(columns - 1, 1), 1)
    return [
        [
            sum(
                (
                    seen[i * down + k][j * across + m] * value
                    for k, row in enumerate(laid)
                    for m, value in enumerate(row)
                ),
                Fraction(0),
            )
            for j in range(columns)
        ]
        for i in range(rows)
    ]


PENALTIES = ("", ", regularization: {l2: 10}", ", regularization: {l1: 1/3, biases: yes}")


@st.composite
def traces(draw: st.DrawFn) -> tuple[Layer, str]:
    """A convolution with targets, either sign of delta, with and without penalties."""
    layer = draw(layers(EXACT))
    delta = draw(st.sampled_from(("gradient", "negative_gradient")))
    penalty = draw(st.sampled_from(PENALTIES))
    return layer, f"loss: (target - out)**2*7\ntraining: {{delta: {delta}{penalty}}}\n"


@given(traces())
def test_every_equation_in_maps_multiplies_out(drawn: tuple[Layer, str]) -> None:
    """Cross-correlations, full convolutions and products of windows give what the trace gives."""
    layer, more = drawn
    found = list(equations(traced(_spec(layer, more))))
    assert len(found) >= 2
    for equation in found:
        assert multiplied(equation) == numbers(equation.target), equation.target.name


@given(traces(), st.data())
def test_no_equation_is_told_of_given_values(drawn: tuple[Layer, str], data: st.DataObject) -> None:
    """Values given in the middle: what is left multiplies out, and their maps stand without."""
    layer, more = drawn
    text = _spec(layer, more)
    names = [entry.name for entry in traced(text) if entry.name.startswith(("net_", "dE/d"))]
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    trace = traced(f"{text}given: {{{', '.join(f'{name}: 1001/7' for name in chosen)}}}\n")
    for equation in equations(trace):
        assert multiplied(equation) == numbers(equation.target), equation.target.name
        quantities = {cell.quantity for cell in equation.target.cells}
        assert not quantities & {trace[name].quantity for name in chosen}


def _spec(layer: Layer, more: str) -> str:
    """The layer with a sample that has targets."""
    count = len(layer.names())
    sample = layer.spec(more).replace("}]\n", f", target: {[k % 5 for k in range(count)]}}}]\n", 1)
    return _flat(sample, layer)


def _flat(text: str, layer: Layer) -> str:
    """The targets as the nested lists that a shape asks for: by name instead."""
    head, _, tail = text.partition("target: [")
    values, _, rest = tail.partition("]")
    pairs = zip(layer.names(), values.split(", "), strict=True)
    told = ", ".join(f"{name}: {value}" for name, value in pairs)
    return f"{head}target: {{{told}}}{rest}"
