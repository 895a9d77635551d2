"""How a training was to end, how it has ended, and whether its weights go round in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.epochs import cycle, epochs_of
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.phrase import Listed, Phrase, alone, counted, listed, phrase
from tracer.sheet.rows import Row
from tracer.spec.network import Network, Training
from tracer.spec.training.until import Until

FEW = 4
"""As many parameters, at most, are named with their values."""


def end_rows(trace: Trace, asked: NumberFormat) -> Iterator[Row]:
    """What ends the training, and how it has ended; then weights that have come back."""
    spec = trace.spec
    if not isinstance(spec, Network):
        return
    if spec.training.until is not None:
        until = phrase(
            "{wanted}; at most {most}", wanted=_wanted(spec.training.until), most=_most(spec)
        )
        yield Phrase("until"), until
    if trace.ending is not None:
        yield Phrase("stopped"), _stopped(trace.ending.epoch, trace.ending.reason, spec.training)
    yield from _cycle(trace, asked)


def _wanted(until: Until) -> Phrase:
    """What is waited for, in words."""
    found = []
    if until.all_right:
        found.append(Phrase("every answer of an epoch is right"))
    if until.same_share_of_errors:
        found.append(_stable(until.same_share_of_errors))
    if until.error_below:
        found.append(phrase("E of an epoch is below {bound}", bound=until.error_below.text))
    return alone(listed(found, ", or "))


def _stable(count: int) -> Phrase:
    return counted(
        count,
        "the share of wrong answers has not changed for {count} epoch",
        "the share of wrong answers has not changed for {count} epochs",
    )


def _epochs(count: int) -> Phrase:
    return counted(count, "{count} epoch", "{count} epochs")


def _most(network: Network) -> Phrase:
    batch = network.training.batch or len(network.samples)
    return _epochs(network.training.steps // -(-len(network.samples) // batch))


def _stopped(epoch: int, reason: str, training: Training) -> Phrase:
    """When it stopped, and why."""
    until = training.until
    assert until is not None
    why = {
        "all_right": Phrase("every answer was right"),
        "same_share_of_errors": _stable(until.same_share_of_errors or 0),
        "error_below": phrase(
            "E was below {bound}", bound=until.error_below.text if until.error_below else ""
        ),
        "": Phrase("that is the most; what was waited for has not come"),
    }
    return phrase("after epoch {number}: {why}", number=epoch, why=why[reason])


def _cycle(trace: Trace, asked: NumberFormat) -> Iterator[Row]:
    """The weights that come back, with their values where they are few."""
    found = cycle(trace)
    if found is None:
        return
    last = epochs_of(trace)[found.again - 1].segments[-1]
    slots = [slot for slot in last.program.slots if slot.changes]
    texts = [
        f"{last.program.quantity(slot.start).unit} = "
        f"{shown_value(last.values[slot.end], trace.arithmetic, asked).text}"
        for slot in slots[:FEW]
    ]
    if len(slots) > FEW:
        texts.append("...")
    same = _same(found.again, found.first, listed(texts))
    if found.is_exact:
        yield Phrase("cycle"), phrase("{same}: it will go round for ever", same=same)
    else:
        text = "{same}: it will go round for ever in {arithmetic} arithmetic"
        yield Phrase("cycle"), phrase(text, same=same, arithmetic=trace.arithmetic.name)


def _same(again: int, first: int, weights: Listed) -> Phrase:
    """After which epochs the weights are the same; 0 is before the first one."""
    if not first:
        text = "the weights after epoch {number} are those at the start ({weights})"
        return phrase(text, number=again, weights=weights)
    text = "the weights after epoch {number} are those after epoch {first} ({weights})"
    return phrase(text, number=again, first=first, weights=weights)
