"""Minimising a function: the written settings of an expression's steps, checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from tracer.errors import suggestion
from tracer.maths.expression import Number
from tracer.rules.quantity import LEARNING_RATE, Quantity, plain_name, typed
from tracer.spec.network import ExpressionProgram, Training, Value
from tracer.spec.training.method import Method
from tracer.spec.training.methods import complain_of_names
from tracer.spec.training.settings import STANDARD, training
from tracer.spec.tree.forms import Items
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import WrittenMinimise


def descent(
    written: WrittenMinimise | None,
    variables: Sequence[str],
    taken: Collection[str],
    problems: Problems,
) -> tuple[Training, tuple[str, ...]]:
    """How the steps go, and the variables that they move; none where nothing is minimised.

    Args:
        written: the file's ``minimise``.
        variables: the expression's.
        taken: every name in the expression.
        problems: where contradictions go.
    """
    if written is None:
        return STANDARD, ()
    moves = training(written.training, 1, problems)
    if moves.learning_rate is None and not problems:
        problems.add(written.training.node, "'minimise' needs a learning_rate, or an optimizer")
    moved = _moved(written, variables, problems)
    complain_of_names(moves, moved, taken, written.training.node, problems)
    return moves, moved


def _moved(
    written: WrittenMinimise, variables: Sequence[str], problems: Problems
) -> tuple[str, ...]:
    """The variables that are moved: those that are named, or all."""
    if written.variables is None:
        if not variables:
            problems.add(written.training.node, "the expression has no variable to move")
        return tuple(variables)
    chosen = written.variables
    named = chosen.items if isinstance(chosen, Items) else (chosen,)
    for node in named:
        if node.text not in variables:
            hint = suggestion(node.text, variables) or f"; its variables: {listed(variables)}"
            problems.add(node, f"the expression has no variable '{node.text}'{hint}")
    if isinstance(chosen, Items) and not named:
        problems.add(chosen.node, "'variables' is empty, so no variable moves")
    names = {node.text for node in named}
    return tuple(name for name in variables if name in names)


def placed_program(program: ExpressionProgram) -> ExpressionProgram:
    """The program with what is given for all of its steps in its place.

    Settings and variables that no step moves are the same in each step; everything else that is
    given holds in the first one.
    """
    if not (program.moved and program.given):
        return program
    names = dict(_through(program))
    known = [(_typed(item.quantity, names), item) for item in program.given]
    found = {name: item.value for name, item in known if name in names}
    training, methods = program.training, _methods(program.training)
    optimiser, *decay = (method.with_values(found) for method in methods)
    rate = found.get(plain_name(Quantity(LEARNING_RATE)), training.learning_rate)
    moves = replace(training, learning_rate=rate, optimiser=optimiser)
    at = zip(program.variables, program.at, strict=True)
    return replace(
        program,
        at=tuple(found.get(name, value) for name, value in at),
        training=replace(moves, decay=decay[0] if decay else None),
        given=tuple(item for name, item in known if name not in names),
    )


def replaced_in(program: ExpressionProgram) -> Iterator[tuple[str, Number, Number]]:
    """The name, the given number, and the file's, of what is given for all steps."""
    before, after = dict(_through(program)), dict(_through(placed_program(program)))
    for name, mine in after.items():
        other = before[name]
        if isinstance(mine, Number) and isinstance(other, Number) and mine.value != other.value:
            yield name, mine, other


def _methods(training: Training) -> list[Method]:
    return [training.optimiser, *([training.decay] if training.decay else [])]


def _through(program: ExpressionProgram) -> Iterator[tuple[str, Value]]:
    """The name and value of everything that no step changes."""
    rate = program.training.learning_rate
    if rate is not None:
        yield plain_name(Quantity(LEARNING_RATE)), rate
    for method in _methods(program.training):
        yield from method.settings
    pairs = zip(program.variables, program.at, strict=True)
    yield from (pair for pair in pairs if pair[0] not in program.moved)


def _typed(name: str, names: Collection[str]) -> str:
    return name.strip() if name.strip() in names else typed(name, samples=False)
