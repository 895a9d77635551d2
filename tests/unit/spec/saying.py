"""What the reader says about a text."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tracer.errors import SpecError
from tracer.spec import ExpressionProgram, Network, read_text


def network(text: str) -> Network:
    """The network that an indented text describes."""
    found = read_text(dedent(text))
    assert isinstance(found, Network)
    return found


def program(text: str) -> ExpressionProgram:
    """The expression program that an indented text describes."""
    found = read_text(dedent(text))
    assert isinstance(found, ExpressionProgram)
    return found


def problems(text: str) -> list[str]:
    """The problems of an indented text, each as ``line:column: field: message``."""
    with pytest.raises(SpecError) as caught:
        read_text(dedent(text), "F")
    return [str(problem).removeprefix("F:") for problem in caught.value.problems]


def problem(text: str) -> str:
    """The only problem of a text."""
    found = problems(text)
    assert len(found) == 1, found
    return found[0]
