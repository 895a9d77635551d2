"""`trace derive FORMULA`: a derivative rule by rule, or from its definition as a limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from tracer.cli import options
from tracer.cli.languages import language, words
from tracer.cli.options import Digits
from tracer.cli.output import emit
from tracer.errors import (
    FormulaError,
    LimitError,
    OutputError,
    Place,
    Problem,
    SpecError,
    TracerError,
    suggestion,
)
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import Expression, Number, Symbol, symbols, walk
from tracer.maths.parse import parse, parse_value
from tracer.notation.notation import terminal
from tracer.notation.numbers import NumberFormat
from tracer.phrase import Phrase, listed, phrase
from tracer.render.draft import Draft
from tracer.render.formats import PAGES, PRINTED, suffix_of, write_page
from tracer.render.text import TextPage
from tracer.rules.kinks import kinks_by
from tracer.rules.limit import by_limit
from tracer.rules.worked import marker, worked
from tracer.sheet.at_point import at_point
from tracer.sheet.derivation import Told, derivation

LONGEST = 400
"""A formula of more parts than this is not worked by hand."""

USUAL = "x"
"""A constant is derived by this, where no other letter is asked for."""

FORMULA = "formula"
"""What stands in an error where a file's name would."""

SURE = {
    "proved": "right: SymPy's own derivative less this one is 0",
    "agrees": "right at {points} points, to 25 digits: the witness of prove has the same numbers "
    "there",
    "unknown": "no witness can tell whether this is right",
}

BY_DEFINITION, RULE_BY_RULE = Phrase("By the definition"), Phrase("Rule by rule")


@click.command("derive")
@click.argument("formula", metavar="FORMULA")
@click.option("--by", multiple=True, metavar="NAME", help="The variable; left out: each of them.")
@click.option("--limit", is_flag=True, help="From the definition, for polynomials.")
@click.option("--at", multiple=True, metavar="NAME=NUMBER", help="Its value there.")
@click.option("-o", "--output", metavar="FILE", help="Write .txt or .md by suffix.")
@language
@options.digits
def command(
    formula: str,
    by: tuple[str, ...],
    limit: bool,
    at: tuple[str, ...],
    output: str | None,
    language: str,
    digits: Digits,
) -> None:
    """Derive FORMULA, such as "(3*x**3 + 2*x)**4", rule by rule."""
    if output and suffix_of(output) not in (*PAGES, *PRINTED):
        raise OutputError(f"cannot write {output}: a derivation is a page, such as steps.md")
    said_in = words(language)
    tree = _parsed(formula)
    names = _variables(tree, by)
    letters = list(map(str, symbols(tree))) or names
    values = _values(letters, at)
    numbers = _format(digits)
    found = [_told(tree, name, limit, values, numbers) for name in names]
    sections = derivation(BY_DEFINITION if limit else RULE_BY_RULE, found)
    notation = terminal(samples=False, words=said_in)
    if output:
        write_page(output, Draft(sections, notation))
    else:
        emit(TextPage(notation).lines(sections), None)


def _parsed(text: str) -> Expression:
    try:
        tree = parse(text)
    except FormulaError as error:
        raise _wrong(error.message, error.column) from None
    if sum(1 for _ in walk(tree)) > LONGEST:
        raise LimitError(f"the formula has more than {LONGEST} parts: trace it as a file")
    return tree


def _wrong(message: str, column: int = 0) -> SpecError:
    return SpecError((Problem(Place(FORMULA, 1, column + 1), "", message),))


def _variables(tree: Expression, by: Sequence[str]) -> list[str]:
    """The names by which to derive: those asked for, else all in the formula; of a constant x."""
    known = list(map(str, symbols(tree)))
    for name in by if known else ():
        if name not in known:
            hint = suggestion(name, known) or f"; its letters: {', '.join(known)}"
            raise _wrong(f"the formula has no '{name}'{hint}")
    if not known:
        return [_letter(name) for name in dict.fromkeys(by)] or [USUAL]
    return list(dict.fromkeys(by)) or known


def _letter(name: str) -> str:
    """A name by which a constant may be derived.

    Raises:
        click.UsageError: it is none.
    """
    try:
        found = parse(name)
    except FormulaError as error:
        raise click.UsageError(f"--by {name}: {error.message}") from None
    if not isinstance(found, Symbol):
        raise click.UsageError(f"--by {name}: a letter or a name, such as x")
    return str(found.of)


def _values(known: Sequence[str], at: Sequence[str]) -> dict[str, Number]:
    """The numbers that were given for the letters known."""
    found: dict[str, Number] = {}
    for text in at:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign or not value:
            raise click.UsageError(f"--at {text}: a name and a number, such as --at x=0.5")
        if name not in known:
            hint = suggestion(name, known) or f"; its letters: {', '.join(known)}"
            raise click.UsageError(f"--at {text}: the formula has no '{name}'{hint}")
        if name in found:
            raise click.UsageError(f"--at {text}: '{name}' has a value already")
        found[name] = _value(text, value)
    missing = [name for name in known if name not in found]
    if found and missing:
        raise click.UsageError(f"--at: there is no number for {', '.join(missing)}")
    return found


def _value(text: str, value: str) -> Number:
    try:
        number = parse_value(value)
    except FormulaError as error:
        raise click.UsageError(f"--at {text}: {error}") from None
    if not isinstance(number, Number):
        raise click.UsageError(f"--at {text}: '{value}' is a letter, not a number")
    return number


def _format(digits: Digits) -> NumberFormat:
    from tracer.spec.network import ExpressionProgram

    return digits.format(ExpressionProgram((), (), ()), arithmetic("exact"))


def _told(
    tree: Expression,
    name: str,
    limit: bool,
    values: Mapping[str, Number],
    numbers: NumberFormat,
) -> Told:
    """A derivative's steps, and what is known of its result."""
    mark = marker(name, len(symbols(tree)) > 1)
    try:
        steps = tuple(by_limit(tree, name) if limit else worked(tree, name, mark))
    except FormulaError as error:
        raise _wrong(error.message) from None
    told = Told(mark, tree, steps)
    ends = [_certainty(told.result, tree, name)]
    if at_kinks := kinks_by(tree, name):
        ends.insert(0, phrase(AT_KINKS, clauses=listed(at_kinks, "; ")))
    if values:
        ends[:0] = at_point(told, name, values, numbers)
    return told._replace(ends=tuple(ends))


AT_KINKS = "at a kink or jump, by convention: {clauses}"


def _certainty(found: Expression, tree: Expression, name: str) -> Phrase:
    from tracer.proof.same import is_derivative

    sameness, points = is_derivative(found, tree, name)
    if sameness.value not in SURE:
        raise TracerError("a witness has another derivative: this is a mistake of the program")
    return phrase(SURE[sameness.value], points=points)
