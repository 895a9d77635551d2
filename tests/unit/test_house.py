"""The style that a tool does not know: every module says what it is for, and stays readable."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "tracer"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 260


def name(path: Path) -> str:
    """The path inside the package."""
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_says_what_it_is_for(path: Path) -> None:
    """Every module opens with a docstring."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_is_short(path: Path) -> None:
    """No module is longer than 260 lines; a longer one has more than one reason to exist."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_every_folder_is_a_package() -> None:
    """Each folder with modules has an ``__init__``, so that every tool finds them."""
    folders = {path.parent for path in MODULES}
    assert not [str(folder) for folder in folders if not (folder / "__init__.py").is_file()]
