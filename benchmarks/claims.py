"""What is claimed: one record a row of the table."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from msgspec.structs import replace

from benchmarks import networks
from benchmarks.page_claims import pages, typeset
from benchmarks.records import (
    A_PRODUCT,
    A_STEP,
    COUNT,
    INSIDE,
    MEMORY,
    WHOLE,
    Claim,
    Command,
    Contender,
    Size,
    module,
    task,
)

TINY = Size(
    (2, 2, 1), (2, 2, 1), (2, 3, 1), (3, 4), 20, (2, 2), (3, 2), (2, 2, 1), (2, 2, 1), (2, 3, 1)
)


def claims(size: Size, torch: str = sys.executable) -> tuple[Claim, ...]:
    """Every row, in the order of the table.

    Args:
        size: how much work.
        torch: the Python that has PyTorch.
    """
    return (
        *_start_up(torch),
        *_growth(size),
        *_scalar(size),
        *_convolution(size),
        *_recurrent(size),
        *_training(size, torch),
        *typeset(size),
        *pages(size),
    )


def _start_up(torch: str) -> tuple[Claim, ...]:
    trace = Contender("this program", module("tracer", "examples/mazur.yaml"))
    help_ = Contender("this program", task("help_imports"))
    whole = "`trace examples/mazur.yaml`, the whole process"
    sympy = Contender("`python -c 'import sympy'`", (sys.executable, "-c", "import sympy"))
    pytorch = Contender("`python -c 'import torch'`", (torch, "-c", "import torch"), "torch")
    return (
        Claim("the same process twice: what this machine's noise is", WHOLE, trace, trace),
        Claim(whole, WHOLE, trace, sympy, 0.6),
        Claim(whole, WHOLE, trace, pytorch, 0.2),
        Claim("NumPy, SymPy, Jinja2, Matplotlib loaded by `trace --help`", COUNT, help_, most=0),
    )


def _growth(size: Size) -> tuple[Claim, ...]:
    rows = (
        ("time a step, {} weights", "trace"),
        ("time a step with JSON, {} weights", "trace,save"),
    )
    few, many = f"{networks.weights(size.small):,}", f"{networks.weights(size.large):,}"
    return tuple(
        Claim(
            what.format(many),
            A_STEP,
            Contender("this program", _traced(parts, size.large)),
            Contender(f"{few} weights", _traced(parts, size.small)),
            1.5,
            same_result=False,
        )
        for what, parts in rows
    )


def _scalar(size: Size) -> tuple[Claim, ...]:
    shape, large = "-".join(map(str, size.scalar)), f"{networks.weights(size.large):,}"
    name = "a scalar autograd engine, its values as JSON"
    return (
        Claim(
            f"{shape} network read, traced, saved as JSON",
            A_STEP,
            Contender("this program", _traced("read,trace,save", size.scalar)),
            Contender(name, task("scalar_engine", *map(str, size.scalar))),
            most=20e-6,
        ),
        Claim(
            f"most memory, {large} weights read, traced, saved",
            MEMORY,
            Contender("this program", _traced("read,trace,save", size.large)),
            Contender(name, task("scalar_engine", *map(str, size.large))),
        ),
    )


def _convolution(size: Size) -> tuple[Claim, ...]:
    """A picture of three channels, four filters of 3x3, every step printed."""
    small, _ = size.sides
    few, many = (f"{networks.multiplications(side):,}" for side in size.sides)
    ours, more = (Contender("this program", task("convolution", str(side))) for side in size.sides)
    return (
        Claim(f"convolution, {small}x{small}x3, four 3x3 filters, printed", WHOLE, ours, most=2.0),
        Claim(
            f"time a multiply-add, {many} of them, printed",
            A_STEP,
            more,
            replace(ours, label=f"{few} of them"),
            1.5,
            same_result=False,
        ),
    )


def _recurrent(size: Size) -> tuple[Claim, ...]:
    steps, units = size.recurrent
    own = Contender("this program", task("recurrent", *map(str, size.recurrent)))
    longer = Contender("this program", task("recurrent", *map(str, size.longer)))
    what = f"a recurrent network, {steps} time steps of {units} units, read, traced, saved"
    more = f"time a multiply-add of the forward pass, {size.longer[0]} time steps"
    return (
        Claim(f"{what}, the whole process", WHOLE, own, most=2.0),
        Claim(
            more,
            A_PRODUCT,
            longer,
            Contender(f"{steps} time steps", own.command),
            1.5,
            same_result=False,
        ),
    )


def _training(size: Size, torch: str) -> tuple[Claim, ...]:
    steps = str(size.steps)
    ours = Contender("this program", task("mazur_traced", steps))
    rows = (
        (task("mazur_numpy", steps), "a plain NumPy loop", "numpy", 1.0),
        (task("mazur_python", steps), "a plain Python loop", "", None),
        (task("mazur_autograd", steps), "autograd", "autograd", None),
        (task("mazur_torch", steps, python=torch), "PyTorch", "torch", None),
    )
    what = f"Mazur's network, {size.steps:,} steps in floats, every value kept"
    return tuple(
        Claim(what, INSIDE, ours, Contender(label, command, needs), most, below=True)
        for command, label, needs, most in rows
    )


def _traced(parts: str, shape: Sequence[int]) -> Command:
    return task("tracing", parts, *map(str, shape))
