"""Layers that gather: pooling and maxout as products with a matrix that selects or averages.

An average is the same matrix for every sample, with an entry 1/k for each of the k sources of a
unit. A maximum selects: in each sample another matrix may, with a 1 for the winner of each unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from tracer.derive.entries import Step
from tracer.notation.matrices import MatrixName
from tracer.notation.numbers import Shown
from tracer.phrase import Phrase, counted, listed
from tracer.rules.quantity import KEPT, OUT, OUT_BY_OUT, Kind
from tracer.sheet.matrix.blocks import NO_ENTRY, Matrix
from tracer.sheet.matrix.contraction import contraction
from tracer.sheet.matrix.equation import Equation, Factor, Term
from tracer.sheet.matrix.frame import layer_of, signed
from tracer.sheet.matrix.group import Group
from tracer.sheet.matrix.layers import layer_of_group
from tracer.sheet.matrix.reading import Address, Reading
from tracer.sheet.matrix.rows import row_of_sample
from tracer.sheet.matrix.shares import SHARES, share_of, spread
from tracer.sheet.matrix.sums import Product
from tracer.sheet.winner import winner
from tracer.spec.gathering import LARGEST, Gathering

SELECTS = (
    "{matrices} selects: 1 for a winner, 0 for what loses against it, a dot for what is not "
    "gathered",
    "{matrices} select: 1 for a winner, 0 for what loses against it, a dot for what is not "
    "gathered",
)
AVERAGES = (
    "{matrices} averages: one over how many a unit gathers, a dot for what it does not gather",
    "{matrices} average: one over how many a unit gathers, a dot for what it does not gather",
)
"""Of one matrix, and of several."""

Entries = Mapping[tuple[int, int], Shown]
"""What stands in a matrix of shares, by row and column."""


def gathered(reading: Reading, group: Group) -> tuple[Equation, ...]:
    """A group of a layer that gathers as equations; none where it is something else."""
    if group.blocks[0].kind in SHARES:
        return tuple(_slopes(reading, group))
    if group.kind is not OUT:
        return _by_sample(reading, group)
    layer = layer_of_group(reading, group)
    wiring = layer_of(reading, layer).wiring if layer else None
    if layer is None or not isinstance(wiring, Gathering):
        return ()
    return tuple(_outs(reading, layer, wiring))


def _outs(reading: Reading, layer: int, wiring: Gathering) -> Iterator[Equation]:
    """A2 = A1·P2, and of a maximum A2 = A1·S2 for each sample."""
    made = {n: _made_of(reading, layer, wiring, n) for n in reading.samples}
    found = {n: entries for n, entries in made.items() if entries}
    if len(found) < len(made):
        return
    if len(found) == 1 or wiring.takes != LARGEST:
        entries = found[reading.samples[0]]
        sources = {below: reading.of_units(reading.out(below), below) for below in entries}
        yield _product(reading, reading.of_units(OUT, layer), sources, layer, entries, 0)
        return
    for n, entries in found.items():
        sources = {below: row_of_sample(reading, reading.out(below), below, n) for below in entries}
        target = row_of_sample(reading, OUT, layer, n)
        yield _product(reading, target, sources, layer, entries, n)


def _product(
    reading: Reading,
    target: Matrix,
    sources: Mapping[int, Matrix],
    layer: int,
    entries: Mapping[int, Entries],
    sample: int,
) -> Equation:
    matrices = {below: spread(reading, below, layer, entries[below], sample) for below in sources}
    terms = tuple(
        Term((Factor(source), Factor(matrices[below]))) for below, source in sources.items()
    )
    samples = (sample,) if sample else reading.samples
    used = [reading.address(OUT, unit, n) for unit in reading.layers[layer] for n in samples]
    told = Equation(target, terms, remarks=(_said(*matrices.values()),))
    return signed(told, reading, [at for at in used if at is not None])


def _said(*matrices: Matrix) -> Phrase:
    """What the entries of matrices of shares are."""
    names = [matrix.name.letter + matrix.name.layer for matrix in matrices]
    selects = names[0].startswith("S")
    one, many = SELECTS if selects else AVERAGES
    return counted(len(names), one, many, matrices=listed(names, " and "))


def _made_of(
    reading: Reading, layer: int, wiring: Gathering, sample: int
) -> dict[int, dict[tuple[int, int], Shown]] | None:
    """What each output of a sample takes of each source, by the source's layer.

    Returns:
        The shares by row and column; None where an output is made otherwise.
    """
    found: dict[int, dict[tuple[int, int], Shown]] = {}
    for column, unit in enumerate(reading.layers[layer]):
        names = [reading.network.units[source] for source in wiring.groups[column]]
        places = {reading.sent(name, sample): reading.places[name] for name in names}
        taken = _taken(reading, reading.address(OUT, unit, sample), wiring)
        if taken is None or set(taken) != set(places):
            return None
        for address, part in taken.items():
            below, row = places[address]
            found.setdefault(below, {})[row, column] = part
    return dict(sorted(found.items()))


def _taken(
    reading: Reading, address: int | None, wiring: Gathering
) -> dict[int | None, Shown] | None:
    """How much of each operand an output has: 1/k, or 1 of the winner and 0 of the others."""
    if address is None or address in reading.segment.program.overrides:
        return None
    if wiring.takes != LARGEST:
        return _averaged(reading, address)
    step = reading.entry(address)
    if not isinstance(step, Step):
        return None
    chosen = step.operands[0] if len(step.operands) == 1 else winner(step)
    if chosen is None:
        return None
    return {one.address: Shown("01"[one.address == chosen.address], True) for one in step.operands}


def _averaged(reading: Reading, address: int) -> dict[int | None, Shown] | None:
    total = reading.sums.at(address)
    if total is None or any(one != Product(False, one.factors[:1]) for one in total.products):
        return None
    part = Shown(f"1/{total.divisor.text}" if total.divisor else "1", True)
    return {at: part for one in total.products for at in one.factors if isinstance(at, int)}


def _slopes(reading: Reading, group: Group) -> Iterator[Equation]:
    """∂A2/∂A1 = S2 or P2: how each output changes with what it gathers, for each sample."""
    parts = {at: share_of(reading, at) for at in group.addresses}
    known = {at: part for at, part in parts.items() if part is not None}
    if len(known) < len(parts):
        return
    for block in group.blocks:
        found: dict[tuple[int, int], dict[tuple[int, int], int]] = {}
        for at, source, unit in zip(block.addresses, block.sources, block.units, strict=True):
            (below, row), (layer, column) = reading.places[source], reading.places[unit]
            found.setdefault((below, layer), {})[row, column] = at
        for (below, layer), grid in sorted(found.items()):
            entries = {place: known[at] for place, at in grid.items()}
            sample = block.sample if len(reading.samples) > 1 else 0
            shares = spread(reading, below, layer, entries, sample)
            yield _slope(reading, shares, grid, (below, layer, sample))


def _slope(
    reading: Reading,
    shares: Matrix,
    grid: Mapping[tuple[int, int], int],
    where: tuple[int, int, int],
) -> Equation:
    below, layer, sample = where
    cells = {place: reading.cell(address) for place, address in grid.items()}
    below_name = f"A{below}" if below else "X"
    kept = "kept_" if reading.out(below) is KEPT else ""
    target = replace(
        shares,
        name=MatrixName(OUT_BY_OUT, f"∂A{layer}/∂{kept}{below_name}", sample=sample),
        cell=lambda i, j: cells.get((i, j), NO_ENTRY),
    )
    told = Equation(target, (Term((Factor(shares),)),), remarks=(_said(shares),))
    return signed(told, reading, list(grid.values()))


def _by_sample(reading: Reading, group: Group) -> tuple[Equation, ...]:
    """What comes back to a layer, one sample after the other: in each, others have won."""
    layer = layer_of_group(reading, group)
    if layer is None or len(reading.samples) == 1:
        return ()
    found = [
        _signal_of_sample(reading, group.kind, layer, sample, row)
        for sample, row in zip(reading.samples, group.grid, strict=True)
    ]
    made = tuple(one for one in found if one is not None)
    return made if len(made) == len(found) else ()


def _signal_of_sample(
    reading: Reading, kind: Kind, layer: int, sample: int, row: Sequence[Address]
) -> Equation | None:
    """∂E/∂A of one sample alone, where the samples have matrices of their own."""
    found = contraction(reading, [row], (sample,))
    if found is None or not found.weights or any(found.single.values()):
        return None
    paths = (
        Term(
            (Factor(row_of_sample(reading, *source, sample)), Factor(matrix, True)),
            True in found.signs,
        )
        for source, matrix in found.backward(reading, layer).items()
    )
    equation = Equation(row_of_sample(reading, kind, layer, sample), tuple(paths))
    return signed(equation, reading, [at for at in row if at is not None])
