"""A convolution as products of matrices: a row for each position, with what its window covers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tracer.notation.matrices import MatrixName
from tracer.rules.quantity import BIAS, KEPT, NET, Kind
from tracer.sheet.maps.equations import delta_of, error_of, gradient_at, gradients
from tracer.sheet.maps.grids import Maps
from tracer.sheet.maps.looking import ZERO
from tracer.sheet.maps.told import told
from tracer.sheet.matrix.blocks import Cell, Matrix
from tracer.sheet.matrix.equation import Equation, Factor, Term
from tracer.spec.windows.positions import split


def as_matrices(maps: Maps) -> Iterator[Equation]:
    """The same as products of matrices: a row for each position, with what its window covers."""
    rows, kernel = covered_in_rows(maps), kernel_columns(maps)
    nets = _in_rows(maps, NET, f"net_{maps.wiring.name}")
    biases = _bias_row(maps)
    equation = Equation(nets, (Term((Factor(rows), Factor(kernel))), *biases))
    yield told(equation, maps.reading, maps.addresses(NET))
    kind, negative = delta_of(maps)
    if not (maps.has_own_weights and maps.addresses(kind)):
        return
    deltas = _in_rows(maps, kind, f"δ_{maps.wiring.name}")
    term = Term((Factor(rows, transposed=True), Factor(deltas)), negative)
    used = [at for at in gradients(maps) if at is not None]
    yield told(Equation(_gradient_columns(maps), (term,)), maps.reading, used)


def _bias_row(maps: Maps) -> tuple[Term, ...]:
    numbers = maps.layer.biases[: maps.wiring.filters]
    if not any(number is not None for number in numbers):
        return ()
    cells = [ZERO if n is None else maps.cell(maps.reading.parameter(n)) for n in numbers]
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
        return ZERO if address is None else maps.cell(address)

    before = "kept_" if maps.source_kind is KEPT else ""
    return _named(maps, f"windows({before}{maps.wiring.seen})", _positions(maps), maps.places, cell)


def kernel_columns(maps: Maps) -> Matrix:
    """A column for each filter: its kernel as it lies on the window."""
    return _matrix(
        MatrixName(None, "K"),
        maps.places,
        maps.wiring.filters,
        lambda i, j: maps.cell(maps.reading.parameter(_laid(maps, i, j))),
    )


def _gradient_columns(maps: Maps) -> Matrix:
    def cell(i: int, j: int) -> Cell:
        return maps.cell(gradient_at(maps, _laid(maps, i, j)))

    return _named(maps, f"∂{error_of(maps)}/∂K", maps.places, maps.wiring.filters, cell)


def _laid(maps: Maps, row: int, of_filter: int) -> int:
    inner, channel = divmod(row, maps.wiring.channels)
    return maps.parameter(split(inner, maps.windows), channel, of_filter)


def _in_rows(maps: Maps, kind: Kind, name: str) -> Matrix:
    """A quantity of the layer's units: a row for each position, a column for each filter."""
    filters = maps.wiring.filters

    def cell(i: int, j: int) -> Cell:
        return maps.cell(maps.address(kind, maps.layer.units[i * filters + j]))

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
