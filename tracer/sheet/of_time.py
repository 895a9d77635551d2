"""What a page says of an unrolled network: its time steps, its cells, where derivatives are cut."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.phrase import Phrase, alone, counted, listed, phrase
from tracer.sheet.rows import Row
from tracer.spec.unrolled import Time

MOST_NAMED = 4
"""As many cuts are named; more are counted."""


CARRIED = Phrase(
    "the samples are one long sequence: each starts with the state in which the one before ends, "
    "as a number, and the first one of each pass with what is given"
)


def of_time(time: Time) -> Iterator[Row]:
    """(what is chosen, the choice) of everything that has to do with time."""
    first = time.states[0][0] if time.states else "t0"
    text = "{steps}, t1 to t{last}; {first} is what comes before t1"
    steps = counted(time.steps, "{count} time step", "{count} time steps")
    yield Phrase("time"), phrase(text, steps=steps, last=time.steps, first=first)
    yield Phrase("targets"), ALL if time.every else LAST
    for name, formula in time.cells:
        told = Phrase(formula)
        yield Phrase("cell"), phrase("{cell}: {formula}", cell=name, formula=told)
    if time.carry_state:
        yield Phrase("state"), CARRIED
    if time.truncate is not None:
        yield Phrase("truncated"), _truncated(time, time.truncate)


ALL = Phrase("every time step has targets")
LAST = Phrase("the last time step alone has targets")


def _truncated(time: Time, most: int) -> Phrase:
    """Through how many time steps derivatives go, and where they end."""
    cuts = [time.steps - k for k in range(most, time.steps, most)][::-1]
    named = [phrase("from t{later} to t{cut}", later=cut + 1, cut=cut) for cut in cuts[:MOST_NAMED]]
    ways = alone(listed(named))
    if len(cuts) > MOST_NAMED:
        more = len(cuts) - MOST_NAMED
        ways = counted(more, "{ways}, and {count} more", "{ways}, and {count} more", ways=ways)
    return counted(
        most,
        "derivatives go back through {count} time step at most, counted from the last one: none "
        "goes {ways}; what is carried on there is a number",
        "derivatives go back through {count} time steps at most, counted from the last one: none "
        "goes {ways}; what is carried on there is a number",
        ways=ways,
    )
