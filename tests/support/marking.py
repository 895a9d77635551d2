"""A language that marks each word of its own, so that words which no table knows stand out."""

from __future__ import annotations

import re

from tracer.phrase import Words, has_words, pieces

MARKED = re.compile("⟦[^⟦⟧]*⟧")


class Marking(Words, frozen=True):
    """English, each text between the parts of a sentence in marks."""

    def sentence(self, key: str) -> str:
        """The sentence in marks; its parts stand outside of them."""
        if not has_words(key):
            return key
        return "".join(_marked(text, name) for text, name in pieces(key))


def _marked(text: str, name: str | None) -> str:
    inside = f"⟦{text}⟧" if text else ""
    return inside if name is None else f"{inside}{{{name}}}"


MARKS = Marking("xx", "Marks")


def unmarked(text: str) -> str:
    """What is left of a text without what stands in marks."""
    return MARKED.sub(" ", text)
