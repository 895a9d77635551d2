"""A medium that writes numbers as a country does, and fractions in the line where that is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace

from tracer.maths.precedence import POWER, PRODUCT, QUOTIENT
from tracer.maths.printer import Form, Piece
from tracer.notation.figures import Figures
from tracer.notation.symbols import Over, Row, Scripts, Sign, Tree
from tracer.render.markup.medium import Medium

HOLE = "\1{}\1"


def localized(medium: Medium, figures: Figures) -> Medium:
    """The medium with digits and fractions as they are wanted.

    Args:
        medium: where numbers stand as they are calculated, and fractions are built up.
        figures: how digits are written.
    """
    found = medium
    if not figures.is_plain:
        found = replace(found, decimal=lambda text: medium.decimal(figures.text(text)))
    if figures.between.startswith(";") and medium.comma:
        signs = medium.comma, medium.semicolon
        found = replace(
            found,
            interval=lambda low, high: _listed(_ends(medium), (low, high), signs).text,
            style=found.style._replace(call=partial(_call, medium, signs)),
        )
    return _in_line(found) if figures.inline and medium.slash else found


def _ends(medium: Medium) -> Callable[[Sequence[str]], Piece]:
    return lambda ends: Piece(medium.interval(*ends))


def _call(medium: Medium, signs: tuple[str, str], function: str, arguments: Sequence[str]) -> Piece:
    """A call whose arguments a semicolon parts."""
    return _listed(lambda holes: medium.style.call(function, holes), arguments, signs)


def _listed(
    written: Callable[[Sequence[str]], Piece], parts: Sequence[str], signs: tuple[str, str]
) -> Piece:
    """What is written of some parts, with another sign between them; none in them is changed."""
    piece = written([HOLE.format(k) for k in range(len(parts))])
    comma, semicolon = signs
    text = re.sub(rf"(?<!\\){re.escape(comma)}", lambda _: semicolon, piece.text)
    for k, part in enumerate(parts):
        text = text.replace(HOLE.format(k), part)
    return Piece(text, piece.binding)


def _in_line(medium: Medium) -> Medium:
    """The medium with a slash in place of a bar."""
    quotient = Form(f"{{}}{medium.slash}{{}}", QUOTIENT, (PRODUCT, POWER))
    return replace(
        medium,
        is_inline=True,
        tree=lambda symbol: medium.tree(in_line(symbol)),
        fraction=lambda upper, lower: f"{upper}{medium.slash}{lower}",
        style=medium.style._replace(quotient=quotient),
    )


def in_line(symbol: Tree) -> Tree:
    """A symbol whose quotients stand in the line: ∂E/∂w."""
    match symbol:
        case Over(upper, lower):
            return Row((*_parts(upper), Sign("/"), *_parts(lower)))
        case Row(parts):
            return Row(tuple(map(in_line, parts)))
        case Scripts(base, below, above):
            return Scripts(in_line(base), below, above)
    return symbol


def _parts(symbol: Tree) -> tuple[Tree, ...]:
    return symbol.parts if isinstance(symbol, Row) else (symbol,)
