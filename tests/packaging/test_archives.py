"""What is in the archives: the program, its data, and nothing else."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = ("pdf",)
"""What users install beside the program, not what developers do."""
MODULE_OF = {"pyyaml": "yaml"}


def files(folder: Path) -> set[str]:
    """The paths of all files below a folder, but for what Python itself writes there."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in paths if path.suffix != ".pyc"}


def distribution_name(requirement: str) -> str:
    """``PyYAML>=6.0`` asks for ``pyyaml``."""
    return re.split(r"[^A-Za-z0-9_.-]", requirement)[0].lower()


def third_party_imports() -> set[str]:
    """The top-level modules of other projects that `tracer` imports, early or late."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.glob("tracer/**/*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    origins = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    tops = {name.split(".")[0] for name in plain | origins if name}
    return tops - set(sys.stdlib_module_names) - {"tracer"}


def test_wheel_holds_the_package_and_its_data(unpacked_wheel: Path) -> None:
    """The wheel has every module, template and example, and besides them only its metadata."""
    expected = {f"tracer/{name}" for name in files(ROOT / "tracer")}
    expected |= {f"tracer/templates/{name}" for name in files(ROOT / "templates")}
    expected |= {f"tracer/examples/{name}" for name in files(ROOT / "examples")}
    found = {name for name in files(unpacked_wheel) if ".dist-info/" not in name}
    assert found == expected


@pytest.mark.parametrize("folder", ["tracer", "templates", "examples", "tests", "docs", "scripts"])
def test_source_archive_is_laid_out_as_the_tree(unpacked_sdist: Path, folder: str) -> None:
    """The source archive has the tree's folders, whole and at the top level."""
    assert files(unpacked_sdist / folder) == files(ROOT / folder)


@pytest.mark.parametrize("name", ["LICENSE", "README.md", "CHANGELOG.md", "Makefile", ".ci/run"])
def test_source_archive_can_be_built_and_tested(unpacked_sdist: Path, name: str) -> None:
    """Whoever unpacks the source archive finds the licence, the manual and the make targets."""
    assert (unpacked_sdist / name).read_bytes() == (ROOT / name).read_bytes()


def test_metadata_says_how_to_run_it(unpacked_wheel: Path) -> None:
    """The wheel declares its name, its Python, its licence, its typing and both commands."""
    (info,) = unpacked_wheel.glob("*.dist-info")
    metadata = message_from_string((info / "METADATA").read_text(encoding="utf-8"))
    assert metadata["Name"] == "backprop-tracer"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT"
    assert (info / "licenses" / "LICENSE").is_file()
    assert (unpacked_wheel / "tracer" / "py.typed").is_file()
    commands = (info / "entry_points.txt").read_text(encoding="utf-8").split("\n")
    assert "trace = tracer.cli.main:main" in commands
    assert "backprop-trace = tracer.cli.main:main" in commands


def test_dependencies_are_what_is_imported() -> None:
    """Every library that the program imports is declared, and none that it does not import.

    A library that only some need is declared as an extra, and imported where it is found.
    """
    extras = [PROJECT["optional-dependencies"][name] for name in EXTRAS]
    required = [*PROJECT["dependencies"], *(name for extra in extras for name in extra)]
    declared = {distribution_name(requirement) for requirement in required}
    assert {MODULE_OF.get(name, name) for name in declared} == third_party_imports()
