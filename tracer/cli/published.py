"""`trace SPEC --published`: what a book prints, what is right, and why not."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.errors import TracerError
from tracer.maths.arithmetic import arithmetic
from tracer.render.wrap import WIDTH, wrapped
from tracer.sheet.published import Comparer, Comparison
from tracer.sheet.words import one_line
from tracer.spec import Spec

HEAD = ("quantity", "published", "right", "")


def published_lines(spec: Spec, arithmetic_name: str) -> Iterator[str]:
    """The lines of the table, each row with the reason where a value is not right.

    Raises:
        TracerError: the spec has no published values.
    """
    found = list(Comparer(spec, arithmetic(arithmetic_name)).comparisons())
    if not found:
        raise TracerError("this spec has no published values to compare with")
    if spec.about.source:
        yield from wrapped(f"Published: {one_line(spec.about.source)}", WIDTH)
        yield ""
    rows = [_cells(comparison) for comparison in found]
    widths = [max(map(len, column)) for column in zip(HEAD, *rows, strict=True)]
    yield _line(HEAD, widths)
    for row, comparison in zip(rows, found, strict=True):
        yield _line(row, widths)
        yield from _reason(comparison)
    agreeing = sum(comparison.agrees for comparison in found)
    yield ""
    yield f"{agreeing} of {len(found)} published values are right to the digits printed."
    for note in spec.about.notes:
        yield ""
        yield from wrapped(f"Note: {one_line(note)}", WIDTH)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(map(str.ljust, cells, widths)).rstrip()


def _cells(comparison: Comparison) -> tuple[str, str, str, str]:
    published = comparison.published
    verdict = "right" if comparison.agrees else "not right"
    return (comparison.name, published.value.text, comparison.right, verdict)


def _reason(comparison: Comparison) -> Iterator[str]:
    """Why a value is not right, indented under it."""
    published = comparison.published
    if comparison.agrees or not (published.why or published.under):
        return
    settings = ", ".join(f"{name} {text}" for name, text in published.under)
    made = f" (comes out under: {settings})" if comparison.explained else ""
    yield from (f"    {line}" for line in wrapped(one_line(published.why) + made, WIDTH - 4))
