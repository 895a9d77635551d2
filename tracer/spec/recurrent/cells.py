"""The cells with gates: what each has for every one of its units, and how these are joined."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

BEFORE = "-"
"""After a letter: its value at the time step before."""

OUTPUT = "h"
"""The letter of a cell's own units."""


class Curve(Enum):
    """Which activation a member has."""

    GATE = "of the gates"
    OWN = "of the layer"
    NONE = "identity"


class Member(NamedTuple):
    """What a cell has once for each of its units.

    Attributes:
        letter: its name, before that of the unit.
        curve: its activation.
        gate: whose weights and biases it has; empty: it has none.
        takes: what its recurrent weights are multiplied by; empty: it has none of them.
        inputs: whether it has the weights from what comes in.
        bias: which of the gate's biases it has.
        couplings: what it gets without weights: (row of `rules.couplings`, letters).
    """

    letter: str
    curve: Curve
    gate: str = ""
    takes: str = OUTPUT + BEFORE
    inputs: bool = True
    bias: str = "bias"
    couplings: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Cell(NamedTuple):
    """A kind of cell.

    Attributes:
        name: as ``cell`` says it.
        layers: its members in the order of calculation; those of one layer at once.
        formula: how it is calculated, for the page's list of conventions.
        blended: how z blends its output; empty where there is no such gate.
    """

    name: str
    layers: tuple[tuple[Member, ...], ...]
    formula: str
    blended: str = ""

    @property
    def gates(self) -> tuple[str, ...]:
        """The letters of its gates, in order."""
        members = (member for layer in self.layers for member in layer)
        return tuple(dict.fromkeys(member.gate for member in members if member.gate))

    def told(self, update_gate: str | None) -> str:
        """How it is calculated, in one line."""
        if not self.blended:
            return self.formula
        return f"{self.formula}; {RENEWED if update_gate == RENEWS else self.blended}"

    @property
    def letters(self) -> tuple[str, ...]:
        """All its letters but that of its output."""
        letters = (member.letter for layer in self.layers for member in layer)
        return tuple(letter for letter in letters if letter != OUTPUT)


LSTM = Cell(
    "lstm",
    (
        (
            Member("f", Curve.GATE, "f"),
            Member("i", Curve.GATE, "i"),
            Member("g", Curve.OWN, "g"),
            Member("o", Curve.GATE, "o"),
        ),
        (
            Member(
                "c",
                Curve.NONE,
                couplings=(("product", ("f", "c-")), ("product", ("i", "g"))),
            ),
        ),
        (Member("act_c", Curve.OWN, couplings=(("copy", ("c",)),)),),
        (Member(OUTPUT, Curve.NONE, couplings=(("product", ("o", "act_c")),)),),
    ),
    "c = f*c_before + i*g, h = o*act(c)",
)

RENEWS = "renews"
SWAPPED = {"n": "h-", "h-": "n"}
"""Where z stands before the candidate, the two that it blends change places."""

KEPT = "h = (1 - z)*n + z*h_before"
RENEWED = "h = (1 - z)*h_before + z*n"

BLEND = (Member(OUTPUT, Curve.NONE, couplings=(("blend", ("z", "n", "h-")),)),)

GRU = Cell(
    "gru",
    (
        (Member("z", Curve.GATE, "z"), Member("r", Curve.GATE, "r")),
        (Member("rh", Curve.NONE, couplings=(("product", ("r", "h-")),)),),
        (Member("n", Curve.OWN, "n", takes="rh"),),
        BLEND,
    ),
    "n = act(W x + U (r*h_before) + b), the reset gate before the matrix product",
    KEPT,
)

GRU_RESET_AFTER = Cell(
    "gru_reset_after",
    (
        (Member("z", Curve.GATE, "z"), Member("r", Curve.GATE, "r")),
        (Member("uh", Curve.NONE, "n", inputs=False, bias="recurrent_bias"),),
        (Member("n", Curve.OWN, "n", takes="", couplings=(("product", ("r", "uh")),)),),
        BLEND,
    ),
    "n = act(W x + b + r*(U h_before + b')), the reset gate after the matrix product",
    KEPT,
)

GATED: Mapping[str, Cell] = {cell.name: cell for cell in (LSTM, GRU, GRU_RESET_AFTER)}

RECURRENT = "recurrent"
CELLS = (RECURRENT, *GATED)
