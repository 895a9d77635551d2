"""The examples of pooling and maxout, calculated once more on arrays and by hand."""

from __future__ import annotations

from math import isclose
from typing import Any

import autograd.numpy
from autograd import grad

from tests.published.examples import traced
from tests.support.convolving import Windows, convolved, named, pooled

np: Any = autograd.numpy

PICTURE = [
    [0.21, 0.74, 0.68, 0.23, 0.61],
    [0.52, 0.64, 0.83, 0.11, 0.79],
    [0.14, 0.12, 0.73, 0.45, 0.02],
    [0.33, 0.51, 0.34, 0.41, 0.32],
    [0.26, 0.23, 0.31, 0.53, 0.55],
]
KERNELS = [[[1, -1], [1, -1]], [[1, 1], [-1, -1]]]
DENSE = [0.15, 0.2, -0.1, 0.35, 0.25, -0.2, 0.1, -0.4]


def error(picture: Any, kernels: Any, biases: Any, dense: Any, bias: Any) -> Any:
    """Half the squared error of the example's only sample."""
    seen = Windows((5, 5), (2, 2), (1, 1), "valid")
    taken = Windows((4, 4), (2, 2), (2, 2), "valid")
    net = convolved(seen, picture, kernels, biases, False, np)
    maps = np.reshape(np.maximum(net, 0), (4, 4, 2))
    out = 1 / (
        1 + np.exp(-np.dot(np.reshape(pooled(taken, maps, "max", np=np), (-1,)), dense) - bias)
    )
    return (1 - out) ** 2 / 2


def test_convolution_pooling_and_a_unit() -> None:
    """Every derivative by a parameter is that of automatic differentiation of arrays."""
    picture = np.array(PICTURE, dtype=float)[..., None]
    kernels = np.array(KERNELS, dtype=float)[..., None]
    arguments = (picture, kernels, np.array([0, 0.5]), np.array(DENSE), 0.1)
    found, trace = grad(error, (1, 2, 3, 4))(*arguments), traced("convnet")
    assert isclose(float(trace["E"].value), error(*arguments))
    names = [
        [name for k in (1, 2) for name in named(f"k{k}", (2, 2))],
        ["b_k1", "b_k2"],
        [f"w{k}" for k in range(1, 9)],
        ["b2"],
    ]
    for group, values in zip(names, found, strict=True):
        for name, value in zip(group, np.reshape(values, (-1,)), strict=True):
            assert isclose(float(trace[f"dE/d{name}"].value), value, abs_tol=1e-15), name


def test_each_piece_learns_from_the_samples_that_it_wins() -> None:
    """Sample 1: max(-2.5, 1), and 2*1 - 1 - 3 = -2. Sample 2: max(1.5, -1.5), and 3 - 1 - 1 = 1."""
    trace = traced("maxout")
    expected = {"out_m[1]": 1, "out_m[2]": 1.5, "dE/dout_m[1]": -4, "dE/dout_m[2]": 2}
    expected |= {"dE/dw1": 2 * 3, "dE/dw2": 2 * 1, "dE/db1": 2}
    expected |= {"dE/dw3": -4 * 1, "dE/dw4": -4 * 2, "dE/db2": -4}
    expected |= {"dE/dw5": -2 * 1 + 1 * 1.5, "w1+": 1 - 0.6, "w4+": 0.5 + 0.8}
    for name, value in expected.items():
        assert float(trace[name].value) == value, name
