"""Authors' own words, as they can stand on a page."""

from __future__ import annotations

from tracer.phrase import Phrase, alone
from tracer.spec.network import Spec

JOINERS = "\u200c\u200d"
"""Signs without width that some scripts spell with."""


def one_line(text: str) -> str:
    """The text as one line, without what would steer a terminal or turn its writing around."""
    line = " ".join(text.split())
    return "".join(sign for sign in line if sign.isprintable() or sign in JOINERS)


UNTITLED = Phrase("Calculation")


def title_of_spec(spec: Spec) -> Phrase:
    """The author's title, or what stands in its place."""
    title = one_line(spec.about.title)
    return alone(title) if title else UNTITLED
