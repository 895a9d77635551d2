"""What a page says of an unrolled network: its time steps, its cells, where derivatives are cut."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.spec.unrolled import Time

MOST_NAMED = 4
"""As many cuts are named; more are counted."""


CARRIED = (
    "the samples are one long sequence: each starts with the state in which the one before ends, "
    "as a number, and the first one of each pass with what is given"
)


def of_time(time: Time) -> Iterator[tuple[str, str]]:
    """(what is chosen, the choice) of everything that has to do with time."""
    first = time.states[0][0] if time.states else "t0"
    yield "time", f"{_counted(time.steps)}, t1 to t{time.steps}; {first} is what comes before t1"
    where = "every time step has targets" if time.every else "the last time step alone has targets"
    yield "targets", where
    yield from (("cell", f"{name}: {formula}") for name, formula in time.cells)
    if time.carry_state:
        yield "state", CARRIED
    if time.truncate is not None:
        yield "truncated", _truncated(time, time.truncate)


def _truncated(time: Time, most: int) -> str:
    """Through how many time steps derivatives go, and where they end."""
    cuts = [time.steps - k for k in range(most, time.steps, most)][::-1]
    named = ", ".join(f"from t{cut + 1} to t{cut}" for cut in cuts[:MOST_NAMED])
    more = f", and {len(cuts) - MOST_NAMED} more" if len(cuts) > MOST_NAMED else ""
    return (
        f"derivatives go back through {_counted(most)} at most, counted from the last one: none "
        f"goes {named}{more}; what is carried on there is a number"
    )


def _counted(steps: int) -> str:
    return f"{steps} time step{'' if steps == 1 else 's'}"
