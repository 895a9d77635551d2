"""Random recurrent networks, what they mean, and how a spec says them.

The meaning is a loop over the time steps, written down without any unrolling: it runs on floats
that autograd follows, and on fractions that follow themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

GATES: Mapping[str, str] = {"lstm": "figo", "gru": "zrn", "gru_reset_after": "zrn"}
PLAIN = ("recurrent", "jordan")
Names = list[list[str]]


class Functions(Struct, frozen=True):
    """What the meaning is calculated with.

    Attributes:
        by_name: the activations.
        held: a value as a number, through which no derivative goes.
    """

    by_name: Mapping[str, Callable[[Any], Any]]
    held: Callable[[Any], Any]


class Gate(Struct, frozen=True):
    """The parameters of one gate, or of a plain layer, by name."""

    weights: Names
    recurrent: Names
    bias: list[str]
    recurrent_bias: list[str]


class Drops(Struct, frozen=True):
    """What is dropped; masks by time step.

    Attributes:
        keep: the share that is kept.
        inverted: whether what is kept is divided by it.
        inputs: masks of the inputs; empty: nothing is dropped.
        units: masks of the cell's units; empty: nothing is dropped.
        is_one: whether all time steps have the first mask.
    """

    keep: str
    inverted: bool
    inputs: list[list[int]]
    units: list[list[int]]
    is_one: bool

    def sent(
        self, outs: list[Any], masks: list[list[int]], step: int, number: Callable[[str], Any]
    ) -> list[Any]:
        """What is made of outputs on their way at a time step, from 1."""
        if not masks:
            return outs
        mask = masks[0 if self.is_one else step - 1]
        share = Fraction(self.keep) if self.inverted else Fraction(1)
        return [out * number(str(bit / share)) for out, bit in zip(outs, mask, strict=True)]

    def said(self, masks: list[list[int]]) -> str:
        """As a spec says it."""
        form = "inverted" if self.inverted else "plain"
        own = f"mask: {masks[0]}, through_time: one" if self.is_one else f"mask: {masks}"
        return f"{{keep: {self.keep}, {own}, form: {form}}}"


NOTHING = Drops("1", True, [], [], False)


class Drawn(Struct, frozen=True):
    """A recurrent network with its data; numbers are texts.

    Attributes:
        cell: its kind; jordan: a plain layer that gets the last layer's outputs back.
        gates: its parameters, by letter.
        last: the layer above it; None where the cell has the targets itself.
        numbers: every parameter's.
        inputs: for each time step.
        targets: for each time step, or for the last one alone.
        start: what comes before the first time step.
        start_cell: an lstm's state there.
        activation: of a plain layer, or of candidate and state.
        gate_activation: of the gates.
        truncate: through how many time steps derivatives go; 0 for all.
        renews: whether z stands before the candidate.
        drops: what is dropped.
    """

    cell: str
    gates: Mapping[str, Gate]
    last: Gate | None
    numbers: Mapping[str, str]
    inputs: list[list[str]]
    targets: list[list[str]]
    start: list[str]
    start_cell: list[str]
    activation: str
    gate_activation: str
    truncate: int = 0
    renews: bool = False
    drops: Drops = NOTHING

    @property
    def steps(self) -> int:
        """How many time steps there are."""
        return len(self.inputs)

    @property
    def every(self) -> bool:
        """Whether every time step has targets."""
        return len(self.targets) == self.steps

    @property
    def units(self) -> list[str]:
        """The names of the cell's units."""
        return [f"h{k}" for k in range(1, len(next(iter(self.gates.values())).weights) + 1)]

    @property
    def state(self) -> list[str]:
        """The units whose outputs come back."""
        return (
            [f"y{k}" for k in range(1, len(self.start) + 1)]
            if self.cell == "jordan"
            else self.units
        )

    def values(self, number: Callable[[str], Any]) -> dict[str, Any]:
        """Everything that the error depends on, by the program's names."""
        found = {name: number(text) for name, text in self.numbers.items()}
        for step, row in enumerate(self.inputs, 1):
            found |= {f"x{k}_t{step}": number(text) for k, text in enumerate(row, 1)}
        found |= {
            f"{unit}_t0": number(text) for unit, text in zip(self.state, self.start, strict=True)
        }
        return found | {f"c{k}_t0": number(text) for k, text in enumerate(self.start_cell, 1)}

    def error(self, values: Mapping[str, Any], number: Callable[[str], Any], do: Functions) -> Any:
        """The error, by a loop over the time steps."""
        state = [values[f"{unit}_t0"] for unit in self.state]
        inner = [values[f"c{k}_t0"] for k in range(1, len(self.start_cell) + 1)]
        total = number("0")
        for step in range(1, self.steps + 1):
            if self.truncate and step > 1 and (self.steps - step + 1) % self.truncate == 0:
                state, inner = list(map(do.held, state)), list(map(do.held, inner))
            row = [values[f"x{k}_t{step}"] for k in range(1, len(self.inputs[0]) + 1)]
            row = self.drops.sent(row, self.drops.inputs, step, number)
            cell, inner = STEPS[self.cell](self, values, row, state, inner, do)
            cell = self.drops.sent(cell, self.drops.units, step, number)
            outs = cell if self.last is None else affine(self.last, values, cell, [])
            state = outs if self.cell == "jordan" else cell
            if self.every or step == self.steps:
                wanted = self.targets[step - 1 if self.every else 0]
                for out, target in zip(outs, wanted, strict=True):
                    total = total + (out - number(target)) * (out - number(target))
        return total

    def text(self) -> str:
        """The spec."""
        return "\n".join(_lines(self)) + "\n"


Values = Mapping[str, Any]


def affine(gate: Gate, values: Values, row: list[Any], state: list[Any]) -> list[Any]:
    """Weighted sums of what comes in and of what comes back, and the biases."""
    found = []
    for k in range(max(len(gate.weights), len(gate.recurrent))):
        terms = [values[w] * x for w, x in zip(gate.weights[k], row, strict=True)] if row else []
        if state:
            terms += [values[u] * h for u, h in zip(gate.recurrent[k], state, strict=True)]
        if gate.bias and row:
            terms.append(values[gate.bias[k]])
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        found.append(total)
    return found


def _each(function: Callable[..., Any], *columns: list[Any]) -> list[Any]:
    return [function(*row) for row in zip(*columns, strict=True)]


def _plain(
    drawn: Drawn, values: Values, row: list[Any], state: list[Any], inner: list[Any], do: Functions
) -> tuple[list[Any], list[Any]]:
    squash = do.by_name[drawn.activation]
    return list(map(squash, affine(drawn.gates["h"], values, row, state))), inner


def _lstm(
    drawn: Drawn, values: Values, row: list[Any], state: list[Any], inner: list[Any], do: Functions
) -> tuple[list[Any], list[Any]]:
    squash, gate = do.by_name[drawn.activation], do.by_name[drawn.gate_activation]
    f, i, g, o = (
        [
            (squash if letter == "g" else gate)(net)
            for net in affine(drawn.gates[letter], values, row, state)
        ]
        for letter in "figo"
    )
    inner = _each(lambda f, c, i, g: f * c + i * g, f, inner, i, g)
    return _each(lambda o, c: o * squash(c), o, inner), inner


def _gru(
    drawn: Drawn, values: Values, row: list[Any], state: list[Any], inner: list[Any], do: Functions
) -> tuple[list[Any], list[Any]]:
    squash, gate = do.by_name[drawn.activation], do.by_name[drawn.gate_activation]
    z, r = (list(map(gate, affine(drawn.gates[letter], values, row, state))) for letter in "zr")
    n = drawn.gates["n"]
    if drawn.cell == "gru":
        nets = affine(n, values, row, _each(lambda r, h: r * h, r, state))
    else:
        back = affine(n, values, [], state)
        if n.recurrent_bias:
            back = _each(lambda u, b: u + values[b], back, n.recurrent_bias)
        nets = _each(lambda w, r, u: w + r * u, affine(n, values, row, []), r, back)
    new = list(map(squash, nets))
    pair = (new, state) if not drawn.renews else (state, new)
    return _each(lambda z, a, b: a - z * a + z * b, z, *pair), inner


STEPS = {
    "recurrent": _plain,
    "jordan": _plain,
    "lstm": _lstm,
    "gru": _gru,
    "gru_reset_after": _gru,
}


def _lines(drawn: Drawn) -> Iterator[str]:
    yield f"inputs: [{', '.join(f'x{k}' for k in range(1, len(drawn.inputs[0]) + 1))}]"
    if drawn.drops.inputs:
        yield f"input_dropout: {drawn.drops.said(drawn.drops.inputs)}"
    yield "layers:"
    yield f"  - units: [{', '.join(drawn.units)}]"
    if drawn.drops.units:
        yield f"    dropout: {drawn.drops.said(drawn.drops.units)}"
    yield f"    cell: {'recurrent' if drawn.cell in PLAIN else drawn.cell}"
    yield f"    activation: {drawn.activation}"
    if drawn.cell in PLAIN:
        yield from (f"    {line}" for line in _gate(drawn, drawn.gates["h"]))
    else:
        yield f"    gate_activation: {drawn.gate_activation}"
        yield "    gates:"
        for letter, gate in drawn.gates.items():
            yield f"      {letter}: {{{', '.join(_gate(drawn, gate))}}}"
    if drawn.cell.startswith("gru"):
        yield f"    update_gate: {'renews' if drawn.renews else 'keeps'}"
    if drawn.cell == "jordan":
        yield "    recurrent_from: above"
    else:
        yield f"    start: [{', '.join(drawn.start)}]"
    if drawn.start_cell:
        yield f"    start_cell: [{', '.join(drawn.start_cell)}]"
    if drawn.last is not None:
        yield f"  - units: [{', '.join(f'y{k}' for k in range(1, len(drawn.last.weights) + 1))}]"
        yield "    name: above"
        yield from (f"    {line}" for line in _gate(drawn, drawn.last))
        if drawn.cell == "jordan":
            yield f"    start: [{', '.join(drawn.start)}]"
    truncate = f", truncate: {drawn.truncate}" if drawn.truncate else ""
    yield f"time: {{loss: {'every' if drawn.every else 'last'}{truncate}}}"
    yield "loss: (out - target)**2"
    yield f"samples: [{{input: {_rows(drawn.inputs)}, target: {_rows(drawn.targets)}}}]"
    yield "training: {learning_rate: 1/10}"


def _gate(drawn: Drawn, gate: Gate) -> Iterator[str]:
    named = {name: f"{name} = {text}" for name, text in drawn.numbers.items()}
    for field, rows in (("weights", gate.weights), ("recurrent_weights", gate.recurrent)):
        if rows:
            yield f"{field}: {_rows([[named[name] for name in row] for row in rows])}"
    if gate.bias:
        yield f"bias: [{', '.join(named[name] for name in gate.bias)}]"
    if gate.recurrent_bias:
        yield f"recurrent_bias: [{', '.join(named[name] for name in gate.recurrent_bias)}]"


def _rows(rows: Sequence[Sequence[str]]) -> str:
    return f"[{', '.join(f'[{chr(44).join(row)}]' for row in rows)}]"


NUMBERS = st.integers(-12, 12).filter(bool).map(lambda n: f"{n / 10:.1f}")
SMOOTH = ("tanh", "sigmoid", "identity")
RATIONAL = ("identity", "relu")


@st.composite
def dropping(draw: Any, curves: Sequence[str] = SMOOTH) -> Drawn:
    """A recurrent network with dropout of its inputs, its cell, or both."""
    cells = [cell for cell in STEPS if cell != "jordan"]
    drawn: Drawn = draw(recurrences(curves, cells).filter(lambda drawn: drawn.last is not None))

    def masks(width: int) -> list[list[int]]:
        bits = st.lists(st.integers(0, 1), min_size=width, max_size=width)
        found: list[list[int]] = draw(st.lists(bits, min_size=drawn.steps, max_size=drawn.steps))
        return found

    of_inputs, of_units = draw(st.sampled_from(((True, True), (True, False), (False, True))))
    drops = Drops(
        draw(st.sampled_from(("1/2", "0.8", "1/3"))),
        draw(st.booleans()),
        masks(len(drawn.inputs[0])) if of_inputs else [],
        masks(len(drawn.units)) if of_units else [],
        draw(st.booleans()),
    )
    return replace(drawn, drops=drops)


@st.composite
def recurrences(
    draw: Any, curves: Sequence[str] = SMOOTH, cells: Sequence[str] = tuple(STEPS)
) -> Drawn:
    """A recurrent network of any kind.

    Args:
        draw: hypothesis's.
        curves: the activations to choose from.
        cells: the kinds to choose from.
    """
    cell = draw(st.sampled_from(cells))
    inputs, units, steps = (draw(st.integers(1, most)) for most in (2, 3, 4))
    has_last = cell == "jordan" or draw(st.booleans())
    outputs = draw(st.integers(1, 2)) if has_last else units
    back = outputs if cell == "jordan" else units
    numbers: dict[str, str] = {}

    def names(rows: int, columns: int) -> Names:
        found = [
            [f"p{len(numbers) + row * columns + k + 1}" for k in range(columns)]
            for row in range(rows)
        ]
        numbers.update({name: draw(NUMBERS) for row in found for name in row})
        return found

    def gate(sources: int, returned: int, second: bool = False) -> Gate:
        bias = names(1, units if returned else outputs)[0] if draw(st.booleans()) else []
        rows = units if returned else outputs
        extra = names(1, units)[0] if second and draw(st.booleans()) else []
        return Gate(names(rows, sources), names(rows, returned) if returned else [], bias, extra)

    gates = {
        letter: gate(inputs, back, letter == "n" and cell == "gru_reset_after")
        for letter in GATES.get(cell, "h")
    }
    last = gate(units, 0) if has_last else None
    every = draw(st.booleans())

    def rows(count: int, width: int) -> list[list[str]]:
        return [[draw(NUMBERS) for _ in range(width)] for _ in range(count)]

    return Drawn(
        cell,
        gates,
        last,
        numbers,
        rows(steps, inputs),
        rows(steps if every else 1, outputs),
        rows(1, back)[0],
        rows(1, units)[0] if cell == "lstm" else [],
        draw(st.sampled_from(curves)),
        draw(st.sampled_from(curves)),
        draw(st.integers(0, steps - 1)),
        cell.startswith("gru") and draw(st.booleans()),
    )
