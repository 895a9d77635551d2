"""Every given and step of a trace as one flat record: what JSON and CSV are written from.

Large traces come through here, so that formulas are printed once for each template and filled in
for each step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tracer.derive.program import Block, Phase, Program
from tracer.derive.run import Segment
from tracer.derive.template import Template
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.maths.plain import digits_piece, plain_style
from tracer.maths.precedence import ATOM, SIGN
from tracer.maths.printer import Piece, written
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.rules.backprop import TEXTBOOK


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


class Filler:
    """A template's text, printed once, with places to fill in."""

    def __init__(self, template: Template) -> None:
        places = {role: index for index, role in enumerate(template.roles)}
        style = plain_style(lambda role: Piece(f"\0{places[role]}\0", SIGN))
        text = written(template.shown, _marked(style))
        pieces = re.split("(\1\0\\d+\0\2|\0\\d+\0)", text.replace("%", "%%"))
        self.places = [int(piece.strip("\0\1\2")) for piece in pieces[1::2]]
        self.grouped = [piece.startswith("\1") for piece in pieces[1::2]]
        self.pattern = "%s".join(pieces[::2]).replace("\1", "(").replace("\2", ")")

    def with_names(self, names: Sequence[str]) -> str:
        """The formula over names."""
        return self.pattern % tuple([names[place] for place in self.places])

    def with_numbers(self, bare: Sequence[str], grouped: Sequence[str]) -> str:
        """The formula over numbers; those with a sign or a bar grouped where they must be."""
        chosen = [
            grouped[place] if group else bare[place]
            for place, group in zip(self.places, self.grouped, strict=True)
        ]
        return self.pattern % tuple(chosen)


def _marked(style: Any) -> Any:
    from dataclasses import replace

    return replace(style, brackets="\1{}\2")


def records(trace: Trace, asked: NumberFormat) -> Iterator[Record]:
    """Every given and step in order; what stays the same through the training is given once."""
    fillers: dict[Template, Filler] = {}
    for segment in trace.segments:
        yield from _Writer(trace, segment, asked, fillers).records()


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
        self.program: Program = segment.program
        self.names = full_names(trace, segment)
        self.bare: list[str] = []
        self.grouped: list[str] = []
        self.exact: list[bool] = []
        for address in range(self.program.size):
            self._show(address, asked)

    def _show(self, address: int, asked: NumberFormat) -> None:
        """Notes how the value at an address stands in a formula."""
        written = self._written(address)
        value = self.segment.values[address]
        if written is not None and isinstance(written, Number):
            text, exact, binding = written.text, True, digits_piece(written.text).binding
        elif value is None:
            text, exact, binding = self.names[address], False, ATOM
        else:
            shown = shown_value(value, self.trace.arithmetic, asked)
            text, exact, binding = shown.text, shown.exact, shown.binding
        grouped = text if binding == ATOM else f"({text})"
        self.bare.append(text if binding >= SIGN else grouped)
        self.grouped.append(grouped)
        self.exact.append(exact)

    def _written(self, address: int) -> Any:
        """What the author wrote; None for what this step or an earlier one has made."""
        program = self.program
        if self.segment.step > 1 and address in program.numbers_of_parameters:
            return None
        return program.overrides.get(address) or program.values.get(address)

    def records(self) -> Iterator[Record]:
        """Every record, in order."""
        for block in self.program.blocks:
            for k, address in enumerate(block.addresses):
                if address in self.program.untold:
                    continue
                if self._written(address) is None:
                    yield self._step(block, k, address)
                elif self.trace.introduces(self.segment, block.sample):
                    yield self._given(block, address)

    def _value(self, address: int) -> tuple[str | None, str | None]:
        value, arithmetic = self.segment.values[address], self.trace.arithmetic
        text = None if value is None else arithmetic.text(value)
        return text, text if self.exact[address] else None

    def _given(self, block: Block, address: int) -> Record:
        written = self._written(address)
        text = written.text if isinstance(written, Number) else str(written.of)
        step = self.segment.step
        head = (self.names[address], block.kind.word, Phase.GIVEN.value, step, block.sample)
        return Record(*head, *self._value(address), "", "", "", (), text)

    def _step(self, block: Block, k: int, address: int) -> Record:
        step = self.segment.step
        if block.recipe is None:
            return self._carried(block, address)
        template = block.recipe.template(k)
        filler = self.fillers.get(template)
        if filler is None:
            filler = self.fillers[template] = Filler(template)
        operands = block.recipe.operands(k)
        names = [self.names[operand] for operand in operands]
        bare = [self.bare[operand] for operand in operands]
        grouped = [self.grouped[operand] for operand in operands]
        return Record(
            self.names[address],
            block.kind.word,
            block.phase.value,
            step,
            block.sample,
            *self._value(address),
            block.recipe.rule(k).name,
            filler.with_names(names),
            filler.with_numbers(bare, grouped),
            tuple(dict.fromkeys(names)),
            "",
        )

    def _carried(self, block: Block, address: int) -> Record:
        entry = self.trace.entry(self.segment, address)
        before = entry.operands[0].name
        head = (self.names[address], block.kind.word, Phase.CARRIED.value, self.segment.step, 0)
        rule = TEXTBOOK.carried.name
        return Record(*head, *self._value(address), rule, before, self.bare[address], (before,), "")


def full_names(trace: Trace, segment: Segment) -> list[str]:
    """The plain name at each address of a training step."""
    names = trace.names(segment.program).listed
    if not trace.several_steps:
        return names
    mark, changing = f"@{segment.step}", segment.program.numbers_of_parameters
    found = list(names)
    for block in segment.program.blocks:
        for address in block.addresses if block.kind.per_step else ():
            if block.recipe is not None or address in changing:
                found[address] += mark
    return found
