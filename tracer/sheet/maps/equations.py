"""A convolution's equations in maps, and as one product of matrices.

Forward, each kernel slides over what is seen: a cross-correlation, written with a star. Backward,
the derivative by a kernel is the cross-correlation of what is seen with the deltas; that by what is
seen is the full convolution of the deltas with the kernel: with zeros around them, and with the
kernel turned. Where the window moves by more than 1, zeros stand between the deltas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

from tracer.notation.matrices import MatrixName
from tracer.rules.quantity import (
    BIAS,
    BY_INPUT,
    BY_OUT,
    DELTA,
    GRADIENT,
    INPUT,
    NEGATIVE_DELTA,
    NET,
    SAMPLE_GRADIENT,
    SIGNAL,
    Kind,
)
from tracer.sheet.maps.grids import ZERO, Maps
from tracer.sheet.matrix.blocks import Cell, Matrix, scalar
from tracer.sheet.matrix.equation import Equation, Factor, Joint, Term
from tracer.sheet.matrix.frame import signed
from tracer.sheet.matrix.reading import Address
from tracer.spec.windows import split


def forward(maps: Maps) -> Iterator[Equation]:
    """net of each filter: its kernel, channel by channel, over what is seen."""
    for of_filter in maps.filter_numbers:
        terms = [
            Term((Factor(maps.seen(one)), _starred(maps.kernel(one, of_filter))))
            for one in maps.channel_numbers
        ]
        target = maps.own(NET, "net", of_filter)
        equation = Equation(target, (*terms, *_bias(maps, of_filter or 0)), remarks=_moving(maps))
        yield signed(equation, maps.reading, maps.addresses(NET))


def by_kernels(maps: Maps) -> Iterator[Equation]:
    """The derivative by each kernel: what is seen, with the deltas laid on it."""
    kind, negative = delta_of(maps)
    for of_filter, channel in product(maps.filter_numbers, maps.channel_numbers):
        target = gradient(maps, channel, of_filter)
        laid = _starred(_spread(maps, kind, of_filter, border=False))
        term = Term((Factor(maps.seen(channel)), laid), negative)
        used = [at for at in _gradients(maps) if at is not None]
        yield signed(Equation(target, (term,), remarks=_between(maps)), maps.reading, used)


def by_source(maps: Maps) -> Iterator[Equation]:
    """The derivative by each channel that is seen: a full convolution of deltas and kernels."""
    kind, negative = delta_of(maps)
    negative = negative and target_kind(maps) is not SIGNAL
    for channel in maps.channel_numbers:
        terms = [
            Term(
                (
                    Factor(_spread(maps, kind, one, border=True)),
                    _starred(maps.kernel(channel, one, turned=True)),
                ),
                negative,
            )
            for one in maps.filter_numbers
        ]
        target = by_channel(maps, channel)
        used = [maps.address(target_kind(maps), unit) for unit in _all_seen(maps)]
        told = Equation(target, tuple(terms), remarks=(FULL, *_between(maps)))
        yield signed(told, maps.reading, [at for at in used if at is not None])


FULL = "a full convolution: zeros around the deltas, and the kernel turned by 180 degrees"


def as_matrices(maps: Maps) -> Iterator[Equation]:
    """The same as products of matrices: a row for each position, with what its window covers."""
    rows, kernel = covered_in_rows(maps), kernel_columns(maps)
    nets = _in_rows(maps, NET, f"net_{maps.wiring.name}")
    biases = _bias_row(maps)
    equation = Equation(nets, (Term((Factor(rows), Factor(kernel))), *biases))
    yield signed(equation, maps.reading, maps.addresses(NET))
    kind, negative = delta_of(maps)
    if not (maps.has_own_weights and maps.addresses(kind)):
        return
    deltas = _in_rows(maps, kind, f"δ_{maps.wiring.name}")
    term = Term((Factor(rows, transposed=True), Factor(deltas)), negative)
    used = [at for at in _gradients(maps) if at is not None]
    yield signed(Equation(_gradient_columns(maps), (term,)), maps.reading, used)


def delta_of(maps: Maps) -> tuple[Kind, bool]:
    """The kind of delta that the trace has, and whether it is minus the derivative."""
    negative = maps.reading.network.training.negative_delta
    return (NEGATIVE_DELTA, True) if negative else (DELTA, False)


def target_kind(maps: Maps) -> Kind:
    """What the backward pass has for what is seen."""
    if maps.source_kind is INPUT:
        return BY_INPUT
    return SIGNAL if maps.reading.network.training.negative_delta else BY_OUT


def by_channel(maps: Maps, channel: int | None) -> Matrix:
    """What the backward pass has for a channel that is seen."""
    kind, seen = target_kind(maps), maps.wiring.seen
    before = {BY_INPUT: "∂E/∂", BY_OUT: "∂E/∂out_", SIGNAL: "error_"}[kind] + seen

    def find(at: tuple[int, ...]) -> Address:
        return maps.address(kind, maps.source(at, channel or 0))

    return maps.grid(maps.named(before, channel), maps.sizes, find)


def gradient(maps: Maps, channel: int | None, of_filter: int | None) -> Matrix:
    """The derivatives by a kernel, as it lies on a window."""
    name = maps.kernel_name(channel, of_filter)

    def find(at: tuple[int, ...]) -> Address:
        return _gradient_at(maps, maps.parameter(at, channel or 0, of_filter or 0))

    told = f"∂E/∂turned({name})" if maps.wiring.turned else f"∂E/∂{name}"
    return maps.grid(maps.named(told, None), maps.windows, find)


def _gradient_at(maps: Maps, parameter: int) -> Address:
    name = maps.reading.network.parameters[parameter].name
    if len(maps.reading.samples) > 1:
        return maps.address(SAMPLE_GRADIENT, name)
    return maps.reading.address(GRADIENT, name)


def _gradients(maps: Maps) -> Iterator[Address]:
    return (_gradient_at(maps, parameter) for parameter in maps.wiring.kernels)


def _all_seen(maps: Maps) -> list[str]:
    return [maps.reading.network.units[number] for number in maps.wiring.sources]


def _starred(matrix: Matrix) -> Factor:
    return Factor(matrix, joint=Joint.CORRELATION)


def _spread(maps: Maps, kind: Kind, of_filter: int | None, border: bool) -> Matrix:
    """The deltas of a filter, zeros between them for a stride, and around them if asked for."""
    axes = maps.wiring.axes
    lengths = [
        axis.size + axis.window - 1 if border else (axis.count - 1) * axis.stride + 1
        for axis in axes
    ]

    def find(at: tuple[int, ...]) -> Address:
        position = []
        for k, axis in zip(at, axes, strict=True):
            here = k + axis.before - (axis.window - 1) if border else k
            index, between = divmod(here, axis.stride)
            if between or not 0 <= index < axis.count:
                return None
            position.append(index)
        return maps.address(kind, maps.unit(position, of_filter or 0))

    return maps.grid(maps.named(f"δ_{maps.wiring.name}", of_filter), lengths, find)


def _moving(maps: Maps) -> tuple[str, ...]:
    strides = [axis.stride for axis in maps.wiring.axes]
    if max(strides) == 1:
        return ()
    return (f"the window moves by {' and '.join(map(str, dict.fromkeys(strides)))}",)


def _between(maps: Maps) -> tuple[str, ...]:
    return ("zeros between the deltas stand for the stride",) if _moving(maps) else ()


def _bias(maps: Maps, of_filter: int) -> tuple[Term, ...]:
    number = maps.layer.biases[of_filter]
    if number is None:
        return ()
    name = maps.reading.network.parameters[number].name
    cell = maps.reading.cell(maps.reading.parameter(number))
    return (Term((Factor(scalar(MatrixName(None, name), cell)),)),)


def _bias_row(maps: Maps) -> tuple[Term, ...]:
    numbers = maps.layer.biases[: maps.wiring.filters]
    if not any(number is not None for number in numbers):
        return ()
    cells = [ZERO if n is None else maps.reading.cell(maps.reading.parameter(n)) for n in numbers]
    return (Term((Factor(_matrix(MatrixName(BIAS, "b"), 1, len(cells), lambda _, j: cells[j])),)),)


def covered_in_rows(maps: Maps) -> Matrix:
    """A row for each position: what lies under the window, place by place, channel by channel."""
    channels = maps.wiring.channels

    def cell(i: int, j: int) -> Cell:
        inner, channel = divmod(j, channels)
        position, place = split(i, maps.counts), split(inner, maps.windows)
        at = [
            k * axis.stride + offset
            for k, axis, offset in zip(position, maps.wiring.axes, place, strict=True)
        ]
        address = maps.covered(at, channel)
        return ZERO if address is None else maps.reading.cell(address)

    return _named(maps, f"windows({maps.wiring.seen})", _positions(maps), maps.places, cell)


def kernel_columns(maps: Maps) -> Matrix:
    """A column for each filter: its kernel as it lies on the window."""
    return _matrix(
        MatrixName(None, "K"),
        maps.places,
        maps.wiring.filters,
        lambda i, j: maps.reading.cell(maps.reading.parameter(_laid(maps, i, j))),
    )


def _gradient_columns(maps: Maps) -> Matrix:
    def cell(i: int, j: int) -> Cell:
        return maps.reading.cell(_gradient_at(maps, _laid(maps, i, j)))

    return _named(maps, "∂E/∂K", maps.places, maps.wiring.filters, cell)


def _laid(maps: Maps, row: int, of_filter: int) -> int:
    inner, channel = divmod(row, maps.wiring.channels)
    return maps.parameter(split(inner, maps.windows), channel, of_filter)


def _in_rows(maps: Maps, kind: Kind, name: str) -> Matrix:
    """A quantity of the layer's units: a row for each position, a column for each filter."""
    filters = maps.wiring.filters

    def cell(i: int, j: int) -> Cell:
        return maps.reading.cell(maps.address(kind, maps.layer.units[i * filters + j]))

    return _named(maps, name, _positions(maps), filters, cell)


def _positions(maps: Maps) -> int:
    return len(maps.layer.units) // maps.wiring.filters


def _named(
    maps: Maps, name: str, rows: int, columns: int, cell: Callable[[int, int], Cell]
) -> Matrix:
    return _matrix(MatrixName(None, maps.named(name, None)), rows, columns, cell)


def _matrix(name: MatrixName, rows: int, columns: int, cell: Callable[[int, int], Cell]) -> Matrix:
    numbered: Callable[[int], Sequence[str]] = lambda count: [str(k) for k in range(1, count + 1)]  # noqa: E731
    return Matrix(name, numbered(rows), numbered(columns), cell)
