"""What a quantity depends on: the part of a trace that leads to it."""

from __future__ import annotations

from collections.abc import Iterable

from tracer.derive.entries import Entry, Given, Part, Step
from tracer.rules.quantity import Quantity


def behind(wanted: Entry, within_step: bool) -> list[Entry]:
    """Everything that an entry depends on, in order, itself last.

    Args:
        wanted: the entry.
        within_step: whether to stop at the values that its training step starts from.
    """
    needed: dict[tuple[int, int], Entry] = {}
    waiting: list[Entry] = list(wanted.operands) if isinstance(wanted, Part) else [wanted]
    while waiting:
        entry = waiting.pop()
        if entry.place in needed:
            continue
        needed[entry.place] = entry
        if not (within_step and isinstance(entry, Step) and entry.is_carried):
            waiting.extend(entry.operands)
    found = _givens_once(needed[place] for place in sorted(needed))
    return [*found, wanted] if isinstance(wanted, Part) else found


def _givens_once(entries: Iterable[Entry]) -> list[Entry]:
    """The entries without the givens that an earlier training step has had."""
    given: set[Quantity] = set()
    found = []
    for entry in entries:
        if isinstance(entry, Given):
            if entry.quantity in given:
                continue
            given.add(entry.quantity)
        found.append(entry)
    return found
