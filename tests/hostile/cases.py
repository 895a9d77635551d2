"""Bad specs, each with a part of what has to be said about it, and where."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A bad file.

    Attributes:
        text: its content.
        place: line and column of the problem, as ``2:8``; empty where it has none.
        says: a part of the message.
    """

    text: str | bytes
    place: str
    says: str


def network(line: str, layer: str = "{units: 1, weights: [[1, 2]]}") -> str:
    """A small network with one more line."""
    return f"inputs: [a, b]\nlayers: [{layer}]\n{line}\n"


def weights(entry: str) -> str:
    """A network with one weight as written."""
    return f"inputs: 1\nlayers:\n  - units: 1\n    weights: [[{entry}]]\n"


def formula(text: str) -> str:
    """A network whose activation is a formula."""
    return f"inputs: 1\nlayers:\n  - units: 1\n    activation: {text}\n"


CASES: dict[str, Case] = {
    "an alias": Case("a: &x 1\nb: *x\n", "1:4", "anchor"),
    "a cycle": Case("a: &x [*x]\n", "1:4", "anchor"),
    "an alias bomb": Case(
        "a: &a [x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n", "1:4", "anchor"
    ),
    "a tag": Case("inputs: !!python/object:os.system 1\n", "1:9", "tag"),
    "a merge key": Case("<<: {inputs: 1}\n", "1:1", "merge"),
    "a key twice": Case("inputs: 1\ninputs: 2\n", "2:1", "inputs"),
    "brackets": Case("[" * 200_000, "1:", "deep"),
    "a long integer": Case(weights("9" * 5_000), "4:", "digits"),
    "a long exponent": Case(weights("1e999999999"), "4:", "e4000"),
    "a tower of powers": Case(weights("9**9**9**9"), "4:", "bits"),
    "not a number": Case(weights(".nan"), "4:", "number"),
    "infinity": Case(weights("inf"), "4:", "finite"),
    "an irrational weight": Case(weights("sqrt(2)"), "4:", "sqrt"),
    "a decimal comma": Case(network("training: {learning_rate: 0,5}"), "3:", "5"),
    "a NUL byte": Case(b"inputs: 1\x00\n", "1:10", "U+0000"),
    "latin-1": Case("title: caf\xe9\n".encode("latin-1"), "1:11", "UTF-8"),
    "UTF-16": Case("inputs: 1\n".encode("utf-16"), "1:1", "UTF-8"),
    "nothing": Case("", "1:1", ""),
    "a list": Case("- 1\n- 2\n", "1:1", "expected fields"),
    "an unclosed bracket": Case("inputs: [a, b\nlayers: 1\n", "", ""),
    "a tab": Case("inputs:\n\t- a\n", "2:1", ""),
    "an unknown field": Case(network("los: squared_error"), "3:1", "did you mean 'loss'"),
    "an unknown activation": Case(formula("sigmod"), "4:17", "did you mean 'sigmoid'"),
    "an unknown name in a formula": Case(formula("net + nett"), "4:", "net"),
    "a formula that calls Python": Case(formula("\"__import__('os').system('x')\""), "4:", ""),
    "attribute access": Case(formula("net.real"), "4:", "."),
    "10,000 parentheses": Case(formula("(" * 4_000 + "net" + ")" * 4_000), "4:", "100 levels"),
    "a formula of 100,000 characters": Case(formula("net" + " + 1" * 25_000), "4:", "10,000"),
    "a row too long": Case(network("", "{units: 1, weights: [[1, 2, 3]]}"), "2:", "expected 2"),
    "a row too short": Case(network("", "{units: 1, weights: [[1]]}"), "2:", "expected 2"),
    "too few samples' inputs": Case(
        network("samples: [{input: [1], target: 1}]"), "3:", "expected 2"
    ),
    "no weights can fit": Case("inputs: 1\nlayers: [{units: 1000000}, {units: 1000000}]\n", "", ""),
    "steps without end": Case(network("training: {learning_rate: 1, steps: 1e30}"), "3:", "steps"),
    "an unknown given": Case(network("given: {net_q: 1}"), "", "net_q"),
    "half an expression": Case("expression: y = x +\n", "1:", ""),
    "an expression that assigns what is given": Case(
        "expression: |\n  x = 2\n  y = x\nat: {x: 1}\n", "", "x"
    ),
}
