"""Mazur's 10,000 updates, both ways, against a loop that knows nothing of traces."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from functools import cache

import pytest

from tests.published.examples import traced

INPUT = (Decimal("0.05"), Decimal("0.10"))
TARGET = (Decimal("0.01"), Decimal("0.99"))
HIDDEN = [[Decimal("0.15"), Decimal("0.20")], [Decimal("0.25"), Decimal("0.30")]]
OUTPUT = [[Decimal("0.40"), Decimal("0.45")], [Decimal("0.50"), Decimal("0.55")]]
HIDDEN_BIAS, OUTPUT_BIAS, RATE = Decimal("0.35"), Decimal("0.60"), Decimal("0.5")

UPDATES = 10_000
DIGITS = 34

Matrix = list[list[Decimal]]


def sigmoid(net: Decimal) -> Decimal:
    """The logistic function."""
    return 1 / (1 + (-net).exp())


def layer(weights: Matrix, bias: Decimal, given: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    """The outputs of one layer."""
    return tuple(
        sigmoid(sum((w * x for w, x in zip(row, given, strict=True)), bias)) for row in weights
    )


def run(in_place: bool) -> Iterator[dict[str, Decimal]]:
    """The error, outputs and weights at the start of each update, and after the last one."""
    hidden, output = [list(row) for row in HIDDEN], [list(row) for row in OUTPUT]
    for _ in range(UPDATES + 1):
        h = layer(hidden, HIDDEN_BIAS, INPUT)
        o = layer(output, OUTPUT_BIAS, h)
        yield {
            "E": sum((t - y) ** 2 for t, y in zip(TARGET, o, strict=True)) / Decimal(2),
            "out_o1": o[0],
            "out_o2": o[1],
            "w1": hidden[0][0],
            "w4": hidden[1][1],
            "w5": output[0][0],
            "w8": output[1][1],
        }
        top = [(y - t) * y * (1 - y) for t, y in zip(TARGET, o, strict=True)]
        moved = [[output[j][k] - RATE * top[j] * h[k] for k in range(2)] for j in range(2)]
        back = moved if in_place else output
        low = [(top[0] * back[0][k] + top[1] * back[1][k]) * h[k] * (1 - h[k]) for k in range(2)]
        output = moved
        hidden = [[hidden[k][i] - RATE * low[k] * INPUT[i] for i in range(2)] for k in range(2)]


@cache
def witness(in_place: bool) -> tuple[dict[str, Decimal], ...]:
    """The whole run, in decimals."""
    with localcontext() as context:
        context.prec = DIGITS
        return tuple(run(in_place))


def settings(in_place: bool) -> str:
    """A run that ends with the forward pass after the last update."""
    return f"steps={UPDATES + 1}, update={'in_place' if in_place else 'simultaneous'}"


@pytest.mark.parametrize("in_place", [False, True], ids=["simultaneous", "in_place"])
@pytest.mark.parametrize("name", ["E", "out_o1", "out_o2"])
def test_ten_thousand_updates_in_floats(in_place: bool, name: str) -> None:
    """After every one of 10,000 updates, error and outputs of the trace are right to 1e-15."""
    found = traced("mazur", "float", settings(in_place))
    far = [
        abs(Decimal(found[f"{name}@{update}"].value) - values[name])
        for update, values in enumerate(witness(in_place), 1)
    ]
    assert len(far) == UPDATES + 1
    assert max(far) <= Decimal("1e-15")


@pytest.mark.parametrize("in_place", [False, True], ids=["simultaneous", "in_place"])
def test_ten_thousand_updates_in_decimals(in_place: bool) -> None:
    """With 30 digits, the weights too are right to 26 decimals after 10,000 updates."""
    found = traced("mazur", "decimal:30", settings(in_place))
    for name, value in witness(in_place)[UPDATES].items():
        ours = found[f"{name}@{UPDATES + 1}"].value
        assert abs(ours - value) <= Decimal("1e-26"), name


@pytest.mark.parametrize(
    ("in_place", "update", "name", "printed"),
    [
        (False, 9_999, "E", "0.0000351085"),
        (True, 1, "E", "0.291027924"),
        (True, UPDATES, "out_o1", "0.015912196"),
        (True, UPDATES, "out_o2", "0.984065734"),
        (False, 1, "E", "0.291027774"),
    ],
)
def test_where_printed_numbers_come_from(
    in_place: bool, update: int, name: str, printed: str
) -> None:
    """The witness, too, finds each number of the article where we say that it comes from."""
    as_printed = witness(in_place)[update][name].quantize(Decimal(printed))
    assert as_printed == Decimal(printed)
