"""Backpropagation by hand, done by machine: every value, and the step that produced it.

    import tracer

    t = tracer.trace("net.yaml")
    t["dE/dw5"].value
    t.why("w5+")

What is not needed is not imported: `import tracer` itself loads nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracer.derive.trace import Trace
    from tracer.spec import Spec

__all__ = ["load", "save", "trace"]


def trace(spec: str | os.PathLike[str] | Spec, arithmetic: str = "", **training: object) -> Trace:
    """Calculates a network or an expression program.

    Args:
        spec: a spec file, the name of a built-in example, or a spec that was read before.
        arithmetic: such as ``exact``, ``decimal:80``, ``by-hand:4``, ``float``, ``interval``; by
            default what the file says, else decimals, as many as it takes.
        **training: training settings in place of the file's, such as ``steps=3``,
            ``update="in_place"`` or ``frozen=["w1", "biases"]``.

    Raises:
        tracer.errors.TracerError: the spec is wrong, or a value does not exist.
    """
    from tracer.derive.settle import calculated
    from tracer.render.display import DisplayedTrace
    from tracer.spec.changes import with_training
    from tracer.spec.find import find

    found = find(os.fspath(spec)) if isinstance(spec, str | os.PathLike) else spec
    changes = {key: _said(value) for key, value in training.items()}
    return DisplayedTrace.of(calculated(with_training(found, changes), arithmetic))


def _said(value: object) -> str:
    """A setting as a spec writes it; of several words, with commas between them."""
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(map(str, value))) or "none"
    return str(value)


def save(trace: Trace, path: str) -> None:
    """Writes a trace to a file, in the format of its suffix: .html, .pdf, .tex, .json and others.

    Numbers are shown with the digits that the spec asks for. A file that ends in .svg or .png
    gets the first picture that fits the trace.

    Raises:
        tracer.errors.OutputError: the file cannot be written, or the suffix is unknown.
    """
    from tracer.render.formats import write
    from tracer.sheet.digits import standard_digits
    from tracer.sheet.page import Wanted

    wanted = Wanted(standard_digits(trace.spec, trace.arithmetic))
    write(trace, wanted, path)


def load(path: str) -> Trace:
    """The trace that was saved as JSON, equal to the one that was saved.

    Raises:
        tracer.errors.TracerError: the file cannot be read, or is no saved trace.
    """
    from tracer.render.display import DisplayedTrace
    from tracer.render.json import load as from_file

    return DisplayedTrace.of(from_file(path))
