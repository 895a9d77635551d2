"""Dropout: what a unit sends on when some outputs are dropped, and the way back through that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, product
from typing import ClassVar

from msgspec.structs import replace

from tracer.derive.network.input_moves import write_moved_inputs
from tracer.derive.network.paths import PathSums
from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import Edge, itself
from tracer.derive.program import Layout, Phase, Program
from tracer.derive.recipe import SubStep
from tracer.derive.template import Template, template
from tracer.maths.expression import Expression, Mul, Number, Symbol, substitute
from tracer.maths.parse import parse
from tracer.rules.backprop import Rule
from tracer.rules.quantity import (
    BY_INPUT,
    BY_KEPT,
    KEPT,
    KEPT_BY_INPUT,
    KEPT_BY_OUT,
    KEPT_PATH,
    MASK,
    NET_BY_KEPT,
    OUT_BY_KEPT,
    Kind,
    Quantity,
)
from tracer.spec.dropout.masks import Dropout
from tracer.spec.network import Value

LOCAL = {True: "mask/keep", False: "mask"}
"""How what is sent on changes with the output, inverted or not."""


class Dropped(ByRole, frozen=True, eq=False):
    """A quantity of each unit of a layer with dropout, beside the mask.

    Attributes:
        dropout: what is dropped.
        why: the rule.
    """

    dropout: Dropout
    why: Rule

    def rule(self, k: int) -> Rule:
        """The rule."""
        return self.why

    def template(self, k: int) -> Template:
        """Its formula, with the share that is kept put in."""
        return with_keep(self.why.formula, self.dropout.keep)

    def terms(self, k: int) -> Sequence[Edge]:
        """The unit."""
        return (itself(self.dropout.units.start + k),)

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """All units look alike."""
        return None


class Kept(Dropped, frozen=True, eq=False):
    """What each unit sends on."""

    before: ClassVar[str] = "by_kept"


class ThroughMask(Dropped, frozen=True, eq=False):
    """dE/dout of each unit, from the derivative by what it sends on."""

    before: ClassVar[str] = "by_out"

    def chain(self, k: int, program: Program) -> Expression | None:
        """dE/dkept * dkept/dout."""
        name, sample = self._name(k), self.sample.sample
        kind = signal_of(self.places, self.dropout)
        factors = Quantity(kind, name, sample=sample), self._local(k)
        return Mul(tuple(map(Symbol, factors)))

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """dkept/dout."""
        own = with_keep(LOCAL[self.dropout.inverted], self.dropout.keep)
        operands = tuple(self.filled(own, self.terms(k), self.why))
        return (SubStep(self._local(k), self.why, own, operands),)

    def _local(self, k: int) -> Quantity:
        is_input = self.dropout.units.start + k < len(self.places.network.inputs)
        kind = KEPT_BY_INPUT if is_input else KEPT_BY_OUT
        return Quantity(kind, self._name(k), sample=self.sample.sample)

    def _name(self, k: int) -> str:
        return self.places.network.units[self.dropout.units.start + k]


class KeptSums(PathSums, frozen=True, eq=False):
    """The derivative by what each unit sends on: the sum over the units that it feeds."""

    before: ClassVar[str] = "by_kept"

    def local_kind(self, k: int) -> Kind:
        """How a net input changes with what is sent on."""
        return NET_BY_KEPT

    def share_kind(self, k: int) -> Kind:
        """How the output of a unit that gathers changes with what is sent on."""
        return OUT_BY_KEPT

    def path_kind(self, k: int) -> Kind:
        """A part of the derivative by what is sent on."""
        return self.places.rules.kept_signal_path if self._is_unit(k) else KEPT_PATH


def signal_of(places: Places, dropout: Dropout) -> Kind:
    """What the backward pass has for what units with dropout send on, or inputs."""
    is_input = dropout.units.start < len(places.network.inputs)
    return BY_KEPT if is_input else places.rules.kept_signal


@cache
def with_keep(formula: str, keep: Number) -> Template:
    """A rule's formula, with the share that is kept put in."""
    return template(substitute(parse(formula), {"keep": keep}))


def dropped_parts(places: Places, units: range) -> Iterator[tuple[range, Dropout | None]]:
    """Some units in order, those that are dropped together apart from others."""
    for found, members in groupby(units, places.dropped.get):
        together = list(members)
        yield range(together[0], together[-1] + 1), found


def write_masks(
    layout: Layout, places: Places, sample: SamplePlaces, place: int
) -> dict[int, Value]:
    """Appends the masks of a sample, the batch's number `place`; returns their values."""
    values: dict[int, Value] = {}
    for dropout in () if places.is_test else places.network.dropouts:
        names = [places.network.units[unit] for unit in dropout.units]
        addresses = layout.add(MASK, Phase.GIVEN, names, sample=sample.sample)
        sample.mask[dropout.units.start : dropout.units.stop] = addresses
        mask = dropout.mask(places.step, sample.sample - 1, place)
        values |= zip(addresses, mask, strict=True)
    return values


def with_masks(
    program: Program, dropouts: Sequence[Dropout], step: int, batch: Sequence[int]
) -> Program:
    """The program of another training step with the same batch, which has masks of its own."""
    blocks = (block for block in program.blocks if block.kind is MASK)
    pairs = product(enumerate(batch), dropouts)
    masks: dict[int, Value] = {
        address: bit
        for block, ((place, sample), dropout) in zip(blocks, pairs, strict=True)
        for address, bit in zip(block.addresses, dropout.mask(step, sample, place), strict=True)
    }
    return replace(program, values=program.values | masks)


def send_on(layout: Layout, places: Places, sample: SamplePlaces, units: range) -> None:
    """Notes what units send on: their outputs, or what dropout makes of them, which it appends."""
    for part, dropout in dropped_parts(places, units):
        own = slice(part.start, part.stop)
        if dropout is None or (places.is_test and dropout.inverted):
            sample.sent[own] = sample.out[own]
        else:
            sample.sent[own] = _write_kept(layout, places, sample, dropout)


def _write_kept(
    layout: Layout, places: Places, sample: SamplePlaces, dropout: Dropout
) -> Sequence[int]:
    """Appends what dropout makes of outputs."""
    rules = places.rules.dropping
    rule = rules.tested if places.is_test else rules.inverted if dropout.inverted else rules.plain
    names = [places.network.units[unit] for unit in dropout.units]
    recipe = Kept(places, sample, dropout, rule)
    return layout.add(KEPT, Phase.FORWARD, names, recipe, sample.sample)


def write_by_kept(
    layout: Layout, places: Places, sample: SamplePlaces, dropout: Dropout, phase: Phase
) -> ThroughMask:
    """Appends the derivatives by what units send on; returns the recipe of those by the outputs."""
    units = dropout.units
    names = [places.network.units[unit] for unit in units]
    sums = KeptSums(places, sample, units.start, places.seen)
    by_kept = layout.add(signal_of(places, dropout), phase, names, sums, sample.sample)
    sample.by_kept[units.start : units.stop] = by_kept
    rules = places.rules.dropping
    rule = rules.inverted_slope if dropout.inverted else rules.plain_slope
    return ThroughMask(places, sample, dropout, rule)


def write_inputs(layout: Layout, places: Places, sample: SamplePlaces) -> None:
    """Appends the derivatives by the inputs, for one sample."""
    names, addresses = places.network.inputs, list[int]()
    for part, dropout in dropped_parts(places, range(len(names))):
        recipe: ByRole = PathSums(places, sample, part.start, places.seen)
        if dropout is not None:
            recipe = write_by_kept(layout, places, sample, dropout, Phase.INPUTS)
        told = (Phase.INPUTS, names[part.start : part.stop], recipe, sample.sample)
        addresses += layout.add(BY_INPUT, *told)
    write_moved_inputs(layout, places, sample, addresses)
