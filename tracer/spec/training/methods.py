"""The methods of a training, checked: their settings' values, and the names that they bring."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from tracer.maths.expression import Number
from tracer.rules.decays import DECAYS, EVERY, RATE
from tracer.rules.optimisers import OPTIMISERS, kinds_of
from tracer.rules.quantity import Quantity, plain_name
from tracer.rules.sub_steps import COUNT, COUNTING, Setting, uses
from tracer.spec.network import Training, Value
from tracer.spec.samples import value_of
from tracer.spec.training.method import Method, decay, optimiser, usual
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import Entry, WrittenMethod

MOST_NAMED = 3


def method(written: WrittenMethod, problems: Problems) -> Method:
    """A method with the values of all its settings."""
    row = OPTIMISERS.get(written.name) or DECAYS[written.name]
    said = written.settings or {}
    settings = tuple(
        (setting.name, _value(setting, said[setting.name], problems))
        if setting.name in said
        else (setting.name, usual(setting))
        for setting in row.settings
    )
    return Method(row.name, settings, bool(written.epsilon_inside))


def _value(setting: Setting, entry: Entry, problems: Problems) -> Value:
    """The value of a setting, which has to be one that makes sense."""
    value = value_of(entry)
    if isinstance(value, Number):
        wanted = _wanted(setting, value.value)
        if wanted:
            found = f"expected {wanted}, such as {setting.default}, found {value.text}"
            problems.add(entry.node, found)
    return value


def _wanted(setting: Setting, value: Fraction) -> str:
    """What would be right, where a value is not."""
    if setting.below_one and not 0 <= value < 1:
        return "a number from 0 to below 1"
    if setting is EVERY and (value < 1 or value.denominator > 1):
        return "a count of steps, 1 or more"
    return "a number that is not negative" if value < 0 else ""


def counts(training: Training) -> bool:
    """Whether a training's lines ask how many steps are done."""
    lines = [*optimiser(training.optimiser).lines]
    lines += decay(training.decay).lines if training.decay else ()
    return uses(lines, COUNT.name) or uses(lines, COUNTING.gives)


def names_brought(training: Training, moved: Sequence[str]) -> Iterator[str]:
    """The plain names of the quantities that a training's methods bring along.

    Args:
        training: the training.
        moved: the names of what it moves.
    """
    row = optimiser(training.optimiser)
    for kind in kinds_of(row):
        units = moved if "{unit}" in kind.plain else ("",)
        yield from (plain_name(Quantity(kind, unit)) for unit in units)
    if training.decay:
        chosen = decay(training.decay)
        kinds = [RATE, *(setting.kind for setting in chosen.settings)]
        kinds += [kind for state in chosen.states for kind in (state.kind, state.after)]
        yield from (plain_name(Quantity(kind)) for kind in kinds)
    if counts(training):
        yield from (plain_name(Quantity(kind)) for kind in (COUNT.kind, COUNT.after))


def complain_of_names(
    training: Training,
    moved: Sequence[str],
    taken: Collection[str],
    node: Node,
    problems: Problems,
) -> None:
    """Adds a problem where what a method remembers would have a name that is taken.

    Args:
        training: the training.
        moved: the names of what it moves.
        taken: the names of units, inputs and parameters.
        node: where the training is written.
        problems: where the problem goes.
    """
    if training.learning_rate is None:
        return
    found = [name for name in names_brought(training, moved) if name in taken]
    if found:
        told = listed(dict.fromkeys(found), MOST_NAMED)
        whose = training.optimiser.name + (f" with {training.decay.name}" if training.decay else "")
        problems.add(node, f"{whose} has quantities called {told}: choose other names for yours")
