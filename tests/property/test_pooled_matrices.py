"""Pooling in matrices and in maps: every equation multiplies out, and winners are the winners."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from tests.property.test_matrices import check, printed
from tests.property.test_pooling import Pooling, poolings
from tests.support.convolving import EXACT, all_windows, arrays, nested, pooled
from tests.support.matrices import number as read_number
from tests.unit.making import traced
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat, Shown
from tracer.sheet.maps.page import map_pages
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.equation import Equation, Term
from tracer.sheet.matrix.page import Asked, matrix_page
from tracer.sheet.page import Lead, Wanted

Draw = Any
Numbers = Any

IN_FULL = Wanted(NumberFormat(significant=400))


class Pooled(Struct, frozen=True):
    """Pooling of a picture, a linear unit over it, and samples.

    Attributes:
        pooling: how it takes.
        grids: a picture with channels for each sample.
        weights: of the unit.
        channels: whether the file says channels.
        more: what stands at the end of the file.
        ties: which of several that are largest wins.
    """

    pooling: Pooling
    grids: tuple[Numbers, ...]
    weights: tuple[Fraction, ...]
    channels: bool
    more: str
    ties: str

    def __repr__(self) -> str:
        """As a spec."""
        return self.spec()

    def spec(self) -> str:
        """The file."""
        sizes = list(self.pooling.windows.sizes)
        inside = f", channels: {self.grids[0].shape[-1]}" if self.channels else ""
        layer = self.pooling.layer()
        if self.ties and self.pooling.take == "max":
            layer = layer.replace("take: max", f"take: max, ties: {self.ties}")
        cases = "".join(
            f"  - {{input: {nested(grid if self.channels else grid[..., 0])}, target: 1}}\n"
            for grid in self.grids
        )
        return (
            f"inputs: {{name: x, shape: {sizes}{inside}}}\nlayers:\n  - {layer}\n"
            f"  - {{units: [o], weights: [{nested(self.weights)}]}}\nsamples:\n{cases}{self.more}"
        )

    def winners(self, grid: Numbers, channel: int) -> list[tuple[int, ...]]:
        """Where the winner of each window stands, one position after the other."""
        windows, found = self.pooling.windows, []
        for position in product(*map(range, windows.counts)):
            starts = [
                at * stride - before
                for at, stride, (before, _) in zip(
                    position, windows.strides, windows.around, strict=True
                )
            ]
            places = [
                place
                for place in product(
                    *(range(s, s + w) for s, w in zip(starts, windows.window, strict=True))
                )
                if all(0 <= k < size for k, size in zip(place, windows.sizes, strict=True))
            ]
            values = [grid[place][channel] for place in places]
            order = range(len(values)) if self.ties != "last" else range(len(values) - 1, -1, -1)
            found.append(places[max(order, key=lambda k: (values[k], -order.index(k)))])
        return found


@st.composite
def specs(draw: Draw, numbers: st.SearchStrategy[Any] = EXACT) -> Pooled:
    """Random pooling with one or two samples, either sign of delta."""
    sizes = draw(all_windows(draw(st.integers(1, 2)))).sizes
    pooling = draw(poolings(sizes))
    channels = draw(st.booleans())
    inside = draw(st.integers(1, 2)) if channels else 1
    count = int(numpy.prod(pooling.windows.counts)) * inside
    grids = draw(st.lists(arrays((*sizes, inside), numbers), min_size=1, max_size=2))
    delta = draw(st.sampled_from(("gradient", "negative_gradient")))
    weights = draw(st.lists(numbers, min_size=count, max_size=count))
    more = f"training: {{delta: {delta}}}\n"
    ties = draw(st.sampled_from(("", "first", "last")))
    return Pooled(pooling, tuple(grids), tuple(weights), channels, more, ties)


def values(matrix: Matrix) -> list[list[Fraction]]:
    """The numbers of a matrix, in full; 0 for no entry."""
    rows, columns = matrix.shape
    return [[_value(matrix, i, j) for j in range(columns)] for i in range(rows)]


def _value(matrix: Matrix, row: int, column: int) -> Fraction:
    shown = matrix.cell(row, column).shown
    if shown is None:
        return Fraction(0)
    assert isinstance(shown, Shown)
    assert shown.exact
    return Fraction(shown.text)


def _equations(trace: Trace) -> Iterator[Equation]:
    for section in map_pages(trace, IN_FULL, whole=True):
        for item in section.items:
            assert not isinstance(item, Lead)
            if isinstance(item, Equation):
                yield item


@settings(max_examples=40)
@given(specs())
def test_maps_of_pooling_are_what_windows_take(drawn: Pooled) -> None:
    """Each map is what an array's windows give, and the marks stand behind the winners."""
    trace, pooling = traced(drawn.spec()), drawn.pooling
    found = {equation.target.name.letter: equation for equation in _equations(trace)}
    for number, grid in enumerate(drawn.grids, 1):
        expected = pooled(pooling.windows, grid, pooling.take, pooling.over_padding)
        for channel in range(grid.shape[-1]):
            equation = found[_named("out_p", drawn, number, channel)]
            flat = [value for row in values(equation.target) for value in row]
            assert flat == [row[channel] for row in expected]
            seen = equation.terms[0].factors[0].matrix
            marked = {
                (i, j) if len(pooling.windows.sizes) == 2 else (j,)
                for i in range(seen.shape[0])
                for j in range(seen.shape[1])
                if seen.cell(i, j).mark
            }
            wins = set(drawn.winners(grid, channel)) if pooling.take == "max" else set()
            assert marked == wins


def _named(before: str, drawn: Pooled, sample: int, channel: int) -> str:
    mark = f"[{sample}]" if len(drawn.grids) > 1 else ""
    if drawn.grids[0].shape[-1] == 1:
        return before + mark
    dots = "_".join("•" * len(drawn.pooling.windows.sizes))
    return f"{before}_{dots}_{channel + 1}{mark}"


@settings(max_examples=40)
@given(specs())
def test_what_goes_back_goes_to_winners_or_in_equal_shares(drawn: Pooled) -> None:
    """The derivative by a picture is what an array's own bookkeeping of windows gives."""
    trace, pooling = traced(drawn.spec()), drawn.pooling
    found = {equation.target.name.letter: equation for equation in _equations(trace)}
    weights = numpy.array(drawn.weights, dtype=object).reshape(-1, drawn.grids[0].shape[-1])
    for number, grid in enumerate(drawn.grids, 1):
        taken = pooled(pooling.windows, grid, pooling.take, pooling.over_padding)
        slope = (taken * weights).sum() - 1
        for channel in range(grid.shape[-1]):
            target = found[_named("∂E/∂x", drawn, number, channel)].target
            flat = [value for row in values(target) for value in row]
            assert flat == list(_back(drawn, grid, channel, slope * weights[:, channel]).ravel())


def _back(drawn: Pooled, grid: Numbers, channel: int, above: Numbers) -> Numbers:
    """What comes back to each place of a channel."""
    windows, total = drawn.pooling.windows, numpy.zeros(drawn.grids[0].shape[:-1], dtype=object)
    if drawn.pooling.take == "max":
        for value, place in zip(above, drawn.winners(grid, channel), strict=True):
            total[place] += value
        return total
    for place in product(*map(range, windows.sizes)):
        one = numpy.zeros((*windows.sizes, 1), dtype=object)
        one[place] = Fraction(1)
        shares = pooled(windows, one, "average", drawn.pooling.over_padding)
        total[place] = (shares[:, 0] * above).sum()
    return total


@settings(max_examples=40)
@given(specs())
def test_products_of_shares_multiply_out(drawn: Pooled) -> None:
    """Every product in maps and in matrices comes to what the trace gives, exactly."""
    trace = traced(drawn.spec())
    in_maps = [one for one in _equations(trace) if one.terms and one.words is None]
    assert len(in_maps) >= 2
    pages = matrix_page(trace, IN_FULL, Asked(whole=True))
    items = [item for section in pages for item in section.items]
    assert not any(isinstance(item, Lead) for item in items)
    in_matrices = [one for one in items if isinstance(one, Equation) and _has_shares(one)]
    assert in_matrices
    for equation in (*in_maps, *in_matrices):
        parts = [_product(term) for term in equation.terms]
        total = [
            [sum(entries, Fraction(0)) for entries in zip(*rows, strict=True)]
            for rows in zip(*parts, strict=True)
        ]
        assert total == values(equation.target), equation.target.name


def _has_shares(equation: Equation) -> bool:
    letters = (one.matrix.name.letter for term in equation.terms for one in term.factors)
    return any(letter in ("S", "P") for letter in letters)


def _product(term: Term) -> list[list[Fraction]]:
    total = values(term.factors[0].seen)
    for factor in term.factors[1:]:
        columns = list(zip(*values(factor.seen), strict=True))
        total = [
            [
                sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0))
                for column in columns
            ]
            for row in total
        ]
    return [[-value if term.negative else value for value in row] for row in total]


@settings(max_examples=20)
@given(specs(), st.sampled_from(("rows", "columns")), st.booleans())
def test_printed_pooling_is_read_back(drawn: Pooled, samples_as: str, long: bool) -> None:
    """What stands on the page in matrices, read as a reader would, multiplies out."""
    trace = traced(drawn.spec())
    for read in printed(trace, NumberFormat(), samples_as, long):
        check(read, exactly=False)
    assert read_number("1/4", True) == (Fraction(1, 4), Fraction(0))
