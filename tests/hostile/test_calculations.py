"""Calculations that have no value: the quantity is named, and nothing is half told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.running import is_refused, trace

EXPRESSIONS = {
    "y = 1/(x - 1)": "y: division by zero",
    "y = ln(x - 1)": "ln(0) does not exist",
    "y = sqrt(-x)": "sqrt(-1) does not exist",
    "y = (x - 2)**0.5": "does not exist",
    "y = exp(exp(exp(exp(exp(x)))))": "too large",
    "y = 0**(-x)": "y: division by zero",
}
NETWORK = """\
inputs: 1
layers: [{{units: [o], activation: {activation}, weights: [[{weight}]]}}]
loss: {loss}
samples: [{{input: {value}, target: 1}}]
training: {{learning_rate: 0.5}}
"""


def network(**words: str) -> str:
    """A network with one weight."""
    usual = {"activation": "sigmoid", "weight": "1", "loss": "half_squared_error", "value": "1"}
    return NETWORK.format(**(usual | words))


@pytest.mark.parametrize("line", EXPRESSIONS)
def test_a_value_that_does_not_exist_is_named(line: str, tmp_path: Path) -> None:
    """Division by zero, logarithm of zero, overflow: the place, the line's name, the reason."""
    (tmp_path / "net.yaml").write_text(f"expression: {line}\nat: {{x: 1}}\n", encoding="utf-8")
    ended = trace("net.yaml", cwd=tmp_path)
    is_refused(ended)
    assert EXPRESSIONS[line] in ended.err
    assert ended.err.startswith("net.yaml:1:13: ")


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        (network(), ["--arithmetic", "exact"], "out_o: exp(-1) is irrational"),
        (network(activation="relu", value="-1", loss="binary_cross_entropy"), [], "E_o"),
        (
            network(activation="'exp(net)'", value="1000"),
            ["--arithmetic", "float"],
            "out_o: the result is too large for a float",
        ),
        (network(weight="0"), ["--arithmetic", "decimal:0"], "from 1 to"),
        (network(), ["--arithmetic", "exakt"], "did you mean 'exact'"),
        (network(), ["--only", "dE/dw2"], "did you mean 'dE/dw1'"),
        (network(), ["--only", "net_o[7]"], "no quantity"),
        (network(), ["--at-step", "9"], "training steps 1 to 1"),
        (network(), ["--steps", "-1"], "--steps"),
        (network(), ["--steps", "1000000000"], "1,000,000"),
        (network(), ["--steps", "1000000"], "training steps; a trace keeps at most"),
        (network(), ["--steps", "9" * 500], "1,000,000"),
        (network(), ["--digits", "401"], "--digits"),
        (network(), ["--learning-rate", "9**9**9**9"], "bits"),
        (network(), ["--learning-rate", "nan"], "finite"),
        (network(), ["--only", "\x1b[31m"], "no quantity"),
        (network(), ["--only", "dE/dw1@99999999999999999999"], "training steps 1 to 1"),
        (network(activation="tanh"), ["--arithmetic", "exact"], "out_o: tanh(1) is irrational"),
        (network(activation="step", loss="bce", weight="-1"), [], "E_o: ln(0) does not exist"),
        (network(activation="'1/(net - 1)'"), [], "out_o: division by zero"),
        (network(activation="'net**(1/2)'", weight="-1"), [], "does not exist among real numbers"),
        (network(activation="'9**9**9**9*net'"), [], "out_o: the result is too large"),
        (network(activation="'9**9**9**9*net'"), ["--arithmetic", "exact"], "bits"),
        (network(activation="'2**net'", weight="1e6"), ["--arithmetic", "exact"], "bits"),
        (network(activation="'sin(net)'", weight="1e3000"), [], "too large"),
        (network(activation="'net**9'", weight="1e300"), ["--arithmetic", "float"], "too large"),
        (network(weight="1e400"), ["--arithmetic", "float"], "too large for a float"),
        (network(), ["--digits", "3", "--sig", "3"], "choose one"),
        (network(), ["--learning-rate", "fast*"], "learning_rate"),
    ],
)
def test_what_cannot_be_done_is_refused(
    text: str, options: list[str], says: str, tmp_path: Path
) -> None:
    """A wish that cannot be met is refused with its reason."""
    (tmp_path / "net.yaml").write_text(text, encoding="utf-8")
    ended = trace("net.yaml", *options, cwd=tmp_path)
    is_refused(ended)
    assert says in ended.err


def test_errors_of_later_steps_say_where(tmp_path: Path) -> None:
    """A value that fails in the second step, for the second sample, is named with both."""
    text = (
        "inputs: 1\nlayers: [{units: [o], activation: 1/net, weights: [[1]]}]\n"
        "samples: [{input: 1, target: 1}, {input: 0, target: 1}]\n"
        "training: {learning_rate: 0, batch: online, steps: 2}\n"
    )
    (tmp_path / "net.yaml").write_text(text, encoding="utf-8")
    ended = trace("net.yaml", cwd=tmp_path)
    is_refused(ended)
    assert "training step 2: out_o[2]: division by zero" in ended.err


def test_a_given_of_another_sample_is_refused(tmp_path: Path) -> None:
    """A value of a sample that takes no part in the first step lands on no other one."""
    text = (
        "inputs: 1\nlayers: [{units: [o], weights: [[1]]}]\n"
        "samples: [{input: 1, target: 1}, {input: 0, target: 1}]\n"
        "training: {learning_rate: 1, batch: online}\ngiven: {'net_o[2]': 7}\n"
    )
    (tmp_path / "net.yaml").write_text(text, encoding="utf-8")
    ended = trace("net.yaml", cwd=tmp_path)
    is_refused(ended)
    assert "net_o[2]" in ended.err
