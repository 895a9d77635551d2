"""From a figure to a file's bytes: the same bytes for the same trace, on every day."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.notation.notation import Notation
from tracer.render.pictures.aim import ANYWHERE, Aim
from tracer.render.pictures.table import picture_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SETTINGS = {"svg.hashsalt": "backprop-tracer", "svg.fonttype": "none", "text.parse_math": False}
"""Titles are authors' own words, in which a dollar is a dollar."""

WITHOUT_DATE = {".svg": {"Date": None, "Creator": None}, ".png": {"Software": None}}


def bytes_of(
    trace: Trace,
    suffix: str,
    name: str = "",
    aim: Aim = ANYWHERE,
    notation: Notation | None = None,
) -> bytes:
    """A picture of a trace, as the bytes of a file.

    Args:
        trace: the trace.
        suffix: ``.svg`` or ``.png``.
        name: which picture; empty: the first one that fits.
        aim: what the picture is to look at.
        notation: the symbols of a diagram; None: those of a terminal.

    Raises:
        OutputError: the trace has no such picture, or Matplotlib is not installed.
    """
    picture = picture_of(trace, name)
    if suffix == ".svg" and picture.markup is not None:
        return picture.markup(trace, notation).encode()
    return saved(lambda: picture.figure(trace, aim, notation), suffix)


def saved(draw: Callable[[], Figure], suffix: str) -> bytes:
    """What is drawn, as the bytes of a file.

    Args:
        draw: makes the figure; Matplotlib is imported only then.
        suffix: ``.svg`` or ``.png``.

    Raises:
        OutputError: Matplotlib is not installed.
    """
    try:
        return _drawn(draw, suffix)
    except ImportError:
        raise OutputError("pictures are drawn by Matplotlib, which is not installed") from None


def _drawn(draw: Callable[[], Figure], suffix: str) -> bytes:
    from matplotlib import rc_context

    file = BytesIO()
    with rc_context(SETTINGS):
        draw().savefig(file, format=suffix[1:], dpi=150, metadata=WITHOUT_DATE[suffix])
    return file.getvalue()


def figure(width: float = 6.4, height: float = 4.8) -> Figure:
    """An empty figure of a size in inches, whose parts find room by themselves."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")
