"""What a page says of dropout: which units, in which form, and where the masks come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.phrase import Phrase, alone, listed, phrase
from tracer.sheet.rows import Row
from tracer.spec.dropout.masks import EVERYWHERE, OF_SAMPLE, Dropout
from tracer.spec.network import Network

MOST_NAMED = 6
"""Of more units than that, the first and the last one are named."""

GIVEN = {
    EVERYWHERE: Phrase("the masks are given, the same in every training step"),
    OF_SAMPLE: Phrase("the masks are given, one for each sample"),
}
OF_EACH_STEP = Phrase("the masks are given, others in each training step")


def dropout_rows(network: Network) -> Iterator[Row]:
    """(what is chosen, the choice) of each dropout, told once for all time steps."""
    told: dict[tuple[Phrase, Phrase, Phrase], list[Dropout]] = {}
    for found in network.dropouts:
        names = [network.units[unit] for unit in found.units]
        if network.time is not None:
            names = [without_time(name) for name in names]
        sent = "x" if found.units.start < len(network.inputs) else "out"
        key = _named(names), _form(found, sent), _masks(found)
        told.setdefault(key, []).append(found)
    for (names_of, form, masks), copies in told.items():
        whole = phrase("of {units}: {form}; {masks}", units=names_of, form=form, masks=masks)
        yield Phrase("dropout"), _through_time(whole, copies)


def without_time(name: str) -> str:
    """A unit's name without its time step."""
    return name.rpartition("_t")[0] or name


def _through_time(told: Phrase, copies: Sequence[Dropout]) -> Phrase:
    """What is told, and whether the time steps have masks of their own."""
    if len(copies) < 2:
        return told
    is_drawn_once = any(found.drawn_as is not None for found in copies)
    if is_drawn_once or (copies[0].masks and len({found.masks for found in copies}) == 1):
        return phrase("{told}; all time steps have the same mask", told=told)
    return phrase("{told}; each time step has a mask of its own", told=told)


def _named(names: list[str]) -> Phrase:
    if len(names) <= MOST_NAMED:
        return alone(listed(names))
    return phrase("{first} to {last}", first=names[0], last=names[-1])


def _form(found: Dropout, sent: str) -> Phrase:
    keep = found.keep.text
    if found.inverted:
        text = "kept = {sent}·mask/{keep} in training, {sent} itself in a test (inverted)"
        return phrase(text, sent=sent, keep=keep)
    text = "kept = {sent}·mask in training, {sent}·{keep} in a test (plain)"
    return phrase(text, sent=sent, keep=keep)


def _masks(found: Dropout) -> Phrase:
    if found.seed is None:
        return GIVEN.get(found.depth, OF_EACH_STEP)
    text = "the masks are drawn from seed {seed} by SplitMix64, 1 with chance {keep}"
    return phrase(text, seed=str(found.seed), keep=found.keep.text)
