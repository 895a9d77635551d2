"""How parameters move, as the conventions say it: the optimiser's lines, and its settings."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.maths.expression import Expression, Symbol, substitute, symbols
from tracer.maths.parse import parse
from tracer.phrase import Phrase, Typed, alone, listed, phrase
from tracer.rules.backprop import Rule
from tracer.rules.decays import RATE, Decay
from tracer.rules.optimisers import Optimiser
from tracer.rules.quantity import (
    GRADIENT,
    LEARNING_RATE,
    UPDATED,
    VARIABLE,
    WEIGHT,
    Quantity,
)
from tracer.rules.sub_steps import COUNT, COUNTING, NEW, Line, uses
from tracer.sheet.rows import Row
from tracer.spec.network import Training
from tracer.spec.training.method import GRADIENT_DESCENT, Method, decay, optimiser

COUNTED = {
    COUNT.name: "{lines}, where t counts the steps before this one",
    COUNTING.gives: "{lines}, where t⁺ counts the steps, this one too",
}
OF_A_WEIGHT = Quantity(GRADIENT, "w")
OF_A_USE = {"delta": Quantity(VARIABLE, "δ"), "source": Quantity(VARIABLE, "x")}
INCOMING = "{line}, x being what comes in (1 for a bias, -1 for a threshold)"
AT_OLD_WEIGHTS = "{update}, all at once: every derivative is taken at the old weights"
AT_OLD_POINT = "{update}, all at once: every derivative is taken at the old point"
IN_PLACE = (
    "{update} in place: each layer is updated first, and the layer below is derived with the new "
    "weights, so what it gets is no longer the gradient"
)


def update_rows(
    training: Training,
    gradient: Quantity = OF_A_WEIGHT,
    by_delta: Rule | None = None,
) -> Iterator[Row]:
    """(what is chosen, the choice) of a training's update.

    Args:
        training: the training.
        gradient: the derivative by what stands for everything that is moved.
        by_delta: the update of a weight where it is told straight from delta.
    """
    row, moved = optimiser(training.optimiser), gradient.unit
    names = _names(row, moved, gradient)
    full = names | {"learning_rate": Quantity(LEARNING_RATE)}
    if training.decay:
        names["learning_rate"] = Quantity(RATE)
    lines = [_told(line, names) for line in row.lines]
    how = AT_OLD_WEIGHTS if gradient.kind is GRADIENT else AT_OLD_POINT
    if training.in_place:
        how = IN_PLACE
    if by_delta is not None:
        told = _told(Line(NEW, UPDATED, by_delta), names | OF_A_USE)
        yield Phrase("update"), phrase(how, update=phrase(INCOMING, line=told))
    elif training.optimiser == GRADIENT_DESCENT:
        yield Phrase("update"), phrase(how, update=lines[-1])
    else:
        yield Phrase("update"), phrase(how, update=Phrase(row.title))
        yield from zip((Phrase("moves"), *[Phrase("")] * len(lines)), lines, strict=False)
        yield Phrase("settings"), alone(listed(_settings(training.optimiser, row, moved)))
    if training.decay:
        yield Phrase("decay"), _decay(training.decay, full)


def _names(row: Optimiser, moved: str, gradient: Quantity) -> dict[str, Quantity]:
    """What stands in each role of a row's lines."""
    return {
        "old": Quantity(WEIGHT, moved),
        "gradient": gradient,
        "learning_rate": Quantity(LEARNING_RATE),
        **_shared(row, moved),
        COUNT.name: Quantity(COUNT.kind),
        COUNTING.gives: Quantity(COUNT.after),
    }


def _shared(row: Optimiser | Decay, moved: str) -> dict[str, Quantity]:
    """The settings, states and lines of a row."""
    own = [(item.name, item.kind) for item in row.settings]
    own += [(item.name, item.kind) for item in row.states]
    own += [(line.gives, line.kind) for line in row.lines]
    return {role: Quantity(kind, moved) for role, kind in own}


def _told(line: Line, names: dict[str, Quantity]) -> Phrase:
    """A line as a formula over symbols."""
    formula: Expression = parse(line.rule.formula)
    parts = {role: Symbol(names[str(role)]) for role in symbols(formula)}
    made = Quantity(line.kind, names["old"].unit)
    return phrase("{made} = {formula}", made=made, formula=substitute(formula, parts))


def _settings(method: Method, row: Optimiser | Decay, moved: str = "") -> Iterator[Phrase]:
    """The value of each setting; where epsilon stands."""
    for setting, (_, value) in zip(row.settings, method.settings, strict=True):
        made = phrase("{made} = {formula}", made=Quantity(setting.kind), formula=Typed(value))
        rooted = isinstance(row, Optimiser) and setting.name == "epsilon"
        where = INSIDE if method.epsilon_inside else OUTSIDE
        yield phrase(where, setting=made) if rooted else made
    if row.states:
        started = listed((Quantity(state.kind, moved) for state in row.states), " and ")
        several = len(row.states) > 1
        yield phrase(START if several else STARTS, states=started)


INSIDE, OUTSIDE = "{setting} inside the root", "{setting} outside the root"
STARTS = "{states} starts at 0 unless it is given"
START = "{states} start at 0 unless they are given"


def _decay(method: Method, names: dict[str, Quantity]) -> Phrase:
    row = decay(method)
    lines = listed((_told(line, names | _shared(row, "")) for line in row.lines), "; ")
    settings = listed(_settings(method, row))
    told = alone(lines)
    for role, text in COUNTED.items():
        if uses(row.lines, role):
            told = phrase(text, lines=told)
    return phrase("{lines}; {settings}", lines=told, settings=settings) if settings.items else told
