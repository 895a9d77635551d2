"""What a run loads: text output must not wait for libraries that it does not use."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("jinja2", "matplotlib", "mpmath", "numpy", "pydantic", "sympy")

RUN_AND_LIST_MODULES = """
import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_module("tracer", run_name="__main__", alter_sys=True)
finally:
    print("MODULES", *sys.modules, file=sys.stderr)
"""


def modules_loaded(*arguments: str) -> set[str]:
    """The modules in memory after ``trace`` with these arguments, which must succeed."""
    command = [sys.executable, "-c", RUN_AND_LIST_MODULES, "trace", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    assert run.stdout
    return set(run.stderr.split("MODULES", maxsplit=1)[1].split())


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["examples"], ["mazur"], ["mazur", "--only", "dE/dw5"]],
    ids=" ".join,
)
def test_text_output_loads_no_heavy_library(arguments: list[str]) -> None:
    """Help, the lists and the printed calculation load none of the large libraries."""
    loaded = modules_loaded(*arguments)
    assert "tracer.cli.main" in loaded
    assert not loaded & set(HEAVY)


def test_text_reads_no_notation() -> None:
    """The terminal's own symbols need no profile, and nothing that reads one."""
    loaded = modules_loaded("mazur")
    assert not [name for name in loaded if name.startswith("tracer.sheet.notations")]
    assert "tracer.notation.book" not in loaded
