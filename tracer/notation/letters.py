"""The letters of matrices: what stands for the inputs, net inputs and outputs of a layer."""

from __future__ import annotations

from typing import NamedTuple


class Letters(NamedTuple):
    """Letters, before the number of a layer.

    Attributes:
        inputs: of the inputs.
        net: of net inputs.
        out: of outputs.
        target: of targets.
        total: of the total error.
        delta: of the derivatives by net inputs.
        negative: of minus these.
        first_layer: the number of the layer of inputs.
    """

    inputs: str = "X"
    net: str = "Z"
    out: str = "A"
    target: str = "T"
    total: str = "E"
    delta: str = "δ"
    negative: str = "δ"
    first_layer: int = 0

    @property
    def by_slot(self) -> dict[str, str]:
        """The letters by the slots of patterns."""
        slots = ("X", "Z", "A", "T", "E", "δ", "−δ")
        return dict(zip(slots, self[:-1], strict=True))

    def function(self, symbol: str) -> str:
        """The symbol of a function: the cost of one output is small where the total is C."""
        return symbol.replace("C", "c") if self.total == "C" else symbol


USUAL = Letters()
