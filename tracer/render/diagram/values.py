"""The values of one sample in one training step, looked up by kind and unit, and written out."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tracer.derive.entries import Entry, Given
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.errors import UnknownQuantityError
from tracer.notation.numbers import NumberFormat
from tracer.phrase import ENGLISH, Phrase, Words, flat
from tracer.render.diagram.lettering import Formulas, Symbols, numeral
from tracer.render.diagram.records import Runs, Text, Way
from tracer.render.pictures.numbers import number_of
from tracer.rules.quantity import Kind

Numbers = Callable[[Entry], str]
"""A value after its sign, ``≈ 0.5933``; empty where it has no number."""

BLANK = "= ………"
"""What stands in the place of a number to be found."""


def segment_of(trace: Trace, sample: int, step: int) -> Segment:
    """The training step asked for; with 0 the first one in which the sample takes part.

    Raises:
        UnknownQuantityError: there is no such step, or the sample takes no part in it.
    """
    chosen = trace.segments[step - 1 : step] if step else trace.segments
    for segment in chosen:
        if sample in (segment.program.samples or {sample}):
            return segment
    where = f"training step {step}" if step else "this trace"
    raise UnknownQuantityError(f"{where} has no sample {sample}")


def said(text: Phrase, words: Words) -> str:
    """A sentence whose parts are texts and numbers, in a language."""
    return "".join(map(str, flat(text, words)))


class Values:
    """What a sample's part of a training step holds.

    Attributes:
        trace: the trace.
        segment: the training step.
        sample: the sample.
        symbols: the notation.
        numbers: how values are written.
        formulas: how formulas are.
        words: the language of what is said to listeners.
    """

    def __init__(
        self,
        trace: Trace,
        segment: Segment,
        sample: int,
        symbols: Symbols,
        numbers: Numbers,
        formulas: Formulas,
        words: Words = ENGLISH,
    ) -> None:
        self.trace, self.segment, self.sample = trace, segment, sample
        self.symbols, self.numbers, self.formulas = symbols, numbers, formulas
        self.words = words
        self._addresses: dict[tuple[Kind, str], int] = {}
        self._names: dict[str, list[int]] = {}
        untold = segment.program.untold
        for block in segment.program.blocks:
            if block.sample not in (0, sample):
                continue
            for address, unit in zip(block.addresses, block.units, strict=True):
                if address not in untold:
                    self._addresses.setdefault((block.kind, unit), address)
                    self._names.setdefault(unit, []).append(address)

    def has(self, kind: Kind, unit: str = "") -> bool:
        """Whether there is a value of a kind."""
        return (kind, unit) in self._addresses

    def entry(self, kind: Kind, unit: str = "") -> Entry | None:
        """The entry of a kind and unit."""
        address = self._addresses.get((kind, unit))
        return None if address is None else self.trace.entry(self.segment, address)

    def names(self, unit: str) -> tuple[str, ...]:
        """The plain names of all that belongs to a unit or parameter, each once."""
        found = (
            self.trace.entry(self.segment, address).name for address in self._names.get(unit, ())
        )
        return tuple(dict.fromkeys(found))

    def texts(self, unit: str, *wanted: Kind, way: Way = Way.FORWARD) -> list[Text]:
        """The values that a unit or parameter has, of some kinds."""
        found = (self.entry(kind, unit) for kind in wanted)
        return [self.text(entry, way) for entry in found if entry is not None]

    def text(self, entry: Entry, way: Way = Way.FORWARD) -> Text:
        """A quantity with its value."""
        number = self.number(entry)
        value = (number[0]._replace(text=f" {number[0].text}"), *number[1:]) if number else ()
        says = f"{entry.name} {self.numbers(entry)}".rstrip()
        return Text((*self.symbols(entry.quantity), *value), entry.name, way, says=says)

    def number(self, entry: Entry) -> Runs:
        """A value after its sign; nothing for one in letters."""
        return numeral(self.numbers(entry))

    def say(self, text: Phrase, **parts: str) -> str:
        """A sentence in the drawing's language."""
        return said(replace(text, parts=tuple(parts.items())), self.words)

    def symbol(self, entry: Entry) -> Text:
        """A quantity without its value."""
        return Text(self.symbols(entry.quantity), entry.name)


def standard_numbers(asked: NumberFormat) -> Numbers:
    """Values with so many digits."""
    return lambda entry: number_of(entry, asked)


def with_blanks(numbers: Numbers) -> Numbers:
    """What is given, with its number; what is calculated, with room for it."""
    return lambda entry: numbers(entry) if isinstance(entry, Given) else BLANK
