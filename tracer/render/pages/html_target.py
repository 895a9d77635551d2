"""The target of HTML pages: what templates call to put down formulas, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from tracer.phrase import Words
from tracer.render.markup.mathml import MATHML
from tracer.render.markup.spoken import WORDS as SPOKEN_WORDS
from tracer.render.pages import model
from tracer.render.pages.templates import Target, environment
from tracer.render.pages.words import WORDS, in_language

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

MAIN = "page.html"
"""The template that makes the whole page."""

FRAGMENT = "/+@:[]-_.~!'()*,;="
"""What an address on a page may have as it stands."""

INFIX = {f"<mo>{sign}</mo>": f'<mo form="infix">{sign}</mo>' for sign in "+−"}
"""Signs that open a piece of a line stand between two terms all the same."""

RELATIONS = {math: sign for sign, math in MATHML.relations.items()}
"""Relation signs, by their markup."""

SPOKEN_SIGNS = {sign: SPOKEN_WORDS[sign] for sign in RELATIONS.values()}
"""Relation signs in words."""

WITH_SIGNS = ("line", "given", "alone")
"""The filters that say relation signs in the language of the page."""


def show(inline: model.Inline) -> Markup:
    """A piece of a line: a formula with its words for those who listen, or text."""
    from markupsafe import Markup

    if inline.name:
        return Markup(f'<a href="#{fragment(inline.name)}">{escape(inline.text)}</a>')
    if not inline.math:
        return Markup(escape(inline.text))
    return Markup(_math(inline.math, inline.spoken))


def show_line(line: model.Line, signs: Mapping[str, str] = SPOKEN_SIGNS) -> Markup:
    """A line of a step: its sign and the pieces of its formula."""
    from markupsafe import Markup

    first, *rest = line.pieces
    words = f"{signs.get(line.sign, '')} {first.spoken}".strip() if first.spoken else ""
    told = [_math(line.relation + first.math, words)]
    told += [_math(_continued(piece.math), piece.spoken) for piece in rest]
    return Markup("".join(told))


def show_given(given: model.Given, signs: Mapping[str, str] = SPOKEN_SIGNS) -> Markup:
    """A quantity, its sign and its number, as one formula."""
    from markupsafe import Markup

    math = given.symbol.math + given.relation + given.value.math
    sign = signs.get(RELATIONS.get(given.relation, ""), "")
    words = f"{given.symbol.spoken} {sign} {given.value.spoken}"
    return Markup(_math(math, words))


def show_alone(formula: model.Formula, signs: Mapping[str, str] = SPOKEN_SIGNS) -> Markup:
    """A formula on a line of its own."""
    from markupsafe import Markup

    sign = signs.get(RELATIONS.get(formula.relation, ""), "")
    words = f"{sign} {formula.formula.spoken}"
    return Markup(_math(formula.relation + formula.formula.math, words.strip()))


def _math(math: str, words: str) -> str:
    label = f' aria-label="{escape(words)}"' if words else ""
    return f"<math{label}>{math}</math>"


def _continued(math: str) -> str:
    sign, end, rest = math.partition("</mo>")
    return INFIX[sign + end] + rest if sign + end in INFIX else math


def fragment(name: str) -> str:
    """A plain name as what follows ``#`` in an address."""
    return quote(name, safe=FRAGMENT)


TARGET = Target(
    "html",
    MAIN,
    {},
    {
        "show": show,
        "line": show_line,
        "given": show_given,
        "alone": show_alone,
        "fragment": fragment,
    },
    autoescape=True,
)


class Same:
    """Something that is equal to nothing but itself, so that it can be a key."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.words is other.words

    def __hash__(self) -> int:
        return id(self.words)


@lru_cache(maxsize=4)
def html_environment(own: str, key: Same) -> Environment:
    """Jinja's environment with the words of a language; templates are compiled once for many pages.

    Args:
        own: a folder of the user's, whose templates come before ours.
        key: the language.
    """
    env = environment(TARGET, own)
    signs = in_language(SPOKEN_SIGNS, key.words)
    env.globals["words"] = in_language(WORDS, key.words)
    env.filters |= {name: partial(env.filters[name], signs=signs) for name in WITH_SIGNS}
    return env
