"""Which way the rooms look: every import of the program, against the order it must keep.

The order makes the witnesses independent: `proof` and `train` cannot share a mistake with the
engine in `derive`, because they cannot import it. An import inside a function counts too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "tracer"

EVERYBODY = frozenset({"errors", "phrase", "resources"})

MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "errors": frozenset(),
    "phrase": frozenset(),
    "resources": frozenset(),
    "maths": frozenset(),
    "rules": frozenset({"maths"}),
    "spec": frozenset({"rules", "maths"}),
    "derive": frozenset({"spec", "rules", "maths"}),
    "proof": frozenset({"spec", "rules", "maths"}),
    "train": frozenset({"spec", "rules", "maths"}),
    "notation": frozenset({"rules", "maths"}),
    "sheet": frozenset({"notation", "derive", "spec", "rules", "maths"}),
    "render": frozenset({"sheet", "notation", "derive", "spec", "rules", "maths"}),
    "exercise": frozenset({"sheet", "notation", "derive", "spec", "rules", "maths"}),
    "marking": frozenset({"sheet", "notation", "derive", "spec", "rules", "maths"}),
    "__init__": frozenset(
        {"render", "proof", "train", "sheet", "notation", "derive", "spec", "rules", "maths"}
    ),
    "cli": frozenset(
        {"__init__", "render", "exercise", "marking", "proof", "train"}
        | {"sheet", "notation", "derive", "spec", "rules", "maths"}
    ),
    "__main__": frozenset({"cli"}),
}
"""Besides its own modules and those of `EVERYBODY`, what each room may import."""

BY_NAME_AT_RUN_TIME = frozenset({"__init__", "cli"})
"""The rooms that may import a module whose name is a string: they load others late."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    """``tracer/maths/parse.py`` is ``tracer.maths.parse``; a package goes by its ``__init__``."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


def room(module: str) -> str:
    """The part of the program that a module belongs to: ``maths`` for ``tracer.maths.parse``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imported(source: str, module: str) -> Iterator[str]:
    """Every module of this program that a source imports, wherever in it the statement stands."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names):
                yield from (name.name for name in names if name.name.split(".")[0] == "tracer")
            case ast.ImportFrom(name, names, level):
                origin = _absolute(name or "", level or 0, module)
                if origin == "tracer":
                    yield from (_member(alias.name) for alias in names)
                elif origin.startswith("tracer."):
                    yield origin


def rooms_imported(source: str, module: str) -> set[str]:
    """The other rooms that a source imports."""
    return {room(name) for name in imported(source, module)} - {room(module)}


def loads_by_name(source: str) -> bool:
    """Whether a source imports modules by ``import_module`` or ``__import__``."""
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    attributes = {n.attr for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Attribute)}
    return bool({"import_module", "__import__"} & (names | attributes))


def _absolute(name: str, level: int, module: str) -> str:
    if not level:
        return name
    anchor = module.split(".")[:-level]
    return ".".join([*anchor, *filter(None, [name])])


def _member(name: str) -> str:
    """``from tracer import errors`` is a room, ``from tracer import trace`` the surface."""
    is_room = name in MAY_IMPORT and name != "__init__"
    return f"tracer.{name}" if is_room else "tracer"


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_keep_the_order_of_the_rooms(path: Path) -> None:
    """A module imports only from its own room and from those that its room may look into."""
    module = module_name(path)
    assert room(module) in MAY_IMPORT, f"{module}: say in MAY_IMPORT what this new room may import"
    found = rooms_imported(path.read_text(encoding="utf-8"), module)
    assert found <= MAY_IMPORT[room(module)] | EVERYBODY


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_only_lazy_rooms_import_by_name(path: Path) -> None:
    """No module hides an import in a string, but those that load others when they are needed."""
    if loads_by_name(path.read_text(encoding="utf-8")):
        assert room(module_name(path)) in BY_NAME_AT_RUN_TIME


def test_the_order_has_no_circle() -> None:
    """Following what rooms may import never leads back to a room."""
    left = dict(MAY_IMPORT)
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}
    assert not left


@pytest.mark.parametrize("judge", ["proof", "train"])
def test_judges_cannot_reach_the_engine(judge: str) -> None:
    """No chain of allowed imports leads from an independent witness to `derive`."""
    reached, ahead = set[str](), {judge}
    while ahead:
        reached |= ahead
        ahead = {name for seen in ahead for name in MAY_IMPORT[seen]} - reached
    assert "derive" not in reached


@pytest.mark.parametrize(
    ("source", "rooms"),
    [
        ("from tracer.derive.engine import run", {"derive"}),
        ("import tracer.derive.engine as engine", {"derive"}),
        ("def late():\n    from tracer.derive import engine", {"derive"}),
        ("if TYPE_CHECKING:\n    import tracer.render.text", {"render"}),
        ("from tracer import errors, trace", {"errors", "__init__"}),
        ("from ..derive.engine import run", {"derive"}),
        ("from .. import derive", {"derive"}),
        ("from . import parse", set()),
        ("from tracer.maths.parse import parse\nimport tracery, json", set()),
    ],
)
def test_reader_finds_imports(source: str, rooms: set[str]) -> None:
    """Imports are found in every form in which Python lets them be written."""
    assert rooms_imported(source, "tracer.maths.evaluate") == rooms


@pytest.mark.parametrize(
    ("source", "hidden"),
    [
        ("importlib.import_module('tracer.derive')", True),
        ("from importlib import import_module\nimport_module(name)", True),
        ("__import__(name)", True),
        ("text = 'import_module'", False),
    ],
)
def test_reader_finds_imports_by_name(source: str, hidden: bool) -> None:
    """An import by name is found, however it is called."""
    assert loads_by_name(source) is hidden
