"""`trace SPEC --published`: what a book prints, what is right, and why not."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.errors import TracerError
from tracer.maths.arithmetic import arithmetic
from tracer.phrase import Phrase, Words, alone, flat, listed, phrase
from tracer.render.wrap import WIDTH, wrapped
from tracer.sheet.published import Comparer, Comparison
from tracer.sheet.words import one_line
from tracer.spec import Spec

HEAD = (Phrase("quantity"), Phrase("published"), Phrase("right"), Phrase(""))
RIGHT, NOT_RIGHT = Phrase("right"), Phrase("not right")


def published_lines(spec: Spec, arithmetic_name: str, words: Words) -> Iterator[str]:
    """The lines of the table, each row with the reason where a value is not right.

    Args:
        spec: what has published values.
        arithmetic_name: in which they are compared.
        words: the language.

    Raises:
        TracerError: the spec has no published values.
    """
    found = list(Comparer(spec, arithmetic(arithmetic_name)).comparisons())
    if not found:
        raise TracerError("this spec has no published values to compare with")
    if spec.about.source:
        source = phrase("Published: {source}", source=one_line(spec.about.source))
        yield from wrapped(_said(source, words), WIDTH)
        yield ""
    head = tuple(_said(word, words) for word in HEAD)
    rows = [_cells(comparison, words) for comparison in found]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    yield _line(head, widths)
    for row, comparison in zip(rows, found, strict=True):
        yield _line(row, widths)
        yield from _reason(comparison, words)
    agreeing = sum(comparison.agrees for comparison in found)
    yield ""
    text = "{right} of {all} published values are right to the digits printed"
    yield _said(phrase("{told}.", told=phrase(text, right=agreeing, all=len(found))), words)
    for note in spec.about.notes:
        yield ""
        yield from wrapped(_said(phrase("Note: {note}", note=one_line(note)), words), WIDTH)


def _said(said: Phrase, words: Words) -> str:
    return "".join(map(str, flat(said, words)))


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(map(str.ljust, cells, widths)).rstrip()


def _cells(comparison: Comparison, words: Words) -> tuple[str, str, str, str]:
    published = comparison.published
    verdict = _said(RIGHT if comparison.agrees else NOT_RIGHT, words)
    return (comparison.name, published.value.text, comparison.right, verdict)


def _reason(comparison: Comparison, words: Words) -> Iterator[str]:
    """Why a value is not right, indented under it."""
    published = comparison.published
    if comparison.agrees or not (published.why or published.under):
        return
    settings = listed(f"{name} {text}" for name, text in published.under)
    why = alone(one_line(published.why))
    if comparison.explained:
        why = phrase("{why} (comes out under: {settings})", why=why, settings=settings)
    yield from (f"    {line}" for line in wrapped(_said(why, words), WIDTH - 4))
