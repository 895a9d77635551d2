"""`trace activations`: what holds of each activation, computed from its formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tracer.cli.output import emit
from tracer.errors import FormulaError, TracerError, suggestion

if TYPE_CHECKING:
    from tracer.maths.expression import Expression
    from tracer.rules.activations import Activation

Settings = dict[str, "Expression"]


@click.command("activations")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--set",
    "changes",
    metavar="PARAMETER=NUMBER",
    multiple=True,
    help="A parameter, such as slope=0.2; may stand several times.",
)
@click.option("-o", "--output", metavar="FILE", help="Write it to a file; .md writes Markdown.")
def command(names: tuple[str, ...], changes: tuple[str, ...], output: str | None) -> None:
    """Print which activations are monotone, continuous, differentiable, bounded.

    Of those named; of all without a name. Nothing of the table is typed in: it is computed from
    the formulas that traces use.
    """
    from tracer.rules.activations import TABLE

    settings = dict(map(_setting, changes))
    chosen = [_activation(name, settings) for name in names or [row.name for row in TABLE]]
    _complain_of_unused(settings, chosen)
    from tracer.cli.activation_table import in_columns, in_markdown
    from tracer.proof.properties import properties

    rows = [(one, properties(one.value)) for one in chosen]
    is_markdown = bool(output) and str(output).endswith(".md")
    emit(in_markdown(rows) if is_markdown else in_columns(rows), output)


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
    hint = suggestion(word, (*activations.ROWS, *activations.ALIASES))
    raise TracerError(f"there is no activation '{name}'{hint}")


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
