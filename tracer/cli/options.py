"""Options that several commands share, gathered into what they mean for a spec."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from tracer.derive.settle import calculated
from tracer.derive.trace import Trace
from tracer.maths.arithmetic import DEFAULT, Arithmetic
from tracer.notation.numbers import LARGEST_PLAIN, NumberFormat
from tracer.sheet.digits import standard_digits
from tracer.spec.changes import with_training
from tracer.spec.find import find, text_of
from tracer.spec.network import Network, Spec
from tracer.spec.tree.limits import MAX_DIGITS

if TYPE_CHECKING:
    from tracer.render.notebook.origin import Origin

Command = Callable[..., Any]

STEPS_ALONE = "--steps {} stands in place of the file's 'until': only the number of steps ends this"

NEGATIVE = "negative_gradient"

FEWEST = 2
"""Significant digits, at least, of a number whose decimals would all be 0."""


def _ends(spec: Spec) -> bool:
    """Whether a training looks at its epochs to end."""
    return isinstance(spec, Network) and spec.training.until is not None


class Calculation(Struct, frozen=True):
    """What the command line changes in a calculation; None and False change nothing.

    Attributes:
        steps: training steps.
        learning_rate: as a spec would write it.
        optimizer: the name of one, with its usual settings.
        in_place: update each layer before the one below is derived.
        arithmetic: the arithmetic's name.
    """

    steps: int | None = None
    learning_rate: str | None = None
    optimizer: str | None = None
    in_place: bool = False
    arithmetic: str | None = None

    def spec(self, name: str) -> Spec:
        """The spec of a file or built-in example, with these changes.

        Raises:
            TracerError: there is no such spec, it is wrong, or cannot be changed so.
        """
        file = find(name)
        changed = with_training(file, self._changes(file))
        if _ends(file) and not _ends(changed):
            click.echo(f"trace: {STEPS_ALONE.format(self.steps)}", err=True)
        return changed

    def _changes(self, file: Spec) -> dict[str, str]:
        """The training settings that stand in place of a file's."""
        changes = {
            "steps": None if self.steps is None else str(self.steps),
            "update": "in_place" if self.in_place else None,
            "learning_rate": self.learning_rate,
            "optimizer": self.optimizer,
        }
        said = {key: text for key, text in changes.items() if text is not None}
        if self.optimizer == file.training.optimiser.name:
            del said["optimizer"]  # as the file sets it, and not with its usual settings
        return said

    def origin(self, name: str, traced: Spec) -> Origin | None:
        """What the trace of a file or built-in example is calculated from; None of a stream.

        Args:
            name: the file or example.
            traced: what was made of it, under the conventions of a notation.
        """
        from tracer.render.notebook.origin import Origin

        text, file = text_of(name), find(name)
        if text is None:
            return None
        settings = self._changes(file)
        if traced.training.negative_delta != file.training.negative_delta:
            settings["delta"] = NEGATIVE
        arithmetic = {"arithmetic": self.arithmetic} if self.arithmetic else {}
        return Origin(text, (*arithmetic.items(), *settings.items()))

    def arithmetic_for(self, spec: Spec) -> str:
        """The arithmetic that was asked for, else the file's, else the default."""
        return self.arithmetic or spec.about.presentation.arithmetic or DEFAULT

    def trace(self, spec: Spec, digits: Digits) -> Trace:
        """The spec, calculated, with digits enough for what is shown.

        Raises:
            TracerError: a value does not exist, or the arithmetic does not.
        """
        return calculated(spec, self.arithmetic or "", digits.significant(spec))


class Digits(Struct, frozen=True):
    """How many digits the command line asks for: decimals, or significant digits."""

    digits: int | None = None
    sig: int | None = None

    def significant(self, spec: Spec) -> int:
        """As many significant digits as a number of reasonable size needs for this."""
        said = spec.about.presentation
        decimals = self.digits if self.digits is not None else said.digits
        return max(self.sig or 0, said.significant or 0, (decimals or 0) + LARGEST_PLAIN)

    def format(self, spec: Spec, carried: Arithmetic) -> NumberFormat:
        """How numbers are shown: as asked for, else as it is standard for the spec.

        Raises:
            click.UsageError: both kinds of digits were asked for.
        """
        decimals, significant = self.digits, self.sig
        if decimals is not None and significant is not None:
            raise click.UsageError("--digits counts decimals, --sig significant digits: choose one")
        if decimals is None and significant is None:
            return standard_digits(spec, carried)
        if significant is None:
            significant = NumberFormat().significant if decimals is None else max(decimals, FEWEST)
        return NumberFormat(decimals, significant)


ARITHMETICS = "exact, decimal:50, by-hand:4, by-hand:4sig:half-even, by-hand:4:cut, float, interval"


def calculation(command: Command) -> Command:
    """The options that change the calculation, gathered into the argument ``calculation``."""
    options = (
        click.option("--in-place", is_flag=True, help="Update each layer before the one below."),
        click.option("--optimizer", metavar="NAME", help="Such as momentum or adam."),
        click.option("--learning-rate", metavar="NUMBER", help="In place of the file's."),
        click.option("--steps", type=click.IntRange(0), help="Training steps, not the file's."),
        click.option("--arithmetic", metavar="NAME", help=f"{ARITHMETICS}."),
    )
    return gathered(command, "calculation", Calculation, options)


def digits(command: Command) -> Command:
    """The options that change how many digits are shown, gathered into ``digits``."""
    options = (
        click.option("--sig", type=click.IntRange(1, MAX_DIGITS), help="Significant digits shown."),
        click.option("--digits", type=click.IntRange(0, MAX_DIGITS), help="Decimals shown."),
    )
    return gathered(command, "digits", Digits, options)


def gathered(command: Command, name: str, kind: Any, options: tuple[Command, ...]) -> Command:
    """A command whose options arrive as the members of one argument."""
    members = kind.__struct_fields__

    @wraps(command)
    def gathered(**asked: Any) -> Any:
        mine = kind(**{member: asked.pop(member) for member in members})
        return command(**asked, **{name: mine})

    wrapped: Command = gathered
    for option in options:
        wrapped = option(wrapped)
    return wrapped
