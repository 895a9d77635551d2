"""The examples with numbers of our own, against calculations that know nothing of traces.

Each is written down once more, as its deck or book writes it; derivatives of the LSTM cell are
differences.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from math import exp, isclose, tanh

import mpmath
import pytest

from tests.published.examples import spec, traced
from tracer.derive.entries import Step
from tracer.derive.trace import Trace
from tracer.maths.expression import Expression, Number, Symbol, substitute, symbols
from tracer.maths.plain import plain
from tracer.rules.quantity import Quantity
from tracer.spec import ExpressionProgram

Column = list[float]
Matrix = list[Column]

NEAR = 1e-13


def sigmoid(net: float) -> float:
    """The logistic function."""
    return 1 / (1 + exp(-net))


def assert_values(found: Trace, expected: Mapping[str, float]) -> None:
    """The trace has these values, to the digits of a float."""
    for name, value in expected.items():
        assert isclose(float(found[name].value), value, rel_tol=NEAR, abs_tol=1e-16), name


def test_neuron() -> None:
    """The single neuron is the product of three factors for the weight, two for the bias."""
    out = 1 / (1 + exp(-0.5))
    delta = (out - 1) * out * (1 - out)
    expected = {
        "net_y": 0.5,
        "out_y": out,
        "dE/dout_y": out - 1,
        "dout_y/dnet_y": out * (1 - out),
        "dE/dW0": delta * 2,
        "dE/dW1": delta,
        "W0+": 0.4 - 0.5 * delta * 2,
        "W1+": -0.3 - 0.5 * delta,
    }
    assert_values(traced("decks_neuron"), expected)


def test_batch_normalisation() -> None:
    """The derivatives by the values are those of the closed formula, in fractions."""
    found = traced("batch_norm", "exact")
    x, g = (
        [Fraction(value) for value in (1, 2, 4, 5)],
        [Fraction(value) for value in (["1", "0", "-1", "1/2"])],
    )
    mean = sum(x) / 4
    scale = Fraction(1, 2)  # 1/sqrt(5/2 + 3/2)
    normal = [(value - mean) * scale for value in x]
    total, weighted = sum(g), sum(a * b for a, b in zip(g, normal, strict=True))
    for number, (slope, value) in enumerate(zip(g, normal, strict=True), 1):
        assert found[f"y{number}"].value == 2 * value + 1
        right = 2 * scale / 4 * (4 * slope - total - value * weighted)
        assert found[f"dE/dx{number}"].value == right
    assert (found["dE/dgamma"].value, found["dE/dbeta"].value) == (weighted, total)


def transposed(matrix: Matrix) -> Matrix:
    """Rows and columns exchanged."""
    return [list(column) for column in zip(*matrix, strict=True)]


def times(left: Matrix, right: Matrix) -> Matrix:
    """The matrix product."""
    columns = transposed(right)
    return [[sum(a * b for a, b in zip(row, col, strict=True)) for col in columns] for row in left]


def each(function: Callable[..., float], *matrices: Matrix) -> Matrix:
    """A function of the entries at the same place (Hadamard)."""
    return [
        [function(*entries) for entries in zip(*rows, strict=True)]
        for rows in zip(*matrices, strict=True)
    ]


def test_rain_in_matrices() -> None:
    """The rain network's summed gradients are the deck's matrix products over the whole batch."""
    x = [[3.0, 5.0], [1.0, 6.0], [0.0, 8.0]]
    y = [[0.99], [0.59], [0.19]]
    w1 = [[0.15, -0.30, 0.20], [0.20, 0.10, -0.10]]  # from the row's input to the column's unit
    w2 = [[0.50], [-0.40], [0.30]]
    a1 = each(sigmoid, times(x, w1))
    a2 = each(sigmoid, times(a1, w2))
    delta2 = each(lambda a, t: (a - t) * a * (1 - a), a2, y)
    delta1 = each(lambda d, a: d * a * (1 - a), times(delta2, transposed(w2)), a1)
    by_w2, by_w1 = times(transposed(a1), delta2), times(transposed(x), delta1)
    by_x = times(delta1, transposed(w1))
    gradients = [*(column for row in transposed(by_w1) for column in row), *transposed(by_w2)[0]]
    weights = [*(column for row in transposed(w1) for column in row), *transposed(w2)[0]]
    expected = {
        "E": sum((a - t) ** 2 for [a], [t] in zip(a2, y, strict=True)) / 2,
        **{f"out_rain[{n}]": a for n, [a] in enumerate(a2, 1)},
        **{f"delta_rain[{n}]": d for n, [d] in enumerate(delta2, 1)},
        **{f"dE/dw{k}": gradient for k, gradient in enumerate(gradients, 1)},
        **{
            f"w{k}+": weight - 0.5 * gradient
            for k, (weight, gradient) in enumerate(zip(weights, gradients, strict=True), 1)
        },
        **{
            f"{kind}{k}[{n}]": value
            for kind, matrix in (("delta_h", delta1), ("dE/dx", by_x))
            for n, row in enumerate(matrix, 1)
            for k, value in enumerate(row, 1)
        },
    }
    assert len(expected) == 1 + 3 + 3 + 9 + 9 + 9 + 6
    assert_values(traced("rain"), expected)


def test_negative_delta() -> None:
    """Mitchell's delta is (t - o)o(1 - o), and his update adds learning_rate*delta*x."""
    h = [sigmoid(0.2 * 1 - 0.1 * 0 + 0.1), sigmoid(0.4 * 1 + 0.3 * 0 - 0.2)]
    o = sigmoid(0.5 * h[0] - 0.3 * h[1] + 0.1)
    d = (1 - o) * o * (1 - o)
    low = [h[0] * (1 - h[0]) * 0.5 * d, h[1] * (1 - h[1]) * -0.3 * d]
    expected = {
        "error_o1": 1 - o,
        "delta_o1": d,
        "error_h1": 0.5 * d,
        "error_h2": -0.3 * d,
        "delta_h1": low[0],
        "delta_h2": low[1],
        "w1+": 0.2 + 0.3 * low[0] * 1,
        "w2+": -0.1,
        "w3+": 0.4 + 0.3 * low[1] * 1,
        "w4+": 0.3,
        "w5+": 0.5 + 0.3 * d * h[0],
        "w6+": -0.3 + 0.3 * d * h[1],
        "b_h1+": 0.1 + 0.3 * low[0],
        "b_h2+": -0.2 + 0.3 * low[1],
        "b_o1+": 0.1 + 0.3 * d,
    }
    assert_values(traced("negative_delta"), expected)


def test_the_sign_of_delta_changes_no_weight() -> None:
    """Both signs of delta lead to the same derivatives by weights and inputs, and new weights."""
    negative = traced("negative_delta")
    positive = traced("negative_delta", settings="delta=gradient")
    for name in ("delta_o1", "delta_h1", "delta_h2"):
        assert negative[name].value == positive[name].value.copy_negate() != 0
    shared = [entry.name for entry in positive if entry.name in negative]
    assert {"dE/dw1", "dE/db_o1", "dE/dx1", "dE/dx2", "w5+", "b_h2+", "E"} <= set(shared)
    for name in set(shared) - {"delta_o1", "delta_h1", "delta_h2"}:
        assert negative[name].value == positive[name].value, name


def test_partial_state() -> None:
    """What follows from given nets and deltas is there, and what would need the inputs is not."""
    found = traced("partial")
    h1, h2 = sigmoid(0.5), sigmoid(-1)
    expected = {
        "out_h1": h1,
        "out_h2": h2,
        "dE/dout_h1": -52,
        "dE/dout_h2": -34,
        "delta_h1": -52 * h1 * (1 - h1),
        "delta_h2": -34 * h2 * (1 - h2),
        "dE/dw5": -34 * h1,
        "dE/dw8": 16 * h2,
        "w5+": 2 - 0.01 * -34 * h1,
        "w8+": 0 - 0.01 * 16 * h2,
    }
    assert_values(found, expected)
    told = {entry.name for entry in found}
    assert not told & {"dE/dw1", "w1+", "E", "dE/dout_o1"}


def bipolar(net: float) -> float:
    """The bipolar sigmoid, as the half-angle tanh."""
    return tanh(net / 2)


def test_thresholds_online() -> None:
    """Four online updates of the threshold network, each with the weights of the one before."""
    patterns = [((-1, -1), -1), ((-1, 1), 1), ((1, -1), 1), ((1, 1), -1)]
    hidden: Matrix = [[0.6, 0.5, 0.3], [-0.4, -0.7, -0.2]]  # the last one is the threshold
    top: Column = [0.8, 0.9, 0.1]
    found = traced("thresholds")
    for step, (given, target) in enumerate(patterns, 1):
        x = [*map(float, given), -1.0]
        h = [bipolar(sum(w * v for w, v in zip(row, x, strict=True))) for row in hidden]
        inner = [*h, -1.0]
        y = bipolar(sum(w * v for w, v in zip(top, inner, strict=True)))
        d = (y - target) * (1 + y) * (1 - y) / 2
        low = [d * top[k] * (1 + h[k]) * (1 - h[k]) / 2 for k in range(2)]
        top = [w - 0.2 * d * v for w, v in zip(top, inner, strict=True)]
        hidden = [
            [w - 0.2 * low[k] * v for w, v in zip(row, x, strict=True)]
            for k, row in enumerate(hidden)
        ]
        expected = {
            f"out_y[{step}]": y,
            f"delta_y[{step}]": d,
            f"delta_h1[{step}]": low[0],
            f"delta_h2[{step}]": low[1],
            "w1+": hidden[0][0],
            "w4+": hidden[1][1],
            "theta_h1+": hidden[0][2],
            "theta_h2+": hidden[1][2],
            "w5+": top[0],
            "w6+": top[1],
            "theta2+": top[2],
        }
        assert_values(found, {f"{name}@{step}": value for name, value in expected.items()})


GATES = "figo"


def cell(at: Mapping[str, mpmath.mpf]) -> dict[str, mpmath.mpf]:
    """One step of the LSTM cell, as the papers write it."""
    net = {gate: at["w" + gate] * at["x"] + at["u" + gate] * at["h0"] + at["b" + gate]
           for gate in GATES}  # fmt: skip
    f, i, o = (1 / (1 + mpmath.exp(-net[gate])) for gate in "fio")
    g = mpmath.tanh(net["g"])
    c = f * at["c0"] + i * g
    h = o * mpmath.tanh(c)
    return {"f": f, "i": i, "g": g, "o": o, "c1": c, "h1": h, "E": (at["target"] - h) ** 2 / 2}


def numbers(variables: Sequence[str], values: Sequence[object]) -> dict[str, mpmath.mpf]:
    """The example's numbers."""
    fractions = [value.value for value in values if isinstance(value, Number)]
    assert all(isinstance(value, Fraction) for value in fractions)
    return {
        name: mpmath.mpf(value.numerator) / value.denominator
        for name, value in zip(variables, fractions, strict=True)
    }


def test_lstm_cell_forward() -> None:
    """Gates, state, output and error of the cell are those of its equations."""
    program = spec("lstm_cell")
    assert isinstance(program, ExpressionProgram)
    found = traced("lstm_cell")
    with mpmath.workdps(40):
        for name, value in cell(numbers(program.variables, program.at)).items():
            assert abs(mpmath.mpf(str(found[name].value)) - value) < mpmath.mpf("1e-35")


@pytest.mark.parametrize(
    "name",
    ["x", "h0", "c0", "target", *(kind + gate for gate in GATES for kind in "wub")],
)
def test_lstm_cell_backward(name: str) -> None:
    """The error's derivative by each of the sixteen variables is that of central differences."""
    program = spec("lstm_cell")
    assert isinstance(program, ExpressionProgram)
    with mpmath.workdps(60):
        at, step = numbers(program.variables, program.at), mpmath.mpf("1e-20")
        up, down = (cell({**at, name: at[name] + sign * step})["E"] for sign in (1, -1))
        ours = mpmath.mpf(str(traced("lstm_cell")[f"dE/d{name}"].value))
        assert abs(ours - (up - down) / (2 * step)) < mpmath.mpf("1e-30")


def test_lstm_cell_hands_back_through_time() -> None:
    """What the cell hands back to its state before is its own derivative times the forget gate."""
    found = traced("lstm_cell")
    value = {entry.name: Fraction(entry.value) for entry in found}
    assert abs(value["dE/dc0"] - value["dE/dc1"] * value["f"]) < Fraction(1, 10**48)
    parts = [value[f"dE/dx^{mark}"] for mark in "abcd"]
    assert abs(sum(parts) - value["dE/dx"]) < Fraction(1, 10**48)


def test_sine_at_numbers() -> None:
    """dy/dx1 is x2 + cos(x1), in two contributions, and dy/dx2 is x1."""
    found = traced("decks_sine")
    with mpmath.workdps(40):
        assert abs(mpmath.mpf(str(found["dy/dw1^a"].value)) - mpmath.cos(2)) < 1e-38
        assert found["dy/dw1^b"].value == 3
        assert abs(mpmath.mpf(str(found["dy/dx1"].value)) - 3 - mpmath.cos(2)) < 1e-38
    assert found["dy/dx2"].value == 2


def test_sine_in_letters() -> None:
    """The symbolic table has the deck's rows, as formulas over what stands before."""
    found = traced("decks_sine_symbolic")
    rows = {
        "w3": "w1*w2",
        "w4": "sin(w1)",
        "w5": "w3 + w4",
        "dy/dw4": "dy/dw5*1",
        "dy/dw2": "dy/dw3*w1",
        "dy/dw1^a": "dy/dw4*cos(w1)",
        "dy/dw1^b": "dy/dw3*w2",
        "dy/dw1": "dy/dw1^a + dy/dw1^b",
    }
    for name, row in rows.items():
        step = found[name]
        assert isinstance(step, Step)
        used = [of for of in symbols(step.formula) if isinstance(of, Quantity)]
        named: dict[Hashable, Expression] = {of: Symbol(found.name(of)) for of in used}
        assert plain(substitute(step.formula, named)) == row


def test_momentum_in_its_two_forms() -> None:
    """Velocities are minus the changes, the weights are the same, and both are as by hand."""
    velocity, change = traced("momentum", "exact"), traced("momentum_change", "exact")
    w, v = [Fraction("0.5"), Fraction("-0.25")], [Fraction(0), Fraction(0)]
    for step in (1, 2, 3):
        error = w[0] + 2 * w[1] - 1
        for k, x in enumerate((1, 2)):
            v[k] = Fraction("0.9") * v[k] + Fraction("0.1") * error * x
            w[k] -= v[k]
            name = f"w{k + 1}+@{step}"
            assert velocity[f"v_{name}"].value == -change[f"change_{name}"].value == v[k]
            assert velocity[name].value == change[name].value == w[k]


def test_valley() -> None:
    """Gradient descent in the valley shrinks x by one factor and y by another, in each step."""
    found = traced("valley", "exact")
    for step in range(1, 11):
        assert found[f"x+@{step}"].value == -4 * (1 - 2 * Fraction("0.09")) ** step
        assert found[f"y+@{step}"].value == (1 - 20 * Fraction("0.09")) ** step


ELSEWHERE = {
    "momentum_pytorch": "0.16301849633929102 -0.37921256301254114 0.4264873535019402 "
    "0.18068204285487133 0.08730722081216567 -0.20048799293962027 0.5359923357774916 "
    "-0.640780454342881 0.28132210260222196",
    "nesterov": "0.14902101083185612 -0.4106295138389963 0.4353157464525233 "
    "0.21204841324048776 0.08307701853382585 -0.2024404695531672 0.5539099011034996 "
    "-0.6595529096231016 0.2747957370376763",
    "nesterov_change": "0.14902101083185612 -0.4106295138389963 0.4353157464525233 "
    "0.21204841324048776 0.08307701853382585 -0.2024404695531672 0.5539099011034996 "
    "-0.6595529096231016 0.2747957370376763",
    "adagrad": "0.03968423916635741 -0.5032624804037134 0.5040739343442864 "
    "0.3019774774761714 0.08454846565603218 -0.26108600570619483 0.7408501782863685 "
    "-0.8237394620540297 0.25215537565788576",
    "adam": "-0.05476848626497771 -0.5921759948289453 0.5971352536530427 "
    "0.3925501697012847 0.015632604555620228 -0.256979947893963 0.7997361701211316 "
    "-0.8983334561111543 0.1869290182641382",
}
"""The parameters of the example adam after three steps of PyTorch's optimisers.

Both forms of Nesterov's momentum are PyTorch's while the learning rate stays.
"""


@pytest.mark.parametrize("name", ELSEWHERE)
def test_optimisers_of_a_library(name: str) -> None:
    """Three steps of each optimiser give what PyTorch computes, to the digits of a float."""
    found = traced("adam", "decimal", f"optimizer={name}")
    names = ("w1", "w2", "w3", "w4", "b_h1", "b_h2", "w5", "w6", "b_o")
    values = map(float, ELSEWHERE[name].split())
    assert_values(found, {f"{w}+@3": value for w, value in zip(names, values, strict=True)})


def test_dropout_in_a_test() -> None:
    """After the training nothing is dropped: outputs as they are, or plain ones times keep."""
    inverted = {
        "out_o@3": 1.5816445272844032,
        "E@3": 0.08751065077554522928172899008512,
    }
    plain = {
        "out_o[1]@2": 0.6019747460883638,
        "out_o[2]@2": 0.8704938811819094,
        "E@2": 0.22904592498164167,
    }
    assert_values(traced("dropout"), inverted)
    assert_values(traced("dropout_drawn"), plain)
    assert_values(traced("dropout_rnn"), {"E@2": 2.4295315363810803})
