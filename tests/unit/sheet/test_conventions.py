"""The conventions in force, as a page tells them."""

from __future__ import annotations

import pytest

from tests.unit.making import (
    BY_HEAD,
    IN_A_ROW,
    SIGMOID,
    TWO_OUTPUT_LAYERS,
    calculated,
    program,
    traced,
)
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import english
from tracer.sheet.conventions import conventions


def rows(trace: Trace, name: str, asked: NumberFormat | None = None) -> list[str]:
    """What is said about one choice."""
    found = conventions(trace, asked or NumberFormat())
    return [english(text) for key, text in found if english(key) == name]


def test_outputs_before_the_last_layer_are_named() -> None:
    """Where layers before the last have targets, the page says which units have."""
    assert rows(traced(TWO_OUTPUT_LAYERS), "outputs") == ["h, o, p"]
    assert rows(traced(BY_HEAD), "outputs") == []


def test_the_order_of_a_networks_conventions() -> None:
    """Everything on which books differ is said, in one order, and nothing that does not apply."""
    trace = traced(BY_HEAD)
    assert [english(key) for key, _ in conventions(trace, NumberFormat())] == [
        *("error", "delta", "update", "numbers")
    ]
    more = traced(
        IN_A_ROW.replace("weights", "activation: relu, threshold: 1, weights"), frozen="w"
    )
    assert [english(key) for key, _ in conventions(more, NumberFormat())] == [
        *("error", "at the kink", "delta", "update", "batch", "frozen", "thresholds", "numbers")
    ]


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        ("half_squared_error", "1/2*(target - out)**2 (half squared error)"),
        ("bce", "-(target*ln(out) + (1 - target)*ln(1 - out)) (binary cross entropy)"),
        ("(target - out)**4/n", "(target - out)**4/n"),
    ],
)
def test_the_error(loss: str, text: str) -> None:
    """A loss is told by its formula, and by its name if it has one."""
    activation = "net/100 + 0.5" if loss == "bce" else "identity"
    trace = traced(
        BY_HEAD.replace(
            "weights: [[1, 2], [-1", f"activation: {activation}, weights: [[1, 2], [-1"
        ),
        "decimal",
        loss=loss,
    )
    assert rows(trace, "error") == [f"E is the sum over the outputs of {text}"]


@pytest.mark.parametrize(
    ("activation", "clauses"),
    [
        ("relu", ["relu'(0) = 0"]),
        ("{name: relu, at_zero: 1}", ["relu'(0) = 1"]),
        ("{name: leaky_relu, slope: 0.2}", ["leaky_relu'(0) = 0.2"]),
        ("[relu, step]", ["relu'(0) = 0", "step(0) = 1; its slope is taken as 0 everywhere"]),
        ("[relu, relu]", ["relu'(0) = 0"]),
        ("tanh", []),
    ],
)
def test_kinks(activation: str, clauses: list[str]) -> None:
    """Each choice at a kink is told once, with the value that is in force."""
    text = BY_HEAD.replace("activation: square", f"activation: {activation}")
    assert rows(traced(text, "decimal"), "at the kink") == clauses


def test_the_sign_of_delta() -> None:
    """Delta is the gradient, or minus it."""
    assert rows(traced(BY_HEAD), "delta") == ["δ_u = ∂E/∂net_u, the gradient itself"]
    other = rows(traced(BY_HEAD, delta="negative_gradient"), "delta")
    assert other[0].startswith("δ_u = -∂E/∂net_u and error_u = -∂E/∂out_u")


def test_the_update() -> None:
    """Simultaneous and in place are told apart; without a learning rate there is no update."""
    assert "all at once" in rows(traced(BY_HEAD), "update")[0]
    assert "in place" in rows(traced(BY_HEAD, update="in_place"), "update")[0]
    still = BY_HEAD.replace("training: {learning_rate: 0.1}", "")
    assert rows(traced(still), "update") == []


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({}, "all samples in each update, their gradients added up"),
        ({"reduction": "mean"}, "all samples in each update, their gradients averaged"),
        ({"batch": "online"}, "one sample in each update"),
        ({"batch": "2"}, "2 samples in each update, their gradients added up"),
        ({"batch": "3"}, "all samples in each update, their gradients added up"),
    ],
)
def test_batches(settings: dict[str, str], text: str) -> None:
    """How many samples an update takes, and what becomes of their gradients."""
    assert rows(traced(IN_A_ROW, **settings), "batch") == [text]


@pytest.mark.parametrize(
    ("frozen", "text"),
    [
        ("biases", "all biases: used, but not updated"),
        ("weights", "all weights: used, but not updated"),
        ("w1, w3, biases", "w1, w3, all biases: used, but not updated"),
        ("b2", "b2: used, but not updated"),
    ],
)
def test_frozen_parameters(frozen: str, text: str) -> None:
    """What stays is told by kind where all of a kind stays, else by name."""
    assert rows(traced(BY_HEAD, frozen=frozen), "frozen") == [text]


def test_frozen_thresholds() -> None:
    """Thresholds have their plural."""
    text = BY_HEAD.replace("bias:", "threshold:")
    assert rows(traced(text, frozen="thresholds"), "frozen") == [
        "all thresholds: used, but not updated"
    ]


def test_the_numbers() -> None:
    """The arithmetic and the digits shown."""
    assert rows(traced(BY_HEAD), "numbers") == [
        "every number is an exact fraction; shown to 9 significant digits"
    ]
    assert rows(traced(BY_HEAD, "by-hand:4"), "numbers", NumberFormat(4)) == [
        "every step is rounded to 4 decimals, half up; shown to 4 decimals"
    ]


def test_expressions() -> None:
    """The mode of an expression, and the kinks of the functions in it, each once."""
    found = calculated(program("a = abs(x) + relu(x)", "y = max(a, x)*abs(a)", x="1"))
    assert rows(found, "mode") == ["reverse: one sweep, from the result back to the variables"]
    assert rows(found, "at the kink") == [
        *("abs'(0) = 0", "relu'(0) = 0"),
        "where the arguments of max tie, the first one counts",
    ]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("net_o: 1", "hold in training step 1; later steps calculate them"),
        ("x: 1, learning_rate: 2", "hold in every training step"),
        (
            "x: 1, net_o: 1",
            "hold in training step 1; later steps calculate them; what no step changes keeps its "
            "given value",
        ),
    ],
)
def test_given_values_say_where_they_hold(given: str, text: str) -> None:
    """The row says which given values a later step has, if there is one."""
    written = f"{SIGMOID}    given: {{{given}}}\n"
    assert rows(traced(written, "float"), "given values") == []
    assert rows(traced(written, "float", steps="2"), "given values") == [text]
    assert rows(traced(written, "float", evaluate_after="yes"), "given values") == [text]


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        ("out_o: 0.25", ["out_o is given as 0.25; its formula gives about 0.622459331"]),
        ("net_o: 0.5", []),
        ("net_o: 0.50", []),
        (
            "net_o: 1, E: 2",
            [
                "net_o is given as 1; its formula gives 0.5",
                "E is given as 2; its formula gives about 0.0361647441",
            ],
        ),
        ("x: 2", ["x is given as 2; the file has 1.5"]),
        ("x: 3/2, w1: 1/3", ["w1 is given as 1/3; the file has 0.5"]),
        ("delta_o: d", []),
    ],
)
def test_given_values_that_replace_others_are_named(given: str, texts: list[str]) -> None:
    """Where a formula would give another number than the author does, the page has both."""
    written = f"{SIGMOID}    given: {{{given}}}\n"
    assert rows(traced(written, "decimal:50"), "replaced") == texts


def test_a_value_that_its_formula_cannot_have_is_not_compared() -> None:
    """A given value also stands in the place of one that does not exist."""
    text = SIGMOID.replace("sigmoid", "ln(net - 1)") + "    given: {out_o: 3}\n"
    assert rows(traced(text, "decimal:50"), "replaced") == []


def test_many_replaced_values_are_counted() -> None:
    """Five are named."""
    units = [f"{kind}_{unit}" for unit in ("h1", "h2", "o1") for kind in ("net", "out")]
    given = ", ".join(f"{name}: {number}" for number, name in enumerate(units, 7))
    written = f"{BY_HEAD}    given: {{{given}}}\n"
    found = rows(traced(written), "replaced")
    assert found[0] == "net_h1 is given as 7; its formula gives 6"
    assert found[5:] == ["1 more"]


@pytest.mark.parametrize(
    ("settings", "key", "part"),
    [
        ("optimizer: momentum", "update", "momentum, all at once"),
        ("optimizer: momentum", "moves", "v_w⁺ = γ·v_w + η"),
        ("optimizer: adam, update: in_place", "update", "Adam in place"),
        ("optimizer: adam", "settings", "β1 = 0.9"),
        ("optimizer: {name: adam, epsilon_inside: yes}", "settings", "ε = 1e-8 inside the root"),
        ("decay: inverse", "decay", "η_t = η/t⁺, where t⁺ counts the steps, this one too"),
        ("decay: time_based", "decay", "where t counts the steps before this one; decay_rate = 0"),
        ("decay: step", "decay", "η_t = η·decay_factor^drops; decay_factor = 0.5, decay_every"),
    ],
)
def test_how_parameters_move(settings: str, key: str, part: str) -> None:
    """The page says the optimizer's lines, its settings and the decay, in the page's symbols."""
    text = f"""
        inputs: [x]
        layers: [{{units: [o], weights: [[w = 2]]}}]
        samples: [{{input: 1, target: 1}}]
        training: {{learning_rate: 0.1, {settings}}}
    """
    rows = conventions(traced(text, "decimal"), NumberFormat())
    told = [(english(name), english(text)) for name, text in rows]
    assert any(name == key and part in text for name, text in told), told
