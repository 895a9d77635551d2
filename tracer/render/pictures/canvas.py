"""From a figure to a file's bytes: the same bytes for the same trace, on every day."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.render.pictures.table import Picture, picture_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SETTINGS = {"svg.hashsalt": "backprop-tracer", "svg.fonttype": "none", "text.parse_math": False}
"""Titles are authors' own words, in which a dollar is a dollar."""

WITHOUT_DATE = {".svg": {"Date": None, "Creator": None}, ".png": {"Software": None}}


def bytes_of(trace: Trace, suffix: str, name: str = "") -> bytes:
    """A picture of a trace, as the bytes of a file.

    Args:
        trace: the trace.
        suffix: ``.svg`` or ``.png``.
        name: which picture; empty: the first one that fits.

    Raises:
        OutputError: the trace has no such picture, or Matplotlib is not installed.
    """
    picture = picture_of(trace, name)
    try:
        return _drawn(picture, trace, suffix)
    except ImportError:
        raise OutputError("pictures are drawn by Matplotlib, which is not installed") from None


def _drawn(picture: Picture, trace: Trace, suffix: str) -> bytes:
    """A picture in a format."""
    from matplotlib import rc_context

    file = BytesIO()
    with rc_context(SETTINGS):
        picture.draw(trace).savefig(file, format=suffix[1:], dpi=150, metadata=WITHOUT_DATE[suffix])
    return file.getvalue()


def figure(width: float = 6.4, height: float = 4.8) -> Figure:
    """An empty figure of a size in inches, whose parts find room by themselves."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")
