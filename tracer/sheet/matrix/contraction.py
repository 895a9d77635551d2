"""Sums over the edges of a layer, entry by entry, put together as one product of matrices."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from tracer.rules.quantity import BIAS, THRESHOLD, UPDATED, WEIGHT, Kind
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.frame import of_weights
from tracer.sheet.matrix.reading import Grid, Reading
from tracer.sheet.matrix.shares import SHARES, is_constant, share_of, spread
from tracer.sheet.matrix.sums import Product

PARAMETERS = (WEIGHT, BIAS, THRESHOLD, UPDATED)
"""Kinds of what an edge carries; in place, a sum over paths sees new weights."""

CARRIED = (*PARAMETERS, *SHARES)
"""Kinds of one factor of each product; the other belongs to a unit."""

Source = tuple[Kind, int]
"""The other matrix of a product: its kind and layer."""


class Contraction(Struct):
    """What the entries of a grid, a row for each sample, are sums of.

    Attributes:
        weights: for each kind and layer that is multiplied with parameters, or with shares of
            what is gathered, their address by (place in that layer, place in the grid's).
        signs: whether products are subtracted.
        single: for each entry, the terms of one factor.
        products: how many products of two factors there are.
    """

    weights: dict[Source, dict[tuple[int, int], int]] = field(default_factory=dict)
    signs: set[bool] = field(default_factory=set)
    single: dict[tuple[int, int], tuple[Product, ...]] = field(default_factory=dict)
    products: int = 0

    def forward(self, reading: Reading, layer: int) -> dict[Source, Matrix]:
        """The weights from each layer to the grid's."""
        return {
            source: self._matrix(reading, source[1], layer, found)
            for source, found in self.weights.items()
        }

    def backward(self, reading: Reading, layer: int) -> dict[Source, Matrix]:
        """The weights from the grid's layer to each that it feeds."""
        return {
            source: self._matrix(
                reading,
                layer,
                source[1],
                {(row, column): at for (column, row), at in found.items()},
            )
            for source, found in self.weights.items()
        }

    def _matrix(
        self, reading: Reading, below: int, above: int, found: dict[tuple[int, int], int]
    ) -> Matrix:
        kinds = {reading.block(address).kind for address in found.values()}
        if not kinds.isdisjoint(SHARES):
            return self._shares(reading, below, above, found)
        shape = range(len(reading.layers[below])), range(len(reading.layers[above]))
        grid = [[found.get((i, j)) for j in shape[1]] for i in shape[0]]
        kind = UPDATED if UPDATED in kinds else WEIGHT
        return of_weights(reading, below, above).matrix(kind, grid)

    @staticmethod
    def _shares(
        reading: Reading, below: int, above: int, found: dict[tuple[int, int], int]
    ) -> Matrix:
        shares = {place: share_of(reading, address) for place, address in found.items()}
        known = {place: share for place, share in shares.items() if share is not None}
        sample = reading.block(next(iter(found.values()))).sample
        return spread(reading, below, above, known, sample if len(reading.samples) > 1 else 0)


def contraction(reading: Reading, grid: Grid, samples: Sequence[int] = ()) -> Contraction | None:
    """What the entries of a grid are sums of; None where that is no product of matrices.

    Args:
        reading: the training step.
        grid: addresses, a row for each sample.
        samples: which these are; left out: all samples of the batch.
    """
    found = Contraction()
    for sample, row in zip(samples or reading.samples, grid, strict=True):
        for column, address in enumerate(row):
            if address is None or not _takes(found, reading, address, sample, column):
                return None
    edges = sum(map(len, found.weights.values()))
    same_in_all = found.products == edges * len(grid)
    return found if same_in_all and len(found.signs) <= 1 else None


def _takes(found: Contraction, reading: Reading, address: int, sample: int, column: int) -> bool:
    """Takes the terms of one entry in; False where they do not fit with the others."""
    total = reading.sums.at(address)
    if total is None or total.divisor is not None or not total.lengths <= {1, 2}:
        return False
    found.single[sample, column] = tuple(one for one in total.products if len(one.factors) == 1)
    pairs = [one for one in total.products if len(one.factors) == 2]
    found.products += len(pairs)
    spots = [_edge(found, reading, pair, sample, column) for pair in pairs]
    return None not in spots and len(set(spots)) == len(spots)


def _edge(found: Contraction, reading: Reading, pair: Product, sample: int, column: int) -> object:
    """Takes one product in; returns its place, None where it does not fit."""
    ends = [at for at in pair.factors if isinstance(at, int)]
    blocks = {at: reading.block(at) for at in ends}
    carried = [at for at in ends if blocks[at].kind in CARRIED]
    others = [at for at in ends if at not in carried]
    if len(carried) != 1 or len(others) != 1:
        return None
    block = blocks[others[0]]
    place = reading.places.get(block.units[others[0] - block.start])
    if place is None or block.sample != sample or block.sources:
        return None
    layer, row = place
    kind = reading.kind_of_sent(block.quantity(others[0] - block.start))
    known = found.weights.setdefault((kind, layer), {})
    found.signs.add(pair.negative)
    if not _is_same(reading, known.setdefault((row, column), carried[0]), carried[0]):
        return None
    return kind, layer, row


def _is_same(reading: Reading, one: int, other: int) -> bool:
    """Whether two factors are the same parameter, or shares that are the same for any numbers."""
    if one == other and reading.block(one).kind in PARAMETERS:
        return True
    shares = [share_of(reading, at) for at in (one, other) if reading.block(at).kind in SHARES]
    if not shares:
        return one == other
    if None in shares:
        return False
    return one == other or (is_constant(reading, one) and shares[0] == shares[-1])
