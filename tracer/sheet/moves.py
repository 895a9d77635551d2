"""How parameters move, as the conventions say it: the optimiser's lines, and its settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.maths.expression import Expression, Symbol, substitute, symbols
from tracer.maths.parse import parse
from tracer.maths.plain import plain
from tracer.maths.printer import written
from tracer.notation.notation import terminal
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
    COUNT.name: ", where t counts the steps before this one",
    COUNTING.gives: ", where t⁺ counts the steps, this one too",
}
OF_A_WEIGHT = Quantity(GRADIENT, "w")
OF_A_USE = {"delta": Quantity(VARIABLE, "δ"), "source": Quantity(VARIABLE, "x")}
INCOMING = ", x being what comes in (1 for a bias, -1 for a threshold)"
AT_ONCE = "all at once: every derivative is taken at the old {}"
IN_PLACE = (
    "in place: each layer is updated first, and the layer below is derived with the new weights, "
    "so what it gets is no longer the gradient"
)


def update_rows(
    training: Training,
    gradient: Quantity = OF_A_WEIGHT,
    at: str = "weights",
    by_delta: Rule | None = None,
) -> Iterator[Row]:
    """(what is chosen, the choice) of a training's update.

    Args:
        training: the training.
        gradient: the derivative by what stands for everything that is moved.
        at: where derivatives are taken, in a word.
        by_delta: the update of a weight where it is told straight from delta.
    """
    row, moved = optimiser(training.optimiser), gradient.unit
    names = _names(row, moved, gradient)
    full = names | {"learning_rate": Quantity(LEARNING_RATE)}
    if training.decay:
        names["learning_rate"] = Quantity(RATE)
    lines = [_told(line, names) for line in row.lines]
    how = f" {IN_PLACE}" if training.in_place else f", {AT_ONCE.format(at)}"
    if by_delta is not None:
        told = _told(Line(NEW, UPDATED, by_delta), names | OF_A_USE)
        yield "update", told + INCOMING + how
    elif training.optimiser == GRADIENT_DESCENT:
        yield "update", lines[-1] + how
    else:
        yield "update", row.title + how
        yield from zip(("moves", *[""] * len(lines)), lines, strict=False)
        yield "settings", ", ".join(_settings(training.optimiser, row, moved))
    if training.decay:
        yield "decay", _decay(training.decay, full)


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


def _told(line: Line, names: dict[str, Quantity]) -> str:
    """A line as a formula over symbols."""
    formula: Expression = parse(line.rule.formula)
    parts = {role: Symbol(names[str(role)]) for role in symbols(formula)}
    style = terminal(samples=False).style()
    made = terminal(samples=False).symbol(Quantity(line.kind, names["old"].unit))
    return f"{made} = {written(substitute(formula, parts), style)}"


def _settings(method: Method, row: Optimiser | Decay, moved: str = "") -> Iterator[str]:
    """The value of each setting; where epsilon stands."""
    notation = terminal(samples=False)
    for setting, (_, value) in zip(row.settings, method.settings, strict=True):
        text = f"{notation.symbol(Quantity(setting.kind))} = {plain(value)}"
        rooted = isinstance(row, Optimiser) and setting.name == "epsilon"
        where = "inside" if method.epsilon_inside else "outside"
        yield f"{text} {where} the root" if rooted else text
    if row.states:
        started = [notation.symbol(Quantity(state.kind, moved)) for state in row.states]
        many = len(started) > 1
        start, given = ("start", "they are") if many else ("starts", "it is")
        yield f"{' and '.join(started)} {start} at 0 unless {given} given"


def _decay(method: Method, names: dict[str, Quantity]) -> str:
    row = decay(method)
    lines = [_told(line, names | _shared(row, "")) for line in row.lines]
    settings: Sequence[str] = list(_settings(method, row))
    told = "; ".join(lines)
    told += "".join(text for role, text in COUNTED.items() if uses(row.lines, role))
    return f"{told}; {', '.join(settings)}" if settings else told
