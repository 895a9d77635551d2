"""Options that several commands share, and what they mean for a spec."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from tracer.derive.settle import calculated
from tracer.derive.trace import Trace
from tracer.maths.arithmetic import DEFAULT, Arithmetic
from tracer.maths.arithmetic.by_hand import ByHand
from tracer.notation.numbers import NumberFormat
from tracer.spec import Spec
from tracer.spec.changes import with_training

Command = Callable[..., Any]


def calculation(command: Command) -> Command:
    """The options that change the calculation."""
    for option in (
        click.option("--in-place", is_flag=True, help="Update each layer before the one below."),
        click.option("--learning-rate", metavar="NUMBER", help="In place of the file's."),
        click.option(
            "--steps", type=click.IntRange(0), help="Training steps, instead of the file's."
        ),
        click.option(
            "--arithmetic",
            "arithmetic_name",
            metavar="NAME",
            help="exact, decimal:50, by-hand:4, by-hand:4sig:half-even, by-hand:4:cut, float, "
            "interval.",
        ),
    ):
        command = option(command)
    return command


def digits(command: Command) -> Command:
    """The options that change how many digits are shown."""
    for option in (
        click.option("--sig", type=click.IntRange(1, 400), help="Significant digits shown."),
        click.option("--digits", type=click.IntRange(0, 400), help="Decimals shown."),
    ):
        command = option(command)
    return command


def with_options(spec: Spec, steps: int | None, in_place: bool, learning_rate: str | None) -> Spec:
    """The spec with the training settings that the command line changes.

    Raises:
        TracerError: a setting that the spec cannot have.
    """
    changes = {
        "steps": None if steps is None else str(steps),
        "update": "in_place" if in_place else None,
        "learning_rate": learning_rate,
    }
    return with_training(spec, {key: text for key, text in changes.items() if text is not None})


def arithmetic_name_for(spec: Spec, asked: str | None) -> str:
    """The arithmetic that was asked for, else the file's, else the default."""
    return asked or spec.about.presentation.arithmetic or DEFAULT


def numbers_for(
    spec: Spec, digits: int | None, sig: int | None, carried: Arithmetic
) -> NumberFormat:
    """How many digits to show: as asked for, else as the file says, else the default.

    Calculation by hand shows by default what it carries.

    Raises:
        click.UsageError: both kinds of digits were asked for.
    """
    if digits is not None and sig is not None:
        raise click.UsageError("--digits counts decimals, --sig significant digits: choose one")
    said = spec.about.presentation
    if digits is None and sig is None:
        digits, sig = said.digits, said.significant
    if digits is None and sig is None and isinstance(carried, ByHand):
        digits, sig = (None, carried.digits) if carried.significant else (carried.digits, None)
    standard = NumberFormat()
    return NumberFormat(digits, sig or standard.significant)


def traced(spec: Spec, asked: str | None) -> Trace:
    """The spec, calculated; in decimals with as many digits as it takes, unless asked otherwise.

    Raises:
        TracerError: a value does not exist, or the arithmetic does not.
    """
    return calculated(spec, asked or "")
