"""What an output has of each source that it gathers: 1/k of an average, all or nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from tracer.derive.template import Template
from tracer.maths.expression import Div, Number
from tracer.notation.matrices import MatrixName
from tracer.notation.numbers import Shown
from tracer.rules.quantity import OUT_BY_INPUT, OUT_BY_KEPT, OUT_BY_OUT
from tracer.sheet.matrix.blocks import NO_ENTRY, Cell, Matrix
from tracer.sheet.matrix.frame import layer_of, weight_index
from tracer.sheet.matrix.reading import Reading
from tracer.spec.gathering import LARGEST, Gathering

SHARES = (OUT_BY_OUT, OUT_BY_KEPT, OUT_BY_INPUT)
"""Kinds of how an output changes with a source that it gathers."""

WHOLE = {0: Shown("0", True), 1: Shown("1", True)}


def share_of(reading: Reading, address: int) -> Shown | None:
    """The share at an address: 0, 1 or 1/k; None where it is given, unknown or something else."""
    program, block = reading.segment.program, reading.block(address)
    if block.recipe is None or address in program.overrides or address in program.untold:
        return None
    template = block.recipe.template(address - block.start)
    value = _literal(template)
    if value is not None or not template.roles:
        return value
    found = reading.entry(address).value
    return next((shown for number, shown in WHOLE.items() if found == number), None)


def is_constant(reading: Reading, address: int) -> bool:
    """Whether a share is the same for all numbers, as those of an average are."""
    block = reading.block(address)
    return block.recipe is not None and not block.recipe.template(address - block.start).roles


def _literal(template: Template) -> Shown | None:
    """A share that is the same for all numbers."""
    match template.shown:
        case Number() as number if number.value in WHOLE:
            return WHOLE[int(number.value)]
        case Div(Number() as first, Number() as last) if first.value == 1:
            return Shown(f"1/{last.text}" if last.value != 1 else "1", True)
    return None


def spread(
    reading: Reading,
    below: int,
    above: int,
    entries: Mapping[tuple[int, int], Shown],
    sample: int = 0,
) -> Matrix:
    """The matrix of shares between two layers: P where it averages, S where it selects.

    Args:
        reading: the training step.
        below: the layer that is gathered from.
        above: the layer that gathers.
        entries: what stands in it, by row and column.
        sample: the sample whose winners it has, where there are several; of an average 0.
    """
    wiring = layer_of(reading, above).wiring
    selects = isinstance(wiring, Gathering) and wiring.takes == LARGEST
    index = weight_index(reading, below, above)
    name = MatrixName(OUT_BY_OUT, "S" if selects else "P", index, sample if selects else 0)

    def cell(i: int, j: int) -> Cell:
        shown = entries.get((i, j))
        return NO_ENTRY if shown is None else Cell(shown)

    return Matrix(name, reading.layers[below], reading.layers[above], cell)
