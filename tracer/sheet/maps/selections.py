"""Pooling as a product of matrices: one that averages, or one for each channel that selects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import prod

from tracer.notation.matrices import MatrixName
from tracer.notation.numbers import Shown
from tracer.phrase import Phrase, phrase
from tracer.rules.quantity import OUT, SIGNAL, Kind
from tracer.sheet.maps.equations import signal_of, target_kind, turns_round
from tracer.sheet.maps.pools import Pools
from tracer.sheet.maps.told import told
from tracer.sheet.matrix.blocks import NO_ENTRY, Cell, Matrix
from tracer.sheet.matrix.equation import Equation, Factor, Term
from tracer.sheet.matrix.reading import Address
from tracer.spec.windows.positions import covered

ROWS = Phrase("rows(X) has a row for each place of X, and a column for each channel")
COLUMN = Phrase("column(X) has a row for each place of X")
SELECTS = (
    "{matrix}: a row for each window, a column for each place; 1 for the winner, 0 for the others"
)
AVERAGES = (
    "{matrix}: a row for each window, a column for each place; one over how many it divides by"
)

Channels = Sequence[int | None]


def pools_as_matrices(pools: Pools) -> Iterator[Equation]:
    """Forward a product with the matrix of shares, backward with its transpose."""
    groups: Sequence[Channels] = [(None,)]
    if pools.takes_largest and pools.breadth > 1:
        groups = [(channel,) for channel in pools.filter_numbers]
    for channels in groups:
        yield _product(pools, channels[0], back=False)
    at_first = pools.address(target_kind(pools), pools.source([0] * len(pools.sizes), 0))
    if not pools.is_alone or at_first is None or not pools.addresses(signal_of(pools)):
        return
    for channels in groups:
        yield _product(pools, channels[0], back=True)


def _product(pools: Pools, channel: int | None, back: bool) -> Equation:
    """What is taken of all channels, or of one: the shares times what is gathered."""
    shares = _shares(pools, channel)
    kinds = (target_kind(pools), signal_of(pools)) if back else (pools.source_kind, OUT)
    seen = _seen(pools, kinds[0], channel, back)
    own = _own(pools, kinds[1], channel)
    target, other = (seen, own) if back else (own, seen)
    rows = SELECTS if pools.takes_largest else AVERAGES
    is_column = pools.takes_largest and channel is not None
    remarks = (phrase(rows, matrix=shares.name.letter), COLUMN if is_column else ROWS)
    term = Term((Factor(shares, transposed=back), Factor(other)), back and turns_round(pools))
    used = [cell.quantity for cell in target.cells if cell.quantity is not None]
    at = [pools.address(one.kind, one.unit) for one in used]
    equation = Equation(target, (term,), remarks=() if back else remarks)
    return told(equation, pools.reading, [one for one in at if one is not None])


def _shares(pools: Pools, channel: int | None) -> Matrix:
    """How much of each place each window takes."""
    name = pools.wiring.name
    letter = pools.named(f"S_{name}", channel) if pools.takes_largest else f"P_{name}"
    under = [dict(_covered(pools, row)) for row in range(prod(pools.counts))]

    def cell(i: int, j: int) -> Cell:
        if j not in under[i]:
            return NO_ENTRY
        divisor = pools.wiring.divisor or len(under[i])
        if not pools.takes_largest:
            return Cell(Shown("1" if divisor == 1 else f"1/{divisor}", True))
        unit = pools.layer.units[i * pools.breadth + (channel or 0)]
        won = pools.winners[unit] == _source(pools, j, channel)
        return Cell(Shown("1" if won else "0", True))

    return _matrix(letter, prod(pools.counts), prod(pools.sizes), cell)


def _covered(pools: Pools, window: int) -> Iterator[tuple[int, bool]]:
    return ((place, True) for _, place in covered(pools.wiring.axes, window))


def _source(pools: Pools, place: int, channel: int | None) -> str:
    number = pools.wiring.first_source + place * pools.breadth + (channel or 0)
    return pools.reading.network.units[number]


def _seen(pools: Pools, kind: Kind, channel: int | None, back: bool) -> Matrix:
    before = pools.seen_name
    if back:
        before = f"error_{pools.wiring.seen}" if kind is SIGNAL else f"∂E/∂{before}"
    return _laid(
        pools,
        before,
        channel,
        prod(pools.sizes),
        lambda place, one: pools.address(kind, _source(pools, place, one)),
    )


def _own(pools: Pools, kind: Kind, channel: int | None) -> Matrix:
    before = {OUT: "out_", SIGNAL: "error_"}.get(kind, "∂E/∂out_") + pools.wiring.name
    return _laid(
        pools,
        before,
        channel,
        prod(pools.counts),
        lambda place, one: pools.address(kind, pools.layer.units[place * pools.breadth + one]),
    )


def _laid(
    pools: Pools,
    before: str,
    channel: int | None,
    rows: int,
    find: Callable[[int, int], Address],
) -> Matrix:
    """A quantity with a row for each place: a column for each channel, or for one alone."""
    alone = channel is not None
    columns = 1 if alone else pools.breadth
    name = f"{'column' if alone else 'rows'}({pools.named(before, channel)})"
    return _matrix(name, rows, columns, lambda i, j: pools.cell(find(i, (channel or 0) + j)))


def _matrix(name: str, rows: int, columns: int, cell: Callable[[int, int], Cell]) -> Matrix:
    down, across = ([str(k) for k in range(1, count + 1)] for count in (rows, columns))
    return Matrix(MatrixName(None, name), down, across, cell)
