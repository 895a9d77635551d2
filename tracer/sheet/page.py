"""A page: the conventions, the givens, and every step in textbook order, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from tracer.derive.entries import Entry, Given, Step
from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.notation.notation import TERMINAL_NAME, Notation, terminal
from tracer.notation.numbers import NumberFormat, Shown
from tracer.phrase import ENGLISH, Phrase, Words, phrase
from tracer.rules.backprop import Rule
from tracer.rules.quantity import Quantity
from tracer.sheet.conventions import conventions
from tracer.sheet.listing import Joint, Listing
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.remarks import LegendRow, Synapse
from tracer.sheet.rows import Row
from tracer.sheet.telling import EXACT, Telling, relation, shown_entry, tell
from tracer.sheet.titles import TITLES, title_of, title_of_step, title_of_way
from tracer.sheet.words import title_of_spec

MANY_STEPS = 5
"""A training of more steps than this is long: it is not told in full unless it is asked for."""

EVERY_PHASE = tuple(Phase)
STANDARD = NumberFormat()


class Lead(NamedTuple):
    """A sentence before steps of one rule."""

    text: Phrase


class GivenRow(NamedTuple):
    """A quantity and what it is, without a formula.

    Attributes:
        quantity: the quantity.
        relation: the sign between the two.
        text: its number or letter.
    """

    quantity: Quantity
    relation: str
    text: str


class Column(NamedTuple):
    """A column of a grid.

    Attributes:
        head: what stands above it: a quantity, a phrase, or a name.
        cells: what stands in it, one for each row; empty where a row has nothing.
        width: of the widest cell in this column of all grids that are to look alike.
    """

    head: Quantity | Phrase | str
    cells: tuple[Phrase | str, ...]
    width: int = 0


class Grid(NamedTuple):
    """A table of numbers, row under row.

    Attributes:
        label: the column that tells the rows apart; it is repeated where the table is broken.
        groups: the other columns, in groups that are kept together where that is possible.
    """

    label: Column
    groups: tuple[tuple[Column, ...], ...]


Item = Lead | GivenRow | Telling | Joint | Listing | Equation | LegendRow | Synapse | Grid


class Section(NamedTuple):
    """A heading, and what stands under it.

    Attributes:
        title: the heading.
        level: 1 for a training step or the whole page, 2 for a phase.
        rows: a small table of two columns.
        items: givens and steps; made while they are read.
        phase: the part of the calculation that it tells, if it is one.
    """

    title: Phrase
    level: int = 2
    rows: tuple[Row, ...] = ()
    items: Iterable[Item] = ()
    phase: Phase | None = None


class Wanted(NamedTuple):
    """What a reader asked to see.

    Attributes:
        numbers: how many digits.
        phases: which parts of the calculation.
        steps: which training steps; empty for all.
        long: whether the longer telling is wanted.
        remarks: whether the author's own words are wanted at the end.
        words: the language of the page.
        notation: the symbols; None: those of a terminal.
        key: whether the key to the symbols is wanted.
    """

    numbers: NumberFormat = STANDARD
    phases: tuple[Phase, ...] = EVERY_PHASE
    steps: tuple[int, ...] = ()
    long: bool = False
    remarks: bool = True
    words: Words = ENGLISH
    notation: Notation | None = None
    key: bool = False

    @property
    def has_own_symbols(self) -> bool:
        """Whether symbols are those of a notation that somebody has chosen."""
        return self.notation is not None and self.notation.name != TERMINAL_NAME


def symbols_of(trace: Trace, wanted: Wanted) -> Notation:
    """The notation of a trace's pages: the one that was asked for, else that of a terminal."""
    chosen = wanted.notation or terminal(trace.several_samples)
    return chosen if chosen.words is wanted.words else chosen.in_language(wanted.words)


def page(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """The whole calculation, section by section."""
    yield Section(title_of_spec(trace.spec), 1, conventions(trace, wanted.numbers))
    for segment in trace.segments:
        if not wanted.steps or segment.step in wanted.steps:
            if trace.several_steps:
                yield Section(title_of_step(trace, segment), 1)
            yield from _phases(filter(trace.is_news, trace.entries(segment)), wanted)


def why_page(trace: Trace, name: str, wanted: Wanted) -> Iterator[Section]:
    """What one quantity depends on, back to the givens, itself last.

    In a long training it goes back to the values that the quantity's step starts from.
    """
    long = len(trace.segments) > MANY_STEPS
    entries = trace.why(name, within_step=long)
    steps = [
        entry for entry in entries if isinstance(entry, Step) and not (long and entry.is_carried)
    ]
    told, several = {entry.place for entry in steps}, _are_of_several(steps)
    before = [entry for entry in entries if entry.place not in told]
    givens = [entry for entry in before if not (several and isinstance(entry, Step))]
    target = trace[name].name
    title = phrase("Why {quantity}", quantity=target)
    yield Section(title, 1, conventions(trace, wanted.numbers))
    if givens:
        yield Section(TITLES[Phase.GIVEN], items=tellings(givens, wanted))
    for number, group in groupby(steps, key=lambda step: step.segment.step):
        title = title_of_way(trace, target, number if several else 0)
        starts = [entry for entry in before if several and entry.segment.step == number]
        found = [entry for entry in starts if isinstance(entry, Step)]
        yield Section(title, items=tellings([*found, *group], wanted))


def _are_of_several(steps: Iterable[Step]) -> bool:
    """Whether steps belong to several training steps."""
    return len({step.segment.step for step in steps}) > 1


def _phases(entries: Iterator[Entry], wanted: Wanted) -> Iterator[Section]:
    """The sections of one training step."""
    for (phase, sample), group in parts(entries):
        if phase in wanted.phases:
            told = tellings(list(group), wanted)
            yield Section(title_of(phase, sample), items=told, phase=phase)


def parts(entries: Iterable[Entry]) -> Iterator[tuple[tuple[Phase, int], Iterator[Entry]]]:
    """The parts of a calculation, each under its phase and sample.

    What is given comes first, also where a partial state gives a quantity in the middle.
    """
    given_first = sorted(entries, key=lambda entry: phase_of(entry) is not Phase.GIVEN)
    return groupby(given_first, key=part_of)


def part_of(entry: Entry) -> tuple[Phase, int]:
    """The phase and the sample under which an entry is told; the sample only if there are more."""
    phase = phase_of(entry)
    several = entry.trace.several_samples and phase is not Phase.GIVEN
    return phase, entry.block.sample if several else 0


def phase_of(entry: Entry) -> Phase:
    """The phase under which an entry is told; parameters that are carried over are givens."""
    given = isinstance(entry, Given) or entry.phase is Phase.CARRIED
    return Phase.GIVEN if given else entry.phase


def tellings(entries: Iterable[Entry], wanted: Wanted) -> Iterator[Lead | GivenRow | Telling]:
    """Givens as rows, steps as tellings, with a sentence wherever the rule changes."""
    reason: str | Phrase = ""
    for entry in entries:
        if isinstance(entry, Step) and not entry.is_carried:
            if entry.rule.why != reason:
                reason = entry.rule.why
                yield Lead(reason_of(entry.rule))
            yield tell(entry, wanted.numbers, wanted.long)
        else:
            yield row_of(entry, wanted.numbers)


def reason_of(rule: Rule) -> Phrase:
    """A rule's name, and why it holds."""
    return phrase("{rule}: {why}", rule=Phrase(rule.name), why=rule.reason)


def row_of(entry: Entry, asked: NumberFormat) -> GivenRow:
    """An entry's value, or its letter; of what is carried over in letters, where it is from."""
    shown = shown_entry(entry, asked)
    if isinstance(shown, Shown):
        return GivenRow(entry.quantity, relation(shown), shown.text)
    text = entry.operands[0].name if isinstance(entry, Step) else str(shown)
    return GivenRow(entry.quantity, EXACT, text)
