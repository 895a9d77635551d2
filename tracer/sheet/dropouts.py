"""What a page says of dropout: which units, in which form, and where the masks come from."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.sheet.rows import Row
from tracer.spec.dropout import EVERYWHERE, OF_SAMPLE, Dropout
from tracer.spec.network import Network

MOST_NAMED = 6
"""Of more units than that, the first and the last one are named."""

GIVEN = {
    EVERYWHERE: "the masks are given, the same in every training step",
    OF_SAMPLE: "the masks are given, one for each sample",
}
OF_EACH_STEP = "the masks are given, others in each training step"


def dropout_rows(network: Network) -> Iterator[Row]:
    """(what is chosen, the choice) of each dropout."""
    for found in network.dropouts:
        names = [network.units[unit] for unit in found.units]
        sent = "x" if found.units.start < len(network.inputs) else "out"
        yield "dropout", f"of {_named(names)}: {_form(found, sent)}; {_masks(found)}"


def _named(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= MOST_NAMED else f"{names[0]} to {names[-1]}"


def _form(found: Dropout, sent: str) -> str:
    keep = found.keep.text
    if found.inverted:
        return f"kept = {sent}·mask/{keep} in training, {sent} itself in a test (inverted)"
    return f"kept = {sent}·mask in training, {sent}·{keep} in a test (plain)"


def _masks(found: Dropout) -> str:
    if found.seed is None:
        return GIVEN.get(found.depth, OF_EACH_STEP)
    return (
        f"the masks are drawn from seed {found.seed} by SplitMix64, 1 with chance {found.keep.text}"
    )
