"""How a training was to end, how it has ended, and whether its weights go round in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.epochs import cycle, epochs_of
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat, shown_value
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
        yield "until", f"{_wanted(spec.training.until)}; at most {_most(spec)}"
    if trace.ending is not None:
        yield "stopped", _stopped(trace.ending.epoch, trace.ending.reason, spec.training)
    yield from _cycle(trace, asked)


def _wanted(until: Until) -> str:
    """What is waited for, in words."""
    return ", or ".join(
        text
        for text in (
            "every answer of an epoch is right" if until.all_right else "",
            _stable(until.same_share_of_errors) if until.same_share_of_errors else "",
            f"E of an epoch is below {until.error_below.text}" if until.error_below else "",
        )
        if text
    )


def _stable(count: int) -> str:
    return f"the share of wrong answers has not changed for {_epochs(count)}"


def _epochs(count: int) -> str:
    return f"{count:,} epoch{'s' if count != 1 else ''}"


def _most(network: Network) -> str:
    batch = network.training.batch or len(network.samples)
    return _epochs(network.training.steps // -(-len(network.samples) // batch))


def _stopped(epoch: int, reason: str, training: Training) -> str:
    """When it stopped, and why."""
    until = training.until
    assert until is not None
    why = {
        "all_right": "every answer was right",
        "same_share_of_errors": _stable(until.same_share_of_errors or 0),
        "error_below": f"E was below {until.error_below.text if until.error_below else ''}",
        "": "that is the most; what was waited for has not come",
    }
    return f"after epoch {epoch}: {why[reason]}"


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
    before = f"after epoch {found.first}" if found.first else "at the start"
    named = ", ".join(texts) + (", ..." if len(slots) > FEW else "")
    said = f"the weights after epoch {found.again} are those {before} ({named})"
    where = "" if found.is_exact else f" in {trace.arithmetic.name} arithmetic"
    yield "cycle", f"{said}: it will go round for ever{where}"
