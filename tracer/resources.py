"""The data that travels with the code: the worked examples and the templates.

A wheel carries both folders inside the package; a checkout, an unpacked source archive and an
editable install have them beside it, at the top level, where people look for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracer.errors import TracerError

if TYPE_CHECKING:  # importing these costs more than reading an example does
    from importlib.resources.abc import Traversable

SUFFIX = ".yaml"
NOTATIONS = "notation"


def folder(name: str) -> Traversable:
    """The top-level folder ``templates`` or ``examples``, from any kind of install.

    Args:
        name: the folder's name in the source tree.

    Returns:
        The folder, which may be inside an archive: read it, do not ask for its path.

    Raises:
        TracerError: this installation does not have the folder.
    """
    from importlib.resources import files

    packaged = files("tracer") / name
    if packaged.is_dir():
        return packaged
    return _beside_the_package(name)


def example_names() -> tuple[str, ...]:
    """The names of the built-in examples, in alphabetical order."""
    return _names(folder("examples"))


def notation_names() -> tuple[str, ...]:
    """The names of the built-in notations, in alphabetical order."""
    return _names(folder("templates") / NOTATIONS)


def _names(place: Traversable) -> tuple[str, ...]:
    """The names of the files in a folder."""
    entries = (entry.name for entry in place.iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in entries if name.endswith(SUFFIX)))


def example(name: str) -> Traversable:
    """The spec file of a built-in example.

    Raises:
        KeyError: no example has this name.
    """
    if name not in example_names():
        raise KeyError(name)
    return folder("examples") / f"{name}{SUFFIX}"


def _beside_the_package(name: str) -> Traversable:
    """The folder of a source tree, told from a stranger's of that name by our pyproject.toml."""
    from pathlib import Path

    root = Path(__file__).parents[1]
    if (root / "pyproject.toml").is_file() and (root / name).is_dir():
        return root / name
    raise TracerError(
        f"this installation lacks its folder '{name}'; installing backprop-tracer again brings it"
    )
