"""What the maths loads."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"mpmath", "numpy", "sympy", "difflib"}

LOAD = "import sys, {module}; print(*sys.modules)"
COMPUTE = """
import sys
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import compiled
from tracer.maths.parse import parse
for name in ("decimal", "float", "interval"):
    chosen = arithmetic(name)
    with chosen.scope():
        compiled(parse("sin(1) + tanh(2)*sigmoid(3)"), [], chosen)()
print(*sys.modules)
"""


def loaded(code: str) -> set[str]:
    """The modules in memory after a piece of code, in a Python of its own."""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize("module", ["tracer.maths.arithmetic", "tracer.maths.compiled"])
def test_importing_the_maths_loads_no_library(module: str) -> None:
    """Neither NumPy, SymPy nor mpmath is needed to load the arithmetics."""
    assert not loaded(LOAD.format(module=module)) & HEAVY


def test_each_arithmetic_is_loaded_when_it_is_asked_for() -> None:
    """Naming the arithmetics loads none of them."""
    modules = loaded(LOAD.format(module="tracer.maths.arithmetic"))
    assert "tracer.maths.arithmetic.intervals" not in modules
    assert "tracer.maths.arithmetic.decimals" not in modules


def test_computing_loads_no_library() -> None:
    """Transcendental functions are computed by the program itself."""
    assert not loaded(COMPUTE) & HEAVY
