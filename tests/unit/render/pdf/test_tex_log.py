"""TeX's log: the first error in it, and its line."""

from __future__ import annotations

import pytest

from tracer.render.pdf.tex_log import NO_END, NO_PAGE, TexError, first_error


@pytest.mark.parametrize(
    ("log", "message", "line"),
    [
        (
            "./sheet.tex:3: Undefined control sequence.\nl.3 \\nope",
            "Undefined control sequence.",
            3,
        ),
        ("./sheet.tex:3: One.\n./sheet.tex:9: Two.", "One.", 3),
        ("! LaTeX Error: A.\n\n./sheet.tex:2: Emergency stop.", "LaTeX Error: A.", 2),
        ("./main.aux:1: Odd.\n./sheet.tex:4: Next.", "Next.", 4),
        ("./main.tex:1: Odd.\n./sheet.tex:4: Next.", "Odd.", 4),
        (
            "./sheet.tex:5: LaTeX Error: It is\n     not so.\n     More",
            "LaTeX Error: It is not so.",
            5,
        ),
        ("! Emergency stop.\n<*> main.tex\n", NO_END, 0),
        ("No pages of output.", NO_PAGE, 0),
        ("", NO_PAGE, 0),
    ],
)
def test_the_first_error_is_found(log: str, message: str, line: int) -> None:
    """The first error's words and the first line that is named, whatever TeX says afterwards."""
    assert first_error(log, "sheet") == TexError(message, line)
