"""Every given and step of a trace as one flat record: what JSON and CSV are written from.

Large traces come through here, so that formulas are printed once for each template and filled in
for each step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tracer.derive.program import Block, Phase, Recipe
from tracer.derive.run import Segment
from tracer.derive.template import Template
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.maths.plain import digits_piece, plain_style
from tracer.maths.precedence import ATOM, SIGN
from tracer.maths.printer import Piece, written
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.rules.backprop import TEXTBOOK

Texts = tuple[Sequence[str], Sequence[str]]
"""How each value stands in a formula, by address: bare, and where a sign has to be grouped."""


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
        self.places = [
            (int(piece.strip("\0\1\2")), piece.startswith("\1")) for piece in pieces[1::2]
        ]
        self.pattern = "%s".join(pieces[::2]).replace("\1", "(").replace("\2", ")")

    def with_names(self, names: Sequence[str]) -> str:
        """The formula over names."""
        return self.pattern % tuple([names[place] for place, _ in self.places])

    def with_numbers(self, texts: Texts, operands: Sequence[int]) -> str:
        """The formula over numbers; those with a sign or a bar grouped where they must be."""
        return self.pattern % tuple([texts[group][operands[place]] for place, group in self.places])


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
        self.names = full_names(trace, segment)
        self.written = _written_values(segment)
        self.exact: list[bool] = []
        self.texts: tuple[list[str], list[str]] = ([], [])
        for address in range(segment.program.size):
            self._show(address, asked)

    def _show(self, address: int, asked: NumberFormat) -> None:
        """Notes how the value at an address stands in a formula."""
        written, value = self.written[address], self.segment.values[address]
        if isinstance(written, Number):
            text, exact, binding = written.text, True, digits_piece(written.text).binding
        elif value is None:
            text, exact, binding = self.names[address], False, ATOM
        else:
            text, exact, binding = shown_value(value, self.trace.arithmetic, asked)
        grouped = text if binding == ATOM else f"({text})"
        self.texts[False].append(text if binding >= SIGN else grouped)
        self.texts[True].append(grouped)
        self.exact.append(exact)

    def records(self) -> Iterator[Record]:
        """Every record, in order."""
        untold, step = self.segment.program.untold, self.segment.step
        for block in self.segment.program.blocks:
            introduced = self.trace.introduces(self.segment, block.sample)
            head = (block.kind.word, block.phase.value, step, block.sample)
            for k, address in enumerate(block.addresses):
                if address in untold:
                    continue
                if self.written[address] is not None:
                    if introduced:
                        yield self._given(block, address)
                elif block.recipe is None:
                    yield self._carried(block, address)
                else:
                    yield self._step(head, block.recipe, k, address)

    def _value(self, address: int) -> tuple[str | None, str | None]:
        value, arithmetic = self.segment.values[address], self.trace.arithmetic
        text = None if value is None else arithmetic.text(value)
        return text, text if self.exact[address] else None

    def _given(self, block: Block, address: int) -> Record:
        written = self.written[address]
        text = written.text if isinstance(written, Number) else str(written.of)
        step = self.segment.step
        head = (self.names[address], block.kind.word, Phase.GIVEN.value, step, block.sample)
        return Record(*head, *self._value(address), "", "", "", (), text)

    def _step(
        self, head: tuple[str, str, int, int], recipe: Recipe, k: int, address: int
    ) -> Record:
        filler = self._filler(recipe.template(k))
        operands = recipe.operands(k)
        names = [self.names[operand] for operand in operands]
        return Record(
            self.names[address],
            *head,
            *self._value(address),
            recipe.rule(k).name,
            filler.with_names(names),
            filler.with_numbers(self.texts, operands),
            tuple(dict.fromkeys(names)),
            "",
        )

    def _filler(self, template: Template) -> Filler:
        filler = self.fillers.get(template)
        if filler is None:
            filler = self.fillers[template] = Filler(template)
        return filler

    def _carried(self, block: Block, address: int) -> Record:
        entry = self.trace.entry(self.segment, address)
        before = entry.operands[0].name
        head = (self.names[address], block.kind.word, Phase.CARRIED.value, self.segment.step, 0)
        rule = TEXTBOOK.carried.name
        return Record(
            *head, *self._value(address), rule, before, self.texts[False][address], (before,), ""
        )


def _written_values(segment: Segment) -> list[Any]:
    """What the author wrote, by address; None for what this step or an earlier one has made."""
    program = segment.program
    made = program.numbers_of_parameters if segment.step > 1 else ()
    found: list[Any] = [None] * program.size
    for address, value in (program.values | program.overrides).items():
        found[address] = None if address in made else value
    return found


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
