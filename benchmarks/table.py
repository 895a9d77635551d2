"""The table, in Markdown that is aligned, so that it reads the same in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import astuple

from benchmarks.judge import Row

HEAD = Row("what", "this program", "against", "takes", "ratio", "target", "verdict")


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of a table with a head."""
    cells = [astuple(row) for row in (HEAD, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    head, *body = (_line(row, widths) for row in cells)
    yield head
    yield _line(["-" * width for width in widths], widths)
    yield from body


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return f"| {' | '.join(map(str.ljust, cells, widths))} |"
