"""`trace activations`: what holds of each activation, computed from its formula."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from tracer.cli.output import emit
from tracer.errors import CalculationError, FormulaError, OutputError, TracerError, suggestion

if TYPE_CHECKING:
    from tracer.maths.expression import Expression
    from tracer.rules.activations import Activation

Found = TypeVar("Found")

MARKDOWN = ".md"
PAGES, PICTURES = (".txt", MARKDOWN), (".svg", ".png")

LONGEST = 120
"""A formula of more parts than this is not looked at as a whole."""

NOT_WHOLE = "it cannot be looked at from end to end"

OF_LAYERS = {
    "maxout": "is a form of layer, the largest of several weighted sums (its 'pieces')",
}
"""What is no activation, though it stands among them."""

Settings = dict[str, "Expression"]


@click.command("activations")
@click.argument("names", metavar="[NAME|FORMULA]...", nargs=-1)
@click.option(
    "--set",
    "changes",
    metavar="PARAMETER=NUMBER",
    multiple=True,
    help="A parameter, such as slope=0.2; may stand several times.",
)
@click.option("-o", "--output", metavar="FILE", help="Write .txt, .md, .svg or .png by suffix.")
def command(names: tuple[str, ...], changes: tuple[str, ...], output: str | None) -> None:
    """Print which activations are monotone, continuous, differentiable, bounded.

    Of those named, or of formulas of your own in net such as "net**2"; of all without a name.
    Nothing of the table is typed in: it is computed from the formulas that traces use. Into a
    file such as curves.svg their values and slopes are drawn, with what holds at their kinks.
    """
    from tracer.rules.activations import TABLE

    suffix = _suffix(output)
    settings = dict(map(_setting, changes))
    chosen = [_activation(name, settings) for name in names or [row.name for row in TABLE]]
    _complain_of_unused(settings, chosen)
    if output and suffix in PICTURES:
        _draw(chosen, output, suffix)
        return
    from tracer.cli.activation_table import in_columns, in_markdown
    from tracer.proof.properties import properties

    rows = [(one, _computed(lambda one: properties(one.value), one)) for one in chosen]
    emit(in_markdown(rows) if suffix == MARKDOWN else in_columns(rows), output)


def _suffix(output: str | None) -> str:
    """The suffix of the file, in small letters; empty without a file.

    Raises:
        OutputError: a table or a picture has no such format.
    """
    suffix = os.path.splitext(output or "")[1].lower()
    if output and suffix not in (*PAGES, *PICTURES):
        found = f"the suffix '{suffix}'" if suffix else "no suffix"
        known = ", ".join((*PAGES, *PICTURES))
        raise OutputError(f"cannot write {output}: it has {found}; here there are {known}")
    return suffix


def _draw(chosen: Sequence[Activation], output: str, suffix: str) -> None:
    from tracer.cli.activation_curves import curve
    from tracer.render.files import write_bytes
    from tracer.render.pictures.activations import draw
    from tracer.render.pictures.canvas import saved

    curves = [_computed(curve, one) for one in chosen]
    write_bytes(output, saved(lambda: draw(curves), suffix))


def _computed(compute: Callable[[Activation], Found], one: Activation) -> Found:
    """What is computed of an activation.

    Raises:
        TracerError: SymPy, or a number that does not exist, stands in the way.
    """
    try:
        return compute(one)
    except CalculationError as error:
        raise TracerError(f"{one.name}: {NOT_WHOLE}: {error}") from None
    except (ArithmeticError, NotImplementedError, TypeError, ValueError):
        raise TracerError(f"{one.name}: {NOT_WHOLE}: SymPy does not find its limits") from None


def _setting(text: str) -> tuple[str, Expression]:
    """The parameter and its number.

    Raises:
        TracerError: the text is none of that form.
    """
    from tracer.maths.expression import Number
    from tracer.maths.parse import parse_value

    name, mark, number = text.partition("=")
    try:
        value = parse_value(number.strip()) if mark else None
    except FormulaError as error:
        raise TracerError(f"--set {text}: {error.message}") from None
    if not isinstance(value, Number):
        raise TracerError(f"--set {text}: write a parameter and its number, such as slope=0.2")
    return name.strip(), value


def _activation(name: str, settings: Settings) -> Activation:
    """The row of a name, with those parameters that it has.

    Raises:
        TracerError: no activation of one number has that name.
    """
    from tracer.rules import activations, joint

    word = activations.ALIASES.get(name.strip().lower(), name.strip().lower())
    row = activations.ROWS.get(word)
    if row is not None:
        own = [key for key, _ in row.parameters]
        kept = tuple((key, value) for key, value in settings.items() if key in own)
        return activations.activation(word, kept)
    if word in joint.ROWS or word in joint.ALIASES:
        raise TracerError(f"{word} depends on all net inputs of a layer, not on one number")
    if word in OF_LAYERS:
        raise TracerError(f"{word} {OF_LAYERS[word]}, not a function of one number")
    if word.isidentifier() and word != "net":
        hint = suggestion(word, (*activations.ROWS, *activations.ALIASES))
        raise TracerError(f"there is no activation '{name}'{hint}")
    return _own(name)


def _own(text: str) -> Activation:
    """A formula of the user's as an activation.

    Raises:
        TracerError: it is none in net, or a very long one.
    """
    from tracer.maths.expression import walk
    from tracer.rules.activations import own_activation

    try:
        found = own_activation(text.strip())
    except FormulaError as error:
        raise TracerError(
            f"activation '{text[:40]}', column {error.column + 1}: {error.message}"
        ) from None
    if sum(1 for _ in walk(found.value)) > LONGEST:
        raise TracerError(f"activation '{text[:40]}…': it has more than {LONGEST} parts")
    return found


def _complain_of_unused(settings: Settings, chosen: Sequence[Activation]) -> None:
    """Refuses a parameter that none of the chosen activations has.

    Raises:
        TracerError: there is one.
    """
    known = dict.fromkeys(key for one in chosen for key, _ in one.parameters)
    for name in settings:
        if name not in known:
            has = f"; there are: {', '.join(known)}" if known else ""
            raise TracerError(f"--set {name}: no activation here has it{has}")
