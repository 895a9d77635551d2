"""Every given and step of a trace as one flat record: what JSON and CSV are written from.

Large traces come through here, so that formulas are printed once for each template and filled in
for each step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from tracer.derive.program import Block, Phase
from tracer.derive.run import Segment
from tracer.derive.template import Template
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.maths.plain import digits_piece
from tracer.maths.precedence import ATOM, SIGN
from tracer.notation.numbers import NumberFormat, Shown, plain_texts, shower
from tracer.render.filler import Columns, Filler
from tracer.rules.backprop import TEXTBOOK
from tracer.spec.network import Value


class Record(NamedTuple):
    """One given or step.

    Attributes:
        name: its plain name.
        kind: what kind of quantity it is.
        phase: the part of the calculation.
        step: the training step.
        sample: the sample; 0 for none.
        value: in full precision; None for a letter and what depends on one.
        exact: the exact value as a fraction or decimal; None where the value is rounded.
        rule: why the formula holds; empty for a given, as are the next three.
        formula: over names.
        numbers: the formula with shown numbers put in.
        depends: the names in the formula, in the order of their first use.
        written: what the author wrote, for a given.
    """

    name: str
    kind: str
    phase: str
    step: int
    sample: int
    value: str | None
    exact: str | None
    rule: str
    formula: str
    numbers: str
    depends: Sequence[str]
    written: str


Piece = tuple[str, str]
"""A number in a formula: where nothing binds more tightly than a sign, and elsewhere."""


def records_of_steps(trace: Trace, asked: NumberFormat) -> Iterator[Iterator[Record]]:
    """The givens and steps of each training step; what stays the same is given once."""
    fillers: dict[Template, Filler] = {}
    for segment in trace.segments:
        yield _Writer(trace, segment, asked, fillers).records()


def in_formula(
    name: str, written: Value | None, value: Any, shown: Callable[[Any], Shown]
) -> Piece:
    """How a value stands in a formula: as written, by its name, or shown."""
    if isinstance(written, Number):
        text, binding = digits_piece(written.text)
    elif value is None:
        text, binding = name, ATOM
    else:
        text, _, binding = shown(value)
    grouped = text if binding == ATOM else f"({text})"
    return (text if binding >= SIGN else grouped), grouped


class _Writer:
    """The records of one training step."""

    def __init__(
        self,
        trace: Trace,
        segment: Segment,
        asked: NumberFormat,
        fillers: dict[Template, Filler],
    ) -> None:
        self.trace, self.segment, self.fillers = trace, segment, fillers
        self.names = full_names(trace, segment)
        self.written = _written_values(segment)
        self.bare: list[str] = []
        self.grouped: list[str] = []
        self.exact = trace.exactness.of(segment)
        self._show(asked)

    def _show(self, asked: NumberFormat) -> None:
        """Notes how each value stands in a formula."""
        arithmetic, values = self.trace.arithmetic, self.segment.values
        shown, plain = shower(arithmetic, asked), plain_texts(arithmetic, asked, values)
        rows = zip(self.names, self.written, values, plain, strict=True)
        for name, written, value, text in rows:
            if text and written is None:
                bare, grouped = text, f"({text})" if text[0] == "-" else text
            else:
                bare, grouped = in_formula(name, written, value, shown)
            self.bare.append(bare)
            self.grouped.append(grouped)

    def records(self) -> Iterator[Record]:
        """Every record, in order."""
        for block in self.segment.program.blocks:
            is_new = block.kind.given_anew
            introduced = is_new or self.trace.introduces(self.segment, block.sample)
            yield from self._of_block(block, introduced)

    def _of_block(self, block: Block, introduced: bool) -> Iterator[Record]:
        """A block's records; most blocks are made by a recipe, or given, from end to end."""
        written = self.written[block.start : block.addresses.stop]
        if not self.segment.program.untold:
            if block.recipe and not any(written):
                return self._steps(block)
            if introduced and None not in written:
                return self._givens(block)
        return self._one_by_one(block, introduced)

    def _one_by_one(self, block: Block, introduced: bool) -> Iterator[Record]:
        """The records of a block of which some values are given, carried over, or not told."""
        untold = self.segment.program.untold
        steps = self._steps(block) if block.recipe else repeat(None)
        givens = self._givens(block) if introduced else repeat(None)
        for address, step, given in zip(block.addresses, steps, givens, strict=False):
            if address in untold:
                continue
            if self.written[address] is None:
                yield step or self._carried(block, address)
            elif given:
                yield given

    def _givens(self, block: Block) -> Iterator[Record]:
        """A record for each of a block's values, to be used for those that an author wrote."""
        addresses = slice(block.addresses.start, block.addresses.stop)
        return _rows(
            self.names[addresses],
            repeat(block.kind.word),
            repeat(Phase.GIVEN.value),
            repeat(self.segment.step),
            repeat(block.sample),
            *self._values(addresses),
            *map(repeat, ("", "", "", ())),
            map(_as_written, self.written[addresses]),
        )

    def _carried(self, block: Block, address: int) -> Record:
        before = self.trace.entry(self.segment, address).operands[0].name
        told = (TEXTBOOK.carried.name, before, self.bare[address], (before,), "")
        (value,), (exact,) = self._values(slice(address, address + 1))
        name, kind, step = self.names[address], block.kind.word, self.segment.step
        return Record(name, kind, Phase.CARRIED.value, step, block.sample, value, exact, *told)

    def _steps(self, block: Block) -> Iterator[Record]:
        """The records of a block's steps, a stretch at a time and column by column."""
        start = block.start
        for rule, template, columns, size in self.segment.program.stretches(block):
            addresses = slice(start, start + size)
            names, bare, grouped = (
                [list(map(texts.__getitem__, column)) for column in columns]
                for texts in (self.names, self.bare, self.grouped)
            )
            filler = self._filler(template)
            yield from _rows(
                self.names[addresses],
                repeat(block.kind.word),
                repeat(block.phase.value),
                repeat(self.segment.step),
                repeat(block.sample),
                *self._values(addresses),
                repeat(rule.name),
                filler.with_names(names),
                filler.with_numbers(bare, grouped),
                _each_once(names),
                repeat(""),
            )
            start = addresses.stop

    def _values(self, addresses: slice) -> tuple[list[str | None], list[str | None]]:
        """The values in full, and again where they are exact."""
        text, values = self.trace.arithmetic.text, self.segment.values[addresses]
        texts = [None if value is None else text(value) for value in values]
        pairs = zip(texts, self.exact[addresses], strict=True)
        return texts, [text if exact else None for text, exact in pairs]

    def _filler(self, template: Template) -> Filler:
        filler = self.fillers.get(template)
        if filler is None:
            filler = self.fillers[template] = Filler(template)
        return filler


def _rows(*columns: Iterable[Any]) -> Iterator[Record]:
    """Records from their members, column by column; some columns have no end."""
    return map(Record._make, zip(*columns, strict=False))


def _each_once(names: Columns) -> Iterator[tuple[str, ...]]:
    """The different names in each row of some columns."""
    rows = zip(*names, strict=True) if names else repeat(())
    return map(tuple, map(dict.fromkeys, rows))


def _as_written(value: Value | None) -> str:
    return value.text if isinstance(value, Number) else str(value and value.of)


def _written_values(segment: Segment) -> list[Value | None]:
    """What the author wrote, by address; None for what this step or an earlier one has made."""
    program = segment.program
    made = program.numbers_of_slots if segment.step > 1 else ()
    found: list[Value | None] = [None] * program.size
    for address, value in (program.values | program.overrides).items():
        found[address] = None if address in made else value
    return found


def full_names(trace: Trace, segment: Segment) -> list[str]:
    """The plain name at each address of a training step."""
    names = trace.names(segment.program).listed
    if not trace.several_steps:
        return names
    mark, changing = f"@{segment.step}", segment.program.numbers_of_slots
    found = list(names)
    for block in segment.program.blocks:
        for address in block.addresses if block.kind.per_step else ():
            if block.recipe is not None or block.kind.given_anew or address in changing:
                found[address] += mark
    return found
