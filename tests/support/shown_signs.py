"""MathML as browsers show it: which characters of a font they take for a formula."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain
from typing import Any
from xml.etree import ElementTree

import msgspec

from tracer.derive.trace import Trace
from tracer.notation.notation import terminal
from tracer.render.markup.mathml import MATHML
from tracer.render.markup.medium import Writer
from tracer.render.pages.build import PageBuilder
from tracer.sheet.overview import whole
from tracer.sheet.page import Wanted

ITALIC = {
    chr(int(unicodedata.decomposition(chr(code)).split()[1], 16)): chr(code)
    for code in chain(range(0x1D434, 0x1D468), range(0x1D6E2, 0x1D71C))
    if unicodedata.name(chr(code), "")
} | {"h": "\N{PLANCK CONSTANT}", "ı": "𝚤", "ȷ": "𝚥"}
"""The letter that browsers show for an identifier of one letter."""


def formulas_of(trace: Trace) -> Iterator[str]:
    """Every formula of the page that tells a trace, in the longer telling."""
    writer = Writer(MATHML, terminal(trace.several_samples))
    page = PageBuilder(writer).page(whole(trace, Wanted(long=True)))
    return (text for text in _texts(msgspec.to_builtins(page)) if text.startswith("<"))


def characters_of(formula: str) -> set[str]:
    """The characters that a browser looks up in the font for a formula."""
    tree = ElementTree.fromstring(f"<math>{formula}</math>")
    return set(chain.from_iterable(_shown(element) for element in tree.iter()))


def _shown(element: ElementTree.Element) -> str:
    text = (element.text or "").strip(" \n")
    if element.tag == "mi" and element.get("mathvariant") != "normal":
        return ITALIC.get(text, text)
    return text


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from chain.from_iterable(map(_texts, found.values()))
    elif isinstance(found, list | tuple):
        yield from chain.from_iterable(map(_texts, found))
