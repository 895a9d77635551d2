"""HTML pages: one file with its style, script and mathematics, readable without a script."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tracer.errors import TracerError
from tracer.notation.said import on_page
from tracer.render.draft import Draft
from tracer.render.pages import model
from tracer.render.pages.fonts import font_face
from tracer.render.pages.html_target import MAIN, Same, html_environment
from tracer.render.pages.html_views import CALCULATION, FIRST, blanks, told_views
from tracer.render.pages.practice import PracticeBuilder
from tracer.render.pages.script_data import script_data
from tracer.render.pages.templates import mistakes_told
from tracer.render.pages.words import (
    PRACTICE_WORDS,
    SCRIPT_WORDS,
    WORDS,
    in_language,
    looks_in,
)
from tracer.rules.quantity import plain_name

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

INTERVAL = "interval"
"""The arithmetic whose values are pairs of numbers."""

STYLES = ("diagram.css", "page.css")
"""The style sheets of a page, in order."""

SCRIPTS = ("page.js", "practice.js")
"""The scripts of a page, in order; the last one is for pages to fill in."""


class Tab(Struct, frozen=True):
    """A view of a page.

    Attributes:
        key: its address.
        title: what it is called.
        page: what it shows.
    """

    key: str
    title: str
    page: model.Page


def to_html(draft: Draft) -> Iterator[str]:
    """The lines of a page; one that shows the whole calculation has other views of it too.

    Raises:
        TracerError: it is to have blanks, and there is nothing to fill in.
    """
    env = html_environment(draft.look.template, Same(draft.notation.words))
    made = _to_fill_in(draft) if draft.look.has_blanks else _to_read(draft)
    with mistakes_told():
        text = env.get_template(MAIN).render(_context(env, draft, **made))
    yield from text.rstrip("\n").split("\n")


def _to_read(draft: Draft) -> dict[str, Any]:
    """A page with everything on it."""
    tabs: list[Tab] = []
    plain = draft.trace.name if draft.trace else plain_name
    for told in told_views(draft):
        page = told.builder(draft.notation, not tabs, plain).page(told.sections)
        tabs.append(Tab(told.key, on_page(told.title, draft.notation), page))
    words = in_language(SCRIPT_WORDS, draft.notation.words)
    data = script_data(tabs[0].page, words)
    return {"tabs": tuple(tabs), "data": data, "diagram": _diagram(draft)}


def _to_fill_in(draft: Draft) -> dict[str, Any]:
    """A page with blanks."""
    if draft.trace is None or draft.trace.arithmetic.name.startswith(INTERVAL):
        raise TracerError("a page to fill in needs a calculation whose steps are numbers")
    builder = PracticeBuilder(draft.notation, draft.trace, draft.look.graded)
    tab = Tab(FIRST, on_page(CALCULATION, draft.notation), builder.page(blanks(draft)))
    if not builder.tasks:
        raise TracerError("a page to fill in needs steps: this one has none with a number")
    words = in_language({**SCRIPT_WORDS, **PRACTICE_WORDS}, draft.notation.words)
    names: dict[str, Any] = {"names": [], "uses": [], "words": words}
    data = names | {"practice": builder.script_data(draft.wanted.numbers)}
    return {"tabs": (tab,), "data": data, "diagram": None}


def _context(
    env: Environment,
    draft: Draft,
    tabs: tuple[Tab, ...],
    data: dict[str, Any],
    diagram: Markup | None,
) -> dict[str, Any]:
    """What the templates are given."""
    from markupsafe import Markup

    words = draft.notation.words
    scripts = SCRIPTS if draft.look.has_blanks else SCRIPTS[:1]
    script = "".join(_source(env, name) for name in scripts)
    style = "\n".join((font_face(), *(_source(env, name) for name in STYLES)))
    return {
        "page": tabs[0].page,
        "tabs": tabs,
        "look": draft.look,
        "unfolded": draft.wanted.long,
        "phases": looks_in(words),
        "words": in_language(WORDS, words),
        "style": Markup(style),
        "script": Markup(script),
        "hashes": {"style": _hash(style), "script": _hash(script)},
        "data": Markup(_as_script_data(data)),
        "diagram": diagram,
    }


def _diagram(draft: Draft) -> Markup | None:
    """The diagram of a trace; None for what is told of no trace."""
    from markupsafe import Markup

    from tracer.render.diagram.diagram import Wish, diagram_of
    from tracer.render.diagram.svg import svg

    if draft.trace is None:
        return None
    drawn = diagram_of(draft.trace, wish=Wish(notation=draft.notation, prefix="d-"))
    return Markup(svg(drawn, own=draft.look.template))


def _source(env: Environment, name: str) -> str:
    """The text of a file among the templates, without the blanks that begin its lines."""
    assert env.loader is not None
    lines = env.loader.get_source(env, name)[0].split("\n")
    return "\n".join(line for text in lines if (line := text.strip()))


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _as_script_data(data: object) -> str:
    """JSON that can stand in a script element: no text in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
