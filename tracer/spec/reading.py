"""Reading a spec: from a file or a text to a network or a program of expressions."""

from __future__ import annotations

from tracer.spec.build import build
from tracer.spec.network import Spec
from tracer.spec.tree.compose import compose
from tracer.spec.tree.problems import Problems
from tracer.spec.tree.source import PathOrFile, checked, load


def read(source: PathOrFile) -> Spec:
    """The spec in a file.

    Args:
        source: a path, or an open file (text or binary).

    Raises:
        SpecError: the file cannot be read, or its content is wrong; with every problem in it.
    """
    return _read(*load(source))


def read_text(text: str, name: str = "<text>") -> Spec:
    """The spec in a text.

    Args:
        text: the content of a net.yaml.
        name: what its problems are reported under.

    Raises:
        SpecError: the content is wrong; with every problem in it.
    """
    return _read(checked(text, name), name)


def _read(text: str, name: str) -> Spec:
    problems = Problems(name)
    problems.root = compose(text, problems)
    spec = build(problems.root, problems)
    problems.tell()
    assert spec is not None, "what cannot be built has been complained about"
    return spec
