"""How the values of a block are made: a recipe says it of each place in the block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tracer.derive.template import Template
from tracer.maths.expression import Expression
from tracer.rules.backprop import Rule
from tracer.rules.quantity import Quantity

if TYPE_CHECKING:
    from tracer.derive.program import Program


class SubStep(NamedTuple):
    """A line of a longer telling, which has no address of its own.

    Attributes:
        quantity: what it names.
        rule: why it holds.
        template: its formula in roles.
        operands: the addresses of its operands.
    """

    quantity: Quantity
    rule: Rule
    template: Template
    operands: tuple[int, ...]


class Stretch(NamedTuple):
    """Consecutive steps of a block that share rule and template.

    Attributes:
        rule: why their formula holds.
        template: their formula in roles.
        columns: for each of the template's roles, the operands' addresses, one for each step.
        size: how many steps.
    """

    rule: Rule
    template: Template
    columns: Sequence[Sequence[int]]
    size: int


class Recipe(Protocol):
    """How the values of a block are made; `k` is the place in the block."""

    def stretches(self, count: int) -> Iterator[Stretch]:
        """What `rule`, `template` and `operands` say of the places up to `count`, in order."""

    def rule(self, k: int) -> Rule:
        """Why the formula holds."""

    def template(self, k: int) -> Template:
        """The formula in roles."""

    def operands(self, k: int) -> Sequence[int]:
        """The addresses of the operands, in the order of the template's roles."""

    def chosen(self, k: int, values: Sequence[Any], value: Any) -> int | None:
        """Which of its operands, with their values, the value is taken from as it is."""

    def chain(self, k: int, program: Program) -> Expression | None:
        """The chain of partial derivatives behind the formula, over quantities."""

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """The lines that a longer telling shows."""


class Plain:
    """What most recipes say: no chain but the formula itself, no longer telling."""

    def stretches(self: Recipe, count: int) -> Iterator[Stretch]:
        """The places one by one, joined where rule and template stay the same."""
        shapes = [(self.rule(k), self.template(k)) for k in range(count)]
        for shape, places in groupby(range(count), shapes.__getitem__):
            rows = [self.operands(k) for k in places]
            yield Stretch(*shape, tuple(zip(*rows, strict=True)), len(rows))

    def chosen(self, k: int, values: Sequence[Any], value: Any) -> int | None:
        """None: it is calculated."""
        return None

    def chain(self, k: int, program: Program) -> Expression | None:
        """None: the formula says it all."""
        return None

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """No lines."""
        return ()
