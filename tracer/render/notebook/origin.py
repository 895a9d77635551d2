"""Where a trace is from: the text of its spec and what was changed, so that code makes it again."""

from __future__ import annotations

from msgspec import Struct


class Origin(Struct, frozen=True):
    """What a trace was calculated from.

    Attributes:
        text: the spec.
        settings: what was asked for beside it: the arithmetic, training settings.
    """

    text: str
    settings: tuple[tuple[str, str], ...] = ()


def code_of(origin: Origin) -> str:
    """Python that makes the trace again; nothing in the spec's text can end its quotes."""
    settings = "".join(f", {name}={value!r}" for name, value in origin.settings)
    return (
        "import tracer\n"
        "from tracer.spec import read_text\n"
        "\n"
        f"net = {_literal(origin.text)}\n"
        "\n"
        f"t = tracer.trace(read_text(net){settings})\n"
        "t"
    )


def _literal(text: str) -> str:
    """A text as Python writes it, over several lines if that is the same text."""
    import ast

    written = f'"""\\\n{text}"""'
    try:
        same = ast.literal_eval(written) == text
    except (SyntaxError, ValueError):
        same = False
    is_plain = all(line.isprintable() for line in text.split("\n"))
    return written if same and is_plain else repr(text)
