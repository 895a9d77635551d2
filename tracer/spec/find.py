"""Finding the spec that a user names: a file of theirs, or a built-in example."""

from __future__ import annotations

import os

from tracer import resources
from tracer.errors import TracerError, suggestion
from tracer.spec.network import Spec
from tracer.spec.reading import read, read_text
from tracer.spec.tree.source import load


def find(name: str) -> Spec:
    """The spec in a file, or the built-in example of that name.

    Raises:
        SpecError: the file is wrong.
        TracerError: there is neither such a file nor such an example.
    """
    if os.path.exists(name) or os.sep in name or "." in name:
        return read(name)
    known = resources.example_names()
    if name in known:
        return read_text(resources.example(name).read_text(encoding="utf-8"), f"{name}.yaml")
    hint = suggestion(name, known, likeness=0.5) or " (see: trace examples)"
    raise TracerError(f"there is no file and no built-in example '{name}'{hint}")


def text_of(name: str) -> str | None:
    """The text of a spec that `find` has found; None of a stream, which is read only once."""
    if os.path.isfile(name):
        return load(name)[0]
    known = name in resources.example_names()
    return resources.example(name).read_text(encoding="utf-8") if known else None
