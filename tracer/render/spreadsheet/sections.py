"""The sections of a sheet: what was given in groups, and the parts of a training step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tracer.derive.entries import Entry, Given, Step
from tracer.derive.program import Phase
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.phrase import Phrase
from tracer.rules.quantity import BIAS, INPUT, TARGET, THRESHOLD, WEIGHT, Kind
from tracer.sheet.titles import title_of

PARAMETERS = Phrase("Parameters at the start")
GROUPS: dict[Kind, Phrase] = {
    INPUT: Phrase("Inputs"),
    TARGET: Phrase("Targets"),
    WEIGHT: PARAMETERS,
    BIAS: PARAMETERS,
    THRESHOLD: PARAMETERS,
}
OTHERS = Phrase("Settings and other givens")
ORDER = (*dict.fromkeys(GROUPS.values()), OTHERS)


def grouped(givens: Sequence[Given]) -> Iterator[tuple[Phrase, list[Entry]]]:
    """What was given, in groups; each as the trace orders it."""
    for title in ORDER:
        found: list[Entry] = [
            given for given in givens if GROUPS.get(given.block.kind, OTHERS) == title
        ]
        if found:
            yield title, found


def phases(trace: Trace, segment: Segment) -> Iterator[tuple[Phrase, list[Entry]]]:
    """The parts of a training step, each with its title."""
    steps = (entry for entry in trace.entries(segment) if isinstance(entry, Step))
    for (phase, sample), group in groupby(steps, key=_part_of):
        yield title_of(phase, sample), list(group)


def _part_of(step: Step) -> tuple[Phase, int]:
    several = step.trace.several_samples and step.phase is not Phase.CARRIED
    return step.phase, step.block.sample if several else 0
