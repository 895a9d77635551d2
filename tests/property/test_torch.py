"""Every derivative of random networks against PyTorch, where that is installed (see conftest)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.support.agreement import agrees_in_floats
from tests.support.mathematics import Maths, functions_of, suitable
from tests.support.networks import Drawn, networks
from tests.support.programs import Program, programs, result, start
from tests.support.witness import forward, places
from tracer.derive.program import Phase
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.spec import read_text

RANDOM = st.randoms(use_true_random=False)


def _plain(number: Any) -> float:
    return float(number.detach() if isinstance(number, torch.Tensor) else number)


def _of_tensors(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: function(torch.as_tensor(x, dtype=torch.float64))


TENSORS = Maths(
    float,
    _plain,
    {name: _of_tensors(function) for name, function in functions_of(torch, _plain).items()},
)


def slopes_of(
    evaluated: Callable[[dict[str, Any]], Any], at: dict[str, Fraction]
) -> dict[str, float]:
    """The derivatives of a value by everything in it, by PyTorch's autograd."""
    numbers = {
        name: torch.tensor(float(number), dtype=torch.float64, requires_grad=True)
        for name, number in at.items()
    }
    value = evaluated(numbers)
    if isinstance(value, torch.Tensor) and value.requires_grad:
        value.backward()
    return {name: 0.0 if x.grad is None else float(x.grad) for name, x in numbers.items()}


def by_pytorch(drawn: Drawn, sample: int) -> dict[str, float]:
    """Every derivative of a sample's error."""
    return slopes_of(
        lambda numbers: forward(drawn, sample, numbers, TENSORS).error, places(drawn, sample)
    )


@given(networks(), RANDOM)
def test_derivatives_of_networks_are_those_of_pytorch(drawn: Drawn, random: Random) -> None:
    """In floats, every dE/dw, dE/db, dE/dx, dE/dout and dE/dnet is that of PyTorch."""
    agrees_in_floats(drawn, random, by_pytorch)


@given(programs())
def test_derivatives_of_programs_are_those_of_pytorch(program: Program) -> None:
    """In floats, in either mode, the derivative by each variable is that of PyTorch."""
    with suitable():
        slopes = slopes_of(lambda numbers: result(program, numbers, TENSORS), start(program))
    found = trace(read_text(program.text()), arithmetic("float"))
    last = [step for step in found.steps if step.phase is Phase.FORWARD][-1].name
    scale = 1 + max(map(abs, slopes.values()), default=0)
    for name, slope in slopes.items():
        assert abs(found[f"d{last}/d{name}"].value - slope) <= 1e-8 * scale, name
