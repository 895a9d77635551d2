"""A drawing as a TikZ picture, by the template ``templates/latex/diagram.tex``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from tracer.render.diagram.outlines import number, octagon
from tracer.render.diagram.records import Drawing, Look, Node, Run, Size, Spot
from tracer.render.markup.latex import joined
from tracer.render.markup.tex_text import IN_MATHS, escaped
from tracer.render.pages.delimiters import DELIMITERS
from tracer.render.pages.templates import Target, environment

if TYPE_CHECKING:
    from jinja2 import Template

TARGET = Target("latex", "diagram.tex", DELIMITERS, {})
SPECIAL = {
    **{sign: rf"\{sign}" for sign in "#$%&_{}"},
    **{"\\": r"\backslash ", "~": r"\sim ", "^": r"\wedge ", " ": r"\ ", "'": "'", "…": r"\ldots "},
    **{":": "{:}", ",": "{,}"},
}
"""Signs that mean something else inside of a formula."""

_AROUND = re.compile(r" *([=≈∈+−·×…]) *")
_WORDS = re.compile("([A-Za-z]\u0302)|([A-Za-z]+|[0-9]+)|(.)", re.DOTALL)


def tikz(drawing: Drawing, own: str = "") -> str:
    r"""A drawing as a ``tikzpicture`` that needs no library of TikZ.

    Lengths are in points; ``\resizebox`` makes the whole smaller. All text is escaped.

    Args:
        drawing: the drawing.
        own: a folder of the user's, whose templates come before ours; empty: none.
    """
    return _template(own).render(drawing=drawing, **TOOLS)


@cache
def _template(own: str) -> Template:
    return environment(TARGET, own).get_template(TARGET.main)


def at(spot: Spot) -> str:
    """A place."""
    return f"({number(spot.x)},{number(spot.y)})"


def path(curve: Sequence[Spot]) -> str:
    """A line or curves."""
    if len(curve) == 2:
        return f"{at(curve[0])} -- {at(curve[1])}"
    pieces = [at(curve[0])]
    for k in range(1, len(curve), 3):
        one, two, end = curve[k : k + 3]
        pieces.append(f".. controls {at(one)} and {at(two)} .. {at(end)}")
    return " ".join(pieces)


def outline(node: Node) -> str:
    """The outline of a node: each kind has its own."""
    if node.look is Look.BIAS:
        return f"{at(node.spot)} circle[radius={number(node.size.width / 2)}]"
    if node.look is Look.ERROR:
        return " -- ".join((*map(at, octagon(node)), "cycle"))
    return box(node.spot, node.size)


def box(spot: Spot, size: Size) -> str:
    """A rectangle around a spot."""
    x, y = size.width / 2, size.height / 2
    return f"{at(Spot(spot.x - x, spot.y - y))} rectangle {at(Spot(spot.x + x, spot.y + y))}"


def maths(runs: Sequence[Run]) -> str:
    """A line of text as the inside of a formula, everything in it escaped."""
    found = []
    for level, group in groupby(runs, key=lambda run: run.level):
        inside = joined([part for run in group for part in _parts(run)])
        found.append(inside if not level else f"{'_' if level < 0 else '^'}{{{inside}}}")
    return joined(found)


def _parts(run: Run) -> list[str]:
    text = _AROUND.sub(r"\1", run.text)
    return [
        _word(word, run.slanted) if word else _hat(hat) if hat else _sign(sign)
        for hat, word, sign in _WORDS.findall(text)
    ]


def _word(word: str, slanted: bool) -> str:
    return word if slanted or word.isdigit() else rf"\mathrm{{{word}}}"


def _hat(letter: str) -> str:
    return rf"\hat{{{letter[0]}}}"


def _sign(sign: str) -> str:
    """A sign inside of a formula."""
    if sign in SPECIAL:
        return SPECIAL[sign]
    if sign in IN_MATHS:
        return IN_MATHS[sign]
    if sign.isascii() and sign.isprintable():
        return sign
    return rf"\mbox{{{escaped(sign)}}}"


TOOLS = {"maths": maths, "at": at, "path": path, "outline": outline, "box": box}
"""What the template can call."""
